package io.clientele.qualify.matching;

import io.clientele.qualify.matching.Model.Counted;
import java.util.ArrayList;
import java.util.List;

/** Chooses blocking keys by what they find. */
final class KeyChoice {

    /** The most keys that are chosen. */
    private static final int MOST_KEYS = 24;

    /** A key that brings a smaller share of the matches is not worth its pairs. */
    private static final double WORTH_CHOOSING = 0.0002;

    /** Nor is one of whose new pairs a smaller share are matches. */
    private static final double FRUITFUL = 0.002;

    /** What a key costs for each record besides its pairs, in pairs. */
    private static final double KEY_COST = 0.3;

    private KeyChoice() {}

    /**
     * Greedily the keys that bring most matches for their pairs, within the budget.
     *
     * @param pairs those that the keys bring, by the keys on which they agree
     * @param size how many records there are
     * @param budget the pairs that a record may cost
     */
    static List<Learned.Key> of(List<Counted> pairs, List<List<String>> tried, Model model, long size, double budget) {
        double[] expected = pairs.stream()
                .mapToDouble(counted -> counted.pairs() * model.probability(counted.pattern()))
                .toArray();
        double matches = 0;
        for (int i = 0; i < expected.length; i++) {
            matches += pairs.get(i).keys() == 0 ? 0 : expected[i];
        }
        List<Learned.Key> chosen = new ArrayList<>();
        long used = 0;
        double left = budget;
        while (chosen.size() < MOST_KEYS) {
            double[] gains = new double[tried.size()];
            double[] costs = new double[tried.size()];
            for (int i = 0; i < expected.length; i++) {
                long keys = pairs.get(i).keys();
                if ((keys & used) == 0) {
                    for (long rest = keys; rest != 0; rest &= rest - 1) {
                        int key = Long.numberOfTrailingZeros(rest);
                        gains[key] += expected[i];
                        costs[key] += pairs.get(i).pairs() / size;
                    }
                }
            }
            int best = -1;
            double bestWorth = 0;
            for (int key = 0; key < gains.length; key++) {
                double worth = gains[key] / (costs[key] + KEY_COST);
                boolean isWorth = gains[key] >= WORTH_CHOOSING * matches
                        && gains[key] >= FRUITFUL * costs[key] * size
                        && (used & (1L << key)) == 0;
                if (isWorth && costs[key] <= left && worth > bestWorth) {
                    best = key;
                    bestWorth = worth;
                }
            }
            if (best < 0) {
                break;
            }
            used |= 1L << best;
            left -= costs[best];
            chosen.add(new Learned.Key(tried.get(best), costs[best], gains[best] / matches));
        }
        return chosen;
    }
}
