package io.clientele.schema;

import static io.clientele.table.ColumnSpec.count;
import static io.clientele.table.ColumnSpec.day;
import static io.clientele.table.ColumnSpec.integer;
import static io.clientele.table.ColumnSpec.real;
import static io.clientele.table.ColumnSpec.text;
import static io.clientele.table.Layer.MART;

import io.clientele.table.ColumnSpec;
import io.clientele.table.Field;
import io.clientele.table.Table;

/** How well the models in force foresaw what they had not seen. */
public enum PropensityEvaluations implements Field {
    TARGET(text("What is predicted").french("cible").required()),
    DECILE(integer("Tenth of the customers, 1 the most probable")
            .french("décile")
            .required()),
    MODEL_ID(text("The model in force, in ops.models")
            .french("identifiant du modèle")
            .required()),
    CUT_OFF(day("As of when it predicted; nothing was learned from what came after")
            .french("date d'observation")
            .required()),
    CUSTOMERS(count("Customers in the decile").french("clients").required()),
    MEAN_PROBABILITY(
            real("Their mean probability").french("probabilité moyenne").required()),
    ACTUAL_SHARE(real("The share of them for whom it came true")
            .french("part observée")
            .required()),
    LIFT(real("That share over the share among all").french("lift").required());

    public static final Table TABLE = Table.in(MART, "propensity_evaluations")
            .of(PropensityEvaluations.values())
            .row("a tenth of the customers by whom a model in force was judged")
            .key(TARGET, DECILE)
            .build();

    private final ColumnSpec spec;

    PropensityEvaluations(ColumnSpec spec) {
        this.spec = spec;
    }

    @Override
    public ColumnSpec spec() {
        return spec;
    }
}
