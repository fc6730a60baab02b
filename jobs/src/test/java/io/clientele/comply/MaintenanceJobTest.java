package io.clientele.comply;

import static io.clientele.testing.Rows.completed;
import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.CommandRun;
import io.clientele.Project;
import io.clientele.lake.DeltaLake;
import io.clientele.lake.Lake.WriteId;
import io.clientele.lake.Upkeep;
import io.clientele.schema.FctOrderLines;
import io.clientele.schema.Runs;
import io.clientele.testing.SparkTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SparkTest
class MaintenanceJobTest {

    @TempDir
    private Path folder;

    private Path conf;
    private DeltaLake lake;
    private Path table;

    @BeforeEach
    void fourNights(SparkSession spark) throws IOException {
        conf = Project.copyConf(folder.resolve("conf"));
        settings("minutes: 5", "smallFiles: 3");
        lake = new DeltaLake(spark, folder.resolve("lake").toString());
        table = Path.of(lake.location(FctOrderLines.TABLE));
        for (int night = 1; night <= 4; night++) {
            lake.append(
                    FctOrderLines.TABLE,
                    completed(spark, FctOrderLines.TABLE, "order_line_id\nl" + night),
                    new WriteId("night", night));
        }
    }

    @Test
    void shouldWriteSmallFilesTogetherAndChangeNoRow(SparkSession spark) {
        long before = lake.version(FctOrderLines.TABLE);

        CommandRun run = maintain();

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(new Upkeep(spark, lake).smallFiles(FctOrderLines.TABLE, 1 << 20))
                .isEqualTo(1);
        assertThat(lake.read(FctOrderLines.TABLE).count()).isEqualTo(4);
        assertThat(lake.changes(FctOrderLines.TABLE, before)
                        .orElseThrow()
                        .inserted()
                        .isEmpty())
                .isTrue();
        assertThat(lake.read(FctOrderLines.TABLE, before).orElseThrow().count()).isEqualTo(4);
    }

    @Test
    void shouldLeaveAloneWhatIsInOrderAndWhatThereIsNoTimeFor() throws IOException {
        settings("minutes: 0", "smallFiles: 3");
        long before = lake.version(FctOrderLines.TABLE);

        CommandRun hurried = maintain();
        assertThat(hurried.exitCode()).as(hurried.err()).isZero();
        assertThat(hurried.out()).contains("1 tables are left for another night");
        assertThat(lake.version(FctOrderLines.TABLE)).isEqualTo(before);

        settings("minutes: 5", "smallFiles: 4");
        assertThat(maintain().exitCode()).isZero();
        assertThat(lake.version(FctOrderLines.TABLE)).isEqualTo(before);
        assertThat(lake.read(Runs.TABLE).count()).isEqualTo(2);
    }

    @Test
    void shouldDeleteWhatNoVersionNeedsWhenItIsOldEnough() throws IOException {
        settings("minutes: 5", "smallFiles: 100");
        Path orphan = table.resolve("part-00000-orphan.snappy.parquet");
        Files.write(orphan, new byte[] {1});
        age(orphan);
        assertThat(maintain().exitCode()).isZero();
        assertThat(orphan).as("the table is younger than what is kept").exists();
        try (Stream<Path> commits = Files.list(table.resolve("_delta_log"))) {
            for (Path commit : commits.toList()) {
                age(commit);
            }
        }
        Path young = table.resolve("part-00001-orphan.snappy.parquet");
        Files.write(young, new byte[] {1});

        assertThat(maintain().exitCode()).isZero();

        assertThat(orphan).doesNotExist();
        assertThat(young).exists();
        assertThat(lake.read(FctOrderLines.TABLE).count()).isEqualTo(4);
    }

    private static void age(Path file) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofDays(20))));
    }

    private void settings(String minutes, String smallFiles) throws IOException {
        Path file = conf.resolve("maintenance.yaml");
        Files.writeString(
                file,
                Files.readString(file)
                        .replaceFirst("minutes: \\d+", minutes)
                        .replaceFirst("smallFiles: \\d+", smallFiles)
                        .replaceFirst("vacuumEveryDays: \\d+", "vacuumEveryDays: 1"));
    }

    private CommandRun maintain() {
        return CommandRun.of(
                "run",
                "maintenance",
                "--date",
                "2025-01-31",
                "--conf",
                conf.toString(),
                "--raw",
                folder.toString(),
                "--lake",
                folder.resolve("lake").toString());
    }
}
