package io.clientele.qualify.matching;

import io.clientele.qualify.matching.Comparison.Pattern;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

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
    private static final double MOST_DIFFERENT = 0.1;

    /** So many times the evidence of a usual value a rare one may be. */
    private static final double MOST_TELLING = 50;

    /** Values of which a smaller share of the records has each are equally rare: they are not counted one by one. */
    static final double RAREST = 1.0 / 40_000;

    /** How many pairs of one kind make the opinion of a key count, and how many such keys have a middle. */
    private static final double TELLING = 30;

    private static final int FEW_KEYS = 3;

    /** How often a pattern occurs among the pairs that share some keys. */
    record Counted(Pattern pattern, long keys, double pairs) implements Serializable {

        static List<Counted> sorted(Collection<Counted> patterns) {
            return patterns.stream()
                    .sorted(Comparator.comparing(
                                    (Counted counted) -> counted.pattern().low())
                            .thenComparing(counted -> counted.pattern().high())
                            .thenComparing(Counted::keys))
                    .toList();
        }
    }

    /**
     * What was learned, to be kept; of each column, by level from 1 on, how probable the level is.
     *
     * @param m among two records of one person
     * @param r among two records of persons who have something to do with each other
     * @param u among two records of strangers
     * @param prior how probable it is that two records taken at random are of one person
     * @param relatives how probable it is that they are of persons who have something to do with each other
     * @param records how many records it was learned from
     * @param matchesPerRecord how many other records of the same person a record has
     */
    public record Parameters(
            List<double[]> m,
            List<double[]> r,
            Chances u,
            double prior,
            double relatives,
            double records,
            double matchesPerRecord)
            implements Serializable {}

    private final Comparison comparison;
    private final double[][] m;
    private final double[][] r;
    private final Chances u;
    private final double[][] sameLogs;
    private final double[][] relatedLogs;
    private double prior;
    private double relatives;
    private final double records;
    private double matchesPerRecord;

    private Model(Comparison comparison, double[][] m, double[][] r, Chances u, double prior, double records) {
        this.comparison = comparison;
        this.m = m;
        this.r = r;
        this.u = u;
        this.sameLogs = logs(m);
        this.relatedLogs = logs(r);
        this.prior = prior;
        this.relatives = comparison.knowsRelatives() ? prior : 0;
        this.records = records;
    }

    Model(Comparison comparison, Parameters parameters) {
        this(
                comparison,
                parameters.m().toArray(double[][]::new),
                parameters.r().toArray(double[][]::new),
                parameters.u(),
                parameters.prior(),
                parameters.records());
        this.relatives = parameters.relatives();
        this.matchesPerRecord = parameters.matchesPerRecord();
    }

    Parameters parameters() {
        return new Parameters(List.of(m), List.of(r), u, prior, relatives, records, matchesPerRecord);
    }

    private static double[][] logs(double[][] probabilities) {
        double[][] logs = new double[probabilities.length][];
        for (int column = 0; column < logs.length; column++) {
            logs[column] = new double[probabilities[column].length];
            for (int level = 1; level < logs[column].length; level++) {
                logs[column][level] = Math.log(probabilities[column][level]);
            }
        }
        return logs;
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
            Comparison comparison,
            List<Counted> random,
            List<Counted> candidates,
            List<List<Integer>> keyColumns,
            long records) {
        double all = records * (records - 1.0) / 2;
        List<List<Counted>> byKey = byKey(candidates, keyColumns.size());
        Chances u = Chances.ofAny(comparison, random);
        Model model = new Model(
                comparison,
                initial(comparison),
                strangersInTheirOwn(comparison, initial(comparison), u),
                u,
                1.0 / Math.max(2, records),
                records);
        // The next times without the pairs of one person or of relatives that chance put among the random ones.
        for (int pass = 0; pass < 3; pass++) {
            model = model.fitted(byKey, keyColumns, candidates, all);
            Model known = model;
            Chances purer = Chances.ofStrangers(comparison, random, known::strangeness);
            model = new Model(
                    comparison, model.m, strangersInTheirOwn(comparison, model.r, purer), purer, model.prior, records);
            model.fitPriors(candidates, all);
        }
        model.matchesPerRecord = model.prior * all * 2 / records;
        return model;
    }

    private static double[][] initial(Comparison comparison) {
        double[][] start = new double[comparison.columns()][];
        for (int column = 0; column < start.length; column++) {
            int levels = comparison.levels(column);
            start[column] = new double[levels + 1];
            for (int level = 1; level <= levels; level++) {
                start[column][level] = level == levels ? 0.8 : 0.2 / (levels - 1);
            }
        }
        return start;
    }

    /** Relatives share much, but in what is a person's own they are strangers. */
    private static double[][] strangersInTheirOwn(Comparison comparison, double[][] related, Chances strangers) {
        double[][] result = related.clone();
        for (int column = 0; column < result.length; column++) {
            int own = Math.min(comparison.ownFrom(column), related[column].length);
            if (own < related[column].length) {
                result[column] = strangers.of(column).clone();
                double theirs = sum(result[column], own);
                double shared = sum(related[column], own);
                for (int level = 1; level < own; level++) {
                    result[column][level] = related[column][level] / shared * theirs;
                }
            }
        }
        return result;
    }

    private static double sum(double[] levels, int end) {
        double sum = 0;
        for (int level = 1; level < end; level++) {
            sum += levels[level];
        }
        return sum;
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

    /** Of each key the patterns of its pairs, whatever other keys they agree on. */
    private static List<List<Counted>> byKey(List<Counted> candidates, int keys) {
        List<List<Counted>> byKey = new ArrayList<>();
        for (int key = 0; key < keys; key++) {
            long bit = 1L << key;
            Map<Pattern, Double> pairs = new LinkedHashMap<>();
            for (Counted counted : candidates) {
                if ((counted.keys() & bit) != 0) {
                    pairs.merge(counted.pattern(), counted.pairs(), Double::sum);
                }
            }
            byKey.add(pairs.entrySet().stream()
                    .map(entry -> new Counted(entry.getKey(), bit, entry.getValue()))
                    .toList());
        }
        return byKey;
    }

    /** New m and r, from each key apart: among its pairs, the columns of the key agree by construction and teach nothing. */
    private Model fitted(
            List<List<Counted>> byKey, List<List<Integer>> keyColumns, List<Counted> candidates, double all) {
        List<double[][]> same = new ArrayList<>();
        List<double[][]> related = new ArrayList<>();
        for (int key = 0; key < byKey.size(); key++) {
            if (!byKey.get(key).isEmpty()) {
                learn(byKey.get(key), keyColumns.get(key), same, related);
            }
        }
        Model fitted = new Model(
                comparison,
                learned(middle(same), m, true),
                strangersInTheirOwn(comparison, learned(middle(related), r, false), u),
                u,
                prior,
                records);
        fitted.fitPriors(candidates, all);
        return fitted;
    }

    /**
     * What most keys teach: the median of each level's share over the keys, as counts. A key may mislead, for instance the
     * start of an e-mail address, which namesakes share; a mean would follow it, if it has many pairs.
     */
    private double[][] middle(List<double[][]> countsOfKeys) {
        double[][] middle = zeros();
        for (int column = 0; column < middle.length; column++) {
            int self = column;
            List<double[]> all = countsOfKeys.stream()
                    .map(counts -> counts[self])
                    .filter(counts -> DoubleStream.of(counts).sum() > 0)
                    .toList();
            List<double[]> telling = all.stream()
                    .filter(counts -> DoubleStream.of(counts).sum() >= TELLING)
                    .toList();
            double pairs = all.stream().flatMapToDouble(DoubleStream::of).sum();
            for (int level = 1; level < middle[column].length; level++) {
                int at = level;
                middle[column][level] = telling.size() < FEW_KEYS
                        ? all.stream().mapToDouble(counts -> counts[at]).sum()
                        : pairs
                                * median(telling.stream()
                                        .mapToDouble(counts -> counts[at]
                                                / DoubleStream.of(counts).sum()));
            }
        }
        return middle;
    }

    private static double median(DoubleStream values) {
        double[] sorted = values.sorted().toArray();
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    private double[][] zeros() {
        double[][] zeros = new double[m.length][];
        for (int column = 0; column < m.length; column++) {
            zeros[column] = new double[m[column].length];
        }
        return zeros;
    }

    private double[][] learned(double[][] counts, double[][] before, boolean isSame) {
        double[][] learned = new double[counts.length][];
        for (int column = 0; column < counts.length; column++) {
            double total = 0;
            for (double value : counts[column]) {
                total += value;
            }
            learned[column] = total < 1 ? before[column] : counts[column].clone();
            if (total >= 1) {
                normalise(learned[column]);
                if (isSame) {
                    cap(column, learned[column]);
                }
            }
        }
        return learned;
    }

    /** One person seldom has two names or two birth dates: without this, a household passes for a person. */
    private void cap(int column, double[] levels) {
        double excess = levels[1] - MOST_DIFFERENT;
        if (comparison.isLifelong(column) && excess > 0) {
            double rest = 1 - levels[1];
            for (int level = 2; level < levels.length; level++) {
                levels[level] *= (1 - MOST_DIFFERENT) / rest;
            }
            levels[1] = MOST_DIFFERENT;
        }
    }

    /**
     * Expectation and maximisation among the pairs of one key, with three kinds of pairs: of one person, of persons who
     * have something to do with each other (a household, a firm), of strangers. Adds the expected counts to those of other
     * keys; of relatives only where the key tells them.
     */
    private void learn(List<Counted> pairs, List<Integer> fixed, List<double[][]> ofSame, List<double[][]> ofRelated) {
        int[] free = IntStream.range(0, m.length)
                .filter(column -> !fixed.contains(column))
                .toArray();
        double[] strange = pairs.stream()
                .mapToDouble(counted -> Arrays.stream(free)
                        .mapToDouble(column -> u.log(column, counted.pattern()))
                        .sum())
                .toArray();
        double[][] same = m;
        double[][] related = r;
        double sameShare = 0.3;
        double relatedShare = comparison.knowsRelatives() ? 0.1 : 0;
        double[][] sameCounts = null;
        double[][] relatedCounts = null;
        for (int round = 0; round < ROUNDS; round++) {
            sameCounts = zeros();
            relatedCounts = zeros();
            double sames = 0;
            double relateds = 0;
            double total = 0;
            double sameStart = Math.log(sameShare / (1 - sameShare - relatedShare));
            double relatedStart = Math.log(relatedShare / (1 - sameShare - relatedShare));
            double[][] forSame = logs(same);
            double[][] forRelated = logs(related);
            for (int i = 0; i < strange.length; i++) {
                Counted counted = pairs.get(i);
                double sameOdds = sameStart - strange[i];
                double relatedOdds = relatedStart - strange[i];
                for (int column : free) {
                    int level = counted.pattern().level(column);
                    sameOdds += forSame[column][level];
                    relatedOdds += forRelated[column][level];
                }
                double sameExpected = counted.pairs() * share(sameOdds, relatedOdds);
                double relatedExpected = counted.pairs() * share(relatedOdds, sameOdds);
                sames += sameExpected;
                relateds += relatedExpected;
                total += counted.pairs();
                for (int column : free) {
                    sameCounts[column][counted.pattern().level(column)] += sameExpected;
                    relatedCounts[column][counted.pattern().level(column)] += relatedExpected;
                }
            }
            double nextSame = Math.min(0.98, Math.max(1e-9, sames / total));
            double nextRelated = Math.min(0.99 - nextSame, relateds / total);
            double change = Math.abs(nextSame - sameShare) + Math.abs(nextRelated - relatedShare);
            sameShare = nextSame;
            relatedShare = nextRelated;
            same = unfixed(learned(sameCounts, same, true), fixed, same);
            related =
                    strangersInTheirOwn(comparison, unfixed(learned(relatedCounts, related, false), fixed, related), u);
            if (change < CONVERGED) {
                break;
            }
        }
        ofSame.add(free(sameCounts, fixed));
        if (comparison.tellRelatives(fixed)) {
            ofRelated.add(free(relatedCounts, fixed));
        }
    }

    private static double[][] unfixed(double[][] learned, List<Integer> fixed, double[][] before) {
        for (int column : fixed) {
            learned[column] = before[column];
        }
        return learned;
    }

    private static double[][] free(double[][] counts, List<Integer> fixed) {
        fixed.forEach(column -> Arrays.fill(counts[column], 0));
        return counts;
    }

    /** The priors under which as many pairs of each kind are expected among the candidates as they say. */
    private void fitPriors(List<Counted> candidates, double all) {
        for (int round = 0; round < ROUNDS; round++) {
            double sames = 0;
            double relateds = 0;
            for (Counted counted : candidates) {
                double sameOdds = Math.log(prior) + weight(counted.pattern());
                double relatedOdds = Math.log(relatives) + kinship(counted.pattern());
                sames += counted.pairs() * share(sameOdds, relatedOdds);
                relateds += counted.pairs() * share(relatedOdds, sameOdds);
            }
            double next = Math.min(0.4, Math.max(1e-12, sames / all));
            double change = Math.abs(next - prior) / prior;
            prior = next;
            relatives = Math.min(0.4, relateds / all);
            if (change < CONVERGED) {
                break;
            }
        }
    }

    /** As {@link #weight(Pattern)}, for persons who have something to do with each other. */
    private double kinship(Pattern pattern) {
        return weight(relatedLogs, pattern);
    }

    /** The natural logarithm of the odds that a pattern stands for, without the prior. */
    double weight(Pattern pattern) {
        return weight(sameLogs, pattern);
    }

    private double weight(double[][] logs, Pattern pattern) {
        double weight = 0;
        for (int column = 0; column < logs.length; column++) {
            weight += logs[column][pattern.level(column)] - u.log(column, pattern);
        }
        return weight;
    }

    /** What one column adds to the {@link #weight(Pattern)}. */
    double weight(int column, Pattern pattern) {
        return sameLogs[column][pattern.level(column)] - u.log(column, pattern);
    }

    /** The natural logarithm of the odds that two records taken at random are of one person. */
    double priorOdds() {
        return Math.log(prior);
    }

    /**
     * What the rarity of an equal value adds (Winkler's adjustment for value frequency): a frequent one is weaker evidence.
     * The other records of the same person do not make a value frequent. Nothing, where the values are not equal, or are so
     * because those of another column are.
     *
     * @param count how many records have the value
     */
    double rarity(int column, Pattern pattern, int count) {
        if (pattern.level(column) != comparison.levels(column) || u.isTold(column, pattern)) {
            return 0;
        }
        double chance = u.of(column)[u.of(column).length - 1];
        double others = Math.max(0, count - 2 - 2 * matchesPerRecord);
        double rarest = Math.max(chance / MOST_TELLING, Math.max(1 / records, RAREST));
        double frequency = Math.max(others / records, Math.min(chance, rarest));
        return Math.log(chance / Math.min(1, frequency));
    }

    /** The probability that a pattern is one of two records of one person. */
    double probability(Pattern pattern) {
        return probability(pattern, weight(pattern));
    }

    /** @param weight of the pattern, with what rarity adds */
    double probability(Pattern pattern, double weight) {
        double sameOdds = Math.log(prior) + weight;
        double otherOdds = Math.log(relatives) + kinship(pattern) + weight - weight(pattern);
        return share(sameOdds, otherOdds);
    }

    /** The probability that a pattern is one of two strangers: neither of one person nor of relatives. */
    private double strangeness(Pattern pattern) {
        double sameOdds = Math.log(prior) + weight(pattern);
        double otherOdds = Math.log(relatives) + kinship(pattern);
        return 1 - share(sameOdds, otherOdds) - share(otherOdds, sameOdds);
    }

    /** How probable one kind of pair is, when the odds of another against strangers are these. */
    private static double share(double odds, double otherOdds) {
        double top = Math.max(0, Math.max(odds, otherOdds));
        double mass = Math.exp(-top) + Math.exp(odds - top) + Math.exp(otherOdds - top);
        return Math.exp(odds - top) / mass;
    }
}
