package io.clientele.predict.propensity;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * How customers came out who were ranked by a score: for each bin of equal scores, how many it came true for and how many
 * not. All measures of a ranking follow from it, whatever the number of customers.
 */
final class Ranking {

    static final int DECILES = 10;

    private final NavigableMap<Long, Bin> bins = new TreeMap<>();

    /** @param positives those for whom it came true */
    record Bin(long positives, long negatives) {
        long size() {
            return positives + negatives;
        }

        Bin and(Bin other) {
            return new Bin(positives + other.positives, negatives + other.negatives);
        }
    }

    void add(long bin, long positives, long negatives) {
        bins.merge(bin, new Bin(positives, negatives), Bin::and);
    }

    NavigableMap<Long, Bin> bins() {
        return bins;
    }

    long positives() {
        return bins.values().stream().mapToLong(Bin::positives).sum();
    }

    long size() {
        return bins.values().stream().mapToLong(Bin::size).sum();
    }

    /** Area under the receiver operating characteristic: how often one of two is ranked rightly, ties by half. */
    double auc() {
        double below = 0;
        double wins = 0;
        for (Bin bin : bins.values()) {
            wins += bin.positives() * (below + bin.negatives() / 2.0);
            below += bin.negatives();
        }
        return wins / (positives() * below);
    }

    /** Area under precision over recall, as average precision: the mean of the precision at each that came true. */
    double precisionRecallArea() {
        double seen = 0;
        double found = 0;
        double area = 0;
        for (Bin bin : bins.descendingMap().values()) {
            seen += bin.size();
            found += bin.positives();
            area += bin.positives() * found / seen;
        }
        return area / positives();
    }

    /**
     * Cuts into ten groups of about equal numbers, the highest scores first; equal scores are in one group, that of their
     * middle.
     *
     * @return of the groups 1 to 9 the lowest bin that is in the group or in one before
     */
    List<Long> decileCuts() {
        long[] cuts = new long[DECILES - 1];
        Arrays.fill(cuts, Long.MAX_VALUE);
        double total = size();
        long above = 0;
        for (Map.Entry<Long, Bin> entry : bins.descendingMap().entrySet()) {
            long size = entry.getValue().size();
            int before = (int) (DECILES * (above + size / 2.0) / total);
            for (int i = before; i < cuts.length; i++) {
                cuts[i] = entry.getKey();
            }
            above += size;
        }
        return Arrays.stream(cuts).boxed().toList();
    }

    /** The group of a bin, 1 for the highest scores to 10. */
    static int decile(long bin, List<Long> cuts) {
        return 1 + (int) cuts.stream().filter(cut -> bin < cut).count();
    }
}
