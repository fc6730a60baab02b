package io.clientele.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.clientele.config.ConfigFolder;
import io.clientele.failure.ExitCode;
import io.clientele.failure.Failure;
import io.clientele.lake.DeltaLake;
import io.clientele.lake.Lake.WriteId;
import io.clientele.lake.RefusedRows;
import io.clientele.table.ColumnSpec;
import io.clientele.table.Field;
import io.clientele.table.Layer;
import io.clientele.table.Table;
import io.clientele.testing.SparkTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.Period;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SparkTest
class QualityInspectorTest {

    private static final LocalDate DAY = LocalDate.of(2026, 1, 31);

    /** Columns of a table that exists here only. */
    private enum Visits implements Field {
        VISITOR(ColumnSpec.text("Who came").personal()),
        SEEN_ON(ColumnSpec.day("When")),
        PAGES(ColumnSpec.count("How many pages were read"));

        private final ColumnSpec spec;

        Visits(ColumnSpec spec) {
            this.spec = spec;
        }

        @Override
        public ColumnSpec spec() {
            return spec;
        }
    }

    private static final Table TABLE = Table.in(Layer.MART, "visits")
            .of(Visits.values())
            .row("one visit")
            .key(Visits.VISITOR)
            .heldFor(Period.ofYears(1), "Testing")
            .build();

    @TempDir
    private Path folder;

    private final List<Outcome> outcomes = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    @Test
    void shouldJudgeEachDimensionWhileTheRowsAreWritten(SparkSession spark) throws IOException {
        DeltaLake lake = lake(spark, """
                known: {table: mart.visits, dimension: completeness, severity: warn, holds: visitor is not null}
                read: {table: mart.visits, dimension: validity, severity: warn, holds: pages > 0, mostFailing: 0.5}
                short: {table: mart.visits, dimension: consistency, severity: warn, holds: pages < 9, mostFailing: 0.2}
                once: {table: mart.visits, dimension: uniqueness, severity: warn, unique: [visitor, seen_on]}
                fresh: {table: mart.visits, dimension: freshness, severity: warn, newest: seen_on, days: 1}
                some: {table: mart.visits, dimension: completeness, severity: warn, leastRows: 5}
                """);

        // A predicate that is null is not true: the row without pages fails both rules on them.
        lake.replace(
                TABLE,
                rows(
                        spark,
                        visit("ann", DAY.minusDays(2), 3),
                        visit("ann", DAY.minusDays(2), 9),
                        visit(null, DAY.minusDays(5), null),
                        visit("bob", null, 1)));

        assertThat(outcomes)
                .extracting(Outcome::rule, Outcome::failing, Outcome::share, Outcome::ageDays, Outcome::verdict)
                .extracting(tuple -> Arrays.toString(tuple.toArray()))
                .containsExactly(
                        "[known, 1, 0.25, null, WARN]",
                        "[read, 1, 0.25, null, PASS]",
                        "[short, 2, 0.5, null, WARN]",
                        "[once, 1, 0.25, null, WARN]",
                        "[fresh, null, null, 2, WARN]",
                        "[some, null, null, null, WARN]");
        assertThat(outcomes).extracting(Outcome::rows).containsOnly(4L);
        assertThat(warnings)
                .hasSize(5)
                .anySatisfy(warning -> assertThat(warning)
                        .startsWith("quality rule 'short', mart.visits: 2 of 4 rows fail (50 %), at most 20 % may;")
                        .endsWith("\"select * from mart.visits where not coalesce(pages < 9, false)\""))
                .anySatisfy(warning -> assertThat(warning)
                        .contains("the newest seen_on is 2 days old, 1 are allowed")
                        .contains("select max(seen_on) from mart.visits"))
                .anySatisfy(warning -> assertThat(warning).contains("4 rows, at least 5 are needed"))
                .anySatisfy(warning -> assertThat(warning).contains("group by visitor, seen_on having count(*) > 1"))
                .noneSatisfy(warning -> assertThat(warning).contains("ann"));
        assertThat(lake.read(TABLE).count()).isEqualTo(4);
    }

    @Test
    void shouldTakeARowOnWhichARuleFailsForNoGoodOne(SparkSession spark) throws IOException {
        DeltaLake lake = lake(spark, """
                half: {table: mart.visits, dimension: validity, severity: warn, holds: 100 / pages >= 50}
                whole: {table: mart.visits, dimension: validity, severity: warn, holds: cast(visitor as int) > 0}
                """);

        lake.replace(TABLE, rows(spark, visit("1", DAY, 2), visit("ann", DAY, 0), visit("2", DAY, 1)));

        assertThat(lake.read(TABLE).count()).isEqualTo(3);
        assertThat(outcomes).extracting(Outcome::failing).containsExactly(1L, 1L);
    }

