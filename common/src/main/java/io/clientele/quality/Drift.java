package io.clientele.quality;

import static io.clientele.config.Requirement.check;

import java.util.List;

/**
 * When a figure of tonight is far from those of the nights before: by more than so many robust standard deviations (1.4826
 * times the median absolute deviation), and by more than a change that nobody would call one.
 *
 * @param days how far back nights count, in days before the business date
 * @param leastNights fewer nights than this prove nothing
 * @param deviations how many robust standard deviations are far
 * @param leastChange what is no change: for a share its absolute difference, for a number of rows the relative one
 */
public record Drift(int days, int leastNights, double deviations, double leastChange) {

    /** Makes the median absolute deviation of normal values their standard deviation. */
    private static final double NORMAL = 1.4826;

    public Drift {
        check(days >= 1 && days <= 366, "key 'days' must be between 1 and 366, got %d", days);
        check(
                leastNights >= 3 && leastNights <= days,
                "key 'leastNights' must be between 3 and the %d days, got %d",
                days,
                leastNights);
        check(deviations > 0, "key 'deviations' must be positive, got %s", deviations);
        check(leastChange >= 0 && leastChange <= 1, "key 'leastChange' must be between 0 and 1, got %s", leastChange);
    }

    /** Whether a share of tonight is far from the shares of the nights before. */
    boolean isFarShare(double share, List<Double> before) {
        return isFar(share, before, 1);
    }

    /** Whether a number of rows is far from those of the nights before. */
    boolean isFarCount(double rows, List<Double> before) {
        return isFar(rows, before, before.isEmpty() ? 1 : median(before));
    }

    private boolean isFar(double tonight, List<Double> before, double unit) {
        if (before.size() < leastNights) {
            return false;
        }
        double median = median(before);
        double spread = NORMAL
                * median(before.stream().map(value -> Math.abs(value - median)).toList());
        double change = Math.abs(tonight - median);
        return change > deviations * spread && change > leastChange * unit;
    }

    static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
