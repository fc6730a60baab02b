package io.clientele.schema;

import static io.clientele.table.ColumnSpec.count;
import static io.clientele.table.ColumnSpec.day;
import static io.clientele.table.ColumnSpec.flag;
import static io.clientele.table.ColumnSpec.integer;
import static io.clientele.table.ColumnSpec.list;
import static io.clientele.table.ColumnSpec.text;
import static io.clientele.table.ColumnSpec.total;
import static io.clientele.table.Layer.MART;

import io.clientele.table.ColumnSpec;
import io.clientele.table.Field;
import io.clientele.table.Table;
import java.time.Period;
import org.apache.spark.sql.types.DataTypes;

/** Customers as analysts need them: described, not identified. */
public enum DimCustomers implements Field {
    CUSTOMER_ID(text("The customer: a pseudonym").french("identifiant client").required()),
    KIND(text("person, company, or unknown when only facts tell of it")
            .french("nature")
            .required()),
    CIVILITY(text("MR or MRS").french("civilité").discriminating("sex")),
    BIRTH_YEAR(integer("Year of birth").french("année de naissance").discriminating("age")),
    AGE_BAND(text("Age in years on the day of the night: 0-17, 18-24, 25-34, 35-49, 50-64 or 65+")
            .french("tranche d'âge")
            .discriminating("age")),
    OCCUPATION_GROUP(
            text("INSEE's code of the group of occupations (PCS 2020): 1 farmers, 2 tradespeople and heads of firms, 3"
                            + " managers and liberal professions, 4 intermediate professions, 5 employees, 6 workers, 7 retired, 8"
                            + " without occupation")
                    .french("catégorie socioprofessionnelle (CSP)")),
    COUNTRY(text("Country of residence, ISO 3166 two-letter code, or of the last sale")
            .french("pays")),
    DEPARTMENT(text("French department, from the postcode").french("département")),
    TOWN(text("Town of residence, in capitals").french("commune").personal().discriminating("place of residence")),
    NAF(text("Activity of the company by the Sirene register, NAF rev. 2: 10.71C")
            .french("activité principale (APE)")),
    NAF_LABEL(text("Label of the division of the activity").french("libellé de la division NAF")),
    SIZE_BAND(text("INSEE's code of the band of the company's number of employees: 11 is 10 to 19")
            .french("tranche d'effectifs")),
    SOURCES(list(DataTypes.StringType, "Sources that have a contact record of it, in alphabetical order")
            .french("sources")
            .required()),
    HAS_EMAIL(flag("Whether a valid e-mail address is known that did not bounce")
            .french("a une adresse électronique")
            .required()),
    HAS_PHONE(flag("Whether a valid phone is known that is not dead")
            .french("a un téléphone")
            .required()),
    IS_EMAIL_ALLOWED(flag("Whether the customer agreed to marketing by e-mail")
            .french("optin e-mail")
            .required()),
    IS_SMS_ALLOWED(flag("Whether the customer agreed to marketing by SMS")
            .french("optin SMS")
            .required()),
    CONTACTS(count("Contact records behind it").french("contacts").required()),
    ORDERS(count("Orders with a sale").french("commandes").required()),
    SALES_AMOUNT(total("Sales to date").french("chiffre d'affaires").required()),
    FIRST_ORDER_ON(day("Day of the first sale").french("première commande")),
    LAST_ORDER_ON(day("Day of the last sale").french("dernière commande"));

    public static final Table TABLE = Table.in(MART, "dim_customers")
            .of(DimCustomers.values())
            .row("one customer, without what identifies the person")
            .key(CUSTOMER_ID)
            .heldFor(Period.ofYears(3), "Knowing the company's customers: description for analyses and segments")
            .build();

    private final ColumnSpec spec;

    DimCustomers(ColumnSpec spec) {
        this.spec = spec;
    }

    @Override
    public ColumnSpec spec() {
        return spec;
    }
}
