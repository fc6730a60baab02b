package io.clientele.schema;

import static io.clientele.table.ColumnSpec.day;
import static io.clientele.table.ColumnSpec.instant;
import static io.clientele.table.ColumnSpec.text;
import static io.clientele.table.Layer.COLLECTED;

import io.clientele.table.ColumnSpec;
import io.clientele.table.Field;
import io.clientele.table.Table;
import java.time.Period;

/** Contact records as the CRM, the loyalty cards, the web accounts and other files deliver them. */
public enum CollectedContacts implements Field {
    CONTACT_REF(text("The record's identifier in its source")
            .french("identifiant du contact")
            .required()
            .personal()),
    CUSTOMER_REF(text("What the source knows the customer by, with its kind: card:123, web:456")
            .french("référence client")
            .required()
            .personal()),
    CIVILITY(text("Form of address").french("civilité").personal()),
    FULL_NAME(text("First and last name in one").french("nom complet").personal()),
    FIRST_NAME(text("First name").french("prénom").personal()),
    LAST_NAME(text("Last name").french("nom").personal()),
    COMPANY_NAME(text("Name of the organisation, if it is one")
            .french("raison sociale")
            .personal()),
    COMPANY_ID(text("SIREN, SIRET or VAT number of the organisation")
            .french("numéro d'entreprise")
            .personal()),
    BIRTH_DATE(day("Date of birth").french("date de naissance").personal()),
    OCCUPATION(text("Occupation by INSEE's classification (PCS): a code of any level, or the label of a group")
            .french("catégorie socioprofessionnelle")
            .personal()),
    ADDRESS(text("Number and street").french("adresse").personal()),
    ADDRESS_EXTRA(text("What completes the address: flat, building, place")
            .french("complément d'adresse")
            .personal()),
    POSTCODE(text("Postcode").french("code postal").personal()),
    TOWN(text("Town").french("commune").personal()),
    COUNTRY(text("Country, as delivered").french("pays")),
    PHONE(text("Landline or only phone").french("téléphone").personal()),
    MOBILE(text("Mobile phone").french("portable").personal()),
    EMAIL(text("E-mail address").french("adresse électronique").personal()),
    UPDATED_AT(instant("When the source last changed the record").french("date de mise à jour"));

    public static final Table TABLE = Table.in(COLLECTED, "contacts")
            .of(Delivery.values())
            .of(CollectedContacts.values())
            .row("one contact record as a source delivered it")
            .key(Delivery.RECORD_ID)
            .clusteredBy(Delivery.DELIVERED_ON)
            .heldFor(Period.ofYears(3), "Knowing the company's contacts: customer relationship management")
            .build();

    private final ColumnSpec spec;

    CollectedContacts(ColumnSpec spec) {
        this.spec = spec;
    }

    @Override
    public ColumnSpec spec() {
        return spec;
    }
}
