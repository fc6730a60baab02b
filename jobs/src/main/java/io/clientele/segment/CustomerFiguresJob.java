package io.clientele.segment;

import static io.clientele.config.Requirement.check;
import static io.clientele.config.Requirement.checkName;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_distinct;
import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.flatten;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map_from_arrays;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.clientele.config.ConfigFolder;
import io.clientele.run.Job;
import io.clientele.run.Run;
import io.clientele.schema.CustomerFigures;
import io.clientele.schema.Customers;
import io.clientele.schema.Events;
import io.clientele.schema.FctOrderLines;
import io.clientele.schema.LineKind;
import io.clientele.schema.Products;
import io.clientele.sql.Scope;
import io.clientele.sql.Tried;
import io.clientele.sql.Unusable;
import io.clientele.table.Field;
import io.clientele.table.Joins;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Sums up, for each customer, what was bought and done: the figures that rules of segments ask for. */
public final class CustomerFiguresJob {

    static final String NAME = "customer_figures";

    public static final Job<Config> JOB = Job.named(NAME, CustomerFiguresJob::read)
            .reads(Customers.TABLE, FctOrderLines.TABLE, Products.TABLE, Events.TABLE)
            .writes(CustomerFigures.TABLE)
            .runs(CustomerFiguresJob::run);

    /**
     * {@code conf/customer_figures.yaml}.
     *
     * @param signalDays events of so many days, up to and including the business date, are counted
     * @param signals what customers do that tells something, by name: conditions on qualified.events
     */
    public record Config(int signalDays, Map<String, String> signals) {
        public Config {
            check(signalDays > 0, "key 'signalDays' must be positive, got %d", signalDays);
            signals = signals == null ? Map.of() : new LinkedHashMap<>(signals);
            signals.forEach((name, condition) -> {
                checkName("signals", name);
                check(condition != null && !condition.isBlank(), "key 'signals.%s' says nothing", name);
            });
        }
    }

    private static final String IS_ORDER = "is_order";
    private static final String IS_RECENT = "is_recent";
    private static final String SALES = "sales";
    private static final String NET = "net";
    private static final String DAY = "day";
    private static final String COUNT_OF = "count_of_";
    private static final String LAST_OF = "last_of_";

    private CustomerFiguresJob() {}

    /** Reads the configuration, and checks its conditions against the contract of the events. */
    static Config read(ConfigFolder folder) {
        Config config = folder.read(NAME, Config.class);
        Scope events =
                Scope.of(List.of(Events.TABLE), "each signal is counted over 'signalDays', up to the date of the run");
        config.signals().forEach((name, condition) -> {
            try {
                events.condition(name, condition);
            } catch (Unusable e) {
                throw folder.complaint(NAME, "signals." + name, "signal '%s': %s".formatted(name, e.getMessage()));
            }
        });
        return config;
    }

    static void run(Config config, Run run) {
        Dataset<Row> customers = run.lake().read(Customers.TABLE);
        long written = run.lake()
                .replace(
                        CustomerFigures.TABLE,
                        figures(
                                customers,
                                purchases(
                                        run.lake().read(FctOrderLines.TABLE),
                                        run.lake().read(Products.TABLE),
                                        run.date()),
                                signals(run.lake().read(Events.TABLE), run.date(), config),
                                run.date(),
                                config))
                .rows();
        run.balance(CustomerFigures.TABLE, customers.count(), written, 0, 0);
    }

    /** One row per customer, also for those who neither bought nor did anything. */
    static Dataset<Row> figures(
            Dataset<Row> customers, Dataset<Row> purchases, Dataset<Row> signals, LocalDate date, Config config) {
        return customers
                .select(Customers.CUSTOMER_ID.col())
                .join(purchases, Joins.on(CustomerFigures.CUSTOMER_ID), Joins.LEFT)
                .join(signals, Joins.on(CustomerFigures.CUSTOMER_ID), Joins.LEFT)
                .select(
                        CustomerFigures.CUSTOMER_ID.col(),
                        CustomerFigures.AS_OF.is(lit(date)),
                        orNone(CustomerFigures.ORDERS_12_MONTHS),
                        orNone(CustomerFigures.NET_AMOUNT_12_MONTHS),
                        orNone(CustomerFigures.NET_AMOUNT),
                        orNone(CustomerFigures.RETURNS_AMOUNT),
                        CustomerFigures.AVERAGE_BASKET.col(),
                        CustomerFigures.LARGEST_BASKET.col(),
                        CustomerFigures.DAYS_SINCE_ORDER.col(),
                        orEmpty(CustomerFigures.PRODUCTS),
                        orEmpty(CustomerFigures.PRODUCT_GROUPS),
                        orEmpty(CustomerFigures.ORDER_CHANNELS),
                        bySignal(CustomerFigures.SIGNALS, config, name -> coalesce(col(COUNT_OF + name), lit(0L))),
                        bySignal(
                                CustomerFigures.DAYS_SINCE_SIGNAL,
                                config,
                                name -> datediff(lit(date), col(LAST_OF + name))));
    }

