package io.clientele.score;

import static io.clientele.config.Requirement.check;
import static io.clientele.stats.Quantiles.band;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.count_distinct;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.clientele.run.Job;
import io.clientele.run.Run;
import io.clientele.schema.CustomerRfm;
import io.clientele.schema.FctOrderLines;
import io.clientele.schema.LineKind;
import io.clientele.stats.Quantiles;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Scores every customer who bought inside the window on recency, frequency and monetary value, two ways: by quantiles of the
 * customers, cut at values so that equal customers get equal digits, with named segments; and by fixed thresholds worth
 * points. Higher is better.
 */
public final class RfmJob {

    public static final Job<Config> JOB = Job.named("rfm", Config.class)
            .reads(FctOrderLines.TABLE)
            .writes(CustomerRfm.TABLE)
            .runs(RfmJob::run);

    /** Digits go from 1 to 5: the grid of named segments has 5 × 5 cells. */
    private static final int BANDS = 5;

    /**
     * {@code conf/rfm.yaml}.
     *
     * @param windowDays how far back purchases count, in days up to and including the business date
     * @param segments for each named segment its cells: the recency digit, then the mean of the frequency and monetary
     *     digits, rounded half up. The 25 cells are each in one segment
     * @param points what each threshold is worth
     */
    public record Config(int windowDays, Map<String, List<String>> segments, Points points) {
        public Config {
            check(windowDays > 0, "key 'windowDays' must be positive, got %d", windowDays);
            check(segments != null, "key 'segments' is missing: the cells of each named segment");
            check(points != null, "key 'points' is missing");
            checkCells(segments);
        }

        private static void checkCells(Map<String, List<String>> segments) {
            Map<String, String> owners = new HashMap<>();
            segments.forEach((segment, cells) -> cells.forEach(cell -> {
                check(
                        cell.matches("[1-5][1-5]"),
                        "key 'segments.%s': a cell is two digits of 1 to 5, got '%s'",
                        segment,
                        cell);
                String other = owners.put(cell, segment);
                check(other == null, "key 'segments': cell %s is in '%s' and in '%s'", cell, other, segment);
            }));
            for (int recency = 1; recency <= BANDS; recency++) {
                for (int value = 1; value <= BANDS; value++) {
                    check(
                            owners.containsKey("" + recency + value),
                            "key 'segments': no segment has cell %d%d",
                            recency,
                            value);
                }
            }
        }
    }

    /** The thresholds of each axis, the best first; a customer who reaches none has 0 points. */
    public record Points(List<Threshold> recency, List<Threshold> frequency, List<Threshold> monetary) {
        public Points {
            recency = checked("recency", recency);
            frequency = checked("frequency", frequency);
            monetary = checked("monetary", monetary);
            int most = Math.max(frequency.get(0).points(), monetary.get(0).points());
            check(
                    recency.get(0).points() > most,
                    "key 'points': recency weighs most, so its best threshold must be worth more than %d",
                    most);
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
            }
            return List.copyOf(thresholds);
        }
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

