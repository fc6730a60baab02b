package io.clientele.predict;

import static io.clientele.testing.Rows.assertRows;
import static io.clientele.testing.Rows.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.clientele.schema.CustomerValues;
import io.clientele.schema.FctOrderLines;
import io.clientele.schema.LineKind;
import io.clientele.schema.Models;
import io.clientele.schema.ValueCalibration;
import io.clientele.table.Table;
import io.clientele.testing.LoneNight;
import io.clientele.testing.MemoryLake;
import io.clientele.testing.SparkTest;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@SparkTest
class ValuesJobTest {

    private static final LocalDate JAN_31 = LocalDate.of(2025, 1, 31);

    @Test
    void shouldFindWhatIsPublishedInTheOrderLinesOfCdnow(SparkSession spark) {
        Cdnow cdnow = Cdnow.read();
        MemoryLake lake = new MemoryLake(spark);
        lake.replace(FctOrderLines.TABLE, lines(spark, cdnow));

        LoneNight night = run(lake, Cdnow.END, config(PurchaseFit.Kind.BG_NBD, 20, 273));

        assertThat(night.warnings()).isEmpty();
        assertThat(night.metrics())
                .containsEntry("customers", 2357.0)
                .containsEntry("holdout_actual", 1882.0)
                .containsKeys("alpha_standard_error", "spend_p_standard_error");
        assertThat(night.metrics().get("holdout_predicted")).isCloseTo(1653.4, within(0.05));
        assertRows(lake.read(ValueCalibration.TABLE).where("point in (0, 39)"), ValueCalibration.TABLE, """
                model  | kind         | point | ends_on    | is_holdout | customers | actual   | predicted
                bg_nbd | by_frequency | 0     | 1998-06-30 | true       | 1411      | 0.237    | 0.225
                bg_nbd | by_week      | 0     | 1997-09-30 | false      | 2357      | 2457.000 | 2493.957
                bg_nbd | by_week      | 39    | 1998-06-30 | true       | 2357      | 4339.000 | 4160.609
                """);
        assertThat(lake.read(CustomerValues.TABLE).count()).isEqualTo(2 * 2357);
        assertThat(lake.read(CustomerValues.TABLE)
                        .where("p_alive between 0 and 1 and expected_value >= 0")
                        .count())
                .isEqualTo(2 * 2357);
        String json = lake.read(Models.TABLE).select(Models.MODEL.col()).head().getString(0);
        assertThat(json).contains("\"model\":\"bg_nbd\"", "\"timeUnit\":\"weeks\"", "\"standardError\":0.0");
        List<List<Row>> before = marts(lake);
        lake.replace(
                FctOrderLines.TABLE,
                lake.read(FctOrderLines.TABLE).orderBy(functions.rand(4)).repartition(5));

        run(lake, Cdnow.END, config(PurchaseFit.Kind.BG_NBD, 20, 273));

        assertThat(marts(lake)).isEqualTo(before);
        assertThat(lake.read(Models.TABLE).count()).isEqualTo(1);
    }

    @Test
    void shouldCountDaysWithASaleUntilTheDateAndUntilTheCut(SparkSession spark) {
        var lines = rows(spark, FctOrderLines.TABLE, """
                order_id | customer_id | ordered_on | line_kind    | amount
                o1       | ann         | 2025-01-01 | sale         | 90.00
                o2       | ann         | 2025-01-11 | sale         | 10.00
                o3       | ann         | 2025-01-11 | sale         | 5.00
                o4       | ann         | 2025-01-31 | sale         | 7.00
                o5       | ann         | 2025-02-01 | sale         | 7.00
                o6       | ann         | 2025-01-20 | return       | -10.00
                o7       | bob         | 2025-01-30 | sale         | 8.00
                o8       |             | 2025-01-30 | sale         | 8.00
                o9       | bob         | 2020-01-01 | sale         | 8.00
                """);

        var histories =
                ValuesJob.histories(lines, JAN_31, LocalDate.of(2025, 1, 21), config(PurchaseFit.Kind.BG_NBD, 2, 10));

        assertThat(histories
                        .selectExpr(
                                "customer_id",
                                "repeats",
                                "last_days",
                                "age_days",
                                "repeats_before",
                                "last_days_before",
                                "age_days_before",
                                "cast(repeat_amount as double)")
                        .orderBy("customer_id")
                        .collectAsList())
                .containsExactly(
                        RowFactory.create("ann", 2, 30, 30, 1, 10, 20, 22.0),
                        RowFactory.create("bob", 0, 0, 1, -1, null, null, 0.0));
        assertThat(ValuesJob.repeatsByWeek(histories, LocalDate.of(2025, 1, 21)))
                .containsOnly(Map.entry(-1, 1L), Map.entry(2, 1L));
    }

