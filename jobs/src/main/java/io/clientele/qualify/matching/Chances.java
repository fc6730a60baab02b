package io.clientele.qualify.matching;

import io.clientele.qualify.matching.Comparison.Pattern;
import io.clientele.qualify.matching.Model.Counted;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * How probable the levels of agreement are between strangers. Columns that hang together do so between strangers too: who
 * shares a postcode shares a town. So each column may depend on one before it, that which tells most of it (a tree in the
 * manner of Chow and Liu, 1968); else what is shared once would count twice.
 *
 * @param parents of each column the one on which it depends; itself, if on none
 * @param tables of each column, by the level of its parent, where 0 stands for any, the probabilities of its levels from 1 on
 */
record Chances(List<Integer> parents, List<List<double[]>> tables) implements Serializable {

    private static final double PSEUDO_COUNT = 0.5;

    /** The mutual information, in nats, from which a column depends on another. */
    private static final double DEPENDS = 2e-2;

    /** Values of strangers agree across columns at least so often, for each time that they do in the same column. */
    private static final double SWAPPED = 0.1;

    /** Pairs at a level of the parent below which the column is taken to depend on nothing. */
    private static final double FEWEST = 30;

    /**
     * From pairs taken at random, a few of which are matches that nobody knows yet. These would make columns seem to hang
     * together, so none depends on another.
     */
    static Chances ofAny(Comparison comparison, List<Counted> patterns) {
        return of(comparison, patterns, pattern -> 1, Double.MAX_VALUE);
    }

    /**
     * From pairs taken at random.
     *
     * @param strangeness how probable it is that a pattern is one of strangers
     */
    static Chances ofStrangers(Comparison comparison, List<Counted> patterns, ToDoubleFunction<Pattern> strangeness) {
        return of(comparison, patterns, strangeness, DEPENDS);
    }

    private static Chances of(
            Comparison comparison, List<Counted> patterns, ToDoubleFunction<Pattern> weight, double depends) {
        int columns = comparison.columns();
        double[] pairs = patterns.stream()
                .mapToDouble(counted -> counted.pairs() * weight.applyAsDouble(counted.pattern()))
                .toArray();
        List<Integer> parents = new ArrayList<>();
        List<List<double[]>> tables = new ArrayList<>();
        for (int column = 0; column < columns; column++) {
            int parent = column;
            double most = depends;
            for (int other = 0; other < column; other++) {
                double information = information(joint(comparison, patterns, pairs, other, column));
                if (information > most) {
                    most = information;
                    parent = other;
                }
            }
            parents.add(parent);
            tables.add(table(
                    joint(comparison, patterns, pairs, parent, column), parent == column, comparison.swap(column)));
        }
        return new Chances(parents, tables);
    }

    /** How often the levels of two columns occur together. */
    private static double[][] joint(
            Comparison comparison, List<Counted> patterns, double[] pairs, int parent, int column) {
        double[][] joint = new double[comparison.levels(parent) + 1][comparison.levels(column) + 1];
        for (int i = 0; i < pairs.length; i++) {
            Pattern pattern = patterns.get(i).pattern();
            joint[pattern.level(parent)][pattern.level(column)] += pairs[i];
        }
        return joint;
    }

    private static double information(double[][] joint) {
        double total = 0;
        double[] ofColumn = new double[joint[0].length];
        double[] ofParent = new double[joint.length];
        for (int parent = 1; parent < joint.length; parent++) {
            for (int level = 1; level < ofColumn.length; level++) {
                total += joint[parent][level];
                ofColumn[level] += joint[parent][level];
                ofParent[parent] += joint[parent][level];
            }
        }
        double information = 0;
        for (int parent = 1; parent < joint.length; parent++) {
            for (int level = 1; level < ofColumn.length; level++) {
                double pairs = joint[parent][level];
                if (pairs > 0) {
                    information += pairs / total * Math.log(pairs * total / (ofColumn[level] * ofParent[parent]));
                }
            }
        }
        return information;
    }

    private static List<double[]> table(double[][] joint, boolean isAlone, int swap) {
        double[] any = new double[joint[0].length];
        for (double[] levels : joint) {
            for (int level = 1; level < any.length; level++) {
                any[level] += levels[level];
            }
        }
        smooth(any, null);
        if (swap > 0) {
            any[swap] = Math.max(any[swap], SWAPPED * any[any.length - 1]);
        }
        List<double[]> table = new ArrayList<>(List.of(any));
        for (int parent = 1; parent < joint.length; parent++) {
            double pairs = 0;
            for (int level = 1; level < any.length; level++) {
                pairs += joint[parent][level];
            }
            if (isAlone || pairs < FEWEST) {
                table.add(any);
            } else {
                smooth(joint[parent], any);
                table.add(joint[parent]);
            }
        }
        return table;
    }

    /** Turns counts into probabilities, none of them 0; a few more pairs are as the prior says. */
    private static void smooth(double[] counts, double[] prior) {
        double sum = 0;
        for (int level = 1; level < counts.length; level++) {
            counts[level] += prior == null ? PSEUDO_COUNT : prior[level] * PSEUDO_COUNT * counts.length;
            sum += counts[level];
        }
        counts[0] = 0;
        for (int level = 1; level < counts.length; level++) {
            counts[level] /= sum;
        }
    }

    /** The probabilities of the levels of a column, whatever the other columns say. */
    double[] of(int column) {
        return tables.get(column).get(0);
    }

    /** Whether a column depends on one in which two records are equal. */
    boolean isTold(int column, Pattern pattern) {
        int parent = parents.get(column);
        return parent != column && pattern.level(parent) == tables.get(column).size() - 1;
    }

    /** The logarithm of how probable the level of a column is, given the one before it; 0 where there is no value. */
    double log(int column, Pattern pattern) {
        int level = pattern.level(column);
        int parent = parents.get(column);
        return level == 0 ? 0 : Math.log(tables.get(column).get(parent == column ? 0 : pattern.level(parent))[level]);
    }
}
