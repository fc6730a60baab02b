package io.clientele.schema;

import static io.clientele.table.ColumnSpec.count;
import static io.clientele.table.ColumnSpec.day;
import static io.clientele.table.ColumnSpec.text;
import static io.clientele.table.Layer.QUALIFIED;

import io.clientele.table.ColumnSpec;
import io.clientele.table.Field;
import io.clientele.table.Table;
import java.time.Period;

/** What matching has learned, so that a record is judged tonight as it was last night. */
public enum MatchingModels implements Field {
    MODEL_ID(text("A digest of the model").french("identifiant du modèle").required()),
    LEARNED_ON(day("The night that learned it").french("appris le").required()),
    RECORDS(count("Contact records from which it was learned")
            .french("contacts")
            .required()),
    DECISIONS(text("A digest of the decisions of people that were in force when it was used last")
            .required()),
    MODEL(text("The model, as JSON: parameters, blocking keys, digests of frequent values")
            .french("modèle")
            .required()
            .personal());

    public static final Table TABLE = Table.in(QUALIFIED, "matching_models")
            .of(MatchingModels.values())
            .row("the model by which contact records are matched")
            .key(MODEL_ID)
            .heldFor(Period.ofYears(3), "Knowing the company's contacts: customer relationship management")
            .build();

    private final ColumnSpec spec;

    MatchingModels(ColumnSpec spec) {
        this.spec = spec;
    }

    @Override
    public ColumnSpec spec() {
        return spec;
    }
}
