package io.clientele;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.failure.ExitCode;
import io.clientele.generate.Retailer;
import io.clientele.lake.DeltaLake;
import io.clientele.testing.SparkTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed without notice at the worst moments, and run again. */
@Tag("long")
@SparkTest
class KilledRunTest {

    private static final LocalDate NIGHT = LocalDate.of(2025, 11, 30);

    @TempDir
    private Path folder;

    @Test
    void shouldEndAsIfNeverKilled(SparkSession spark) throws IOException, InterruptedException {
        new Retailer(new Retailer.Settings(1_500, 20, 3, NIGHT, 1, 0.01)).generate(folder, 2);
        String undisturbed = folder.resolve("undisturbed").toString();
        assertThat(nightly(undisturbed).exitCode()).isZero();
        Path lake = folder.resolve("lake");

        killWhen(lake, () -> holdsData(lake.resolve("_clientele/staging/collect/events")));
        assertThat(lake.resolve("_clientele/staging/collect/sealed")).doesNotExist();

        killWhen(lake, () -> Files.exists(commit(lake, "collected/order_lines", 1)));
        assertThat(commit(lake, "collected/files", 1)).doesNotExist();

        killWhen(lake, () -> holdsData(lake.resolve("mart/dim_customers")));

        CommandRun again = nightly(lake.toString());

        assertThat(again.exitCode()).as(again.err()).isZero();
        assertThat(again.err()).contains("died while it held the lock");
        var expected = new DeltaLake(spark, undisturbed);
        var actual = new DeltaLake(spark, lake.toString());
        assertThat(LakeTables.marts())
                .allSatisfy(mart -> LakeTables.assertSame(expected.read(mart), actual.read(mart), mart));
        LakeTables.register(spark, lake.toString());
        assertThat(spark.sql("select status, count(*) from ops.runs group by 1 order by 1")
                        .collectAsList())
                .hasToString("[[killed,3], [succeeded,1]]");
        assertThat(spark.sql("select sum(records) - sum(accepted) - sum(rejected), count(*) - count(distinct file)"
                                + " from collected.files")
                        .head())
                .hasToString("[0,0]");
    }

    @Test
    void shouldEndCleanlyWhenToldToStopAndDoTheRestLater(SparkSession spark) throws IOException, InterruptedException {
        new Retailer(new Retailer.Settings(300, 6, 3, NIGHT, 1, 0.01)).generate(folder, 2);
        Path lake = folder.resolve("lake");
        Path log = folder.resolve("stopped.log");
        Process process = new ProcessBuilder(OtherProcess.command(arguments(lake.toString())))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        while (process.isAlive() && !Files.exists(commit(lake, "qualified/order_lines", 1))) {
            Thread.onSpinWait();
        }

        process.destroy(); // SIGTERM

        assertThat(process.waitFor()).as(Files.readString(log)).isEqualTo(ExitCode.STOPPED.code());
        assertThat(Files.readString(log)).contains("was stopped after", "run it again to do the rest");
        CommandRun again = nightly(lake.toString());
        assertThat(again.exitCode()).as(again.err()).isZero();
        assertThat(again.err()).doesNotContain("died while it held the lock");
        LakeTables.register(spark, lake.toString());
        assertThat(spark.sql("select status, exit_code from ops.runs order by run_id")
                        .collectAsList())
                .hasToString("[[stopped,143], [succeeded,0]]");
    }

    /** Runs a night in a process of its own and kills it as soon as the condition holds. */
    private void killWhen(Path lake, BooleanSupplier isTime) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(OtherProcess.command(arguments(lake.toString())))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("killed.log").toFile())
                .start();
        while (process.isAlive() && !isTime.getAsBoolean()) {
            Thread.onSpinWait();
        }
        boolean wasRunning = process.isAlive();
        process.destroyForcibly().waitFor();
        assertThat(wasRunning)
                .as("killed in time; %s", Files.readString(folder.resolve("killed.log")))
                .isTrue();
    }

    private CommandRun nightly(String lake) {
        return CommandRun.of(arguments(lake).toArray(String[]::new));
    }

    private List<String> arguments(String lake) {
        return List.of(
                "run",
                "nightly",
                "--date",
                NIGHT.toString(),
                "--conf",
                Project.ROOT.resolve("conf").toString(),
                "--raw",
                folder.resolve("raw").toString(),
                "--lake",
                lake);
    }

    private static Path commit(Path lake, String table, int version) {
        return lake.resolve(table).resolve("_delta_log/%020d.json".formatted(version));
    }

    private static boolean holdsData(Path folder) {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.anyMatch(file -> file.getFileName().toString().endsWith(".parquet"));
        } catch (IOException | UncheckedIOException vanished) {
            return false;
        }
    }
}