    @Test
    void shouldExpectOfCustomersWhatTheModelsSay(SparkSession spark) {
        MemoryLake lake = new MemoryLake(spark);
        lake.replace(FctOrderLines.TABLE, shop(spark, 300));

        LoneNight night = run(lake, JAN_31, config(PurchaseFit.Kind.PARETO_NBD, 10, 60));

        Row model = lake.read(CustomerValues.TABLE)
                .orderBy("customer_id", "horizon_days")
                .head();
        double spendMean = night.metrics().get("spend_p")
                * night.metrics().get("spend_v")
                / (night.metrics().get("spend_q") - 1);
        assertThat(lake.read(CustomerValues.TABLE)
                        .where("repeat_purchases = 0")
                        .select("expected_spend")
                        .distinct()
                        .collectAsList())
                .singleElement()
                .satisfies(row -> assertThat(row.getDecimal(0).doubleValue()).isCloseTo(spendMean, within(0.001)));
        assertThat(lake.read(CustomerValues.TABLE)
                        .where("expected_value > expected_purchases * expected_spend + 0.01"
                                + " or expected_value < expected_purchases * expected_spend * 0.9 - 0.01")
                        .count())
                .isZero();
        assertThat(model.getInt(1)).isEqualTo(91);
    }

    /** Nothing that can be wrong with a shop ends a night; what it is worth is told, or why it is not. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            nobody bought      | false                                | 0   | 0 of 0 customers bought again
            one customer       | customer_id = 'c7'                   | 0   | of 1 customers bought again
            nobody came back   | ordered_on = first_on                | 0   | 0 of 200 customers bought again
            all in the future  | ordered_on > date'2025-01-31'        | 0   | 0 of 0 customers bought again
            a young shop       | ordered_on > date'2024-12-20'        | any | too few to keep the last 60
            """)
    void shouldSayWhatIsWrong(String name, String kept, String rows, String warning, SparkSession spark) {
        MemoryLake lake = new MemoryLake(spark);
        lake.replace(
                FctOrderLines.TABLE,
                shop(spark, 200)
                        .withColumn(
                                "first_on",
                                functions.expr(
                                        "to_date(date_add(date'2024-07-01', int(substr(customer_id, 2)) % 200))"))
                        .where(kept)
                        .drop("first_on"));

        LoneNight night = run(lake, JAN_31, config(PurchaseFit.Kind.BG_NBD, 10, 60));

        assertThat(night.warnings()).anyMatch(said -> said.contains(warning));
        long found = lake.read(CustomerValues.TABLE).count();
        if (rows.equals("any")) {
            assertThat(found).isPositive();
        } else {
            assertThat(found).isZero();
        }
        assertThat(lake.read(ValueCalibration.TABLE).count()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"1e12, true", "-1, false"})
    void shouldTakeAmountsOfAnySize(String times, boolean isSpent, SparkSession spark) {
        MemoryLake lake = new MemoryLake(spark);
        lake.replace(
                FctOrderLines.TABLE,
                shop(spark, 200)
                        .withColumn(
                                "amount",
                                functions.expr("cast(amount * " + new BigDecimal(times).toPlainString()
                                        + " as decimal(24,4))")));

        LoneNight night = run(lake, JAN_31, config(PurchaseFit.Kind.BG_NBD, 10, 60));

        assertThat(lake.read(CustomerValues.TABLE).where("expected_value > 0").isEmpty())
                .isNotEqualTo(isSpent);
        assertThat(lake.read(CustomerValues.TABLE).count()).isEqualTo(400);
        assertThat(night.warnings().stream().anyMatch(said -> said.contains("nobody spent anything")))
                .isNotEqualTo(isSpent);
    }

    /** Of few customers the model loses its mean over it, of many it does not. */
    @ParameterizedTest
    @ValueSource(ints = {60, 600})
    void shouldExpectNoMoreOfAllBecauseOneSpentAMillionMillion(int customers, SparkSession spark) {
        MemoryLake lake = new MemoryLake(spark);
        lake.replace(
                FctOrderLines.TABLE,
                shop(spark, customers)
                        .withColumn(
                                "amount",
                                functions.expr(
                                        "cast(if(customer_id = 'c14', 1000000000000, amount) as decimal(24,4))")));

        run(lake, JAN_31, config(PurchaseFit.Kind.BG_NBD, 10, 60));

        Dataset<Row> values = lake.read(CustomerValues.TABLE);
        assertThat(values.where("customer_id = 'c14' and repeat_purchases > 0").isEmpty())
                .isFalse();
        assertThat(values.where("customer_id <> 'c14' and expected_spend > 200").isEmpty())
                .isTrue();
    }

