package io.clientele.predict.propensity;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.min;

import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What customers did after each cut-off: what a model learns to foresee. */
final class Outcomes {

    /** Days from the cut-off to the next purchase, 1 or more; null if there is none that is known. */
    static final Column DAYS_TO_PURCHASE = col("days_to_purchase");

    private Outcomes() {}

    /** One row for each cut-off and customer who bought in so many days after it. */
    static Dataset<Row> of(Dataset<Row> history, List<LocalDate> cutOffs, int days) {
        Column ahead = datediff(History.DAY, Features.CUT_OFF);
        return Features.at(history.where(History.BOUGHT.gt(0)), cutOffs)
                .where(ahead.gt(0).and(ahead.leq(days)))
                .groupBy(History.CUSTOMER, Features.CUT_OFF)
                .agg(min(ahead).as("days_to_purchase"));
    }
}
