package io.clientele.segment;

import static io.clientele.testing.Rows.assertRows;
import static io.clientele.testing.Rows.rows;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.config.ConfigFolder;
import io.clientele.schema.AbcCurve;
import io.clientele.schema.CustomerFigures;
import io.clientele.schema.CustomerRefs;
import io.clientele.schema.CustomerRfm;
import io.clientele.schema.CustomerSegments;
import io.clientele.schema.DimCustomers;
import io.clientele.schema.SegmentMigrations;
import io.clientele.table.Field;
import io.clientele.table.Table;
import io.clientele.testing.LoneNight;
import io.clientele.testing.MemoryLake;
import io.clientele.testing.SparkTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StringType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import scala.jdk.javaapi.CollectionConverters;

@SparkTest
class SegmentsJobTest {

    private static final LocalDate JAN_30 = LocalDate.of(2025, 1, 30);
    private static final LocalDate JAN_31 = LocalDate.of(2025, 1, 31);
    private static final LocalDate FEB_1 = LocalDate.of(2025, 2, 1);
    private static final LocalDate FEB_28 = LocalDate.of(2025, 2, 28);

    private static final String BUYERS = """
            segmentations:
              stage:
                firstOf:
                  loyal: {holds: orders >= 3}
                  buyer: {holds: orders >= 1}
                  other: {holds: "true"}
            """;

    private static final String SIZES =
            "segmentations: {size: {byShare: {of: net_amount, upTo: {large: 0.5, medium: 0.8, small: 1}}}}\n";

    @TempDir
    private Path folder;

    private MemoryLake lake;

    @BeforeEach
    void anEmptyLake(SparkSession spark) {
        lake = new MemoryLake(spark);
        for (Table table : SegmentsJob.JOB.reads()) {
            lake.createIfAbsent(table);
        }
    }

    @Test
    void shouldPutACustomerInEverySegmentWhoseRuleHoldsAndInTheFirstOfAnOrder(SparkSession spark) throws IOException {
        put(spark, DimCustomers.TABLE, """
                customer_id | kind   | orders | naf
                ann         | person | 4      |
                bob         | person | 1      |
                shop        | company| 2      | 47.11A
                eve         | person | 0      |
                """);
        put(spark, CustomerFigures.TABLE, """
                customer_id | average_basket | products
                ann         | 250            | [A1, B2]
                bob         | 20             | [B2]
                """);
        put(spark, CustomerRfm.TABLE, """
                customer_id | segment
                ann         | Champions
                bob         | Lost
                """);

        night(spark, JAN_31, BUYERS + """
                  rfm: {valueOf: customer_rfm.segment}
                  targets:
                    everyOf:
                      big baskets: {holds: average_basket > 200}
                      bought B2: {holds: "array_contains(products, 'B2')"}
                      trade: {holds: naf between '45' and '48'}
                      loyal champions: {holds: segmentations.stage = 'loyal' and segmentations.rfm = 'Champions'}
                """);

        assertRows(lake.read(CustomerSegments.TABLE), CustomerSegments.TABLE, """
                customer_id | segmentation | segment         | entered_on | left_on
                ann         | stage        | loyal           | 2025-01-31 |
                bob         | stage        | buyer           | 2025-01-31 |
                shop        | stage        | buyer           | 2025-01-31 |
                eve         | stage        | other           | 2025-01-31 |
                ann         | rfm          | Champions       | 2025-01-31 |
                bob         | rfm          | Lost            | 2025-01-31 |
                ann         | targets      | big baskets     | 2025-01-31 |
                ann         | targets      | bought B2       | 2025-01-31 |
                bob         | targets      | bought B2       | 2025-01-31 |
                shop        | targets      | trade           | 2025-01-31 |
                ann         | targets      | loyal champions | 2025-01-31 |
                """);
    }

