package io.clientele.predict;

import static io.clientele.config.Requirement.check;
import static org.apache.spark.sql.functions.ceil;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.log;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.min_by;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import io.clientele.predict.CountedHistories.Period;
import io.clientele.run.Job;
import io.clientele.run.Model;
import io.clientele.run.Run;
import io.clientele.schema.CustomerValues;
import io.clientele.schema.FctOrderLines;
import io.clientele.schema.LineKind;
import io.clientele.schema.ValueCalibration;
import io.clientele.table.Joins;
import io.clientele.table.Table;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * What each customer is worth from now on: how probable it is that the customer has not left, how many purchases to expect, of
 * what amount, and what they are worth today. A model of buying and leaving and one of spending are fitted every night to what
 * all customers did. Purchases of one day are one purchase; the first purchase says nothing about how much is spent later, nor,
 * but for its date, about how often.
 */
public final class ValuesJob {

    public static final Job<Config> JOB = Job.named("values", Config.class)
            .reads(FctOrderLines.TABLE)
            .writes(CustomerValues.TABLE, ValueCalibration.TABLE)
            .runs(ValuesJob::run);

    /** The name in the registry of models. */
    static final String MODEL = "customer_value";

    static final String AMOUNT = "amount";
    static final String REPEAT_AMOUNT = "repeat_amount";
    static final String FIRST_DAY = "first_day";
    static final String DAYS = "days";
    private static final String OUTLOOK = "outlook";
    private static final String EXPECTED = "expected";

    /** Decimals of what is written: beyond the precision of any of it. */
    private static final int DECIMALS = 6;

    /**
     * Averages within so small a part of each other are counted together, each with the sum of its logarithms: that changes the
     * likelihood by less than a millionth per customer.
     */
    private static final double SAME_AVERAGE = 0.001;

    /**
     * {@code conf/values.yaml}.
     *
     * @param model of buying and leaving
     * @param timeUnit of the parameters of that model, in the registry and in the ledger
     * @param historyDays how far back purchases count, in days up to and including the business date
     * @param leastRepeatBuyers how many customers must have bought again for a model to be fitted
     * @param horizonsDays until when value is told, in days from the business date
     * @param annualDiscount by how much less an amount is worth in a year: 0.1 divides it by 1.1
     * @param holdoutDays how many of the last days are kept from a second model that is then measured by them
     */
    public record Config(
            PurchaseFit.Kind model,
            TimeUnit timeUnit,
            int historyDays,
            int leastRepeatBuyers,
            List<Integer> horizonsDays,
            double annualDiscount,
            int holdoutDays) {
        public Config {
            check(model != null, "key 'model' is missing: bg_nbd or pareto_nbd");
            check(timeUnit != null, "key 'timeUnit' is missing: days or weeks");
            check(
                    historyDays >= 28 && historyDays <= 7_320,
                    "key 'historyDays' must be between 28 and 7320, got %d",
                    historyDays);
            check(leastRepeatBuyers >= 2, "key 'leastRepeatBuyers' must be at least 2, got %d", leastRepeatBuyers);
            check(
                    horizonsDays != null && !horizonsDays.isEmpty(),
                    "key 'horizonsDays' is missing: how far ahead, in days");
            for (int horizon : horizonsDays) {
                check(
                        horizon >= 1 && horizon <= 3_660,
                        "key 'horizonsDays': a horizon is between 1 and 3660 days, got %d",
                        horizon);
            }
            check(
                    annualDiscount >= 0 && annualDiscount < 1,
                    "key 'annualDiscount' is a share from 0 to less than 1, got %s",
                    annualDiscount);
            check(holdoutDays >= 7, "key 'holdoutDays' must be at least 7, got %d", holdoutDays);
            horizonsDays = List.copyOf(horizonsDays);
        }
    }

    private ValuesJob() {}

