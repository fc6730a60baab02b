package io.clientele.schema;

import static io.clientele.table.ColumnSpec.day;
import static io.clientele.table.ColumnSpec.integer;
import static io.clientele.table.ColumnSpec.real;
import static io.clientele.table.ColumnSpec.structs;
import static io.clientele.table.ColumnSpec.text;
import static io.clientele.table.Layer.MART;

import io.clientele.table.ColumnSpec;
import io.clientele.table.Field;
import io.clientele.table.Table;
import org.apache.spark.sql.types.DataTypes;

/** How probably customers do something in the days after the night. */
public enum CustomerPropensities implements Field {
    CUSTOMER_ID(text("The customer: a pseudonym").french("identifiant client").required()),
    TARGET(text("What is predicted: 'purchase', 'churn', by the names of the configuration")
            .french("cible")
            .required()),
    AS_OF(day("The business date of the score").french("date du score").required()),
    PROBABILITY(real("How probably it comes true, 0 to 1; calibrated on outcomes later than those learned from")
            .french("probabilité")
            .required()),
    DECILE(integer("Tenth of tonight's customers, 1 the most probable; equal scores are in one")
            .french("décile")
            .required()),
    REASONS(structs(
                    "The three features that move the log-odds most: each with its value, and by how much; above 0 it makes"
                            + " the target more probable",
                    DataTypes.createStructField("feature", DataTypes.StringType, true),
                    DataTypes.createStructField("value", DataTypes.DoubleType, true),
                    DataTypes.createStructField("contribution", DataTypes.DoubleType, true))
            .french("raisons")
            .required()),
    MODEL_ID(text("The model in force, in ops.models")
            .french("identifiant du modèle")
            .required());

    public static final Table TABLE = Table.in(MART, "customer_propensities")
            .of(CustomerPropensities.values())
            .row("how probably one customer does what one target says")
            .key(CUSTOMER_ID, TARGET)
            .build();

    private final ColumnSpec spec;

    CustomerPropensities(ColumnSpec spec) {
        this.spec = spec;
    }

    @Override
    public ColumnSpec spec() {
        return spec;
    }
}