    /** One row per customer who bought, or returned. */
    static Dataset<Row> purchases(Dataset<Row> lines, Dataset<Row> products, LocalDate date) {
        Column kind = FctOrderLines.LINE_KIND.col();
        Column isSale = LineKind.SALE.is(kind);
        Column isBack = LineKind.isAnyOf(kind, LineKind.RETURN, LineKind.CANCELLATION);
        Column day = FctOrderLines.ORDERED_ON.col();
        Column isRecent = day.gt(lit(date.minusYears(1)));
        Column amount = FctOrderLines.AMOUNT.col();
        Dataset<Row> orders = lines.where(FctOrderLines.CUSTOMER_ID
                        .col()
                        .isNotNull()
                        .and(isSale.or(isBack))
                        .and(day.leq(lit(date))))
                .join(
                        products.select(Products.PRODUCT_ID.col(), Products.PRODUCT_GROUP.col()),
                        Joins.on(FctOrderLines.PRODUCT_ID),
                        Joins.LEFT)
                .groupBy(FctOrderLines.CUSTOMER_ID.col(), FctOrderLines.ORDER_ID.col())
                .agg(
                        max(isSale).as(IS_ORDER),
                        max(isSale.and(isRecent)).as(IS_RECENT),
                        sum(when(isSale, amount)).as(SALES),
                        sum(amount).as(NET),
                        sum(when(isRecent, amount)).as(CustomerFigures.NET_AMOUNT_12_MONTHS.column()),
                        sum(when(isBack, amount)).as(CustomerFigures.RETURNS_AMOUNT.column()),
                        max(when(isSale, day)).as(DAY),
                        collect_set(when(isSale, FctOrderLines.PRODUCT_ID.col()))
                                .as(CustomerFigures.PRODUCTS.column()),
                        collect_set(when(isSale, Products.PRODUCT_GROUP.col()))
                                .as(CustomerFigures.PRODUCT_GROUPS.column()),
                        collect_set(when(isSale, FctOrderLines.CHANNEL.col()))
                                .as(CustomerFigures.ORDER_CHANNELS.column()));
        return orders.groupBy(FctOrderLines.CUSTOMER_ID.col())
                .agg(
                        CustomerFigures.ORDERS_12_MONTHS.is(count_if(col(IS_RECENT))),
                        total(CustomerFigures.NET_AMOUNT_12_MONTHS, CustomerFigures.NET_AMOUNT_12_MONTHS.column()),
                        total(CustomerFigures.NET_AMOUNT, NET),
                        total(CustomerFigures.RETURNS_AMOUNT, CustomerFigures.RETURNS_AMOUNT.column()),
                        CustomerFigures.AVERAGE_BASKET.is(avg(when(col(IS_ORDER), col(SALES)))),
                        CustomerFigures.LARGEST_BASKET.is(max(when(col(IS_ORDER), col(SALES)))),
                        CustomerFigures.DAYS_SINCE_ORDER.is(datediff(lit(date), max(col(DAY)))),
                        all(CustomerFigures.PRODUCTS),
                        all(CustomerFigures.PRODUCT_GROUPS),
                        all(CustomerFigures.ORDER_CHANNELS));
    }

    private static Column total(CustomerFigures figure, String parts) {
        return figure.is(sum(col(parts)));
    }

    private static Column all(CustomerFigures lists) {
        return lists.is(array_sort(array_distinct(flatten(collect_list(lists.col())))));
    }

    /** One row per customer who gave a signal: of each signal how often, and when last. */
    static Dataset<Row> signals(Dataset<Row> events, LocalDate date, Config config) {
        Column day = Events.OCCURRED_ON.col();
        Column isRecent = day.gt(lit(date.minusDays(config.signalDays())));
        List<Column> figures = new ArrayList<>();
        Column isAny = lit(false);
        for (Map.Entry<String, String> signal : config.signals().entrySet()) {
            Column isGiven = coalesce(Tried.expr(signal.getValue()), lit(false));
            isAny = isAny.or(isGiven);
            figures.add(count_if(isGiven.and(isRecent)).as(COUNT_OF + signal.getKey()));
            figures.add(max(when(isGiven, day)).as(LAST_OF + signal.getKey()));
        }
        figures.add(count(lit(1)).as("events"));
        return events.where(Events.CUSTOMER_ID
                        .col()
                        .isNotNull()
                        .and(day.leq(lit(date)))
                        .and(isAny))
                .groupBy(Events.CUSTOMER_ID.col())
                .agg(figures.get(0), figures.subList(1, figures.size()).toArray(Column[]::new));
    }

    /** The figure of a signal. */
    private interface Figure {
        Column of(String signal);
    }

    private static Column bySignal(CustomerFigures figures, Config config, Figure figure) {
        Column[] names =
                config.signals().keySet().stream().map(name -> lit(name)).toArray(Column[]::new);
        Column[] values = config.signals().keySet().stream().map(figure::of).toArray(Column[]::new);
        return figures.is(map_from_arrays(array(names), array(values)));
    }

    private static Column orNone(CustomerFigures figure) {
        return figure.is(coalesce(figure.col(), lit(0)));
    }

    private static Column orEmpty(Field list) {
        return list.is(coalesce(list.col(), array().cast(list.spec().type())));
    }
}
