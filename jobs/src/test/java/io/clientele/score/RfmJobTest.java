package io.clientele.score;

import static io.clientele.testing.Rows.assertRows;
import static io.clientele.testing.Rows.rows;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clientele.Project;
import io.clientele.config.ConfigFolder;
import io.clientele.schema.CustomerRfm;
import io.clientele.schema.CustomerRfmSlices;
import io.clientele.schema.DimProducts;
import io.clientele.schema.FctOrderLines;
import io.clientele.schema.RfmCells;
import io.clientele.schema.RfmCuts;
import io.clientele.score.Slices.Monetary;
import io.clientele.score.Slices.Purchase;
import io.clientele.testing.LoneNight;
import io.clientele.testing.MemoryLake;
import io.clientele.testing.SparkTest;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@SparkTest
class RfmJobTest {

    private static final LocalDate JAN_31 = LocalDate.of(2025, 1, 31);
    private static final Map<String, Integer> WINDOWS = Map.of("month", 31, "year", 365, "ever", 0);
    private static final RfmJob.Config SHIPPED =
            new ConfigFolder(Project.ROOT.resolve("conf")).read("rfm", RfmJob.Config.class);
    private static final RfmJob.Config YEAR = config(List.of("year"), List.of(), Purchase.INVOICES, Monetary.TOTAL);

    @Test
    void shouldCountOrdersNotLinesAndOnlySalesInsideTheWindow(SparkSession spark) {
        var lines = rows(spark, FctOrderLines.TABLE, """
                order_id | customer_id | ordered_on | line_kind    | amount
                o1       | ann         | 2025-01-31 | sale         | 90.00
                o1       | ann         | 2025-01-31 | sale         | 10.00
                o2       | ann         | 2025-01-30 | return       | -10.00
                o3       | bob         | 2024-11-02 | sale         | 5.00
                o4       | bob         | 2024-02-02 | sale         | 7.00
                o5       | bob         | 2024-02-01 | sale         | 7.00
                o6       | bob         | 2025-02-01 | sale         | 7.00
                o7       | bob         | 2025-01-02 | cancellation | 7.00
                o8       |             | 2025-01-02 | sale         | 7.00
                """);

        assertRows(summarise(lines, YEAR), CustomerRfm.TABLE, """
                customer_id | recency_days | frequency | monetary
                ann         | 0            | 1         | 100.00
                bob         | 90           | 2         | 12.00
                """);
    }

    @Test
    void shouldCountDaysAndMeansWhereTheConfigurationSaysSo(SparkSession spark) {
        var lines = rows(spark, FctOrderLines.TABLE, """
                order_id | customer_id | ordered_on | line_kind | amount
                o1       | ann         | 2025-01-31 | sale      | 90.00
                o2       | ann         | 2025-01-31 | sale      | 10.00
                o3       | ann         | 2025-01-01 | sale      | 0.01
                """);

        var config = config(List.of("year"), List.of(), Purchase.PURCHASE_DAYS, Monetary.MEAN);

        assertRows(summarise(lines, config), CustomerRfm.TABLE, """
                customer_id | recency_days | frequency | monetary
                ann         | 0            | 2         | 50.0050
                """);
    }

