package io.clientele.score;

import static io.clientele.config.Requirement.check;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import io.clientele.schema.CustomerRfmSlices;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;

/**
 * What fixed thresholds are worth: of each axis, the best first; a customer who reaches none has 0 points.
 *
 * @param monetary in the currency of the lake
 * @param currencies monetary thresholds in other currencies, by code, for the dimension {@code currency}; a currency that is
 *     not here has those of the lake
 */
public record Points(
        List<Threshold> recency,
        List<Threshold> frequency,
        List<Threshold> monetary,
        Map<String, List<Threshold>> currencies) {

    public Points {
        recency = checked("recency", recency);
        frequency = checked("frequency", frequency);
        monetary = checked("monetary", monetary);
        Map<String, List<Threshold>> ofCurrencies = new TreeMap<>();
        if (currencies != null) {
            currencies.forEach((currency, thresholds) -> {
                check(
                        currency.matches("[A-Z]{3}"),
                        "key 'points.currencies': '%s' is not the code of a currency, three capital letters",
                        currency);
                ofCurrencies.put(currency, checked("currencies." + currency, thresholds));
            });
        }
        currencies = ofCurrencies;
        int best = recency.get(0).points();
        List<List<Threshold>> others = new ArrayList<>(List.of(frequency, monetary));
        others.addAll(currencies.values());
        int most = others.stream().mapToInt(axis -> axis.get(0).points()).max().orElseThrow();
        check(best > most, "key 'points': recency weighs most, so its best threshold must be worth more than %d", most);
    }

    private static List<Threshold> checked(String axis, List<Threshold> thresholds) {
        check(
                thresholds != null && !thresholds.isEmpty(),
                "key 'points.%s' is missing: its thresholds, the best first",
                axis);
        for (int i = 1; i < thresholds.size(); i++) {
            check(
                    thresholds.get(i).points() < thresholds.get(i - 1).points(),
                    "key 'points.%s': each threshold must be worth less than the one before",
                    axis);
            check(
                    !thresholds.get(i - 1).takesAllOf(thresholds.get(i)),
                    "key 'points.%s': nobody reaches the threshold worth %d, as all who would have reached one before",
                    axis,
                    thresholds.get(i).points());
        }
        return List.copyOf(thresholds);
    }

    /**
     * A threshold: exactly one of the three bounds, and what reaching it is worth.
     *
     * @param lessThan reached below this value
     * @param moreThan reached above this value
     * @param atLeast reached from this value on
     */
    public record Threshold(BigDecimal lessThan, BigDecimal moreThan, BigDecimal atLeast, int points) {
        public Threshold {
            long bounds = Stream.of(lessThan == null, moreThan == null, atLeast == null)
                    .filter(isAbsent -> !isAbsent)
                    .count();
            check(bounds == 1, "a threshold has exactly one of lessThan, moreThan, atLeast");
            check(points > 0, "key 'points' of a threshold must be positive, got %d", points);
        }

        /** Whether whoever reaches the other reaches this one. */
        private boolean takesAllOf(Threshold other) {
            if (lessThan != null) {
                return other.lessThan != null && lessThan.compareTo(other.lessThan) >= 0;
            }
            if (other.lessThan != null) {
                return false;
            }
            BigDecimal from = moreThan != null ? moreThan : atLeast;
            BigDecimal othersFrom = other.moreThan != null ? other.moreThan : other.atLeast;
            boolean isEqualEnough = atLeast != null || other.moreThan != null;
            return from.compareTo(othersFrom) < 0 || (from.compareTo(othersFrom) == 0 && isEqualEnough);
        }

        private Column isReached(Column value) {
            if (lessThan != null) {
                return value.lt(lit(lessThan));
            }
            return moreThan != null ? value.gt(lit(moreThan)) : value.geq(lit(atLeast));
        }
    }

    Column ofRecency(Column days) {
        return points(days, recency);
    }

    Column ofFrequency(Column purchases) {
        return points(purchases, frequency);
    }

    /** By the thresholds of the slice's currency. */
    Column ofMonetary(Column amount) {
        Column points = points(amount, monetary);
        for (Map.Entry<String, List<Threshold>> currency : currencies.entrySet()) {
            Column isIn = CustomerRfmSlices.DIMENSION
                    .col()
                    .equalTo(Slices.CURRENCY)
                    .and(CustomerRfmSlices.VALUE.col().equalTo(currency.getKey()));
            points = when(isIn, points(amount, currency.getValue())).otherwise(points);
        }
        return points;
    }

    private static Column points(Column value, List<Threshold> thresholds) {
        Column points = lit(0);
        for (int i = thresholds.size() - 1; i >= 0; i--) {
            points = when(thresholds.get(i).isReached(value), thresholds.get(i).points())
                    .otherwise(points);
        }
        return points;
    }
}
