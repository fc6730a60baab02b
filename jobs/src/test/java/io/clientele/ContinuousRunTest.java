package io.clientele;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.failure.ExitCode;
import io.clientele.generate.Retailer;
import io.clientele.testing.SparkTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process that goes on and on, is killed without notice, started again, and told to stop. */
@SparkTest
class ContinuousRunTest {

    private static final ZoneId ZONE = ZoneId.of("Europe/Paris");
    private static final DateTimeFormatter IN_FILES = DateTimeFormatter.ofPattern("dd/MM/uuuu");

    private static final String TRIGGERS = """
            triggers:
              came_three_times:
                tells: A customer visited three times today
                event: event_type = 'visit' and subject = 'Trifouilly'
                times: 3
            """;

    private final List<Process> started = new ArrayList<>();

    @TempDir
    private Path folder;

    @AfterEach
    void leaveNobodyBehind() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void shouldTellOfWhatArrivesAndLoseNothingWhenItIsKilledOrStopped(SparkSession spark)
            throws IOException, InterruptedException {
        LocalDate today = LocalDate.now(ZONE);
        new Retailer(new Retailer.Settings(100, 2, 3, today, 1, 0.01)).generate(folder, 2);
        Path conf = Project.copyConf(folder.resolve("conf"));
        Files.writeString(conf.resolve("triggers.yaml"), TRIGGERS);
        Files.writeString(conf.resolve("lake.yaml"), """
                lake: %s
                raw: %s
                jobsAtOnce: 2
                spark:
                  spark.sql.shuffle.partitions: 2
                  spark.sql.codegen.wholeStage: false
                  spark.sql.codegen.factoryMode: NO_CODEGEN
                """.formatted(folder.resolve("lake"), folder.resolve("raw")));
        String[] cards = Files.readAllLines(folder.resolve("raw/loyalty/loyalty-%s.csv".formatted(today))).stream()
                .skip(1)
                .map(line -> line.split(",", -1)[0])
                .filter(card -> card.matches("\\d{9}"))
                .toArray(String[]::new);

        Process first = start("first.log");
        awaitRounds(first, "first.log", rounds -> rounds >= 1);
        visits(today, "a", cards[0] + " 08:00:00", cards[0] + " 09:00:00", cards[0] + " 10:00:00");
        first.destroyForcibly().waitFor();
        Process second = start("second.log");
        awaitRounds(second, "second.log", rounds -> rounds >= 1);
        visits(today, "b", cards[0] + " 11:00:00", cards[1] + " 12:00:00", cards[1] + " 12:00:01");
        awaitRounds(second, "second.log", rounds -> rounds >= 2);
        second.destroy(); // SIGTERM

        assertThat(second.waitFor()).isEqualTo(ExitCode.STOPPED.code());
        LakeTables.register(spark, folder.resolve("lake").toString());
        assertThat(spark.sql("select trigger, day = '%s', events, hour(from_utc_timestamp(reached_at, 'Europe/Paris'))"
                                        .formatted(today)
                                + " from live.triggers")
                        .collectAsList())
                .hasToString("[[came_three_times,true,4,10]]");
        assertThat(spark.sql(
                                "select count(*), count(distinct event_id), count(distinct customer_id) from qualified.events"
                                        + " where file like '%-more-%'")
                        .head())
                .hasToString("[6,6,2]");
        assertThat(spark.sql("select count_if(status = 'running') from ops.runs")
                        .head())
                .hasToString("[0]");
    }

    private Process start(String log) throws IOException {
        Process process = new ProcessBuilder(OtherProcess.command(List.of(
                        "run",
                        "collect",
                        "qualify",
                        "--continuous",
                        ZONE.getId(),
                        "--conf",
                        folder.resolve("conf").toString())))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(log).toFile())
                .start();
        started.add(process);
        return process;
    }

    private void visits(LocalDate day, String name, String... cardsAndTimes) throws IOException {
        StringBuilder lines = new StringBuilder("carte;date;magasin\n");
        for (String visit : cardsAndTimes) {
            lines.append(visit.replace(" ", ";" + IN_FILES.format(day) + " ")).append(";Trifouilly\n");
        }
        Path file = folder.resolve("raw/shop_visits/shop_visits-%s-more-%s.csv".formatted(day, name));
        Path written = file.resolveSibling("." + name);
        Files.writeString(written, lines, UTF_8);
        Files.move(written, file);
    }

    private void awaitRounds(Process process, String log, Predicate<Long> isEnough)
            throws IOException, InterruptedException {
        while (!isEnough.test(rounds(log))) {
            assertThat(process.isAlive())
                    .as(Files.readString(folder.resolve(log)))
                    .isTrue();
            Thread.sleep(200);
        }
    }

    private long rounds(String log) throws IOException {
        return Files.readAllLines(folder.resolve(log)).stream()
                .filter(line -> line.startsWith("Round ") && line.contains(": succeeded in"))
                .count();
    }
}
