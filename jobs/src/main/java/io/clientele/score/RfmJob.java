package io.clientele.score;

import static io.clientele.config.Requirement.check;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.clientele.lake.Lake;
import io.clientele.run.AtOnce;
import io.clientele.run.Job;
import io.clientele.run.Run;
import io.clientele.schema.CustomerRfm;
import io.clientele.schema.CustomerRfmSlices;
import io.clientele.schema.DimProducts;
import io.clientele.schema.FctOrderLines;
import io.clientele.schema.RfmCells;
import io.clientele.schema.RfmCuts;
import io.clientele.stats.Quantiles;
import io.clientele.table.Field;
import io.clientele.table.Joins;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * Scores every customer who bought inside a window on recency, frequency and monetary value, two ways: by quantiles of the
 * customers, cut at values so that equal customers get equal digits, with named segments; and by fixed thresholds worth
 * points. Higher is better. Customers are ranked among all, and among the buyers of each value of each dimension.
 */
public final class RfmJob {

    public static final Job<Config> JOB = Job.named("rfm", Config.class)
            .reads(FctOrderLines.TABLE, DimProducts.TABLE)
            .writes(CustomerRfm.TABLE, CustomerRfmSlices.TABLE, RfmCuts.TABLE, RfmCells.TABLE, CustomerRfm.HISTORY)
            .runs(RfmJob::run);

    /** Digits go from 1 to 5: the grid of named segments has 5 × 5 cells. */
    private static final int BANDS = 5;

    private static final List<Field> SLICE =
            List.of(CustomerRfmSlices.TIME_WINDOW, CustomerRfmSlices.DIMENSION, CustomerRfmSlices.VALUE);

