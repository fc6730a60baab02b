package io.clientele.qualify.matching;

import io.clientele.qualify.matching.Comparator.Pattern;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * The model of Fellegi and Sunter (1969): of each level of each column, how probable it is among records of one person
 * ({@code m}) and among records of two ({@code u}); learned without labels. {@code u} comes from pairs taken at random,
 * {@code m} by expectation and maximisation (Winkler 1988) over the counted patterns of the pairs that agree on a blocking
 * key, for the columns that are not in the key, and averaged over the keys.
 */
final class Model implements Serializable {

    private static final int ROUNDS = 200;
    private static final double CONVERGED = 1e-6;
    private static final double PSEUDO_COUNT = 0.5;

    /** How often a pattern occurs among the pairs that share some keys. */
    record Counted(Pattern pattern, long keys, double pairs) implements Serializable {}

    private final Comparator comparator;
    private final double[][] m;
    private final double[][] u;
    private double prior;
    private final double records;
    private double matchesPerRecord;

    private Model(Comparator comparator, double[][] m, double[][] u, double prior, double records) {
        this.comparator = comparator;
        this.m = m;
        this.u = u;
        this.prior = prior;
        this.records = records;
    }

    double[][] m() {
        return m;
    }

    double[][] u() {
        return u;
    }

    /** The probability that two records taken at random are of one person. */
    double prior() {
        return prior;
    }

    double matchesPerRecord() {
        return matchesPerRecord;
    }

    /**
     * Learns the parameters.
     *
     * @param random patterns of pairs taken at random
     * @param candidates patterns of the candidate pairs, with the keys on which they agree
     * @param keyColumns of each key, its columns
     * @param records how many records there are
     */
    static Model learn(
            Comparator comparator,
            List<Counted> random,
            List<Counted> candidates,
            List<List<Integer>> keyColumns,
            long records) {
        double all = records * (records - 1.0) / 2;
        double[][] u = frequencies(comparator, random, null);
        Model model = new Model(comparator, initial(comparator), u, 1.0 / Math.max(2, records), records);
        // The second time without the pairs of one person that chance put among the random ones.
        for (int pass = 0; pass < 3; pass++) {
            model = model.fitted(candidates, keyColumns, all);
            Model known = model;
            double[][] purer = frequencies(comparator, random, pattern -> 1 - known.probability(pattern));
            model = new Model(comparator, model.m, purer, model.prior, records);
            model.prior = model.fittedPrior(candidates, all);
        }
        model.matchesPerRecord = model.prior * all * 2 / records;
        return model;
    }

    private static double[][] initial(Comparator comparator) {
        double[][] m = new double[comparator.columns()][];
        for (int column = 0; column < m.length; column++) {
            int levels = comparator.levels(column);
            m[column] = new double[levels + 1];
            for (int level = 1; level <= levels; level++) {
                m[column][level] = level == levels ? 0.8 : 0.2 / (levels - 1);
            }
        }
        return m;
    }

    private static double[][] frequencies(
            Comparator comparator, List<Counted> patterns, java.util.function.ToDoubleFunction<Pattern> weight) {
        double[][] counts = new double[comparator.columns()][];
        for (int column = 0; column < counts.length; column++) {
            counts[column] = new double[comparator.levels(column) + 1];
        }
        for (Counted counted : patterns) {
            double pairs = counted.pairs() * (weight == null ? 1 : weight.applyAsDouble(counted.pattern()));
            for (int column = 0; column < counts.length; column++) {
                counts[column][counted.pattern().level(column)] += pairs;
            }
        }
        for (double[] column : counts) {
            normalise(column);
        }
        return counts;
    }

    private static void normalise(double[] counts) {
        double sum = 0;
        for (int level = 1; level < counts.length; level++) {
            counts[level] += PSEUDO_COUNT;
            sum += counts[level];
        }
        for (int level = 1; level < counts.length; level++) {
            counts[level] /= sum;
        }
    }

