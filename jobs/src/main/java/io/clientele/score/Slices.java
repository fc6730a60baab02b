package io.clientele.score;

import static io.clientele.config.Requirement.check;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import io.clientele.config.Suggestion;
import io.clientele.schema.CustomerRfm;
import io.clientele.schema.CustomerRfmSlices;
import io.clientele.schema.DimProducts;
import io.clientele.schema.FctOrderLines;
import io.clientele.schema.LineKind;
import io.clientele.table.ColumnSpec;
import io.clientele.table.Field;
import io.clientele.table.Joins;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * Sums order lines up to what each customer bought, in every window and for every value of every dimension. The lines are
 * gone through once: they are moved to their customer's partition, summed up to purchases there, and all that follows is made
 * of purchases and moves no more.
 */
final class Slices {

    static final String ALL = "(all)";
    /** The dimension whose slices are in the money that was paid. */
    static final String CURRENCY = FctOrderLines.CURRENCY.column();

    private static final String PURCHASE = "purchase";
    private static final String DAY = "day";
    private static final String LOW = "low";
    private static final String HIGH = "high";
    private static final String PAID_LOW = "paid_low";
    private static final String PAID_HIGH = "paid_high";
    private static final String OF_DIMENSION = "of_dimension";
    private static final String OF_WINDOW = "of_window";

    /** So much input makes a partition: the sums of one then fit into the memory of a task. */
    private static final long PARTITION_BYTES = 64L << 20;

    /**
     * Money is summed as two whole numbers, the lower bits of its ten-thousandths and what is above them: exactly, however
     * large it is, and in a fraction of the time that decimals take.
     */
    private static final int LOW_BITS = 40;

    private static final long LOW_MASK = (1L << LOW_BITS) - 1;
    private static final BigDecimal HIGH_UNIT = new BigDecimal(1L << LOW_BITS);
    private static final BigDecimal UNIT = new BigDecimal("0.0001");

    private Slices() {}

    /** What counts as one purchase. */
    enum Purchase {
        INVOICES,
        PURCHASE_DAYS
    }

    /** What the monetary value is. */
    enum Monetary {
        TOTAL,
        MEAN
    }

    /** The columns by which customers can be compared: the texts of lines and products that are not keys of lines. */
    static List<Field> dimensions() {
        return Stream.of(FctOrderLines.values(), DimProducts.values())
                .flatMap(Arrays::<Field>stream)
                .filter(field -> field.spec().type().equals(DataTypes.StringType))
                .filter(field -> !List.of(
                                FctOrderLines.ORDER_LINE_ID,
                                FctOrderLines.ORDER_ID,
                                FctOrderLines.CUSTOMER_ID,
                                FctOrderLines.LINE_KIND,
                                DimProducts.PRODUCT_ID)
                        .contains(field))
                .toList();
    }

    static void checkDimensions(List<String> names) {
        List<String> known = dimensions().stream().map(Field::column).toList();
        names.forEach(name -> check(
                known.contains(name),
                "key 'dimensions': no dimension '%s'%s (there are %s)",
                name,
                Suggestion.question(name, known),
                String.join(", ", known)));
        check(names.stream().distinct().count() == names.size(), "key 'dimensions' names one twice");
    }

    static boolean isOfProducts(String dimension) {
        return Arrays.stream(DimProducts.values())
                        .anyMatch(field -> field.column().equals(dimension))
                && Arrays.stream(FctOrderLines.values())
                        .noneMatch(field -> field.column().equals(dimension));
    }

    /**
     * One row per customer, window, dimension and value: recency, frequency, monetary value and the sales behind it.
     *
     * @param windows days that count, up to and including the date, by name; 0 for all days
     */
    static Dataset<Row> of(
            Dataset<Row> lines,
            Dataset<Row> products,
            LocalDate date,
            Map<String, Integer> windows,
            List<String> dimensions,
            Purchase purchase,
            Monetary monetary) {
        Dataset<Row> purchases = purchases(lines, products, date, windows, dimensions, purchase);
        Dataset<Row> inWindows = windows(byDimension(purchases, dimensions), date, windows);
        return inWindows.withColumn(CustomerRfm.MONETARY.column(), monetary(monetary));
    }