        private Column isReached(Column value) {
            if (lessThan != null) {
                return value.lt(lit(lessThan));
            }
            return moreThan != null ? value.gt(lit(moreThan)) : value.geq(lit(atLeast));
        }
    }

    /** The values at which the digits change, ascending: four for each axis, none if nobody bought. */
    public record Cuts(List<BigDecimal> recency, List<BigDecimal> frequency, List<BigDecimal> monetary) {}

    private RfmJob() {}

    static void run(Config config, Run run) {
        Dataset<Row> customers = summarise(run.lake().read(FctOrderLines.TABLE), run.date(), config)
                .persist();
        try {
            Cuts cuts = cuts(customers);
            record("recency", cuts.recency(), run);
            record("frequency", cuts.frequency(), run);
            record("monetary", cuts.monetary(), run);
            run.lake().replace(CustomerRfm.TABLE, score(customers, cuts, run.date(), config));
        } finally {
            customers.unpersist();
        }
    }

    private static void record(String axis, List<BigDecimal> cuts, Run run) {
        for (int i = 0; i < cuts.size(); i++) {
            run.metric("%s.cut.%d".formatted(axis, i + 1), cuts.get(i).doubleValue());
        }
    }

    /** One row per customer who bought inside the window. */
    public static Dataset<Row> summarise(Dataset<Row> lines, LocalDate date, Config config) {
        Column day = FctOrderLines.ORDERED_ON.col();
        return lines.where(LineKind.SALE
                        .is(FctOrderLines.LINE_KIND.col())
                        .and(FctOrderLines.CUSTOMER_ID.col().isNotNull())
                        .and(FctOrderLines.AMOUNT.col().isNotNull())
                        .and(day.leq(lit(date)))
                        .and(day.gt(lit(date.minusDays(config.windowDays())))))
                .groupBy(FctOrderLines.CUSTOMER_ID.col())
                .agg(
                        CustomerRfm.RECENCY_DAYS.is(datediff(lit(date), max(day))),
                        CustomerRfm.FREQUENCY.is(count_distinct(FctOrderLines.ORDER_ID.col())),
                        CustomerRfm.MONETARY.is(sum(FctOrderLines.AMOUNT.col())));
    }

    /** Where the customers fall into five groups of equal numbers, on each axis. */
    public static Cuts cuts(Dataset<Row> customers) {
        return new Cuts(
                Quantiles.cuts(customers, CustomerRfm.RECENCY_DAYS.col(), BANDS),
                Quantiles.cuts(customers, CustomerRfm.FREQUENCY.col(), BANDS),
                Quantiles.cuts(customers, CustomerRfm.MONETARY.col(), BANDS));
    }

    /** Digits, segment and points of each customer. */
    public static Dataset<Row> score(Dataset<Row> customers, Cuts cuts, LocalDate date, Config config) {
        Column recent = lit(BANDS + 1).minus(band(CustomerRfm.RECENCY_DAYS.col(), cuts.recency()));
        Dataset<Row> ranked = customers
                .withColumn(CustomerRfm.R.column(), recent)
                .withColumn(CustomerRfm.F.column(), band(CustomerRfm.FREQUENCY.col(), cuts.frequency()))
                .withColumn(CustomerRfm.M.column(), band(CustomerRfm.MONETARY.col(), cuts.monetary()))
                .withColumn(
                        CustomerRfm.RECENCY_POINTS.column(),
                        points(CustomerRfm.RECENCY_DAYS.col(), config.points().recency()))
                .withColumn(
                        CustomerRfm.FREQUENCY_POINTS.column(),
                        points(CustomerRfm.FREQUENCY.col(), config.points().frequency()))
                .withColumn(
                        CustomerRfm.MONETARY_POINTS.column(),
                        points(CustomerRfm.MONETARY.col(), config.points().monetary()));
        Column code = concat(CustomerRfm.R.col(), CustomerRfm.F.col(), CustomerRfm.M.col());
        return ranked.select(
                CustomerRfm.CUSTOMER_ID.is(CustomerRfm.CUSTOMER_ID.col()),
                CustomerRfm.AS_OF.is(lit(date)),
                CustomerRfm.RECENCY_DAYS.is(CustomerRfm.RECENCY_DAYS.col()),
                CustomerRfm.FREQUENCY.is(CustomerRfm.FREQUENCY.col()),
                CustomerRfm.MONETARY.is(CustomerRfm.MONETARY.col()),
                CustomerRfm.R.is(CustomerRfm.R.col()),
                CustomerRfm.F.is(CustomerRfm.F.col()),
                CustomerRfm.M.is(CustomerRfm.M.col()),
                CustomerRfm.CODE.is(code),
                CustomerRfm.SEGMENT.is(segment(config)),
                CustomerRfm.RECENCY_POINTS.is(CustomerRfm.RECENCY_POINTS.col()),
                CustomerRfm.FREQUENCY_POINTS.is(CustomerRfm.FREQUENCY_POINTS.col()),
                CustomerRfm.MONETARY_POINTS.is(CustomerRfm.MONETARY_POINTS.col()),
                CustomerRfm.POINTS.is(CustomerRfm.RECENCY_POINTS
                        .col()
                        .plus(CustomerRfm.FREQUENCY_POINTS.col())
                        .plus(CustomerRfm.MONETARY_POINTS.col())));
    }

    private static Column segment(Config config) {
        Column value =
                floor(CustomerRfm.F.col().plus(CustomerRfm.M.col()).plus(1).divide(2));
        Column cell = concat(CustomerRfm.R.col(), value);
        Column segment = lit(null);
        for (Map.Entry<String, List<String>> named : config.segments().entrySet()) {
            segment =
                    when(cell.isin(named.getValue().toArray()), named.getKey()).otherwise(segment);
        }
        return segment;
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
