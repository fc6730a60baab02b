package io.clientele.qualify;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.split;
import static org.apache.spark.sql.functions.sum;

import io.clientele.schema.ContactPairs;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * How records of one person or company agree in each column, as the pairs of a night show it: what the parameters {@code m}
 * of the matching model would be if they were estimated that night.
 *
 * @param ofColumns of each column, the share of each level of agreement, among the pairs in which both records have a value,
 *     each counted by its probability
 */
record AgreementShares(Map<String, Map<String, Double>> ofColumns) {

    /** @param pairs as in {@link ContactPairs} */
    static AgreementShares of(Dataset<Row> pairs) {
        Map<String, Map<String, Double>> columns = new TreeMap<>();
        pairs.select(
                        ContactPairs.PROBABILITY.col(),
                        explode(split(ContactPairs.AGREEMENT.col(), "; ")).as("level"))
                .where(col("level").notEqual(""))
                .groupBy(col("level"))
                .agg(sum(ContactPairs.PROBABILITY.col()))
                .collectAsList()
                .forEach(row -> {
                    String[] level = row.getString(0).split(": ", 2);
                    columns.computeIfAbsent(level[0], column -> new TreeMap<>()).put(level[1], row.getDouble(1));
                });
        columns.values().forEach(levels -> {
            double all =
                    levels.values().stream().mapToDouble(Double::doubleValue).sum();
            levels.replaceAll((level, pairsOfLevel) -> pairsOfLevel / all);
        });
        return new AgreementShares(columns);
    }

    /** Of each column that both know, the total variation distance: the share of the pairs that agree otherwise, 0 to 1. */
    Map<String, Double> distances(AgreementShares before) {
        Map<String, Double> distances = new TreeMap<>();
        ofColumns.forEach((column, levels) -> {
            Map<String, Double> others = before.ofColumns.get(column);
            if (others != null) {
                Set<String> names = new HashSet<>(levels.keySet());
                names.addAll(others.keySet());
                distances.put(
                        column,
                        names.stream()
                                        .mapToDouble(level -> Math.abs(
                                                levels.getOrDefault(level, 0.0) - others.getOrDefault(level, 0.0)))
                                        .sum()
                                / 2);
            }
        });
        return distances;
    }
}
