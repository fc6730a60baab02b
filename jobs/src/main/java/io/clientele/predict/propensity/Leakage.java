package io.clientele.predict.propensity;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.log1p;
import static org.apache.spark.sql.functions.posexplode;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.signum;
import static org.apache.spark.sql.functions.sum;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Finds features that know what comes after the cut-off: surely, by taking away all that comes after it and seeing what
 * changes; and by suspicion, where one feature alone tells the outcome better than any honest one could.
 */
final class Leakage {

    /** Bins to a unit of a feature's logarithm. */
    private static final int BINS = 100;

    private Leakage() {}

    /**
     * The features that are others when the days after the cut-off are taken away.
     *
     * @param features what makes features of a history, at cut-offs
     * @param names of the features, in the order of their values
     */
    static List<String> fromLater(
            BiFunction<Dataset<Row>, List<LocalDate>, Dataset<Row>> features,
            Dataset<Row> history,
            LocalDate cutOff,
            List<String> names) {
        Dataset<Row> all = features.apply(history, List.of(cutOff)).select(History.CUSTOMER, Features.VALUES.as("all"));
        Dataset<Row> before = features.apply(history.where(History.DAY.leq(lit(cutOff))), List.of(cutOff))
                .select(History.CUSTOMER.as("customer"), Features.VALUES.as("before"));
        Column isSame = History.CUSTOMER.equalTo(col("customer"));
        Column changed = expr("filter(sequence(0, %d), i -> not(all[i] <=> before[i]))".formatted(names.size() - 1));
        return all.join(before, isSame, "full").select(explode(changed)).distinct().collectAsList().stream()
                .map(row -> row.getInt(0))
                .sorted()
                .map(names::get)
                .toList();
    }

    /**
     * How well each feature alone tells the outcome: the area under the receiver operating characteristic, in whichever
     * direction is better, 0.5 to 1.
     *
     * @param examples with their label
     */
    static Map<String, Double> alone(Dataset<Row> examples, List<String> names) {
        Column value = col("col");
        Column scaled = signum(value).multiply(log1p(abs(value)));
        List<Row> counts = examples.select(col(Learner.LABEL), posexplode(Features.VALUES))
                .groupBy(
                        col("pos"),
                        round(coalesce(scaled, lit(0)).multiply(BINS)).cast("long"))
                .agg(sum(col(Learner.LABEL)).cast("long"), count(lit(1)))
                .collectAsList();
        Map<Integer, Ranking> rankings = new TreeMap<>();
        counts.forEach(row -> rankings.computeIfAbsent(row.getInt(0), position -> new Ranking())
                .add(row.getLong(1), row.getLong(2), row.getLong(3) - row.getLong(2)));
        Map<String, Double> areas = new LinkedHashMap<>();
        rankings.forEach((position, ranking) -> {
            double area = ranking.auc();
            areas.put(names.get(position), Math.max(area, 1 - area));
        });
        return areas;
    }
}
