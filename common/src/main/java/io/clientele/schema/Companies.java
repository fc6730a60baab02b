package io.clientele.schema;

import static io.clientele.table.ColumnSpec.flag;
import static io.clientele.table.ColumnSpec.real;
import static io.clientele.table.ColumnSpec.text;
import static io.clientele.table.Layer.QUALIFIED;

import io.clientele.table.ColumnSpec;
import io.clientele.table.Field;
import io.clientele.table.Table;
import java.time.Period;

/** The companies among the contact records, as the official register knows them. */
public enum Companies implements Field {
    CONTACT_ID(text("The contact record").french("identifiant du contact").required()),
    MATCH_KIND(text("By what it was found: siret, siren, name and address, name and town; null when it was not")
            .french("rapprochement par")),
    SCORE(real("How well name and place agree, 0 to 1; 1 when found by its number")
            .french("score de rapprochement")),
    UNMATCHED_REASON(text("Why it was not: none is like it, ambiguous: several are, closed: it is, by name and address")
            .french("motif de non-rapprochement")),
    SIREN(text("Number of the legal unit").french("SIREN").personal()),
    SIRET(text("Number of the establishment").french("SIRET").personal()),
    REGISTER_NAME(text("Name in the register; null when it is withheld")
            .french("dénomination au répertoire")
            .personal()),
    LEGAL_CATEGORY(text("INSEE's code of the legal form").french("catégorie juridique")),
    NAF(text("Code of the establishment's main activity, NAF rev. 2: 10.71C").french("activité principale (APE)")),
    NAF_LABEL(text("Label of the division of the activity, the code's first two digits")
            .french("libellé de la division NAF")),
    NAF_2025(text("Code of the establishment's main activity, NAF 2025, where the register has it")
            .french("activité principale NAF 2025")),
    SIZE_BAND(text("INSEE's code of the band of the company's number of employees: 11 is 10 to 19")
            .french("tranche d'effectifs")),
    IS_HEAD_OFFICE(flag("Whether it is the head office").french("siège")),
    HEAD_OFFICE_SIRET(text("Number of the head office").french("SIRET du siège").personal()),
    IS_ACTIVE(flag("Whether it is in business, not closed").french("en activité")),
    IS_RESTRICTED(flag("Whether it objects to diffusion").french("diffusion partielle"));

    public static final Table TABLE = Table.in(QUALIFIED, "companies")
            .of(Companies.values())
            .row("one contact record of a company, with what the register of companies says of it")
            .key(CONTACT_ID)
            .heldFor(Period.ofYears(3), "Knowing the companies among the contacts: enrichment from the public register")
            .build();

    private final ColumnSpec spec;

    Companies(ColumnSpec spec) {
        this.spec = spec;
    }

    @Override
    public ColumnSpec spec() {
        return spec;
    }
}
