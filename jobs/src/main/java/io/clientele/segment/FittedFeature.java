package io.clientele.segment;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A feature with all that was learned of its values: enough to place a customer on its axes.
 *
 * @param column of a mart
 * @param logged whether values are taken by their logarithm
 * @param lower values below are brought up to it; null if there is no bound. After the logarithm, as are the next three
 * @param upper values above are brought down to it
 * @param mean of the values; also what stands for one that is not known
 * @param deviation their standard deviation; 0 if all are the same
 * @param standardised whether the mean is taken away and the rest divided by the deviation
 * @param rawDeviation the standard deviation of the values as they come
 * @param unknown whether some values may not be known
 * @param categories of a text or flag, those that have an axis; null for a number
 */
record FittedFeature(
        String column,
        boolean logged,
        Double lower,
        Double upper,
        double mean,
        double deviation,
        boolean standardised,
        double rawDeviation,
        boolean unknown,
        List<String> categories)
        implements Serializable {

    /** Differences that small, in parts of the mean, come from the arithmetic. */
    private static final double NOISE = 1e-12;

    /** @param values of a sample of the customers; NaN where not known */
    static FittedFeature number(String column, Feature feature, boolean mayBeUnknown, double[] values) {
        boolean isLogged = feature.has(Feature.Step.LOG);
        double[] known = Arrays.stream(values)
                .filter(value -> !Double.isNaN(value))
                .map(value -> isLogged ? log(value) : value)
                .sorted()
                .toArray();
        Double lower = null;
        Double upper = null;
        if (feature.quantiles() != null && known.length > 0) {
            lower = quantile(known, feature.quantiles().get(0));
            upper = quantile(known, feature.quantiles().get(1));
            double least = lower;
            double most = upper;
            known = Arrays.stream(known)
                    .map(value -> Math.min(most, Math.max(least, value)))
                    .toArray();
        }
        return new FittedFeature(
                column,
                isLogged,
                lower,
                upper,
                mean(known),
                deviation(known),
                feature.has(Feature.Step.STANDARDISE),
                deviation(Arrays.stream(values)
                        .filter(value -> !Double.isNaN(value))
                        .sorted()
                        .toArray()),
                mayBeUnknown,
                null);
    }

    /** The most frequent values, equally frequent ones in their order; of a flag only {@code true}. */
    static FittedFeature category(String column, Feature feature, boolean isFlag, List<String> values) {
        Map<String, Long> frequencies = values.stream()
                .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
        List<String> categories = isFlag
                ? List.of("true")
                : frequencies.entrySet().stream()
                        .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                                .thenComparing(Map.Entry.comparingByKey()))
                        .limit(feature.categories())
                        .map(Map.Entry::getKey)
                        .toList();
        boolean isConstant = frequencies.size() < 2;
        return new FittedFeature(column, false, null, null, 0, isConstant ? 0 : 1, false, 0, false, categories);
    }

    int axes() {
        return categories == null ? 1 : categories.size();
    }

    /** Whether it tells customers apart at all. */
    boolean constant() {
        return deviation == 0;
    }

    /** How the axes are named, to be found again in another model. */
    List<String> axisNames() {
        return categories == null
                ? List.of(column)
                : categories.stream().map(category -> column + "=" + category).toList();
    }

    /** A place on the axis of a number, as this model measures it, on that of another. */
    double translated(double place, FittedFeature to) {
        if (categories != null) {
            return place;
        }
        double value = standardised ? mean + deviation * place : place;
        if (logged != to.logged) {
            value = to.logged ? log(value) : Math.signum(value) * Math.expm1(Math.abs(value));
        }
        return to.standardised ? (to.deviation == 0 ? 0 : (value - to.mean) / to.deviation) : value;
    }

    /** Where a number is on the axis. */
    double place(double value) {
        double place = mean;
        if (!Double.isNaN(value)) {
            place = logged ? log(value) : value;
            if (lower != null) {
                place = Math.min(upper, Math.max(lower, place));
            }
        }
        if (!standardised) {
            return place;
        }
        return deviation == 0 ? 0 : (place - mean) / deviation;
    }

    private static double log(double value) {
        return Math.signum(value) * Math.log1p(Math.abs(value));
    }

    private static double quantile(double[] sorted, double share) {
        return sorted[(int) Math.round(share * (sorted.length - 1))];
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElse(0);
    }

    private static double deviation(double[] values) {
        double mean = mean(values);
        double deviation = Math.sqrt(Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .average()
                .orElse(0));
        return deviation <= NOISE * Math.abs(mean) ? 0 : deviation;
    }
}
