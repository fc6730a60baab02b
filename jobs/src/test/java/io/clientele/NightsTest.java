package io.clientele;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.not;
import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.generate.Retailer;
import io.clientele.lake.DeltaLake;
import io.clientele.schema.JobRuns;
import io.clientele.schema.MatchingModels;
import io.clientele.table.Table;
import io.clientele.testing.SparkTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds of whole nights: of all their queries, and of their marts however the nights were run. */
@SparkTest
class NightsTest {

    private static final LocalDate NIGHT = LocalDate.of(2025, 11, 30);

    @TempDir
    private static Path folder;

    private static final PhysicalPlans PLANS = new PhysicalPlans();
    private static String lake;
    private static List<List<Row>> marts;

    /** All the files in one night. */
    @BeforeAll
    static void run(SparkSession spark) throws Exception {
        new Retailer(new Retailer.Settings(400, 6, 5, NIGHT, 2, 0.01)).generate(folder, 2);
        Project.copyConf(folder.resolve("conf"));
        lake = folder.resolve("lake").toString();
        spark.listenerManager().register(PLANS);
        try {
            nightly(lake, "--date", "2025-11-30");
            spark.sparkContext().listenerBus().waitUntilEmpty();
        } finally {
            spark.listenerManager().unregister(PLANS);
        }
        marts = marts(spark, lake);
        freezeModelOf(new DeltaLake(spark, lake));
    }

    @Test
    void shouldNeitherGatherAllRowsInOneTaskNorPairAllWithAll() {
        assertThat(PLANS.queries()).isGreaterThan(40);
        assertThat(PLANS.unbounded()).isEmpty();
    }

    @Test
    void shouldEndInTheSameMartsWhenTheFilesComeInTwoNights(SparkSession spark) {
        String nightly = folder.resolve("nightly").toString();
        LakeTables.copyModels(new DeltaLake(spark, lake), new DeltaLake(spark, nightly), LocalDate.of(2025, 11, 29));

        nightly(nightly, "--from-date", "2025-11-29", "--to-date", "2025-11-30");

        assertThat(standing(spark, nightly)).isEqualTo(standing(spark, lake));
        assertThat(ofLastRun(spark, nightly, JobRuns.SCOPE.col().startsWith("what has changed")))
                .hasToString("[[contacts], [customers], [events], [order_facts], [order_lines], [rfm]]");
        assertThat(ofLastRun(spark, nightly, metric("matching_records_changed").lt(metric("matching_records"))))
                .as("only records that have changed are compared")
                .hasToString("[[matching]]");
    }

    @Test
    void shouldEndInTheSameMartsWhenTheDateIsRunAgain(SparkSession spark) {
        nightly(lake, "--date", "2025-11-30", "--full");

        assertThat(marts(spark, lake)).isEqualTo(marts);
    }

    @Test
    void shouldComputeNothingWhenNothingHasChanged(SparkSession spark) {
        nightly(lake, "--date", "2025-11-30");

        assertThat(ofLastRun(
                        spark,
                        lake,
                        not(coalesce(JobRuns.SCOPE.col(), lit("all")).startsWith("nothing"))))
                .hasToString("[[collect], [maintenance]]");
        assertThat(marts(spark, lake)).isEqualTo(marts);
    }

    /** What matching learns depends on what is there when it learns; so all nights use one model. */
    private static void freezeModelOf(DeltaLake lake) throws IOException {
        String model = lake.read(MatchingModels.TABLE)
                .select(MatchingModels.MODEL.col())
                .head()
                .getString(0);
        Path conf = folder.resolve("conf");
        Files.writeString(conf.resolve("model.json"), model);
        Files.writeString(conf.resolve("matching.yaml"), "model: model.json\n", StandardOpenOption.APPEND);
    }

    private static void nightly(String lake, String... dates) {
        CommandRun run = CommandRun.of(Stream.concat(
                        Stream.of(
                                "run",
                                "nightly",
                                "--conf",
                                folder.resolve("conf").toString(),
                                "--raw",
                                folder.resolve("raw").toString(),
                                "--lake",
                                lake),
                        Stream.of(dates))
                .toArray(String[]::new));
        assertThat(run.exitCode()).as(run.err()).isZero();
    }

    private static List<Row> ofLastRun(SparkSession spark, String lakeRoot, Column condition) {
        Dataset<Row> runs = new DeltaLake(spark, lakeRoot).read(JobRuns.TABLE);
        String last = runs.agg(max(JobRuns.RUN_ID.col())).head().getString(0);
        return runs.where(JobRuns.RUN_ID.col().equalTo(last).and(condition))
                .select(JobRuns.JOB.col())
                .orderBy(JobRuns.JOB.col())
                .collectAsList();
    }

    private static Column metric(String name) {
        return JobRuns.METRICS.col().getItem(name);
    }

    private static List<List<Row>> marts(SparkSession spark, String lakeRoot) {
        DeltaLake lake = new DeltaLake(spark, lakeRoot);
        return LakeTables.marts().stream().map(mart -> rows(lake, mart)).toList();
    }

    private static List<List<Row>> standing(SparkSession spark, String lakeRoot) {
        DeltaLake lake = new DeltaLake(spark, lakeRoot);
        return LakeTables.marts().stream()
                .map(mart -> rows(LakeTables.asItStands(lake, mart, NIGHT), mart))
                .toList();
    }

    private static List<Row> rows(DeltaLake lake, Table table) {
        return rows(lake.read(table), table);
    }

    private static List<Row> rows(Dataset<Row> rows, Table table) {
        return rows.orderBy(table.keyColumns()).collectAsList();
    }
}
