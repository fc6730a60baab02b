package io.clientele.schema;

import static io.clientele.table.ColumnSpec.count;
import static io.clientele.table.ColumnSpec.day;
import static io.clientele.table.ColumnSpec.instant;
import static io.clientele.table.ColumnSpec.list;
import static io.clientele.table.ColumnSpec.map;
import static io.clientele.table.ColumnSpec.text;
import static io.clientele.table.Layer.QUALIFIED;

import io.clientele.table.ColumnSpec;
import io.clientele.table.Field;
import io.clientele.table.Table;
import java.time.Period;
import java.util.List;
import org.apache.spark.sql.types.DataTypes;

/** The golden record: for each attribute the value that survives by the rules of the configuration. */
public enum Customers implements Field {
    CUSTOMER_ID(text("The customer: a pseudonym that lasts")
            .french("identifiant client")
            .required()),
    CIVILITY(text("MR or MRS").french("civilité").personal()),
    TITLE(text("DOCTOR, PROFESSOR or MAITRE").french("titre").personal()),
    FIRST_NAME(text("First name").french("prénom").personal()),
    LAST_NAME(text("Last name").french("nom").personal()),
    BIRTH_NAME(text("Last name at birth").french("nom de naissance").personal()),
    COMPANY_NAME(text("Name of the organisation").french("raison sociale").personal()),
    LEGAL_FORM(text("Legal form of the organisation").french("forme juridique").personal()),
    SIREN(text("Nine digits of the French organisation").french("SIREN").personal()),
    SIRET(text("Fourteen digits of the French establishment").french("SIRET").personal()),
    VAT_NUMBER(text("VAT number of the European Union, with its country")
            .french("numéro de TVA")
            .personal()),
    BIRTH_DATE(day("Date of birth").french("date de naissance").personal()),
    OCCUPATION_GROUP(text("INSEE's code of the group of occupations (PCS 2020), 1 to 8")
            .french("catégorie socioprofessionnelle")
            .personal()),
    ADDRESS(text("Number and street").french("adresse").personal()),
    ADDRESS_EXTRA(
            text("What completes the address").french("complément d'adresse").personal()),
    POSTCODE(text("Postcode").french("code postal").personal()),
    TOWN(text("Town").french("commune").personal()),
    COUNTRY(text("ISO 3166 two-letter code").french("pays")),
    PHONE(text("Phone in E.164").french("téléphone").personal()),
    MOBILE(text("Mobile phone in E.164").french("portable").personal()),
    EMAIL(text("E-mail address").french("adresse électronique").personal()),
    CONTACTS(count("Contact records behind it; 0 for a customer known by facts alone")
            .french("contacts")
            .required()),
    UPDATED_AT(instant("When a source last changed one of its records").french("date de mise à jour")),
    ORIGINS(map(
                    DataTypes.StringType,
                    DataTypes.createStructType(List.of(
                            DataTypes.createStructField("contact_id", DataTypes.StringType, true),
                            DataTypes.createStructField("source", DataTypes.StringType, true))),
                    "Of each attribute that has a value, the contact record and the source that it is taken from")
            .french("origines")
            .required()),
    OBSOLETE(list(
                    DataTypes.StringType,
                    "Attributes whose value has been proven wrong (mail returned, e-mail bounced, phone dead) and that"
                            + " no record knows better")
            .french("valeurs obsolètes")
            .required());

    public static final Table TABLE = Table.in(QUALIFIED, "customers")
            .of(Customers.values())
            .row("one customer, person or company: the best that its contact records tell")
            .key(CUSTOMER_ID)
            .heldFor(Period.ofYears(3), "Knowing the company's contacts: customer relationship management")
            .build();

    private final ColumnSpec spec;

    Customers(ColumnSpec spec) {
        this.spec = spec;
    }

    @Override
    public ColumnSpec spec() {
        return spec;
    }
}
