package io.clientele.schema;

import static io.clientele.table.ColumnSpec.count;
import static io.clientele.table.ColumnSpec.day;
import static io.clientele.table.ColumnSpec.instant;
import static io.clientele.table.ColumnSpec.structs;
import static io.clientele.table.ColumnSpec.text;
import static io.clientele.table.Layer.QUALIFIED;

import io.clientele.table.ColumnSpec;
import io.clientele.table.Field;
import io.clientele.table.Table;
import java.time.Period;
import org.apache.spark.sql.types.DataTypes;

/** Contact records with one clean value per column. */
public enum Contacts implements Field {
    CONTACT_ID(text("Identifies the contact record: a digest of its source and of its key there")
            .french("identifiant du contact")
            .required()),
    SOURCE(text("The source that delivered it").french("source").required()),
    CONTACT_REF(text("The record's identifier in its source")
            .french("référence du contact")
            .required()
            .personal()),
    CUSTOMER_REF(text("What the source knows the customer by")
            .french("référence client")
            .required()
            .personal()),
    CIVILITY(text("MR or MRS").french("civilité").personal()),
    FIRST_NAME(text("First name, capitalised").french("prénom").personal()),
    LAST_NAME(text("Last name, capitalised").french("nom").personal()),
    COMPANY_NAME(text("Name of the organisation").french("raison sociale").personal()),
    BIRTH_DATE(day("Date of birth").french("date de naissance").personal()),
    ADDRESS(text("Number and street").french("adresse").personal()),
    ADDRESS_EXTRA(
            text("What completes the address").french("complément d'adresse").personal()),
    POSTCODE(text("Postcode").french("code postal").personal()),
    TOWN(text("Town, in capitals").french("commune").personal()),
    COUNTRY(text("ISO 3166 two-letter code").french("pays")),
    PHONE(text("Phone in E.164; null when not valid").french("téléphone").personal()),
    MOBILE(text("Mobile phone in E.164; null when not valid").french("portable").personal()),
    EMAIL(text("E-mail address, domain in lower case; null when not valid")
            .french("adresse électronique")
            .personal()),
    UPDATED_AT(instant("When the source last changed it, or else when it was delivered")
            .french("date de mise à jour")
            .required()),
    ISSUES(structs(
                    "What was wrong with the values: the column, the issue, and the text as delivered",
                    DataTypes.createStructField("column", DataTypes.StringType, true),
                    DataTypes.createStructField("issue", DataTypes.StringType, true),
                    DataTypes.createStructField("text", DataTypes.StringType, true))
            .french("anomalies")
            .required()
            .personal()),
    VERSIONS(count("Delivered records that this one stands for")
            .french("versions")
            .required());

    public static final Table TABLE = Table.in(QUALIFIED, "contacts")
            .of(Contacts.values())
            .row("one contact record, standardised, in its latest version")
            .key(CONTACT_ID)
            .heldFor(Period.ofYears(3), "Knowing the company's contacts: customer relationship management")
            .build();

    private final ColumnSpec spec;

    Contacts(ColumnSpec spec) {
        this.spec = spec;
    }

    @Override
    public ColumnSpec spec() {
        return spec;
    }
}
