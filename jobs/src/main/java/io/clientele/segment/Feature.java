package io.clientele.segment;

import static io.clientele.config.Requirement.check;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/**
 * What customers are compared by, as {@code conf/clusters.yaml} says it of a column.
 *
 * @param steps what is done to its values, in this order
 * @param quantiles for winsorise: lower and upper, 0 to 1; values beyond are brought back to them
 * @param categories for one_hot: how many of the most frequent values have an axis; the others have none
 * @param more said of a cluster whose customers have more of it; if not said, "higher" and the column
 * @param less said of one whose customers have less of it
 * @param justification why it may tell something by which persons are discriminated against; null where it does not
 */
record Feature(
        List<Step> steps, List<Double> quantiles, Integer categories, String more, String less, String justification) {

    private static final int MOST_CATEGORIES = 50;

    /** What can be done to values. */
    enum Step {
        /** The sign, times the natural logarithm of 1 and the absolute value. */
        LOG,
        WINSORISE,
        /** Less the mean, by the standard deviation. */
        STANDARDISE,
        /** For texts and flags: an axis for each value, 0 or 1. */
        ONE_HOT
    }

    Feature {
        check(steps != null && !steps.isEmpty(), "key 'steps' is missing: log, winsorise, standardise or one_hot");
        steps = List.copyOf(steps);
        check(steps.size() == EnumSet.copyOf(steps).size(), "key 'steps' names a step twice");
        check(
                !steps.contains(Step.ONE_HOT) || steps.size() == 1,
                "key 'steps': one_hot stands alone, the other steps are for numbers");
        check(
                !steps.contains(Step.STANDARDISE) || steps.get(steps.size() - 1) == Step.STANDARDISE,
                "key 'steps': standardise comes last");
        boolean isWinsorised = steps.contains(Step.WINSORISE);
        check(
                isWinsorised == (quantiles != null),
                isWinsorised
                        ? "key 'quantiles' is missing: winsorise needs [lower, upper]"
                        : "key 'quantiles' is for the step winsorise");
        check(
                quantiles == null
                        || (quantiles.size() == 2
                                && quantiles.get(0) >= 0
                                && quantiles.get(0) < quantiles.get(1)
                                && quantiles.get(1) <= 1),
                "key 'quantiles' must be [lower, upper], 0 <= lower < upper <= 1, got %s",
                quantiles);
        boolean isOneHot = steps.contains(Step.ONE_HOT);
        check(
                isOneHot == (categories != null),
                isOneHot
                        ? "key 'categories' is missing: of how many values one_hot makes axes"
                        : "key 'categories' is for the step one_hot");
        check(
                categories == null || (categories >= 1 && categories <= MOST_CATEGORIES),
                "key 'categories' must be between 1 and %d, got %d",
                MOST_CATEGORIES,
                categories);
    }

    boolean has(Step step) {
        return steps.contains(step);
    }

    /** What is said of a cluster whose customers have more, or less, of the column than all have. */
    String words(String column, double difference) {
        String name = column.replace('_', ' ');
        return difference > 0
                ? Optional.ofNullable(more).orElse("higher " + name)
                : Optional.ofNullable(less).orElse("lower " + name);
    }

    /** All of it that decides what is learned. */
    String fingerprint() {
        return steps + " " + quantiles + " " + categories;
    }
}
