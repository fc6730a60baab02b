package io.clientele.schema;

import static io.clientele.table.ColumnSpec.day;
import static io.clientele.table.ColumnSpec.flag;
import static io.clientele.table.ColumnSpec.list;
import static io.clientele.table.ColumnSpec.text;
import static io.clientele.table.Layer.COLLECTED;

import io.clientele.table.ColumnSpec;
import io.clientele.table.Field;
import io.clientele.table.Table;
import java.time.Period;
import org.apache.spark.sql.types.DataTypes;

/** The official register of companies, as INSEE's stock files of Sirene deliver it: legal units, and their establishments. */
public enum CollectedCompaniesRegister implements Field {
    SIREN(text("Number of the legal unit").french("SIREN").required().personal()),
    SIRET(text("Number of the establishment; null where the record is of the legal unit")
            .french("SIRET")
            .personal()),
    NAME(
            text("Of a legal unit its name, or first and last name of a person in business; of an establishment its usual name")
                    .french("dénomination")
                    .personal()),
    OTHER_NAMES(list(DataTypes.StringType, "Acronym, usual names and signs")
            .french("sigle, dénominations usuelles, enseignes")
            .personal()),
    LEGAL_CATEGORY(text("INSEE's code of the legal form").french("catégorie juridique")),
    NAF(text("Code of the main activity, NAF rev. 2").french("activité principale (APE)")),
    NAF_2025(text("Code of the main activity, NAF 2025; absent from older files")
            .french("activité principale NAF 2025")),
    SIZE_BAND(text("INSEE's code of the band of the number of employees").french("tranche d'effectifs")),
    HEAD_OFFICE_SIRET(
            text("Of a legal unit, its head office").french("SIRET du siège").personal()),
    IS_HEAD_OFFICE(flag("Of an establishment, whether it is the head office").french("établissement siège")),
    IS_ACTIVE(flag("Whether it is in business, not closed").french("état administratif")),
    IS_RESTRICTED(flag("Whether it objects to diffusion: what is withheld is null, and among the issues")
            .french("diffusion partielle")),
    ADDRESS(text("Number and street").french("adresse").personal()),
    ADDRESS_EXTRA(
            text("What completes the address").french("complément d'adresse").personal()),
    POSTCODE(text("Postcode").french("code postal").personal()),
    TOWN(text("Town").french("commune").personal()),
    CHANGED_ON(day("When the register last treated the record").french("date du dernier traitement"));

    public static final Table TABLE = Table.in(COLLECTED, "companies_register")
            .of(Delivery.values())
            .of(CollectedCompaniesRegister.values())
            .row("one legal unit or establishment as the register delivered it")
            .key(Delivery.RECORD_ID)
            .clusteredBy(Delivery.DELIVERED_ON)
            .heldFor(Period.ofYears(3), "Knowing the companies among the contacts: enrichment from the public register")
            .build();

    private final ColumnSpec spec;

    CollectedCompaniesRegister(ColumnSpec spec) {
        this.spec = spec;
    }

    @Override
    public ColumnSpec spec() {
        return spec;
    }
}
