package io.clientele.schema;

import static io.clientele.table.ColumnSpec.count;
import static io.clientele.table.ColumnSpec.day;
import static io.clientele.table.ColumnSpec.flag;
import static io.clientele.table.ColumnSpec.integer;
import static io.clientele.table.ColumnSpec.real;
import static io.clientele.table.ColumnSpec.text;
import static io.clientele.table.Layer.MART;

import io.clientele.table.ColumnSpec;
import io.clientele.table.Field;
import io.clientele.table.Table;

/** How far a model of buying that knows nothing after a cut has foretold what came: the points of two charts. */
public enum ValueCalibration implements Field {
    MODEL(text("The model of buying: bg_nbd, pareto_nbd, or nbd, in which nobody leaves")
            .french("modèle")
            .required()),
    KIND(text("by_frequency: purchases after the cut of those with so many repeat purchases before it; "
                    + "by_week: repeat purchases until the end of a week, of all who came before the cut")
            .french("graphique")
            .required()),
    POINT(integer("by_frequency: repeat purchases before the cut, the last one standing for so many or more; "
                    + "by_week: the week, 0 the one that ends on the cut")
            .french("abscisse")
            .required()),
    ENDS_ON(day("The last day that counts").french("jusqu'au").required()),
    IS_HOLDOUT(flag("Whether that day is after the cut: the model has not seen it")
            .french("hors apprentissage")
            .required()),
    CUSTOMERS(count("How many customers").french("clients").required()),
    ACTUAL(real("What they bought: by_frequency a mean, by_week a sum since the beginning")
            .french("réel")
            .required()),
    PREDICTED(real("What the model says, likewise").french("prévu").required());

    public static final Table TABLE = Table.in(MART, "value_calibration")
            .of(ValueCalibration.values())
            .row("a point of a chart: what was bought, and what the model had said")
            .key(MODEL, KIND, POINT)
            .build();

    private final ColumnSpec spec;

    ValueCalibration(ColumnSpec spec) {
        this.spec = spec;
    }

    @Override
    public ColumnSpec spec() {
        return spec;
    }
}