    @Test
    void shouldLookAtEachWindowAndEachValueOfADimensionFromOnePass(SparkSession spark) {
        var lines = rows(spark, FctOrderLines.TABLE, """
                order_id | customer_id | product_id | ordered_on | line_kind | country | quantity | unit_price | currency | amount
                o1       | ann         | p1         | 2025-01-31 | sale      | FR      | 1        | 20         | EUR      | 20
                o1       | ann         | p2         | 2025-01-31 | sale      | FR      | 1        | 5          | EUR      | 5
                o2       | ann         | p2         | 2024-10-01 | sale      | CH      | 2        | 9          | CHF      | 20
                o3       | bob         | p3         | 2024-10-01 | sale      | JP      | 1        | 900        | JPY      |
                """);
        var products = rows(spark, DimProducts.TABLE, """
                product_id | brand
                p1         | Lune
                p2         |
                """);
        var config = config(
                List.of("month", "year"), List.of("brand", "country", "currency"), Purchase.INVOICES, Monetary.TOTAL);

        assertRows(RfmJob.summarise(lines, products, JAN_31, config), CustomerRfmSlices.TABLE, """
                time_window | dimension | value     | customer_id | recency_days | frequency | monetary
                month       | (all)     | (all)     | ann         | 0            | 1         | 25.00
                month       | brand     | Lune      | ann         | 0            | 1         | 20.00
                month       | brand     | (unknown) | ann         | 0            | 1         | 5.00
                month       | country   | FR        | ann         | 0            | 1         | 25.00
                month       | currency  | EUR       | ann         | 0            | 1         | 25.00
                year        | (all)     | (all)     | ann         | 0            | 2         | 45.00
                year        | brand     | Lune      | ann         | 0            | 1         | 20.00
                year        | brand     | (unknown) | ann         | 0            | 2         | 25.00
                year        | country   | FR        | ann         | 0            | 1         | 25.00
                year        | country   | CH        | ann         | 122          | 1         | 20.00
                year        | currency  | EUR       | ann         | 0            | 1         | 25.00
                year        | currency  | CHF       | ann         | 122          | 1         | 18.00
                year        | currency  | JPY       | bob         | 122          | 1         | 900.00
                """);
    }

    @Test
    void shouldGivePointsByTheThresholdsOfTheReferenceGridAndOfTheCurrency(SparkSession spark) {
        var all = summed(spark, "(all)", "(all)");
        var pounds = summed(spark, "currency", "GBP");
        var points = new Points(
                SHIPPED.points().recency(),
                SHIPPED.points().frequency(),
                SHIPPED.points().monetary(),
                Map.of("GBP", List.of(new Points.Threshold(null, null, new BigDecimal("20"), 2))));
        var config = new RfmJob.Config(
                SHIPPED.windows(),
                List.of("currency"),
                Purchase.INVOICES,
                Monetary.TOTAL,
                SHIPPED.weights(),
                SHIPPED.segments(),
                points);

        assertRows(scored(all.union(pounds), config), CustomerRfmSlices.TABLE, """
                dimension | customer_id | recency_points | frequency_points | monetary_points | points
                (all)     | best        | 5              | 4                | 3               | 12
                (all)     | middle      | 2              | 2                | 1               | 5
                (all)     | edge        | 2              | 2                | 1               | 5
                (all)     | weakest     | 0              | 0                | 0               | 0
                currency  | best        | 5              | 4                | 2               | 11
                currency  | middle      | 2              | 2                | 2               | 6
                currency  | edge        | 2              | 2                | 2               | 6
                currency  | weakest     | 0              | 0                | 0               | 0
                """);
    }

    @Test
    void shouldRankTheRecentTheFrequentAndTheBigHighest(SparkSession spark) {
        assertRows(scored(customers(spark, 5), SHIPPED), CustomerRfm.TABLE, """
                customer_id | code | segment             | score
                c0          | 511  | Recent              | 3.0000
                c1          | 422  | Potential Loyalists | 3.0000
                c2          | 333  | Potential Loyalists | 3.0000
                c3          | 244  | At Risk             | 3.0000
                c4          | 155  | Can't Lose Them     | 3.0000
                """);
    }