    static void run(Config config, Run run) {
        LocalDate cut = run.date().minusDays(config.holdoutDays());
        Dataset<Row> customers = histories(run.lake().read(FctOrderLines.TABLE), run.date(), cut, config)
                .persist();
        Dataset<Row> counts = CountedHistories.counts(customers).persist();
        try {
            CountedHistories counted = CountedHistories.of(counts, config.timeUnit());
            if (counted.isCoarse()) {
                run.warn("customers have so many different histories that the model is fitted to weeks, not to days");
            }
            Histories all = counted.all();
            run.metric("customers", (double) all.totalCustomers());
            run.metric("repeat_buyers", (double) all.repeatBuyers());
            Optional<PurchaseFit> purchases = fit(all, "", config, run);
            if (purchases.isEmpty()) {
                write(List.of(), ValueCalibration.TABLE, run);
                write(List.of(), CustomerValues.TABLE, run);
                return;
            }
            record("", purchases.get().estimates(), run);
            run.metric("drop_out_gain", purchases.get().dropOutGain());
            SpendFit spend = SpendFit.of(spends(customers));
            tell(spend, run);
            Optional<Holdout> holdout = holdout(counted, cut, config, run);
            write(
                    holdout.map(measured -> calibration(measured, customers, cut))
                            .orElse(List.of()),
                    ValueCalibration.TABLE,
                    run);
            Outlook outlook = new Outlook(
                    purchases.get().model(), config.timeUnit(), config.horizonsDays(), config.annualDiscount());
            long written = run.lake()
                    .replace(
                            CustomerValues.TABLE,
                            score(
                                    customers,
                                    counts,
                                    outlook,
                                    purchases.get().model().name(),
                                    spend,
                                    run.date()))
                    .rows();
            long expected = all.totalCustomers()
                    * config.horizonsDays().stream().distinct().count();
            run.balance(CustomerValues.TABLE, expected, written, 0, 0);
            keep(purchases.get(), spend, holdout, all, config, run);
        } finally {
            counts.unpersist();
            customers.unpersist();
        }
    }

    private static void write(List<Row> rows, Table table, Run run) {
        run.lake().replace(table, run.spark().createDataFrame(rows, table.schema()));
    }

    /** Fits a model, and says what is odd about it. */
    private static Optional<PurchaseFit> fit(Histories histories, String where, Config config, Run run) {
        long repeatBuyers = histories.repeatBuyers();
        if (repeatBuyers < config.leastRepeatBuyers()) {
            run.warn(
                    "%s%d of %d customers bought again: too few to fit a model ('leastRepeatBuyers' is %d)",
                    where, repeatBuyers, histories.totalCustomers(), config.leastRepeatBuyers());
            return Optional.empty();
        }
        Optional<PurchaseFit> fit = PurchaseFit.of(config.model(), histories);
        if (fit.isEmpty()) {
            run.warn("%sno model of buying fits the %d customers", where, histories.totalCustomers());
        }
        fit.ifPresent(fitted -> fitted.findings().forEach(finding -> run.warn("%s%s", where, finding)));
        return fit;
    }

    private static void tell(SpendFit spend, Run run) {
        spend.findings().forEach(finding -> run.warn("%s", finding));
        spend.estimates().ifPresent(estimates -> record("spend_", estimates, run));
        if (Double.isFinite(spend.correlation())) {
            run.metric("spend_correlation", spend.correlation());
        }
    }

    private static void record(String prefix, Estimates estimates, Run run) {
        estimates.figures().forEach((name, value) -> run.metric(prefix + name, value));
        run.metric(prefix + "log_likelihood", estimates.logLikelihood());
    }

    /** A second model, which has not seen the last days, and what came in them; none if there is too little before them. */
    private static Optional<Holdout> holdout(CountedHistories counted, LocalDate cut, Config config, Run run) {
        Histories before = counted.beforeCut();
        if (before.longestDays() + 1 < config.holdoutDays()) {
            run.warn(
                    "%d days of purchases: too few to keep the last %d from a model and measure it by them",
                    counted.all().longestDays() + 1, config.holdoutDays());
            return Optional.empty();
        }
        Optional<Holdout> holdout = fit(
                        before, "before the last %d days: ".formatted(config.holdoutDays()), config, run)
                .map(fitted ->
                        new Holdout(fitted.model(), before, counted.boughtAfterCut(), cut, config.holdoutDays()));
        holdout.ifPresent(measured -> {
            run.metric("holdout_actual", measured.actual());
            run.metric("holdout_predicted", measured.predicted());
        });
        return holdout;
    }

    private static List<Row> calibration(Holdout holdout, Dataset<Row> customers, LocalDate cut) {
        List<Row> points = new ArrayList<>(holdout.byFrequency());
        points.addAll(holdout.byWeek(repeatsByWeek(customers, cut)));
        return points;
    }

