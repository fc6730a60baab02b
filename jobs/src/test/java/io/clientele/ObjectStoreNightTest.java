package io.clientele;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.failure.ExitCode;
import io.clientele.generate.Retailer;
import io.clientele.lake.DeltaLake;
import io.clientele.testing.FaultProxy;
import io.clientele.testing.FaultProxy.Faults;
import io.clientele.testing.S3Server;
import io.clientele.testing.SparkTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A night whose files and tables are in an object store, behind a line that is bad, with another run at the door. */
@SparkTest
@ExtendWith(S3Server.Servers.class)
class ObjectStoreNightTest {

    private static final LocalDate NIGHT = LocalDate.of(2025, 11, 30);
    private static final String RAW = "s3a://night/raw";
    private static final String LAKE = "s3a://night/lake";
    private static final String ENDPOINT = "spark.hadoop.fs.s3a.endpoint";

    @TempDir
    private Path folder;

    @AfterEach
    void forget() {
        System.clearProperty(ENDPOINT);
    }

    @Test
    void shouldEndInTheSameMartsAsInAFolder(S3Server server, SparkSession spark) throws Exception {
        new Retailer(new Retailer.Settings(120, 4, 3, NIGHT, 1, 0.01)).generate(folder, 2);
        String raw = folder.resolve("raw").toString();
        String inAFolder = folder.resolve("lake").toString();
        try (FaultProxy proxy = new FaultProxy(server.endpoint(), new Faults(0.01, 0.01, 0.01))) {
            tellWhereTheStoreIs(proxy.endpoint(), spark);
            done("store", "init", "--raw", RAW, "--lake", LAKE);
            assertThat(done("store", "doctor", "--raw", RAW, "--lake", LAKE).out())
                    .doesNotContain("failed");
            assertThat(done("store", "deliver", raw, "--raw", RAW).out()).contains("files delivered, 0 replaced");
            CompletableFuture<Integer> second = CompletableFuture.supplyAsync(() -> secondRun(server.endpoint()));

            done(arguments(RAW, LAKE));

            assertThat(second.join()).isEqualTo(ExitCode.LOCKED.code());
            assertThat(Files.readString(folder.resolve("second.log")))
                    .contains("the run of 2025-11-30 (process "
                            + ProcessHandle.current().pid() + " on ")
                    .contains("is writing to this lake");
            assertThat(proxy.met()).isGreaterThan(10);
            proxy.meetWith(Faults.NONE);
            done(arguments(raw, inAFolder));
            var expected = new DeltaLake(spark, inAFolder);
            var actual = new DeltaLake(spark, LAKE);
            assertThat(LakeTables.marts())
                    .allSatisfy(mart -> LakeTables.assertSame(expected.read(mart), actual.read(mart), mart));
        }
    }

    /** The session is there already: what it would be told at its start it is told now. */
    private static void tellWhereTheStoreIs(URI endpoint, SparkSession spark) {
        System.setProperty(ENDPOINT, endpoint.toString());
        Configuration session = spark.sparkContext().hadoopConfiguration();
        S3Server.hadoop(endpoint)
                .getPropsWithPrefix("fs.s3a.")
                .forEach((key, value) -> session.set("fs.s3a." + key, value));
    }

    private static CommandRun done(String... arguments) {
        CommandRun run =
                CommandRun.of(Stream.concat(Stream.of(arguments), conf()).toArray(String[]::new));
        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        return run;
    }

    private static Stream<String> conf() {
        return Stream.of("--conf", Project.ROOT.resolve("conf").toString());
    }

    private static String[] arguments(String raw, String lake) {
        return new String[] {"run", "nightly", "--date", NIGHT.toString(), "--raw", raw, "--lake", lake};
    }

    /** Comes when the first run has the lock, from a process of its own; gives its exit code. */
    private int secondRun(URI endpoint) {
        var lock = new org.apache.hadoop.fs.Path(LAKE, "_clientele/lock");
        Configuration hadoop = S3Server.hadoop(endpoint);
        ProcessBuilder builder = new ProcessBuilder(OtherProcess.command(
                        Stream.concat(Stream.of(arguments(RAW, LAKE)), conf()).toList()))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("second.log").toFile());
        builder.environment().putAll(S3Server.environment(endpoint));
        try (FileSystem direct = FileSystem.newInstance(lock.toUri(), hadoop)) {
            while (!direct.exists(lock)) {
                Thread.onSpinWait();
            }
            return builder.start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