    /** The monetary value of whoever bought so often for so much. */
    static Column monetary(Monetary monetary) {
        Column sales = CustomerRfm.SALES_IN_WINDOW.col();
        return CustomerRfm.MONETARY.is(monetary == Monetary.MEAN ? sales.divide(CustomerRfm.FREQUENCY.col()) : sales);
    }

    /**
     * One row per purchase and combination of the dimensions. An invoice with lines of two days is two purchases, so that what
     * was bought on a day never depends on other days.
     */
    private static Dataset<Row> purchases(
            Dataset<Row> lines,
            Dataset<Row> products,
            LocalDate date,
            Map<String, Integer> windows,
            List<String> dimensions,
            Purchase purchase) {
        boolean isByCurrency = dimensions.contains(CURRENCY);
        Column day = FctOrderLines.ORDERED_ON.col();
        Column amount = FctOrderLines.AMOUNT.col();
        Column counts = LineKind.SALE
                .is(FctOrderLines.LINE_KIND.col())
                .and(FctOrderLines.CUSTOMER_ID.col().isNotNull())
                .and(day.leq(lit(date)));
        if (!isByCurrency) {
            counts = counts.and(amount.isNotNull());
        }
        if (!windows.containsValue(0)) {
            int longest = windows.values().stream().mapToInt(days -> days).max().orElseThrow();
            counts = counts.and(day.gt(lit(date.minusDays(longest))));
        }
        Dataset<Row> sales = lines.where(counts);
        if (dimensions.stream().anyMatch(Slices::isOfProducts)) {
            Column[] ofProducts = Stream.concat(
                            Stream.of(DimProducts.PRODUCT_ID.col()),
                            dimensions.stream().filter(Slices::isOfProducts).map(name -> col(name)))
                    .toArray(Column[]::new);
            sales = sales.join(products.select(ofProducts), Joins.on(DimProducts.PRODUCT_ID), Joins.LEFT);
        }
        List<Column> keys = new ArrayList<>(List.of(
                CustomerRfm.CUSTOMER_ID.is(FctOrderLines.CUSTOMER_ID.col()),
                day.as(DAY),
                (purchase == Purchase.INVOICES ? FctOrderLines.ORDER_ID.col() : lit("")).as(PURCHASE)));
        dimensions.forEach(
                name -> keys.add(coalesce(col(name), lit(ColumnSpec.UNKNOWN)).as(name)));
        List<Column> columns = new ArrayList<>(keys);
        columns.add(low(amount).as(LOW));
        columns.add(high(amount).as(HIGH));
        if (isByCurrency) {
            Column paid = FctOrderLines.QUANTITY
                    .col()
                    .multiply(FctOrderLines.UNIT_PRICE.col())
                    .cast(FctOrderLines.AMOUNT.spec().type());
            columns.add(low(paid).as(PAID_LOW));
            columns.add(high(paid).as(PAID_HIGH));
        }
        Column[] names = Stream.concat(
                        Stream.of(CustomerRfm.CUSTOMER_ID.col(), col(DAY), col(PURCHASE)),
                        dimensions.stream().map(name -> col(name)))
                .toArray(Column[]::new);
        Dataset<Row> moved = sales.select(columns.toArray(Column[]::new))
                .repartition(partitions(lines), CustomerRfm.CUSTOMER_ID.col());
        return isByCurrency
                ? moved.groupBy(names).agg(total(LOW), total(HIGH), total(PAID_LOW), total(PAID_HIGH))
                : moved.groupBy(names).agg(total(LOW), total(HIGH));
    }