    @Test
    void shouldStoreTheCutsOfEverySliceAndCountItsCells(SparkSession spark) {
        var five = customers(spark, 5);
        var cuts = RfmJob.cuts(five, JAN_31);

        assertRows(cuts, RfmCuts.TABLE, """
                time_window    | dimension | value | axis      | digit | up_to
                last_12_months | (all)     | (all) | recency   | 5     | 0
                last_12_months | (all)     | (all) | recency   | 4     | 3
                last_12_months | (all)     | (all) | recency   | 3     | 6
                last_12_months | (all)     | (all) | recency   | 2     | 9
                last_12_months | (all)     | (all) | frequency | 1     | 1
                last_12_months | (all)     | (all) | frequency | 2     | 2
                last_12_months | (all)     | (all) | frequency | 3     | 3
                last_12_months | (all)     | (all) | frequency | 4     | 4
                last_12_months | (all)     | (all) | monetary  | 1     | 1
                last_12_months | (all)     | (all) | monetary  | 2     | 8
                last_12_months | (all)     | (all) | monetary  | 3     | 15
                last_12_months | (all)     | (all) | monetary  | 4     | 22
                """);
        assertRows(RfmJob.cells(RfmJob.score(five, cuts, JAN_31, SHIPPED)).where("f = 1"), RfmCells.TABLE, """
                time_window    | dimension | value | r | f | m | code | segment | customers | purchases | sales_amount
                last_12_months | (all)     | (all) | 5 | 1 | 1 | 511  | Recent  | 1         | 1         | 1
                """);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 64})
    void shouldNotDependOnTheOrderOfTheLinesNorOnPartitions(int partitions, SparkSession spark) {
        var config = config(List.of("year", "ever"), List.of("country"), Purchase.INVOICES, Monetary.MEAN);
        var lines = lines(spark, 900);
        var shuffled = lines.orderBy(functions.rand(partitions)).repartition(partitions);

        assertThat(rowsOf(scored(summarise(shuffled, config), config)))
                .isEqualTo(rowsOf(scored(summarise(lines, config), config)))
                .hasSizeGreaterThan(200);
    }

    @Test
    void shouldPutEveryCustomerInASegmentAndEqualOnesInTheSame(SparkSession spark) {
        var twins = customers(spark, 200).withColumn("frequency", lit(1L));

        var scored = scored(twins, SHIPPED);

        assertThat(scored.where("segment is null").count()).isZero();
        assertThat(scored.select("f").distinct().count()).isEqualTo(1);
    }

    /** Each country is a case: its customers are ranked among each other. */
    @Test
    void shouldMakeSenseOfWhatNoShopShouldHave(SparkSession spark) {
        var lines = rows(spark, FctOrderLines.TABLE, """
                country                | order_id | customer_id | ordered_on | line_kind | amount
                one customer           | a1       | ann         | 2025-01-30 | sale      | 5
                nobody bought          | b1       | ann         | 2025-01-30 | return    | -5
                nobody is known        | c1       |             | 2025-01-30 | sale      | 5
                negative total         | d1       | ann         | 2025-01-30 | sale      | 5
                negative total         | d2       | bob         | 2025-01-30 | sale      | -7
                nothing spent          | e1       | ann         | 2025-01-30 | sale      | 0
                future dates           | f1       | ann         | 2025-02-01 | sale      | 5
                future dates           | f2       | bob         | 9999-12-31 | sale      | 5
                a million million      | g1       | ann         | 2025-01-30 | sale      | 1000000000000
                a million million      | g1       | ann         | 2025-01-30 | sale      | 0.0001
                as large as amounts go | h1       | ann         | 2025-01-30 | sale      | 99999999999999999999.9999
                as large as amounts go | h2       | ann         | 2025-01-30 | sale      | 99999999999999999999.9999
                amounts all null       | i1       | ann         | 2025-01-30 | sale      |
                kinds all null         | j1       | ann         | 2025-01-30 |           | 5
                days all null          | k1       | ann         |            | sale      | 5
                                       | l1       | ann         | 2025-01-30 | sale      | 5
                """);
        var config = config(List.of("year"), List.of("country"), Purchase.INVOICES, Monetary.TOTAL);

        var ofCases = scored(summarise(lines, config), config).where("dimension = 'country'");

        assertRows(ofCases, CustomerRfmSlices.TABLE, """
                value                  | customer_id | recency_days | frequency | monetary                  | code | points
                one customer           | ann         | 1            | 1         | 5                         | 511  | 5
                negative total         | ann         | 1            | 1         | 5                         | 513  | 5
                negative total         | bob         | 1            | 1         | -7                        | 511  | 5
                nothing spent          | ann         | 1            | 1         | 0                         | 511  | 5
                a million million      | ann         | 1            | 1         | 1000000000000.0001        | 511  | 8
                as large as amounts go | ann         | 1            | 2         | 199999999999999999999.9998 | 511 | 10
                (unknown)              | ann         | 1            | 1         | 5                         | 511  | 5
                """);
    }

    @Test
    void shouldScoreNobodyWhenNobodyBought(SparkSession spark) {
        var nothing = rows(spark, FctOrderLines.TABLE, "order_id");

        assertThat(scored(summarise(nothing, YEAR), YEAR).isEmpty()).isTrue();
    }

    @Test
    void shouldKeepOnceHowEachMonthEndedAndReplaceTheRest(SparkSession spark) {
        var lake = new MemoryLake(spark);
        lake.replace(FctOrderLines.TABLE, rows(spark, FctOrderLines.TABLE, """
                order_line_id | order_id | customer_id | product_id | ordered_at           | ordered_on | line_kind | channel | country | quantity | unit_price | currency | amount
                l1            | o1       | ann         | p1         | 2025-01-30T10:00:00Z | 2025-01-30 | sale      | web     | FR      | 1        | 5          | EUR      | 5
                l2            | o2       | bob         | p1         | 2025-02-01T10:00:00Z | 2025-02-01 | sale      | web     | FR      | 1        | 5          | EUR      | 5
                """));
        lake.replace(DimProducts.TABLE, spark.createDataFrame(List.of(), DimProducts.TABLE.schema()));

        var config = config(List.of("year", "ever"), List.of("country"), Purchase.INVOICES, Monetary.TOTAL);
        List<String> warnings = new ArrayList<>();
        for (String date : List.of("2025-01-31", "2025-02-01", "2025-01-31", "2025-02-02")) {
            LoneNight night = new LoneNight(spark, lake, LocalDate.parse(date));
            RfmJob.run(config, night);
            warnings.addAll(night.warnings());
        }

        assertThat(warnings)
                .containsExactly(
                        "the marks were those of 2025-02-01 and are taken back to 2025-01-31; run the nights after it again");

        assertRows(lake.read(CustomerRfm.HISTORY), CustomerRfm.TABLE, """
                customer_id | as_of      | recency_days | code
                ann         | 2025-01-31 | 1            | 511
                """);
        assertRows(lake.read(CustomerRfm.TABLE), CustomerRfm.TABLE, """
                customer_id | as_of      | recency_days
                ann         | 2025-02-02 | 3
                bob         | 2025-02-02 | 1
                """);
        assertThat(lake.read(CustomerRfmSlices.TABLE)
                        .select("time_window", "dimension", "value")
                        .distinct()
                        .count())
                .isEqualTo(3);
        assertThat(lake.read(RfmCuts.TABLE).count()).isEqualTo(4 * 12);
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', textBlock = """
            [brnad]             | no dimension 'brnad'; did you mean 'brand'?
            [customer_id]       | no dimension 'customer_id'
            [country, country]  | names one twice
            """)
    void shouldRefuseADimensionThatNoTableHas(String dimensions, String complaint) {
        List<String> names =
                List.of(dimensions.substring(1, dimensions.length() - 1).split(", "));

        assertThatThrownBy(() -> config(List.of("year"), names, Purchase.INVOICES, Monetary.TOTAL))
                .hasMessageContaining(complaint);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            lessThan 150 | lessThan 30  | false
            lessThan 30  | lessThan 30  | false
            lessThan 30  | lessThan 150 | true
            moreThan 2   | atLeast 10   | false
            moreThan 2   | moreThan 2   | false
            atLeast 2    | moreThan 2   | false
            atLeast 2    | atLeast 1    | true
            moreThan 10  | atLeast 10   | true
            atLeast 10   | lessThan 3   | true
            """)
    void shouldRefuseAThresholdThatNobodyReaches(String better, String worse, boolean isReached) {
        List<Points.Threshold> odd = List.of(threshold(better, 9), threshold(worse, 2));
        List<Points.Threshold> usual = List.of(threshold("atLeast 1", 1));

        ThrowingCallable points = () -> new Points(odd, usual, usual, null);
        if (isReached) {
            assertThatCode(points).doesNotThrowAnyException();
        } else {
            assertThatThrownBy(points)
                    .hasMessageContaining("key 'points.recency': nobody reaches the threshold worth 2");
        }
    }

    private static Points.Threshold threshold(String text, int points) {
        String[] words = text.split(" ", -1);
        BigDecimal value = new BigDecimal(words[1]);
        return new Points.Threshold(
                words[0].equals("lessThan") ? value : null,
                words[0].equals("moreThan") ? value : null,
                words[0].equals("atLeast") ? value : null,
                points);
    }

    @Test
    void shouldRefuseWeightsThatWeighNothing() {
        assertThatThrownBy(() -> new RfmJob.Weights(0, 0, 0)).hasMessageContaining("weights");
    }

    private static RfmJob.Config config(
            List<String> windows, List<String> dimensions, Purchase purchase, Monetary monetary) {
        Map<String, Integer> chosen = new LinkedHashMap<>();
        windows.forEach(name -> chosen.put(name, WINDOWS.get(name)));
        return new RfmJob.Config(
                chosen, dimensions, purchase, monetary, SHIPPED.weights(), SHIPPED.segments(), SHIPPED.points());
    }

    private static Dataset<Row> summarise(Dataset<Row> lines, RfmJob.Config config) {
        var none = lines.sparkSession().createDataFrame(List.of(), DimProducts.TABLE.schema());
        return RfmJob.summarise(lines, none, JAN_31, config);
    }

    private static Dataset<Row> scored(Dataset<Row> summed, RfmJob.Config config) {
        return RfmJob.score(summed, RfmJob.cuts(summed, JAN_31), JAN_31, config);
    }

    private static List<Row> rowsOf(Dataset<Row> scored) {
        return scored.orderBy("time_window", "dimension", "value", "customer_id")
                .collectAsList();
    }

    private static Dataset<Row> summed(SparkSession spark, String dimension, String value) {
        return inSlice(
                rows(spark, CustomerRfm.TABLE, """
                        customer_id | recency_days | frequency | monetary
                        best        | 29           | 11        | 50.01
                        middle      | 30           | 10        | 50.00
                        edge        | 149          | 2         | 20.00
                        weakest     | 150          | 1         | 19.99
                        """).select("customer_id", "recency_days", "frequency", "monetary"),
                dimension,
                value);
    }

    private static Dataset<Row> customers(SparkSession spark, int count) {
        Column id = col("id");
        return inSlice(
                spark.range(count)
                        .select(
                                CustomerRfm.CUSTOMER_ID.is(concat(lit("c"), id)),
                                CustomerRfm.RECENCY_DAYS.is(id.multiply(3).mod(700)),
                                CustomerRfm.FREQUENCY.is(id.plus(1)),
                                CustomerRfm.MONETARY.is(id.multiply(7).plus(1))),
                "(all)",
                "(all)");
    }

    private static Dataset<Row> inSlice(Dataset<Row> customers, String dimension, String value) {
        return customers
                .withColumn("time_window", lit("last_12_months"))
                .withColumn("dimension", lit(dimension))
                .withColumn("value", lit(value))
                .withColumn("sales_in_window", col("monetary"));
    }

    private static Dataset<Row> lines(SparkSession spark, int count) {
        Column id = col("id");
        return spark.range(count)
                .select(
                        FctOrderLines.ORDER_ID.is(concat(lit("o"), id.divide(3).cast("int"))),
                        FctOrderLines.CUSTOMER_ID.is(
                                concat(lit("c"), id.divide(3).cast("int").mod(97))),
                        functions
                                .date_sub(
                                        lit(JAN_31),
                                        id.divide(3).cast("int").multiply(7).mod(500))
                                .as("ordered_on"),
                        FctOrderLines.LINE_KIND.is(lit("sale")),
                        FctOrderLines.COUNTRY.is(concat(lit("k"), id.mod(3))),
                        FctOrderLines.AMOUNT.is(id.multiply(31).mod(53).plus(1).divide(4)));
    }
}
