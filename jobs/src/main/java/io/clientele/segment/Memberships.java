package io.clientele.segment;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.when;

import io.clientele.schema.CustomerIdEvents;
import io.clientele.schema.CustomerRefs;
import io.clientele.schema.CustomerSegments;
import io.clientele.table.Joins;
import java.time.LocalDate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Since when, and until when, customers are in their segments: told from the nights before and who is in them tonight. */
final class Memberships {

    private static final String MERGED = "merged";
    private static final String CHANGE = "change";
    private static final String STANDS_FOR_IT = "stands_for_it";
    private static final String IS_TONIGHT = "is_tonight";

    private Memberships() {}

    /** The history as it was before a date, whatever has been found on it and after: so a date can be run again. */
    static Dataset<Row> before(LocalDate date, Dataset<Row> history) {
        Column left = CustomerSegments.LEFT_ON.col();
        return history.where(CustomerSegments.ENTERED_ON.col().lt(lit(date)))
                .withColumn(CustomerSegments.LEFT_ON.column(), when(left.lt(lit(date)), left));
    }

    /** Of identifiers that were merged, which one stands for them now, also where that was merged in its turn. */
    static Dataset<Row> merged(Dataset<Row> references) {
        return references
                .where(size(CustomerRefs.ID_CHANGES.col()).gt(0))
                .select(
                        CustomerRefs.CUSTOMER_ID.col(),
                        explode(CustomerRefs.ID_CHANGES.col()).as(CHANGE))
                .where(col(CHANGE).getField(CustomerIdEvents.KIND.column()).equalTo(MERGED))
                .groupBy(col(CHANGE)
                        .getField(CustomerIdEvents.OLD_CUSTOMER_ID.column())
                        .as(CustomerSegments.CUSTOMER_ID.column()))
                .agg(min(CustomerRefs.CUSTOMER_ID.col()).as(STANDS_FOR_IT));
    }

    /**
     * The history with tonight: who is still in a segment stays in it, who is new enters, who is not in it any more leaves.
     * What was said of an identifier that was merged is said of the one that stands for it.
     *
     * @param before the history before the date
     * @param members who is in which segment tonight
     */
    static Dataset<Row> after(LocalDate date, Dataset<Row> before, Dataset<Row> members, Dataset<Row> merged) {
        Column isTonight = col(IS_TONIGHT);
        Column entered = CustomerSegments.ENTERED_ON.col();
        Column left = CustomerSegments.LEFT_ON.col();
        Dataset<Row> known = before.join(merged, Joins.on(CustomerSegments.CUSTOMER_ID), Joins.LEFT)
                .select(
                        coalesce(col(STANDS_FOR_IT), CustomerSegments.CUSTOMER_ID.col())
                                .as(CustomerSegments.CUSTOMER_ID.column()),
                        CustomerSegments.SEGMENTATION.col(),
                        CustomerSegments.SEGMENT.col(),
                        entered,
                        left,
                        lit(false).as(IS_TONIGHT));
        Dataset<Row> tonight = members.select(
                CustomerSegments.CUSTOMER_ID.col(),
                CustomerSegments.SEGMENTATION.col(),
                CustomerSegments.SEGMENT.col(),
                CustomerSegments.ENTERED_ON.isNull(),
                CustomerSegments.LEFT_ON.isNull(),
                lit(true).as(IS_TONIGHT));
        return known.unionByName(tonight)
                .groupBy(
                        CustomerSegments.CUSTOMER_ID.col(),
                        CustomerSegments.SEGMENTATION.col(),
                        CustomerSegments.SEGMENT.col(),
                        left)
                .agg(
                        min(entered).as(CustomerSegments.ENTERED_ON.column()),
                        max(isTonight).as(IS_TONIGHT))
                .select(
                        CustomerSegments.CUSTOMER_ID.col(),
                        CustomerSegments.SEGMENTATION.col(),
                        CustomerSegments.SEGMENT.col(),
                        CustomerSegments.ENTERED_ON.is(coalesce(entered, lit(date))),
                        CustomerSegments.LEFT_ON.is(
                                coalesce(left, when(isTonight, lit(null)).otherwise(lit(date)))));
    }
}