    /** One row per purchase, dimension and value; a purchase counts once for each value that it has lines of. */
    private static Dataset<Row> byDimension(Dataset<Row> purchases, List<String> dimensions) {
        if (dimensions.isEmpty()) {
            return purchases
                    .withColumn(CustomerRfmSlices.DIMENSION.column(), lit(ALL))
                    .withColumn(CustomerRfmSlices.VALUE.column(), lit(ALL));
        }
        Column[] slices = Stream.concat(
                        Stream.of(slice(ALL, lit(ALL), LOW, HIGH)),
                        dimensions.stream()
                                .map(name -> name.equals(CURRENCY)
                                        ? slice(name, col(name), PAID_LOW, PAID_HIGH)
                                        : slice(name, col(name), LOW, HIGH)))
                .toArray(Column[]::new);
        return purchases
                .select(
                        CustomerRfm.CUSTOMER_ID.col(),
                        col(PURCHASE),
                        col(DAY),
                        explode(array(slices)).as(OF_DIMENSION))
                .select(CustomerRfm.CUSTOMER_ID.col(), col(PURCHASE), col(DAY), col(OF_DIMENSION + ".*"))
                // A line whose currency has no rate is worth something in that currency only.
                .where(col(LOW).isNotNull())
                .groupBy(
                        CustomerRfm.CUSTOMER_ID.col(),
                        CustomerRfmSlices.DIMENSION.col(),
                        CustomerRfmSlices.VALUE.col(),
                        col(DAY),
                        col(PURCHASE))
                .agg(total(LOW), total(HIGH));
    }

    private static Column slice(String dimension, Column value, String low, String high) {
        return struct(
                lit(dimension).as(CustomerRfmSlices.DIMENSION.column()),
                value.as(CustomerRfmSlices.VALUE.column()),
                col(low).as(LOW),
                col(high).as(HIGH));
    }

    /** One row per customer, slice and window in which it bought. */
    private static Dataset<Row> windows(Dataset<Row> purchases, LocalDate date, Map<String, Integer> windows) {
        Column last = datediff(lit(date), max(DAY));
        Column[] perWindow = windows.entrySet().stream()
                .map(window -> {
                    Column isIn =
                            window.getValue() == 0 ? lit(true) : col(DAY).gt(lit(date.minusDays(window.getValue())));
                    return struct(
                            lit(window.getKey()).as(CustomerRfmSlices.TIME_WINDOW.column()),
                            CustomerRfm.FREQUENCY.is(count_if(isIn)),
                            CustomerRfm.SALES_IN_WINDOW.is(
                                    money(sum(when(isIn, col(LOW))), sum(when(isIn, col(HIGH))))));
                })
                .toArray(Column[]::new);
        return purchases
                .groupBy(
                        CustomerRfm.CUSTOMER_ID.col(), CustomerRfmSlices.DIMENSION.col(), CustomerRfmSlices.VALUE.col())
                .agg(CustomerRfm.RECENCY_DAYS.is(last), array(perWindow).as(OF_WINDOW))
                .select(
                        CustomerRfm.CUSTOMER_ID.col(),
                        CustomerRfmSlices.DIMENSION.col(),
                        CustomerRfmSlices.VALUE.col(),
                        CustomerRfm.RECENCY_DAYS.col(),
                        explode(col(OF_WINDOW)).as(OF_WINDOW))
                .select(
                        CustomerRfm.CUSTOMER_ID.col(),
                        CustomerRfmSlices.DIMENSION.col(),
                        CustomerRfmSlices.VALUE.col(),
                        CustomerRfm.RECENCY_DAYS.col(),
                        col(OF_WINDOW + ".*"))
                .where(CustomerRfm.FREQUENCY.col().gt(0));
    }

    private static Column low(Column amount) {
        UDF1<BigDecimal, Long> low =
                value -> value == null ? null : value.unscaledValue().longValue() & LOW_MASK;
        return udf(low, DataTypes.LongType).apply(amount);
    }

    private static Column high(Column amount) {
        UDF1<BigDecimal, Long> high = value -> value == null
                ? null
                : value.unscaledValue().shiftRight(LOW_BITS).longValue();
        return udf(high, DataTypes.LongType).apply(amount);
    }

    private static Column money(Column low, Column high) {
        DataType whole = DataTypes.createDecimalType(20, 0);
        return high.cast(whole).multiply(lit(HIGH_UNIT)).plus(low.cast(whole)).multiply(lit(UNIT));
    }

    private static Column total(String column) {
        return sum(column).as(column);
    }

    private static int partitions(Dataset<Row> lines) {
        int usual = Integer.parseInt(lines.sparkSession().conf().get("spark.sql.shuffle.partitions"));
        double bytes =
                lines.queryExecution().optimizedPlan().stats().sizeInBytes().doubleValue();
        boolean isKnown = bytes < 1e15;
        return isKnown ? (int) Math.max(usual, bytes / PARTITION_BYTES) : usual;
    }
}