    private static void keep(
            PurchaseFit purchases, SpendFit spend, Optional<Holdout> holdout, Histories all, Config config, Run run) {
        Map<String, Double> metrics = new TreeMap<>();
        metrics.put("log_likelihood", purchases.estimates().logLikelihood());
        spend.estimates().ifPresent(estimates -> metrics.put("spend_log_likelihood", estimates.logLikelihood()));
        holdout.ifPresent(measured -> {
            metrics.put("holdout_actual", measured.actual());
            metrics.put("holdout_predicted", measured.predicted());
        });
        run.models()
                .keep(new Model(
                        MODEL,
                        run.date(),
                        true,
                        null,
                        metrics,
                        ModelText.of(purchases, spend, all, config.timeUnit())));
    }

    /**
     * One row per customer who bought: how often again, until when and since when, in days, until the business date and until the
     * cut, and what the purchases after the first amount to.
     */
    static Dataset<Row> histories(Dataset<Row> lines, LocalDate date, LocalDate cut, Config config) {
        Column day = FctOrderLines.ORDERED_ON.col();
        Column first = col(FIRST_DAY);
        Column lastBefore = col("last_before");
        return lines.where(LineKind.SALE
                        .is(FctOrderLines.LINE_KIND.col())
                        .and(FctOrderLines.CUSTOMER_ID.col().isNotNull())
                        .and(FctOrderLines.AMOUNT.col().isNotNull())
                        .and(day.leq(lit(date)))
                        .and(day.gt(lit(date.minusDays(config.historyDays())))))
                .select(FctOrderLines.CUSTOMER_ID.col(), day, FctOrderLines.AMOUNT.col())
                // Both aggregates that follow are of one customer's rows: they move once.
                .repartition(FctOrderLines.CUSTOMER_ID.col())
                .groupBy(FctOrderLines.CUSTOMER_ID.col(), day)
                .agg(sum(FctOrderLines.AMOUNT.col()).as(AMOUNT))
                .groupBy(FctOrderLines.CUSTOMER_ID.col())
                .agg(
                        min(day).as(FIRST_DAY),
                        max(day).as("last_day"),
                        max(when(day.leq(lit(cut)), day)).as("last_before"),
                        count(lit(1)).as("purchases"),
                        count_if(day.leq(lit(cut))).as("purchases_before"),
                        sum(col(AMOUNT)).minus(min_by(col(AMOUNT), day)).as(REPEAT_AMOUNT),
                        collect_list(day).as(DAYS))
                .select(
                        FctOrderLines.CUSTOMER_ID.col(),
                        col("purchases").minus(1).cast(DataTypes.IntegerType).as(Period.ALL.repeats()),
                        datediff(col("last_day"), first).as(Period.ALL.lastDays()),
                        datediff(lit(date), first).as(Period.ALL.ageDays()),
                        col("purchases_before")
                                .minus(1)
                                .cast(DataTypes.IntegerType)
                                .as(Period.BEFORE_CUT.repeats()),
                        datediff(lastBefore, first).as(Period.BEFORE_CUT.lastDays()),
                        when(lastBefore.isNotNull(), datediff(lit(cut), first)).as(Period.BEFORE_CUT.ageDays()),
                        col(REPEAT_AMOUNT)
                                .cast(CustomerValues.EXPECTED_VALUE.spec().type())
                                .as(REPEAT_AMOUNT),
                        first,
                        col(DAYS));
    }

    /** What those spend who bought again, counted by the number of their purchases and, nearly, by the average of these. */
    static Spends spends(Dataset<Row> customers) {
        Column repeats = col(Period.ALL.repeats());
        Column average = col(REPEAT_AMOUNT).cast(DataTypes.DoubleType).divide(repeats);
        // Logarithms are added up as decimal numbers: the order does not matter to these.
        return Spends.of(customers
                .where(repeats.gt(0).and(col(REPEAT_AMOUNT).gt(0)))
                .groupBy(repeats, floor(log(average).divide(SAME_AVERAGE)).as("step"))
                .agg(
                        count(lit(1)).as("buyers"),
                        sum(col(REPEAT_AMOUNT)).as(REPEAT_AMOUNT),
                        sum(log(average).cast(DataTypes.createDecimalType(20, 12)))
                                .as("logarithms"))
                .select(
                        repeats,
                        col("buyers"),
                        col(REPEAT_AMOUNT).cast(DataTypes.DoubleType),
                        col("logarithms").cast(DataTypes.DoubleType))
                .collectAsList()
                .stream()
                .map(row -> new Spends.Count(
                        row.getInt(0),
                        row.getLong(1),
                        row.getDouble(2) / row.getLong(1) / row.getInt(0),
                        row.getDouble(3)))
                .toList());
    }