    @Test
    void shouldDateEntriesAndExitsNightAfterNightAndCountWhoMoved(SparkSession spark) throws IOException {
        threeNights(spark);

        assertRows(lake.read(CustomerSegments.TABLE), CustomerSegments.TABLE, """
                customer_id | segmentation | segment | entered_on | left_on
                ann         | stage        | other   | 2025-01-30 | 2025-01-31
                ann         | stage        | buyer   | 2025-01-31 | 2025-02-28
                ann         | stage        | loyal   | 2025-02-28 |
                bob         | stage        | buyer   | 2025-01-30 |
                eve         | stage        | other   | 2025-01-30 | 2025-02-28
                new         | stage        | buyer   | 2025-02-28 |
                """);
        assertRows(lake.read(SegmentMigrations.TABLE), SegmentMigrations.TABLE, """
                as_of      | segmentation | period | from_segment | to_segment | customers
                2025-01-31 | stage        | night  | other        | buyer      | 1
                2025-01-31 | stage        | night  | buyer        | buyer      | 1
                2025-01-31 | stage        | night  | other        | other      | 1
                2025-02-28 | stage        | night  | buyer        | loyal      | 1
                2025-02-28 | stage        | night  | buyer        | buyer      | 1
                2025-02-28 | stage        | night  | other        | (none)     | 1
                2025-02-28 | stage        | night  | (none)       | buyer      | 1
                """);
    }

    @Test
    void shouldCountWhoMovedInAMonthAsSoonAsItKnowsAMonth(SparkSession spark) throws IOException {
        customers(spark, "ann 0", "bob 1");
        night(spark, JAN_31, BUYERS);
        customers(spark, "ann 3", "bob 1");
        night(spark, FEB_28.plusDays(3), BUYERS);

        assertRows(lake.read(SegmentMigrations.TABLE), SegmentMigrations.TABLE, """
                as_of      | segmentation | period | from_segment | to_segment | customers
                2025-03-03 | stage        | night  | other        | loyal      | 1
                2025-03-03 | stage        | night  | buyer        | buyer      | 1
                2025-03-03 | stage        | month  | other        | loyal      | 1
                2025-03-03 | stage        | month  | buyer        | buyer      | 1
                """);
    }

    @Test
    void shouldEndAsTheFirstTimeWhenADateIsRunAgain(SparkSession spark) throws IOException {
        threeNights(spark);
        List<List<Row>> once = written();

        LoneNight again = night(spark, FEB_28, BUYERS);

        assertThat(written()).isEqualTo(once);
        assertThat(again.warnings()).isEmpty();
    }

    @Test
    void shouldForgetLaterNightsWhenAnEarlierDateIsRunAndFindThemAgain(SparkSession spark) throws IOException {
        threeNights(spark);
        List<List<Row>> once = written();

        customers(spark, "ann 1", "bob 1", "eve 0");
        LoneNight earlier = night(spark, JAN_31, BUYERS);

        assertThat(earlier.warnings())
                .containsExactly(
                        "the segments were those of 2025-02-28 and are taken back to 2025-01-31; run the nights"
                                + " after it again");
        assertRows(lake.read(CustomerSegments.TABLE), CustomerSegments.TABLE, """
                customer_id | segment | entered_on | left_on
                ann         | other   | 2025-01-30 | 2025-01-31
                ann         | buyer   | 2025-01-31 |
                bob         | buyer   | 2025-01-30 |
                eve         | other   | 2025-01-30 |
                """);
        customers(spark, "ann 3", "bob 1", "new 1");
        night(spark, FEB_28, BUYERS);
        assertThat(written()).isEqualTo(once);
    }

    @Test
    void shouldSayOfTheOneThatStandsForMergedCustomersWhatWasSaidOfThem(SparkSession spark) throws IOException {
        customers(spark, "ann 1", "anna 0", "anne 0");
        night(spark, JAN_31, BUYERS);
        put(spark, CustomerRefs.TABLE, """
                customer_ref | customer_id | id_changes
                card:1       | anna        | [{2025-02-01; merged; anne; ann}, {2025-02-01; merged; ann; anna}]
                card:2       | anna        | []
                """);
        customers(spark, "anna 1");

        night(spark, FEB_1, BUYERS);
        List<List<Row>> once = written();
        night(spark, FEB_1, BUYERS);

        assertRows(lake.read(CustomerSegments.TABLE), CustomerSegments.TABLE, """
                customer_id | segment | entered_on | left_on
                anna        | buyer   | 2025-01-31 |
                anna        | other   | 2025-01-31 | 2025-02-01
                """);
        assertThat(written()).isEqualTo(once);
    }

