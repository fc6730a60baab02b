package io.clientele.qualify.matching;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import java.util.Arrays;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.storage.StorageLevel;

/**
 * How far found groups agree with a truth: pair by pair, and group by group, a record alone being a group too.
 *
 * @param found pairs of records in one group
 * @param real pairs of records that are the same in truth
 * @param both pairs that are both
 * @param foundGroups how many groups were found
 * @param realGroups how many there are in truth
 * @param exactGroups how many were found with all of their records and no other
 */
public record Agreement(long found, long real, long both, long foundGroups, long realGroups, long exactGroups) {

    /** The column that says who a record is. */
    public static final String TRUTH = "truth";

    private static final String SIZE = "size";

    public double precision() {
        return share(both, found);
    }

    public double recall() {
        return share(both, real);
    }

    /** The harmonic mean of precision and recall. */
    public double f1() {
        return mean(precision(), recall());
    }

    /** The share of the groups found that are exact. */
    public double groupPrecision() {
        return share(exactGroups, foundGroups);
    }

    /** The share of the groups in truth that were found exactly. */
    public double groupRecall() {
        return share(exactGroups, realGroups);
    }

    /** The harmonic mean of the two. */
    public double groupF1() {
        return mean(groupPrecision(), groupRecall());
    }

    private static double share(long part, long whole) {
        return whole == 0 ? 1 : (double) part / whole;
    }

    private static double mean(double one, double other) {
        return one + other == 0 ? 0 : 2 * one * other / (one + other);
    }

    /**
     * Compares the records of which the truth is known.
     *
     * @param truth {@link Matcher#ID} and {@link #TRUTH}, the same for the same person or company, null where nobody knows
     */
    public static Agreement withLabels(Dataset<Row> groups, Dataset<Row> truth) {
        Dataset<Row> labelled = groups.join(truth.where(col(TRUTH).isNotNull()), Matcher.ID)
                .select(Matcher.GROUP, TRUTH)
                .persist(StorageLevel.DISK_ONLY());
        try {
            return of(labelled, pairs(sizes(labelled, TRUTH)), pairs(sizes(labelled, Matcher.GROUP, TRUTH)));
        } finally {
            labelled.unpersist();
        }
    }

    /** @param truth the pairs that are the same: {@link Matcher#ONE}, {@link Matcher#TWO}, in any order */
    public static Agreement withPairs(Dataset<Row> groups, Dataset<Row> truth) {
        Dataset<Row> real = truth.select(
                        least(col(Matcher.ONE), col(Matcher.TWO)).as(Matcher.ONE),
                        greatest(col(Matcher.ONE), col(Matcher.TWO)).as(Matcher.TWO))
                .distinct();
        Dataset<Row> both = real.join(
                        groups.select(
                                col(Matcher.ID).as(Matcher.ONE),
                                col(Matcher.GROUP).as("group_1")),
                        Matcher.ONE)
                .join(
                        groups.select(
                                col(Matcher.ID).as(Matcher.TWO),
                                col(Matcher.GROUP).as("group_2")),
                        Matcher.TWO)
                .where(col("group_1").equalTo(col("group_2")));
        Dataset<Row> hanging = Components.of(real, Matcher.ONE, Matcher.TWO)
                .select(col(Components.NODE).as(Matcher.ID), col(Components.COMPONENT));
        Dataset<Row> labelled = groups.join(hanging, new String[] {Matcher.ID}, "left")
                .select(
                        col(Matcher.GROUP),
                        coalesce(col(Components.COMPONENT), col(Matcher.ID)).as(TRUTH));
        return of(labelled, real.count(), both.count());
    }

    private static Agreement of(Dataset<Row> labelled, long real, long both) {
        Dataset<Row> found = sizes(labelled, Matcher.GROUP);
        Dataset<Row> actual = sizes(labelled, TRUTH);
        Dataset<Row> exact = sizes(labelled, Matcher.GROUP, TRUTH)
                .join(found, new String[] {Matcher.GROUP, SIZE}, "left_semi")
                .join(actual, new String[] {TRUTH, SIZE}, "left_semi");
        return new Agreement(pairs(found), real, both, found.count(), actual.count(), exact.count());
    }

    private static Dataset<Row> sizes(Dataset<Row> labelled, String... by) {
        return labelled.groupBy(Arrays.stream(by).map(functions::col).toArray(Column[]::new))
                .agg(count(lit(1)).as(SIZE));
    }

    private static long pairs(Dataset<Row> sizes) {
        return sizes.agg(coalesce(
                        sum(col(SIZE).multiply(col(SIZE).minus(1)).divide(2)).cast("long"), lit(0L)))
                .head()
                .getLong(0);
    }
}
