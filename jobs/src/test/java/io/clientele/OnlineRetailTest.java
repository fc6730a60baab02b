package io.clientele;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.clientele.lake.DeltaLake;
import io.clientele.schema.CustomerPropensities;
import io.clientele.schema.PropensityEvaluations;
import io.clientele.testing.SparkTest;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The real order lines of a retailer, against figures that were published or counted without this program. */
@Tag("long")
@SparkTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OnlineRetailTest {

    private static final LocalDate NIGHT = LocalDate.of(2011, 12, 10);

    @TempDir
    private static Path folder;

    private String lake;

    @BeforeAll
    void runTheNights(SparkSession spark) throws IOException {
        Path archive = Project.data().resolve("retail/online-retail-by-day.tar.gz");
        assumeTrue(Files.exists(archive), "skipped: no " + archive);
        Path raw = unpack(archive);
        lake = folder.resolve("lake").toString();
        assertSucceeds(run(raw, lake, "nightly", NIGHT.toString()));
        assertSucceeds(run(raw, lake, "rfm", NIGHT.plusDays(1).toString()));
        LakeTables.register(spark, lake);
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', textBlock = """
            541909      | select sum(records) from collected.files
            305         | select count(*) from collected.files where records = accepted + rejected
            541909      | select (select count(*) from collected.order_lines) + (select count(*) from collected.rejects)
            25900       | select count(distinct order_id) from mart.fct_order_lines
            4372        | select count(*) from mart.dim_customers
            38          | select count(distinct country) from mart.fct_order_lines
            135080      | select count(*) from mart.fct_order_lines where customer_id is null
            9288        | select count(*) from mart.fct_order_lines where line_kind = 'cancellation'
            3           | select count(*) from mart.fct_order_lines where order_id like 'A%'
            10624       | select count(*) from mart.fct_order_lines where quantity <= 0
            2517        | select count(*) from mart.fct_order_lines where unit_price <= 0
            2           | select count(*) from mart.fct_order_lines where unit_price < 0
            9747747.934 | select sum(amount) from mart.fct_order_lines
            2010-12-01  | select min(ordered_on) from mart.fct_order_lines
            2011-12-09  | select max(ordered_on) from mart.fct_order_lines
            397884      | select count(*) from mart.fct_order_lines where line_kind = 'sale' and customer_id is not null
            4338        | select count(*) from mart.customer_rfm
            18532       | select count(distinct order_id) from mart.fct_order_lines where line_kind = 'sale' and customer_id is not null
            8911407.904 | select sum(monetary) from mart.customer_rfm
            18532       | select sum(frequency) from mart.customer_rfm
            4372        | select count(*) from mart.customer_figures
            4372        | select count(*) from mart.customer_segments where segmentation = 'life_cycle' and left_on is null
            4338        | select count(*) from mart.customer_segments where segmentation = 'life_cycle' and segment <> 'contact'
            4338        | select sum(customers) from mart.cluster_profiles
            8911407.904 | select sum(monetary) from mart.customer_rfm join mart.customer_clusters using (customer_id)
            2011-12-11  | select max(as_of) from mart.customer_rfm
            375         | select max(recency_days) from mart.customer_rfm
            2           | select min(recency_days) from mart.customer_rfm
            18532       | select sum(purchases) from mart.rfm_cells where time_window = 'all' and dimension = '(all)'
            8911407.904 | select sum(sales_amount) from mart.rfm_cells where time_window = 'all' and dimension = 'country'
            """)
    void shouldFindThePublishedFigures(String expected, String query, SparkSession spark) {
        assertThat(answer(spark, query)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', textBlock = """
            5268        | select count(*) - (select count(*) from lines) from all_lines
            392692      | select count(*) from lines where is_sale
            8887208.894 | select sum(quantity * unit_price) from lines where is_sale
            """)
    void shouldFindTheFiguresWithoutRepeats(String expected, String query, SparkSession spark) {
        spark.sql("""
                create or replace temp view all_lines as
                select order_id, product_ref, product_label, quantity, ordered_at, unit_price, customer_ref, country,
                    customer_ref is not null and quantity > 0 and unit_price > 0 and order_id not like 'C%' as is_sale
                from collected.order_lines""");
        spark.sql("create or replace temp view lines as select distinct * from all_lines");

        assertThat(answer(spark, query)).isEqualTo(expected);
    }

    /** Costs of the best of 20 starts, and silhouettes by squared distance, that others found. */
    @ParameterizedTest(name = "{0} clusters")
    @CsvSource({"2, 6474.15, .6237", "3, 4856.48, .5024", "4, 3924.46, .4985", "5, 3268.21, .4785"})
    void shouldClusterAsWellAsTheBestKnown(int k, double cost, double silhouette, SparkSession spark) {
        Row found = spark.sql("select cost, silhouette from mart.cluster_choices where k = " + k)
                .head();

        assertThat(found.getDouble(0)).isCloseTo(cost, within(cost * 0.005));
        assertThat(found.getDouble(1)).isCloseTo(silhouette, within(0.001));
    }

    /** Counted apart from this program, with values cut as Hyndman and Fan's type 1 says. */
    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', textBlock = """
            [14, 34, 73, 181]                   | recency
            [1, 2, 3, 6]                        | frequency
            [250.15, 490.22, 942.26, 2059.45]   | monetary
            """)
    void shouldCutWhereTheValuesSaySo(String expected, String axis, SparkSession spark) {
        List<String> cuts = spark
                .sql("select up_to from mart.rfm_cuts where time_window = 'all' and dimension = '(all)' and axis = '"
                        + axis + "' order by up_to")
                .collectAsList()
                .stream()
                .map(row -> row.getDecimal(0).stripTrailingZeros().toPlainString())
                .toList();

        assertThat(cuts).hasToString(expected);
    }

    /** Counted apart from this program. */
    @Test
    void shouldFindTheSegmentsAndThePoints(SparkSession spark) {
        assertThat(spark.sql("select segment, count(*) from mart.customer_rfm group by 1 order by 1")
                        .collectAsList())
                .hasToString(
                        "[[About To Sleep,146], [At Risk,356], [Can't Lose Them,53], [Champions,881], [Hibernating,349],"
                                + " [Lost,330], [Loyal,671], [Needing Attention,723], [Potential Loyalists,575], [Promising,218],"
                                + " [Recent,36]]");
        assertThat(spark.sql("select points, count(*) from mart.customer_rfm group by 1 order by 1")
                        .collectAsList())
                .hasToString(
                        "[[0,4], [1,14], [2,4], [3,695], [4,1], [5,940], [6,5], [7,1111], [8,182], [9,42], [10,1049],"
                                + " [12,291]]");
        assertThat(spark.sql("select customers, sales_amount from mart.rfm_cells where time_window = 'all'"
                                + " and dimension = '(all)' and code = '111'")
                        .collectAsList())
                .hasToString("[[330,48323.2900]]");
    }

    @Test
    void shouldCostOnAllCustomersWhatTheChosenClustersDo(SparkSession spark) {
        double cost = spark.sql("select metrics['cost'] from ops.job_runs where job = 'clusters'")
                .head()
                .getDouble(0);

        assertThat(cost).isCloseTo(3924.46, within(3924.46 * 0.005));
    }

    @Test
    void shouldEndInTheSameMartsWhenDeliveredAsManyNights(SparkSession spark) throws IOException {
        String other = folder.resolve("nights").toString();
        Path raw = folder.resolve("raw/by-day");
        List<String> days;
        try (var files = Files.list(raw)) {
            days = files.map(file -> file.getFileName().toString().replace(".csv", ""))
                    .sorted()
                    .toList();
        }
        LakeTables.copyModels(new DeltaLake(spark, lake), new DeltaLake(spark, other), LocalDate.parse(days.get(299)));
        for (String date : List.of(days.get(299), days.get(301), NIGHT.toString())) {
            assertSucceeds(run(raw, other, "nightly", date));
        }
        assertSucceeds(run(raw, other, "rfm", NIGHT.plusDays(1).toString()));

        var once = new DeltaLake(spark, lake);
        var nightly = new DeltaLake(spark, other);
        // Which propensity model is in force depends on which nights were there to learn one.
        assertThat(LakeTables.marts())
                .filteredOn(mart -> mart != CustomerPropensities.TABLE && mart != PropensityEvaluations.TABLE)
                .allSatisfy(mart -> LakeTables.assertSame(
                        LakeTables.asItStands(once, mart, NIGHT), LakeTables.asItStands(nightly, mart, NIGHT), mart));
    }

    private static void assertSucceeds(CommandRun run) {
        assertThat(run.exitCode()).as(run.err()).isZero();
    }

    private static CommandRun run(Path raw, String lake, String jobs, String date) {
        return CommandRun.of(
                "run",
                jobs,
                "--date",
                date,
                "--conf",
                Project.ROOT.resolve("conf/examples/online_retail").toString(),
                "--raw",
                raw.toString(),
                "--lake",
                lake);
    }

    private static String answer(SparkSession spark, String query) {
        Object value = spark.sql(query).head().get(0);
        return value instanceof BigDecimal number ? number.stripTrailingZeros().toPlainString() : String.valueOf(value);
    }

    private Path unpack(Path archive) throws IOException {
        Path raw = Files.createDirectories(folder.resolve("raw"));
        try (InputStream bytes = Files.newInputStream(archive);
                TarArchiveInputStream tar = new TarArchiveInputStream(new GZIPInputStream(bytes))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path target = raw.resolve(entry.getName()).normalize();
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                } else {
                    Files.createDirectories(target.getParent());
                    Files.copy(tar, target);
                }
            }
        }
        return raw.resolve("by-day");
    }
}