    @Test
    void shouldRefuseWhatItCannotDo() {
        assertThatThrownBy(() -> new ValuesJob.Config(
                        PurchaseFit.Kind.BG_NBD, TimeUnit.WEEKS, 1826, 50, List.of(91, 0), 0.1, 28))
                .hasMessage("key 'horizonsDays': a horizon is between 1 and 3660 days, got 0");
        assertThatThrownBy(() ->
                        new ValuesJob.Config(PurchaseFit.Kind.BG_NBD, TimeUnit.WEEKS, 1826, 50, List.of(91), 10, 28))
                .hasMessage("key 'annualDiscount' is a share from 0 to less than 1, got 10.0");
    }

    private static ValuesJob.Config config(PurchaseFit.Kind kind, int leastRepeatBuyers, int holdoutDays) {
        return new ValuesJob.Config(kind, TimeUnit.WEEKS, 1826, leastRepeatBuyers, List.of(364, 91), 0.1, holdoutDays);
    }

    private static LoneNight run(MemoryLake lake, LocalDate date, ValuesJob.Config config) {
        LoneNight night = new LoneNight(SparkSession.active(), lake, date);
        ValuesJob.run(config, night);
        return night;
    }

    private static List<List<Row>> marts(MemoryLake lake) {
        return List.of(sorted(lake, CustomerValues.TABLE), sorted(lake, ValueCalibration.TABLE));
    }

    private static List<Row> sorted(MemoryLake lake, Table table) {
        return lake.read(table).orderBy(table.keyColumns()).collectAsList();
    }

    private static Dataset<Row> lines(SparkSession spark, Cdnow cdnow) {
        List<Row> days = new ArrayList<>();
        cdnow.customers()
                .forEach((customer, bought) ->
                        bought.forEach((day, amount) -> days.add(RowFactory.create(customer, day.toString(), amount))));
        return sales(
                spark.createDataFrame(days, StructType.fromDDL("customer string, day string, amount decimal(24,4)")));
    }

    /** Customers who come anew each day from July 2024 on, buy again more or less often, and spend more or less. */
    private static Dataset<Row> shop(SparkSession spark, int customers) {
        return sales(spark.range(customers)
                .selectExpr("id", "explode(sequence(0, int((id * 7919) % 5 * (id % 3)))) as n")
                .selectExpr(
                        "'c' || id as customer",
                        "cast(date_add(date'2024-07-01', int(id % 200 + n * (3 + (id * 31) % 17))) as string) as day",
                        "10 + (id * 37) % 41 + (n * 53 + id) % 7 as amount"));
    }

    private static Dataset<Row> sales(Dataset<Row> days) {
        Column name = functions.concat_ws("-", functions.col("customer"), functions.col("day"));
        return days.select(
                FctOrderLines.ORDER_LINE_ID.is(name),
                FctOrderLines.ORDER_ID.is(name),
                FctOrderLines.CUSTOMER_ID.is(functions.col("customer")),
                FctOrderLines.PRODUCT_ID.is(functions.lit("p")),
                FctOrderLines.ORDERED_AT.is(functions.col("day")),
                FctOrderLines.ORDERED_ON.is(functions.col("day")),
                FctOrderLines.LINE_KIND.is(functions.lit(LineKind.SALE.code())),
                FctOrderLines.CHANNEL.is(functions.lit("web")),
                FctOrderLines.COUNTRY.is(functions.lit("FR")),
                FctOrderLines.QUANTITY.is(functions.lit(1)),
                FctOrderLines.UNIT_PRICE.is(functions.lit(1)),
                FctOrderLines.CURRENCY.is(functions.lit("EUR")),
                FctOrderLines.AMOUNT.is(functions.col("amount")));
    }
}
