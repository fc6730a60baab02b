package io.clientele.predict;

import io.clientele.schema.ValueCalibration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * A model that has seen what customers did before a cut, beside what they did after it.
 */
final class Holdout {

    /** Customers with so many repeat purchases or more are one point. */
    private static final int MOST_REPEATS = 10;

    private static final int WEEK = 7;

    private final PurchaseModel model;
    private final Histories before;
    private final Map<Integer, Long> bought;
    private final LocalDate cut;
    private final int days;

    /** What the model expects, by the number of repeat purchases before the cut, the last one standing for more too. */
    private final double[] expected;

    /**
     * @param model fitted to the histories before the cut
     * @param before the histories until the cut
     * @param bought purchases after the cut, by the number of repeat purchases before it
     * @param cut the last day that the model has seen
     * @param days from the cut to the business date
     */
    Holdout(PurchaseModel model, Histories before, Map<Integer, Long> bought, LocalDate cut, int days) {
        this.model = model;
        this.before = before;
        this.bought = bought;
        this.cut = cut;
        this.days = days;
        this.expected = expected();
    }

    /** Purchases after the cut, of all. */
    double actual() {
        return bought.values().stream().mapToLong(Long::longValue).sum();
    }

    /** What the model expected them to be. */
    double predicted() {
        return Arrays.stream(expected).sum();
    }

    private double[] expected() {
        double[] sums = new double[MOST_REPEATS + 1];
        double time = before.unit().of(days);
        for (int i = 0; i < before.size(); i++) {
            sums[Math.min(MOST_REPEATS, before.repeats(i))] += before.customers(i)
                    * model.expectedPurchases(before.repeats(i), before.last(i), before.age(i), time);
        }
        return sums;
    }

    /** Mean purchases after the cut by the number of those before it: rows of {@link ValueCalibration}. */
    List<Row> byFrequency() {
        long[] customers = new long[MOST_REPEATS + 1];
        for (int i = 0; i < before.size(); i++) {
            customers[Math.min(MOST_REPEATS, before.repeats(i))] += before.customers(i);
        }
        long[] actual = new long[MOST_REPEATS + 1];
        bought.forEach((repeats, sum) -> actual[Math.min(MOST_REPEATS, repeats)] += sum);
        List<Row> rows = new ArrayList<>();
        for (int point = 0; point <= MOST_REPEATS; point++) {
            if (customers[point] > 0) {
                rows.add(row(
                        "by_frequency",
                        point,
                        cut.plusDays(days),
                        customers[point],
                        (double) actual[point] / customers[point],
                        expected[point] / customers[point]));
            }
        }
        return rows;
    }

    /**
     * Repeat purchases until the end of each week, of the customers who came before the cut: rows of {@link ValueCalibration}.
     *
     * @param weeks repeat purchases in each week; week 0 ends on the cut, week 1 is the first after it
     */
    List<Row> byWeek(Map<Integer, Long> weeks) {
        int longest = before.longestDays();
        long[] newcomers = new long[longest + 1];
        for (int i = 0; i < before.size(); i++) {
            newcomers[longest - before.ageDays(i)] += before.customers(i);
        }
        double[] repeats = new double[longest + days + 1];
        Arrays.fill(repeats, Double.NaN);
        List<Row> rows = new ArrayList<>();
        int first = -(longest / WEEK);
        double actual = weeks.entrySet().stream()
                .filter(week -> week.getKey() < first)
                .mapToLong(Map.Entry::getValue)
                .sum();
        for (int week = first; week <= days / WEEK; week++) {
            actual += weeks.getOrDefault(week, 0L);
            int today = longest + week * WEEK;
            double predicted = 0;
            long customers = 0;
            for (int day = 0; day <= Math.min(today, longest); day++) {
                if (newcomers[day] > 0) {
                    customers += newcomers[day];
                    predicted += newcomers[day] * expectedRepeats(repeats, today - day);
                }
            }
            rows.add(row("by_week", week, cut.plusDays((long) week * WEEK), customers, actual, predicted));
        }
        return rows;
    }

    private double expectedRepeats(double[] known, int ageDays) {
        if (Double.isNaN(known[ageDays])) {
            known[ageDays] = model.expectedRepeats(before.unit().of(ageDays));
        }
        return known[ageDays];
    }

    private Row row(String kind, int point, LocalDate end, long customers, double actual, double predicted) {
        return RowFactory.create(
                model.name(), kind, point, end, end.isAfter(cut), customers, rounded(actual), rounded(predicted));
    }

    private static double rounded(double value) {
        return Math.rint(value * 1e6) / 1e6;
    }
}