    /** New m, from each key apart: among its pairs, the columns of the key agree by construction and teach nothing. */
    private Model fitted(List<Counted> candidates, List<List<Integer>> keyColumns, double all) {
        double[][] sum = new double[m.length][];
        for (int column = 0; column < m.length; column++) {
            sum[column] = new double[m[column].length];
        }
        for (int key = 0; key < keyColumns.size(); key++) {
            long bit = 1L << key;
            List<Counted> pairs = new ArrayList<>();
            for (Counted counted : candidates) {
                if ((counted.keys() & bit) != 0) {
                    pairs.add(counted);
                }
            }
            if (!pairs.isEmpty()) {
                learn(pairs, keyColumns.get(key), sum);
            }
        }
        double[][] learned = new double[m.length][];
        for (int column = 0; column < m.length; column++) {
            double total = 0;
            for (double value : sum[column]) {
                total += value;
            }
            learned[column] = total < 1 ? m[column] : sum[column].clone();
            if (total >= 1) {
                normalise(learned[column]);
            }
        }
        Model fitted = new Model(comparator, learned, u, prior, records);
        fitted.prior = fitted.fittedPrior(candidates, all);
        return fitted;
    }

    /** Expectation and maximisation among the pairs of one key; adds the expected counts of the levels to a sum. */
    private void learn(List<Counted> pairs, List<Integer> fixed, double[][] sum) {
        double[][] local = new double[m.length][];
        for (int column = 0; column < m.length; column++) {
            local[column] = m[column].clone();
        }
        double share = 0.3;
        double[][] counts = null;
        for (int round = 0; round < ROUNDS; round++) {
            counts = new double[m.length][];
            for (int column = 0; column < m.length; column++) {
                counts[column] = new double[m[column].length];
            }
            double matches = 0;
            double total = 0;
            for (Counted counted : pairs) {
                double odds = Math.log(share / (1 - share));
                for (int column = 0; column < m.length; column++) {
                    int level = counted.pattern().level(column);
                    if (level > 0 && !fixed.contains(column)) {
                        odds += Math.log(local[column][level] / u[column][level]);
                    }
                }
                double expected = counted.pairs() / (1 + Math.exp(-odds));
                matches += expected;
                total += counted.pairs();
                for (int column = 0; column < m.length; column++) {
                    counts[column][counted.pattern().level(column)] += expected;
                }
            }
            double next = Math.min(1 - 1e-6, Math.max(1e-9, matches / total));
            double change = Math.abs(next - share);
            share = next;
            for (int column = 0; column < m.length; column++) {
                if (!fixed.contains(column)) {
                    double[] levels = counts[column].clone();
                    normalise(levels);
                    local[column] = levels;
                }
            }
            if (change < CONVERGED) {
                break;
            }
        }
        for (int column = 0; column < m.length; column++) {
            for (int level = 1; level < m[column].length; level++) {
                if (!fixed.contains(column)) {
                    sum[column][level] += counts[column][level];
                }
            }
        }
    }

    /** The prior under which as many matches are expected among the candidates as it says. */
    private double fittedPrior(List<Counted> candidates, double all) {
        double guess = prior;
        for (int round = 0; round < ROUNDS; round++) {
            double odds = Math.log(guess / (1 - guess));
            double matches = 0;
            for (Counted counted : candidates) {
                matches += counted.pairs() / (1 + Math.exp(-odds - weight(counted.pattern())));
            }
            double next = Math.min(0.5, Math.max(1e-12, matches / all));
            if (Math.abs(next - guess) < CONVERGED * guess) {
                return next;
            }
            guess = next;
        }
        return guess;
    }

    /** The natural logarithm of the odds that a pattern stands for, without the prior. */
    double weight(Pattern pattern) {
        double weight = 0;
        for (int column = 0; column < m.length; column++) {
            weight += weight(column, pattern.level(column));
        }
        return weight;
    }

    double weight(int column, int level) {
        return level == 0 ? 0 : Math.log(m[column][level] / u[column][level]);
    }

    /**
     * What the rarity of an equal value adds (Winkler's adjustment for value frequency): a frequent one is weaker evidence.
     * The other records of the same person do not make a value frequent.
     *
     * @param count how many records have the value
     */
    double rarity(int column, int count) {
        double chance = u[column][u[column].length - 1];
        double others = Math.max(0, count - 2 - 2 * matchesPerRecord);
        double frequency = Math.max(others / records, chance / 4);
        return Math.log(chance / Math.min(1, frequency));
    }

    /** The probability that a pattern is one of two records of one person. */
    double probability(Pattern pattern) {
        return probability(weight(pattern));
    }

    double probability(double weight) {
        return 1 / (1 + Math.exp(-Math.log(prior / (1 - prior)) - weight));
    }
}
