package io.clientele.qualify.matching;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * How far found groups agree with a truth, pair by pair.
 *
 * @param found pairs of records in one group
 * @param real pairs of records that are the same in truth
 * @param both pairs that are both
 */
public record Agreement(long found, long real, long both) {

    /** The column that says who a record is. */
    public static final String TRUTH = "truth";

    public double precision() {
        return found == 0 ? 1 : (double) both / found;
    }

    public double recall() {
        return real == 0 ? 1 : (double) both / real;
    }

    /** The harmonic mean of precision and recall. */
    public double f1() {
        return precision() + recall() == 0 ? 0 : 2 * precision() * recall() / (precision() + recall());
    }

    /** @param truth {@link Matcher#ID} and a column {@code truth} that is the same for the same person or company */
    public static Agreement withLabels(Dataset<Row> groups, Dataset<Row> truth) {
        Dataset<Row> labelled = groups.join(truth, Matcher.ID);
        return new Agreement(
                pairs(labelled, col(Matcher.GROUP)),
                pairs(labelled, col(TRUTH)),
                pairs(labelled, col(Matcher.GROUP), col(TRUTH)));
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
        return new Agreement(pairs(groups, col(Matcher.GROUP)), real.count(), both.count());
    }

    private static long pairs(Dataset<Row> rows, Column... group) {
        String size = "size";
        return rows.groupBy(group)
                .agg(count(lit(1)).as(size))
                .agg(coalesce(
                        sum(col(size).multiply(col(size).minus(1)).divide(2)).cast("long"), lit(0L)))
                .head()
                .getLong(0);
    }
}