    @Test
    void shouldEndWhatTheConfigurationNoLongerHas(SparkSession spark) throws IOException {
        customers(spark, "ann 1");
        night(spark, JAN_31, BUYERS);

        night(spark, FEB_1, "segmentations: {by_naf: {valueOf: naf}}\n");

        assertRows(lake.read(CustomerSegments.TABLE), CustomerSegments.TABLE, """
                customer_id | segmentation | segment | entered_on | left_on
                ann         | stage        | buyer   | 2025-01-31 | 2025-02-01
                """);
    }

    @Test
    void shouldCutTheLargestCustomersByTheirShareOfTheTurnover(SparkSession spark) throws IOException {
        put(spark, DimCustomers.TABLE, "customer_id\nann\nbob\ncid\ndan\neve\nfay\n");
        put(spark, CustomerFigures.TABLE, """
                customer_id | net_amount
                ann         | 60
                bob         | 15
                cid         | 15
                dan         | 10
                eve         | 0
                fay         | -500
                """);

        LoneNight night = night(spark, JAN_31, SIZES);

        assertRows(lake.read(CustomerSegments.TABLE), CustomerSegments.TABLE, """
                customer_id | segment
                ann         | large
                bob         | medium
                cid         | medium
                dan         | small
                """);
        assertRows(lake.read(AbcCurve.TABLE), AbcCurve.TABLE, """
                as_of      | customers | customer_share | amount | amount_share | least_amount | segment
                2025-01-31 | 1         | 0.25           | 60     | 0.60         | 60           |
                2025-01-31 | 1         | 0.25           | 60     | 0.60         | 60           | large
                2025-01-31 | 2         | 0.50           | 75     | 0.75         | 15           |
                2025-01-31 | 3         | 0.75           | 90     | 0.90         | 15           |
                2025-01-31 | 3         | 0.75           | 90     | 0.90         | 15           | medium
                2025-01-31 | 4         | 1.00           | 100    | 1.00         | 10           |
                2025-01-31 | 4         | 1.00           | 100    | 1.00         | 10           | small
                """);
        assertThat(night.metrics())
                .containsAllEntriesOf(
                        Map.of("size.large.from", 60.0, "size.medium.from", 15.0, "size.small.from", 10.0));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            nobody is there     |               |                     | SIZES                                                                 | no customer is in any segment                 | 0
            nobody bought       | ann 0, bob 0  |                     | SIZES                                                                 | segmentation 'size': no customer has an amount above 0 | 0
            only returns        | ann 1, bob 1  | ann -5, bob -1      | SIZES                                                                 | segmentation 'size': no customer has an amount above 0 | 0
            one customer        | ann 1         | ann 9               | SIZES                                                                 |                                               | 1
            all alike           | ann 1, bob 1  | ann 9, bob 9        | SIZES                                                                 |                                               | 2
            all null            | ann 1, bob 1  |                     | segmentations: {one: {valueOf: naf}}                                  | no customer is in any segment                 | 0
            nobody is meant     | ann 1         |                     | segmentations: {one: {everyOf: {a: {holds: 'false'}}}}                | no customer is in any segment                 | 0
            division by zero    | ann 0, bob 2  |                     | segmentations: {one: {everyOf: {a: {holds: '10 / orders > 1'}}}}      |                                               | 1
            a number in a text  | ann 0, bob 2  |                     | segmentations: {one: {everyOf: {a: {holds: 'cast(kind as int) > 1 or orders > 1'}}}} | no customer is in any segment  | 0
            unknown product     | ann 1         | ann 9               | segmentations: {one: {everyOf: {a: {holds: "array_contains(products, 'X9')"}}}} | segment 'a': mart.dim_products does not have 1 of its products and groups of products: X9 | 0
            """)
    void shouldMakeSenseOfWhatIsOdd(
            String what,
            String customers,
            String amounts,
            String rules,
            String warning,
            int members,
            SparkSession spark)
            throws IOException {
        if (customers != null) {
            customers(spark, customers.split(", "));
        }
        if (amounts != null) {
            put(
                    spark,
                    CustomerFigures.TABLE,
                    "customer_id | net_amount\n" + amounts.replace(", ", "\n").replace(" ", " | ") + "\n");
        }

        LoneNight night = night(spark, JAN_31, rules.equals("SIZES") ? SIZES : rules);

        assertThat(lake.read(CustomerSegments.TABLE).count()).isEqualTo(members);
        assertThat(lake.has(SegmentMigrations.TABLE)).isTrue();
        if (warning == null) {
            assertThat(night.warnings()).isEmpty();
        } else {
            assertThat(night.warnings()).anyMatch(told -> told.contains(warning));
        }
    }

    @Test
    void shouldTellThatAllCustomersAreGone(SparkSession spark) throws IOException {
        customers(spark, "ann 1");
        night(spark, JAN_31, BUYERS);
        put(spark, DimCustomers.TABLE, "customer_id\n");

        assertThat(night(spark, JAN_31.plusDays(1), BUYERS).warnings()).contains("no customer is in any segment");
    }

    @Test
    void shouldJudgeAllRulesInOnePassOverTheMartsThatTheyName(SparkSession spark) throws IOException {
        for (Table mart : List.of(DimCustomers.TABLE, CustomerFigures.TABLE, CustomerRfm.TABLE)) {
            put(spark, mart, "customer_id\nann\n");
        }
        StringBuilder rules = new StringBuilder(BUYERS + "  targets:\n    everyOf:\n");
        for (int i = 0; i < 200; i++) {
            rules.append("      r%d: {holds: orders > %d and customer_rfm.points > %d or net_amount > %d}\n"
                    .formatted(i, i, i % 12, i));
        }

        LogicalPlan plan = Members.of(read(rules.toString()), lake::read, Map.of())
                .queryExecution()
                .optimizedPlan();

        List<LogicalPlan> scans = List.copyOf(CollectionConverters.asJava(plan.collectLeaves()));
        assertThat(scans).hasSize(3);
        assertThat(joins(plan)).isEqualTo(2);
        assertThat(plan.toString()).doesNotContain("Cross");
    }

    private static long joins(LogicalPlan plan) {
        return (plan instanceof Join ? 1 : 0)
                + CollectionConverters.asJava(plan.children()).stream()
                        .mapToLong(SegmentsJobTest::joins)
                        .sum();
    }

    /** Ann comes and buys, eve goes; the night of the first of February was left out. */
    private void threeNights(SparkSession spark) throws IOException {
        customers(spark, "ann 0", "bob 1", "eve 0");
        night(spark, JAN_30, BUYERS);
        customers(spark, "ann 1", "bob 1", "eve 0");
        night(spark, JAN_31, BUYERS);
        customers(spark, "ann 3", "bob 1", "new 1");
        night(spark, FEB_28, BUYERS);
    }

    /** Customers, each with a number of orders. */
    private void customers(SparkSession spark, String... customers) {
        put(
                spark,
                DimCustomers.TABLE,
                "customer_id | orders\n" + String.join("\n", customers).replace(" ", " | ") + "\n");
    }

    private LoneNight night(SparkSession spark, LocalDate date, String rules) throws IOException {
        LoneNight night = new LoneNight(spark, lake, date);
        SegmentsJob.run(read(rules), night);
        return night;
    }

    private Segmentations read(String rules) throws IOException {
        Files.writeString(folder.resolve("segments.yaml"), rules);
        Files.writeString(folder.resolve("customer_figures.yaml"), "signalDays: 90\n");
        return Segmentations.read(new ConfigFolder(folder));
    }

    private List<List<Row>> written() {
        return SegmentsJob.JOB.writes().stream()
                .sorted((one, other) -> one.name().compareTo(other.name()))
                .map(table -> lake.read(table).orderBy(table.keyColumns()).collectAsList())
                .toList();
    }

    /** Columns that are required and of which the text says nothing have a value of no meaning. */
    private void put(SparkSession spark, Table table, String text) {
        Dataset<Row> rows = rows(spark, table, text);
        lake.replace(
                table,
                rows.select(table.fields().stream()
                        .map(field ->
                                field.spec().isRequired() ? field.is(coalesce(field.col(), any(field))) : field.col())
                        .toArray(Column[]::new)));
    }

    private static Column any(Field field) {
        DataType type = field.spec().type();
        if (type instanceof StringType) {
            return lit("any");
        } else if (type instanceof BooleanType) {
            return lit(false);
        } else if (type instanceof DateType) {
            return lit(JAN_31);
        } else if (type instanceof ArrayType || type instanceof MapType) {
            return org.apache.spark.sql.functions.from_json(
                    lit(type instanceof ArrayType ? "[]" : "{}"), type, Map.of());
        }
        return lit(0);
    }
}