    /** Purchases after the first of those who came until the cut, by week; week 0 ends on the cut. */
    static Map<Integer, Long> repeatsByWeek(Dataset<Row> customers, LocalDate cut) {
        Map<Integer, Long> weeks = new TreeMap<>();
        customers
                .where(col(Period.BEFORE_CUT.ageDays()).isNotNull())
                .select(col(FIRST_DAY), explode(col(DAYS)).as("day"))
                .where(col("day").gt(col(FIRST_DAY)))
                .groupBy(ceil(datediff(col("day"), lit(cut)).divide(7)).cast(DataTypes.IntegerType))
                .agg(count(lit(1)))
                .collectAsList()
                .forEach(row -> weeks.put(row.getInt(0), row.getLong(1)));
        return weeks;
    }

    /** The values of all customers: what one history promises is worked out once. */
    static Dataset<Row> score(
            Dataset<Row> customers,
            Dataset<Row> counts,
            Outlook outlook,
            String model,
            SpendFit spend,
            LocalDate date) {
        Column[] history = {col(Period.ALL.repeats()), col(Period.ALL.lastDays()), col(Period.ALL.ageDays())};
        Dataset<Row> outlooks = CountedHistories.distinct(counts)
                .withColumn(
                        OUTLOOK, udf(outlook, Outlook.TYPE).asNondeterministic().apply(history));
        Column alive = col(OUTLOOK).getField(Outlook.P_ALIVE);
        Column purchases = col(EXPECTED).getField(Outlook.PURCHASES);
        Column amount = round(expectedSpend(spend), 4);
        return customers
                .join(outlooks, Joins.on(Period.ALL.repeats(), Period.ALL.lastDays(), Period.ALL.ageDays()))
                .select(
                        CustomerValues.CUSTOMER_ID.is(FctOrderLines.CUSTOMER_ID.col()),
                        col(Period.ALL.repeats()),
                        alive.as(Outlook.P_ALIVE),
                        amount.as(AMOUNT),
                        explode(col(OUTLOOK).getField(Outlook.HORIZONS)).as(EXPECTED))
                .select(
                        CustomerValues.CUSTOMER_ID.col(),
                        CustomerValues.HORIZON_DAYS.is(col(EXPECTED).getField(Outlook.HORIZON)),
                        CustomerValues.AS_OF.is(lit(date)),
                        CustomerValues.MODEL.is(lit(model)),
                        CustomerValues.REPEAT_PURCHASES.is(col(Period.ALL.repeats())),
                        CustomerValues.P_ALIVE.is(round(col(Outlook.P_ALIVE), DECIMALS)),
                        CustomerValues.EXPECTED_PURCHASES.is(round(purchases, DECIMALS)),
                        CustomerValues.EXPECTED_SPEND.is(col(AMOUNT)),
                        CustomerValues.EXPECTED_VALUE.is(
                                round(col(EXPECTED).getField(Outlook.DISCOUNTED).multiply(col(AMOUNT)), 4)));
    }

    /** {@link GammaGamma#expectedSpend} as a column; repeat purchases that amount to nothing are as unknown. */
    private static Column expectedSpend(SpendFit spend) {
        if (spend.model().isEmpty()) {
            return lit(spend.median());
        }
        GammaGamma model = spend.model().get();
        Column isKnown = col(REPEAT_AMOUNT).gt(0);
        Column amount =
                when(isKnown, col(REPEAT_AMOUNT).cast(DataTypes.DoubleType)).otherwise(0.0);
        Column repeats = when(isKnown, col(Period.ALL.repeats())).otherwise(0);
        return amount.plus(model.v())
                .multiply(model.p())
                .divide(repeats.multiply(model.p()).plus(model.q() - 1));
    }
}
