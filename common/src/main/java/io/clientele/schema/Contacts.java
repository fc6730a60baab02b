package io.clientele.schema;

import static io.clientele.table.ColumnSpec.count;
import static io.clientele.table.ColumnSpec.day;
import static io.clientele.table.ColumnSpec.flag;
import static io.clientele.table.ColumnSpec.instant;
import static io.clientele.table.ColumnSpec.list;
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
    KIND(text("person or company; a company where an organisation is named or numbered")
            .french("type de contact")
            .required()),
    CIVILITY(text("MR or MRS").french("civilité").personal()),
    TITLE(text("DOCTOR, PROFESSOR or MAITRE").french("titre").personal()),
    FIRST_NAME(text("First names, capitalised").french("prénom").personal()),
    LAST_NAME(text("Last name in use, capitalised").french("nom d'usage").personal()),
    NAME_SUFFIX(text("Jr, Sr, II or III").french("suffixe du nom").personal()),
    BIRTH_NAME(text("Last name at birth, where it is told beside the one in use")
            .french("nom de naissance")
            .personal()),
    COMPANY_NAME(text("Name of the organisation, without its legal form")
            .french("raison sociale")
            .personal()),
    LEGAL_FORM(text("Legal form of the organisation: SARL, SAS, GMBH and others")
            .french("forme juridique")
            .personal()),
    SIREN(text("Nine digits of the French organisation").french("SIREN").personal()),
    SIRET(text("Fourteen digits of the French establishment").french("SIRET").personal()),
    VAT_NUMBER(text("VAT number of the European Union, with its country")
            .french("numéro de TVA")
            .personal()),
    BIRTH_DATE(day("Date of birth; null when not possible or not plausible")
            .french("date de naissance")
            .personal()),
    OCCUPATION_GROUP(text("INSEE's code of the group of occupations (PCS 2020), 1 to 8")
            .french("catégorie socioprofessionnelle")
            .personal()),
    ADDRESS(text("Number and street, or the place that stands in for them, in capitals; abroad the first line")
            .french("adresse")
            .personal()),
    ADDRESS_EXTRA(text("What completes the address: flat, floor, stairs, building, place, at whose place; in capitals")
            .french("complément d'adresse")
            .personal()),
    HOUSE_NUMBER(text("Number and suffix of the house: 12 BIS; 2-4 is a range")
            .french("numéro de voie")
            .personal()),
    STREET(text("Street without its number, in capitals").french("voie").personal()),
    POST_BOX(text("Where letters wait: BP 57, CS 50123").french("boîte postale").personal()),
    POSTCODE(text("Postcode").french("code postal").personal()),
    TOWN(text("Town, in capitals; in France without accents and hyphens")
            .french("commune")
            .personal()),
    CEDEX(text("CEDEX, with its number").french("cedex").personal()),
    COUNTRY(text("ISO 3166 two-letter code").french("pays")),
    POSTAL_LINES(list(
                    DataTypes.StringType,
                    "The lines of an envelope by NF Z10-011: at most 6 of at most 38 characters; without the country")
            .french("lignes postales")
            .personal()),
    IS_POSTCODE_OF_TOWN(flag("False: the postcode is certainly not of the town; true: nothing speaks against it; null: "
                    + "one is missing, or the address is abroad")
            .french("code postal cohérent")),
    PHONE(text("Phone in E.164; null when not valid").french("téléphone").personal()),
    PHONE_KIND(text("What the phone number is for: fixed, mobile, fixed_or_mobile, voip, toll_free, shared_cost, "
                    + "premium, other")
            .french("type de téléphone")),
    MOBILE(text("Mobile phone in E.164; null when not valid. A mobile number delivered as phone is here if this was "
                    + "free, and the other way round")
            .french("portable")
            .personal()),
    MOBILE_KIND(text("What the mobile number is for, as phone_kind").french("type de portable")),
    EMAIL(text("E-mail address, domain in lower case; null when not valid")
            .french("adresse électronique")
            .personal()),
    IS_EMAIL_DISPOSABLE(flag("Whether the e-mail address is of a service that forgets its mailboxes within days")
            .french("adresse jetable")),
    IS_EMAIL_ROLE(flag("Whether the e-mail address is that of a desk, not of a person")
            .french("adresse de fonction")),
    UPDATED_AT(instant("When the source last changed it, or else when it was delivered")
            .french("date de mise à jour")
            .required()),
    ISSUES(structs(
                    "What was noticed about the values: the column of this table, the issue, the text as delivered, and "
                            + "the correction proposed, which nobody has made",
                    DataTypes.createStructField("column", DataTypes.StringType, true),
                    DataTypes.createStructField("issue", DataTypes.StringType, true),
                    DataTypes.createStructField("text", DataTypes.StringType, true),
                    DataTypes.createStructField("proposal", DataTypes.StringType, true))
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
