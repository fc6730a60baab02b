package io.clientele.qualify.matching;

import java.util.ArrayList;
import java.util.List;

/**
 * What one level of agreement in one column is worth.
 *
 * @param m how probable it is in two records of one person or company
 * @param u how probable it is in two records of strangers
 */
public record LevelWeight(String column, String level, double m, double u) {

    /** What it adds to the odds, as a power of two. */
    public double bits() {
        return Math.log(m / u) / Math.log(2);
    }

    /** All levels of all columns of a model, by column. */
    public static List<LevelWeight> of(Learned learned) {
        List<LevelWeight> weights = new ArrayList<>();
        int column = 0;
        for (var entry : learned.columns().entrySet()) {
            List<String> levels = entry.getValue().levels();
            double[] m = learned.parameters().m().get(column);
            double[] u = learned.parameters().u().of(column);
            for (int level = levels.size(); level >= 1; level--) {
                weights.add(new LevelWeight(entry.getKey(), levels.get(level - 1), m[level], u[level]));
            }
            column++;
        }
        return weights;
    }
}
