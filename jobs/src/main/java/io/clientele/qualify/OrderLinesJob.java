package io.clientele.qualify;

import static io.clientele.config.Requirement.check;
import static io.clientele.config.Requirement.checkZone;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.array_except;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.map;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.try_element_at;
import static org.apache.spark.sql.functions.upper;
import static org.apache.spark.sql.functions.when;

import io.clientele.lake.Lake;
import io.clientele.run.Before;
import io.clientele.run.Job;
import io.clientele.run.Run;
import io.clientele.schema.CollectedOrderLines;
import io.clientele.schema.CustomerRefs;
import io.clientele.schema.Delivery;
import io.clientele.schema.LineKind;
import io.clientele.schema.OrderLines;
import io.clientele.schema.Products;
import io.clientele.table.ColumnSpec;
import io.clientele.table.Joins;
import io.clientele.table.ParsedValue;
import io.clientele.text.Countries;
import io.clientele.text.Issue;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/** Makes order lines comparable: sales told from returns, one currency, one clock; attached to their customer. */
public final class OrderLinesJob {

    public static final Job<Config> JOB = Job.named("order_lines", Config.class)
            .reads(CollectedOrderLines.TABLE, CustomerRefs.TABLE, Products.TABLE)
            .writes(OrderLines.TABLE)
            .runs(OrderLinesJob::run);

    private static final String RATE = "rate";
    private static final String COUNTRY = "parsed_country";

    /**
     * {@code conf/order_lines.yaml}.
     *
     * @param zone where the business has its midnight
     * @param currency ISO 4217 code of the currency of the lake
     * @param rates for other currencies, what one unit is worth in the currency of the lake
     */
    public record Config(String zone, String currency, Map<String, BigDecimal> rates) {
        public Config {
            checkZone(zone);
            checkCurrency("currency", currency);
            rates = rates == null ? Map.of() : Map.copyOf(rates);
            rates.forEach((code, rate) -> {
                checkCurrency("rates", code);
                check(rate.signum() > 0, "key 'rates.%s' must be positive, got %s", code, rate);
            });
            check(!rates.containsKey(currency), "key 'rates.%s': it is the currency of the lake", currency);
        }

        private static void checkCurrency(String key, String code) {
            boolean isKnown = Currency.getAvailableCurrencies().stream()
                    .anyMatch(known -> known.getCurrencyCode().equals(code));
            check(isKnown, "key '%s': ISO 4217 has no currency '%s'", key, code);
        }
    }

    private OrderLinesJob() {}

    static void run(Config config, Run run) {
        run.goOn(before -> goOn(before, config, run), () -> computeAll(config, run));
    }

    private static void computeAll(Config config, Run run) {
        Dataset<Row> collected = Deliveries.upTo(run, CollectedOrderLines.TABLE);
        run.lake()
                .replace(
                        OrderLines.TABLE,
                        qualify(
                                collected,
                                run.lake().read(CustomerRefs.TABLE),
                                run.lake().read(Products.TABLE),
                                config));
        run.balance(OrderLines.TABLE, collected, OrderLines.VERSIONS);
    }

    /**
     * Revises the lines that have come or come again since the last run, and those whose customer or product is another, or is
     * known now.
     */
    private static boolean goOn(Before before, Config config, Run run) {
        Lake lake = run.lake();
        Optional<Dataset<Row>> records = Deliveries.since(before, run, CollectedOrderLines.TABLE);
        Optional<Dataset<Row>> references = Deliveries.outdated(
                before,
                run,
                CustomerRefs.TABLE,
                CustomerRefs.CUSTOMER_REF,
                CustomerRefs.CUSTOMER_ID,
                CustomerRefs.HAS_CONTACT);
        Optional<Dataset<Row>> products =
                Deliveries.outdated(before, run, Products.TABLE, Products.PRODUCT_ID, Products.IS_LISTED);
        if (records.isEmpty() || references.isEmpty() || products.isEmpty()) {
            return false;
        }
        Dataset<Row> delivered = standardise(records.get().withColumn(OrderLines.VERSIONS.column(), lit(1L)), config);
        new Revision(
                        OrderLines.TABLE,
                        OrderLines.ORDER_LINE_ID,
                        OrderLines.VERSIONS,
                        lines -> attach(lines, lake.read(CustomerRefs.TABLE), lake.read(Products.TABLE)))
                .apply(delivered, List.of(references.get(), products.get()), run);
        return true;
    }

    /** One row per line, in its latest version. */
    public static Dataset<Row> qualify(
            Dataset<Row> collected, Dataset<Row> references, Dataset<Row> products, Config config) {
        return attach(standardise(Deliveries.latest(collected, OrderLines.VERSIONS), config), references, products);
    }

