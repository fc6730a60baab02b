package io.clientele.schema;

import static io.clientele.table.ColumnSpec.day;
import static io.clientele.table.ColumnSpec.real;
import static io.clientele.table.ColumnSpec.structs;
import static io.clientele.table.ColumnSpec.text;
import static io.clientele.table.Layer.MART;

import io.clientele.table.ColumnSpec;
import io.clientele.table.Field;
import io.clientele.table.Table;
import org.apache.spark.sql.types.DataTypes;

/** What events say of customers, in three scores with their reasons. */
public enum CustomerScores implements Field {
    CUSTOMER_ID(text("The customer: a pseudonym").french("identifiant client").required()),
    AS_OF(day("The business date of the scores").french("date du score").required()),
    BEHAVIOURAL(real("How active the customer has been lately, 0 to the cap of the configuration")
            .french("score comportemental")
            .required()),
    BEHAVIOURAL_REASONS(reasons().french("raisons du score comportemental").required()),
    LEAD(real("How much the customer looks like buying soon, 0 to the cap of the configuration")
            .french("score de lead")
            .required()),
    LEAD_REASONS(reasons().french("raisons du score de lead").required()),
    ENGAGEMENT(real("How much the customer takes part, answers and recommends, 0 to the cap of the configuration")
            .french("score d'engagement")
            .required()),
    ENGAGEMENT_REASONS(reasons().french("raisons du score d'engagement").required());

    public static final String REASON = "reason";
    public static final String POINTS = "points";

    public static final Table TABLE = Table.in(MART, "customer_scores")
            .of(CustomerScores.values())
            .row("one customer's scores from events")
            .key(CUSTOMER_ID)
            .build();

    private final ColumnSpec spec;

    CustomerScores(ColumnSpec spec) {
        this.spec = spec;
    }

    @Override
    public ColumnSpec spec() {
        return spec;
    }

    private static ColumnSpec reasons() {
        return structs(
                "The three signals that moved the score most, the strongest first, each with its points",
                DataTypes.createStructField("reason", DataTypes.StringType, true),
                DataTypes.createStructField("points", DataTypes.DoubleType, true));
    }
}