    @Test
    void shouldLeaveTheTableAsItWasAndKeepTheRefusedRowsUntilTheNextWrite(SparkSession spark) throws IOException {
        DeltaLake lake = lake(spark, """
                read: {table: mart.visits, dimension: validity, severity: stop, holds: pages > 0}
                once: {table: mart.visits, dimension: uniqueness, severity: stop, unique: [visitor]}
                """);
        lake.replace(TABLE, rows(spark, visit("ann", DAY, 3)));
        long version = lake.version(TABLE);
        List<Row> yesterday = lake.read(TABLE).collectAsList();

        Failure failure = catchThrowableOfType(
                Failure.class, () -> lake.replace(TABLE, rows(spark, visit("bob", DAY, 0), visit("bob", DAY, -1))));

        assertThat(failure.exitCode()).isEqualTo(ExitCode.GATE);
        assertThat(failure)
                .hasMessageContaining("quality rule 'read' stops the night, mart.visits stays as it was")
                .hasMessageContaining("2 of 2 rows fail (100 %), at most 0 % may")
                .hasMessageContaining("select * from refused.mart_visits where not coalesce(pages > 0, false)")
                .hasMessageNotContaining("bob");
        assertThat(warnings).singleElement().satisfies(also -> assertThat(also)
                .contains("'once' stops the night", "1 of 2 rows fail"));
        assertThat(lake.version(TABLE)).isEqualTo(version);
        assertThat(lake.read(TABLE).collectAsList()).isEqualTo(yesterday);
        assertThat(dataFiles("lake/mart/visits")).hasSize(1);
        RefusedRows refused = new RefusedRows(lakeRoot(), new Configuration());
        assertThat(spark.read().parquet(refused.location(TABLE).toString()).count())
                .isEqualTo(2);

        lake.replace(TABLE, rows(spark, visit("bob", DAY, 1)));

        assertThat(refused.has(TABLE)).isFalse();
        assertThat(lake.read(TABLE).count()).isEqualTo(1);
        assertThat(outcomes)
                .extracting(outcome -> outcome.rule() + " " + outcome.write() + " " + outcome.verdict())
                .containsExactly(
                        "read 1 PASS", "once 1 PASS", "read 2 STOP", "once 2 STOP", "read 3 PASS", "once 3 PASS");
    }

    @Test
    void shouldFindNothingWrongWithTheRowsOfAnEmptyTable(SparkSession spark) throws IOException {
        DeltaLake lake = lake(spark, """
                read: {table: mart.visits, dimension: validity, severity: stop, holds: pages > 0}
                once: {table: mart.visits, dimension: uniqueness, severity: stop, unique: [visitor]}
                fresh: {table: mart.visits, dimension: freshness, severity: warn, newest: seen_on, days: 1}
                some: {table: mart.visits, dimension: completeness, severity: warn, leastRows: 1}
                """);

        lake.replace(TABLE, rows(spark));
        lake.replace(
                TABLE,
                rows(spark, visit("ann", DAY, 3)).where(Visits.PAGES.col().gt(3)));

        assertThat(outcomes)
                .extracting(outcome -> outcome.rule() + " " + outcome.rows() + " " + outcome.failing() + " "
                        + outcome.share() + " " + outcome.verdict())
                .startsWith(
                        "read 0 0 null PASS", "once 0 0 null PASS", "fresh 0 null null WARN", "some 0 null null WARN")
                .hasSize(8);
        assertThat(warnings).anySatisfy(warning -> assertThat(warning).contains("column 'seen_on' has no value"));
    }

    @Test
    void shouldJudgeWhatIsAddedAndNotAWriteThatWasDoneBefore(SparkSession spark) throws IOException {
        DeltaLake lake =
                lake(spark, "read: {table: mart.visits, dimension: validity, severity: warn, holds: pages > 0}");

        lake.append(TABLE, rows(spark, visit("ann", DAY, 0)), new WriteId("visits", 1));
        lake.append(TABLE, rows(spark, visit("ann", DAY, 0)), new WriteId("visits", 1));
        lake.append(TABLE, rows(spark, visit("bob", DAY, 1), visit("bob", DAY, 2)), new WriteId("visits", 2));

        assertThat(outcomes)
                .extracting(outcome -> outcome.failing() + " of " + outcome.rows())
                .containsExactly("1 of 1", "0 of 2");
        assertThat(lake.read(TABLE).count()).isEqualTo(3);
    }

    private DeltaLake lake(SparkSession spark, String rules) throws IOException {
        Files.writeString(folder.resolve("quality.yaml"), "rules:\n" + rules.indent(2));
        Rules read = Rules.read(new ConfigFolder(folder), List.of(TABLE));
        NightsBefore none = new NightsBefore(new DeltaLake(spark, lakeRoot()), DAY, read);
        return new DeltaLake(
                spark, lakeRoot(), new QualityInspector(read, none, DAY, lakeRoot(), outcomes::add, warnings::add));
    }

    private String lakeRoot() {
        return folder.resolve("lake").toString();
    }

    private List<Path> dataFiles(String table) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve(table))) {
            return files.filter(file -> file.toString().endsWith(".parquet")).toList();
        }
    }

    private static Row visit(String visitor, LocalDate seenOn, Integer pages) {
        return RowFactory.create(visitor, seenOn, pages == null ? null : (Long) pages.longValue());
    }

    private static Dataset<Row> rows(SparkSession spark, Row... visits) {
        return spark.createDataFrame(List.of(visits), TABLE.schema()).coalesce(1);
    }
}