    /**
     * {@code conf/rfm.yaml}.
     *
     * @param windows how far back purchases count, in days up to and including the business date, by name; 0 for ever. The
     *     first is that of {@code mart.customer_rfm}
     * @param dimensions columns of the order lines or of the products; by {@code currency}, money is what was paid
     * @param frequency invoices or purchase_days
     * @param monetary total or mean (of a purchase)
     * @param weights of the digits in the score
     * @param segments for each named segment its cells: the recency digit, then the mean of the frequency and monetary
     *     digits, rounded half up. The 25 cells are each in one segment
     * @param points what each threshold is worth
     */
    public record Config(
            Map<String, Integer> windows,
            List<String> dimensions,
            Slices.Purchase frequency,
            Slices.Monetary monetary,
            Weights weights,
            Map<String, List<String>> segments,
            Points points) {
        public Config {
            check(windows != null && !windows.isEmpty(), "key 'windows' is missing: days by the name of the window");
            windows.forEach((name, days) -> check(
                    days != null && days >= 0, "key 'windows.%s': days must not be negative, got %s", name, days));
            windows = Collections.unmodifiableMap(new LinkedHashMap<>(windows));
            dimensions = dimensions == null ? List.of() : List.copyOf(dimensions);
            Slices.checkDimensions(dimensions);
            check(frequency != null, "key 'frequency' is missing: invoices or purchase_days");
            check(monetary != null, "key 'monetary' is missing: total or mean");
            check(weights != null, "key 'weights' is missing: recency, frequency and monetary");
            check(segments != null, "key 'segments' is missing: the cells of each named segment");
            check(points != null, "key 'points' is missing");
            checkCells(segments);
        }

        private static void checkCells(Map<String, List<String>> segments) {
            Map<String, String> owners = new HashMap<>();
            segments.forEach((segment, cells) -> check(cells != null, "key 'segments.%s' has no cells", segment));
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

        String mainWindow() {
            return windows.keySet().iterator().next();
        }
    }

    /** What each digit weighs in the score, which is their mean. */
    public record Weights(double recency, double frequency, double monetary) {
        public Weights {
            check(
                    recency >= 0 && frequency >= 0 && monetary >= 0 && recency + frequency + monetary > 0,
                    "key 'weights': none may be negative, nor all 0");
        }
    }

    private enum Axis {
        RECENCY(CustomerRfm.RECENCY_DAYS, CustomerRfm.R),
        FREQUENCY(CustomerRfm.FREQUENCY, CustomerRfm.F),
        MONETARY(CustomerRfm.MONETARY, CustomerRfm.M);

        private final Field value;
        private final Field digit;

        Axis(Field value, Field digit) {
            this.value = value;
            this.digit = digit;
        }

        String code() {
            return value == CustomerRfm.RECENCY_DAYS ? "recency" : value.column();
        }

        /** The digit of a band: of recency, less is better. */
        Column digit(Column band) {
            return this == RECENCY ? lit(BANDS + 1).minus(band) : band;
        }

        String cut(int band) {
            return code() + "_cut_" + band;
        }
    }

    private RfmJob() {}

    static void run(Config config, Run run) {
        Lake lake = run.lake();
        closeMonth(run);
        Dataset<Row> summed = run.before()
                .flatMap(before -> Advance.since(before, config, run))
                .orElseGet(() ->
                        summarise(lake.read(FctOrderLines.TABLE), lake.read(DimProducts.TABLE), run.date(), config))
                .persist(StorageLevel.MEMORY_AND_DISK());
        try {
            long cuts = lake.replace(RfmCuts.TABLE, cuts(summed, run.date())).rows();
            if (cuts == 0) {
                run.warn("nobody bought: no customer to score");
            }
            Dataset<Row> scored = score(summed, lake.read(RfmCuts.TABLE), run.date(), config);
            AtOnce.all(List.of(
                    () -> {
                        long written = lake.replace(CustomerRfm.TABLE, main(scored, config))
                                .rows();
                        run.balance(
                                CustomerRfm.TABLE, summed.where(isMain(config)).count(), written, 0, 0);
                        return null;
                    },
                    () -> lake.replace(CustomerRfmSlices.TABLE, slices(scored, config))));
            lake.replace(RfmCells.TABLE, cells(written(lake, config)));
        } finally {
            summed.unpersist();
        }
    }

    /**
     * Before the first night of a month replaces them, what the nights of the month before have left is kept. Each month is
     * kept once, however often its nights are run again.
     */
    private static void closeMonth(Run run) {
        Lake lake = run.lake();
        lake.createIfAbsent(CustomerRfm.HISTORY);
        if (!lake.has(CustomerRfm.TABLE)) {
            return;
        }
        // Rows of an older version have no score.
        Dataset<Row> last =
                lake.read(CustomerRfm.TABLE).where(CustomerRfm.SCORE.col().isNotNull());
        List<Row> any = last.select(CustomerRfm.AS_OF.col()).takeAsList(1);
        if (any.isEmpty()) {
            return;
        }
        LocalDate date = any.get(0).getAs(0);
        YearMonth month = YearMonth.from(date);
        if (month.isBefore(YearMonth.from(run.date()))) {
            lake.append(CustomerRfm.HISTORY, last, new Lake.WriteId(CustomerRfm.HISTORY + ":" + month, 1));
        } else if (date.isAfter(run.date())) {
            run.warn(
                    "the marks were those of %s and are taken back to %s; run the nights after it again",
                    date, run.date());
        }
    }

    /** One row per customer, window, dimension and value, with what was bought and how lately. */
    public static Dataset<Row> summarise(Dataset<Row> lines, Dataset<Row> products, LocalDate date, Config config) {
        return Slices.of(
                lines, products, date, config.windows(), config.dimensions(), config.frequency(), config.monetary());
    }

    /** Where the customers of each slice fall into five groups of equal numbers, on each axis. */
    public static Dataset<Row> cuts(Dataset<Row> summed, LocalDate date) {
        Map<String, Column> axes = new LinkedHashMap<>();
        for (Axis axis : Axis.values()) {
            axes.put(axis.code(), axis.value.col());
        }
        Column band = col(Quantiles.BAND);
        Column digit = when(col(Quantiles.AXIS).equalTo(Axis.RECENCY.code()), Axis.RECENCY.digit(band))
                .otherwise(band);
        return Quantiles.cuts(summed, SLICE.stream().map(Field::column).toList(), axes, BANDS)
                .select(
                        RfmCuts.AS_OF.is(lit(date)),
                        RfmCuts.TIME_WINDOW.col(),
                        RfmCuts.DIMENSION.col(),
                        RfmCuts.VALUE.col(),
                        RfmCuts.AXIS.is(col(Quantiles.AXIS)),
                        RfmCuts.DIGIT.is(digit),
                        RfmCuts.UP_TO.is(col(Quantiles.CUT)));
    }

    /** Digits, segment, score and points of each customer of each slice. */
    public static Dataset<Row> score(Dataset<Row> summed, Dataset<Row> cuts, LocalDate date, Config config) {
        Dataset<Row> ranked = summed.join(bySlice(cuts), Joins.on(SLICE.toArray(Field[]::new)));
        for (Axis axis : Axis.values()) {
            List<Column> ofAxis = IntStream.range(1, BANDS)
                    .mapToObj(band -> col(axis.cut(band)))
                    .toList();
            ranked = ranked.withColumn(axis.digit.column(), axis.digit(Quantiles.bandAbove(axis.value.col(), ofAxis)));
        }
        Points points = config.points();
        ranked = ranked.withColumn(CustomerRfm.RECENCY_POINTS.column(), points.ofRecency(Axis.RECENCY.value.col()))
                .withColumn(CustomerRfm.FREQUENCY_POINTS.column(), points.ofFrequency(Axis.FREQUENCY.value.col()))
                .withColumn(CustomerRfm.MONETARY_POINTS.column(), points.ofMonetary(Axis.MONETARY.value.col()));
        Column code = concat(CustomerRfm.R.col(), CustomerRfm.F.col(), CustomerRfm.M.col());
        Column allPoints = CustomerRfm.RECENCY_POINTS
                .col()
                .plus(CustomerRfm.FREQUENCY_POINTS.col())
                .plus(CustomerRfm.MONETARY_POINTS.col());
        ranked = ranked.withColumn(CustomerRfm.AS_OF.column(), lit(date))
                .withColumn(CustomerRfm.CODE.column(), code)
                .withColumn(CustomerRfm.SEGMENT.column(), segment(config))
                .withColumn(CustomerRfm.SCORE.column(), weighted(config.weights()))
                .withColumn(CustomerRfm.POINTS.column(), allPoints);
        return ranked.select(CustomerRfmSlices.TABLE.fields().stream()
                .map(field -> field.is(field.col()))
                .toArray(Column[]::new));
    }

    /** Those of the first window, among all customers. */
    static Dataset<Row> main(Dataset<Row> scored, Config config) {
        return scored.where(isMain(config)).select(CustomerRfm.TABLE.columns());
    }

    /** All marks of all slices, as the marts have them. */
    static Dataset<Row> written(Lake lake, Config config) {
        return lake.read(CustomerRfm.TABLE)
                .withColumn(CustomerRfmSlices.TIME_WINDOW.column(), lit(config.mainWindow()))
                .withColumn(CustomerRfmSlices.DIMENSION.column(), lit(Slices.ALL))
                .withColumn(CustomerRfmSlices.VALUE.column(), lit(Slices.ALL))
                .unionByName(lake.read(CustomerRfmSlices.TABLE));
    }

    /** All the others. */
    static Dataset<Row> slices(Dataset<Row> scored, Config config) {
        return scored.where(not(isMain(config))).select(CustomerRfmSlices.TABLE.columns());
    }

    private static Column isMain(Config config) {
        return CustomerRfmSlices.TIME_WINDOW
                .col()
                .equalTo(config.mainWindow())
                .and(CustomerRfmSlices.DIMENSION.col().equalTo(Slices.ALL));
    }

    /** Who is in each cell of the grid, and what they spent. */
    public static Dataset<Row> cells(Dataset<Row> scored) {
        Column[] cell = Stream.concat(
                        SLICE.stream(),
                        Stream.of(
                                CustomerRfm.AS_OF,
                                CustomerRfm.R,
                                CustomerRfm.F,
                                CustomerRfm.M,
                                CustomerRfm.CODE,
                                CustomerRfm.SEGMENT))
                .map(Field::col)
                .toArray(Column[]::new);
        return scored.groupBy(cell)
                .agg(
                        RfmCells.CUSTOMERS.is(count(lit(1))),
                        RfmCells.PURCHASES.is(sum(CustomerRfm.FREQUENCY.col())),
                        RfmCells.SALES_AMOUNT.is(sum(CustomerRfm.SALES_IN_WINDOW.col())));
    }

    /** The cuts of a slice in one row. */
    private static Dataset<Row> bySlice(Dataset<Row> cuts) {
        List<Column> columns = new ArrayList<>();
        for (Axis axis : Axis.values()) {
            for (int band = 1; band < BANDS; band++) {
                Column isIt = RfmCuts.AXIS
                        .col()
                        .equalTo(axis.code())
                        .and(RfmCuts.DIGIT.col().equalTo(axis.digit(lit(band))));
                columns.add(max(when(isIt, RfmCuts.UP_TO.col())).as(axis.cut(band)));
            }
        }
        return cuts.groupBy(SLICE.stream().map(Field::col).toArray(Column[]::new))
                .agg(columns.get(0), columns.subList(1, columns.size()).toArray(Column[]::new));
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

    private static Column weighted(Weights weights) {
        double all = weights.recency() + weights.frequency() + weights.monetary();
        Column sum = CustomerRfm.R
                .col()
                .multiply(weights.recency())
                .plus(CustomerRfm.F.col().multiply(weights.frequency()))
                .plus(CustomerRfm.M.col().multiply(weights.monetary()));
        return round(sum.divide(all), 4);
    }
}