    /** What the line says by itself, whoever the customer and whatever the product is. */
    private static Dataset<Row> standardise(Dataset<Row> records, Config config) {
        Dataset<Row> lines = records.withColumn(
                        OrderLines.PRODUCT_ID.column(), ProductsJob.productId(CollectedOrderLines.PRODUCT_REF))
                .withColumn(OrderLines.CURRENCY.column(), upper(trim(CollectedOrderLines.CURRENCY.col())))
                .withColumn(RATE, rate(config))
                .withColumn(
                        COUNTRY,
                        ParsedValue.of(CollectedOrderLines.COUNTRY.col(), DataTypes.StringType, Countries::parse));
        Column amount = CollectedOrderLines.QUANTITY
                .col()
                .multiply(CollectedOrderLines.UNIT_PRICE.col())
                .multiply(col(RATE));
        return lines.select(
                OrderLines.ORDER_LINE_ID.is(Deliveries.id()),
                OrderLines.ORDER_ID.is(trim(CollectedOrderLines.ORDER_ID.col())),
                OrderLines.CUSTOMER_ID.isNull(),
                OrderLines.PRODUCT_ID.is(OrderLines.PRODUCT_ID.col()),
                OrderLines.ORDERED_AT.is(CollectedOrderLines.ORDERED_AT.col()),
                OrderLines.ORDERED_ON.is(Deliveries.day(CollectedOrderLines.ORDERED_AT.col(), config.zone())),
                OrderLines.LINE_KIND.is(kind()),
                OrderLines.CHANNEL.is(
                        coalesce(lower(trim(CollectedOrderLines.CHANNEL.col())), lit(ColumnSpec.UNKNOWN))),
                OrderLines.COUNTRY.is(coalesce(
                        ParsedValue.value(col(COUNTRY)),
                        trim(CollectedOrderLines.COUNTRY.col()),
                        lit(ColumnSpec.UNKNOWN))),
                OrderLines.QUANTITY.is(CollectedOrderLines.QUANTITY.col()),
                OrderLines.UNIT_PRICE.is(CollectedOrderLines.UNIT_PRICE.col()),
                OrderLines.CURRENCY.is(OrderLines.CURRENCY.col()),
                OrderLines.AMOUNT.is(amount),
                OrderLines.SOURCE.is(Delivery.SOURCE.col()),
                OrderLines.CUSTOMER_REF.is(CollectedOrderLines.CUSTOMER_REF.col()),
                OrderLines.DELIVERED_ON.is(Delivery.DELIVERED_ON.col()),
                OrderLines.FILE.is(Delivery.FILE.col()),
                OrderLines.POSITION.is(Delivery.POSITION.col()),
                OrderLines.RECORD_ID.is(Delivery.RECORD_ID.col()),
                OrderLines.ISSUES.is(issues()),
                OrderLines.VERSIONS.is(OrderLines.VERSIONS.col()));
    }

    /** The lines with the customer and the product as they are known now, whatever was known before. */
    private static Dataset<Row> attach(Dataset<Row> lines, Dataset<Row> references, Dataset<Row> products) {
        Dataset<Row> customers = references.select(
                CustomerRefs.CUSTOMER_REF.col(), CustomerRefs.CUSTOMER_ID.col(), CustomerRefs.HAS_CONTACT.col());
        Dataset<Row> catalogue = products.select(Products.PRODUCT_ID.col(), Products.IS_LISTED.col());
        Column ofOthers = array_compact(array(
                issue(Issue.UNKNOWN_CUSTOMER, CustomerRefs.HAS_CONTACT.col().equalTo(false)),
                issue(
                        Issue.UNKNOWN_PRODUCT,
                        coalesce(Products.IS_LISTED.col(), lit(false)).equalTo(false))));
        Column ofItself = array_except(
                OrderLines.ISSUES.col(), array(lit(Issue.UNKNOWN_CUSTOMER.code()), lit(Issue.UNKNOWN_PRODUCT.code())));
        return lines.drop(OrderLines.CUSTOMER_ID.column())
                .join(customers, Joins.on(OrderLines.CUSTOMER_REF), Joins.LEFT)
                .join(catalogue, Joins.on(Products.PRODUCT_ID), Joins.LEFT)
                .withColumn(OrderLines.ISSUES.column(), OrderLines.ISSUES.is(concat(ofOthers, ofItself)))
                .select(OrderLines.TABLE.columns());
    }

    private static Column rate(Config config) {
        Column[] rates = Stream.concat(
                        Stream.of(Map.entry(config.currency(), BigDecimal.ONE)), config.rates().entrySet().stream())
                .flatMap(rate ->
                        Stream.of(lit(rate.getKey()), lit(rate.getValue()).cast(DataTypes.createDecimalType(14, 6))))
                .toArray(Column[]::new);
        return try_element_at(map(rates), OrderLines.CURRENCY.col());
    }

    /** What the source says, unless it says nothing, or calls a sale what has no positive quantity and price. */
    private static Column kind() {
        Column said = lower(trim(CollectedOrderLines.LINE_KIND.col()));
        Column quantity = CollectedOrderLines.QUANTITY.col();
        Column price = CollectedOrderLines.UNIT_PRICE.col();
        return when(
                        LineKind.isAnyOf(
                                said, LineKind.RETURN, LineKind.CANCELLATION, LineKind.ADJUSTMENT, LineKind.GIFT),
                        said)
                .when(quantity.gt(0).and(price.gt(0)), LineKind.SALE.code())
                .when(quantity.lt(0).and(price.gt(0)), LineKind.RETURN.code())
                .when(quantity.gt(0).and(price.equalTo(0)), LineKind.GIFT.code())
                .otherwise(LineKind.ADJUSTMENT.code());
    }

    private static Column issues() {
        Column said = lower(trim(CollectedOrderLines.LINE_KIND.col()));
        return array_compact(array(
                issue(Issue.UNKNOWN_CURRENCY, col(RATE).isNull()),
                issue(Issue.UNKNOWN_COUNTRY, ParsedValue.issue(col(COUNTRY)).isNotNull()),
                issue(
                        Issue.UNKNOWN_KIND,
                        said.isNotNull()
                                .and(org.apache.spark.sql.functions.not(LineKind.isAnyOf(said, LineKind.values()))))));
    }

    private static Column issue(Issue issue, Column condition) {
        return when(condition, issue.code());
    }
}
