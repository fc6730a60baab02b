package io.clientele.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.config.ConfigFolder;
import io.clientele.config.Retries;
import io.clientele.failure.ExitCode;
import io.clientele.failure.Failure;
import io.clientele.lake.DeltaLake;
import io.clientele.lake.LakeLock;
import io.clientele.quality.Dimension;
import io.clientele.quality.Outcome;
import io.clientele.quality.Severity;
import io.clientele.quality.Verdict;
import io.clientele.run.Job.Declaration;
import io.clientele.schema.JobRuns;
import io.clientele.schema.Quality;
import io.clientele.schema.Runs;
import io.clientele.table.ColumnSpec;
import io.clientele.table.Field;
import io.clientele.table.Layer;
import io.clientele.table.Table;
import io.clientele.testing.SparkTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@SparkTest
class RunnerTest {

    private static final LocalDate DAY = LocalDate.of(2026, 1, 31);

    private static final Retries RETRIES = new Retries(3, 1);

    /** A column, for tables that exist here only. */
    private enum Things implements Field {
        ID(ColumnSpec.integer("A thing").required());

        private final ColumnSpec spec;

        Things(ColumnSpec spec) {
            this.spec = spec;
        }

        @Override
        public ColumnSpec spec() {
            return spec;
        }
    }

    private static final Table RAW = things("raw_things");
    private static final Table LEFT = things("left_things");
    private static final Table RIGHT = things("right_things");
    private static final Table BOTH = things("both_things");

    /** No configuration. */
    public record Nothing() {}

    @TempDir
    private Path folder;

    private final List<String> ended = Collections.synchronizedList(new ArrayList<>());

    @BeforeEach
    void configureNothing() throws IOException {
        for (String job : List.of("first", "left", "right", "last", "quality")) {
            Files.writeString(folder.resolve(job + ".yaml"), "{}");
        }
    }

    @Test
    void shouldRunAtOnceWhatDoesNotDependOnEachOther(SparkSession spark) {
        CyclicBarrier meeting = new CyclicBarrier(2);
        Job<?> first = job("first").writes(RAW).runs((config, run) -> write(RAW, run));
        Job<?> left = job("left").reads(RAW).writes(LEFT).runs((config, run) -> meet(meeting, LEFT, run));
        Job<?> right = job("right").reads(RAW).writes(RIGHT).runs((config, run) -> meet(meeting, RIGHT, run));
        Job<?> last = job("last").reads(LEFT, RIGHT).writes(BOTH).runs((config, run) -> write(BOTH, run));

        RunRecord run = run(2, first, left, right, last).get(0);

        assertThat(run.error()).isNull();
        assertThat(ended.get(0)).isEqualTo("raw_things");
        assertThat(ended.get(3)).isEqualTo("both_things");
        assertThat(run.jobs()).extracting(RunRecord.JobRecord::job).containsExactly("first", "left", "right", "last");
        assertThat(lake(spark).read(JobRuns.TABLE).count()).isEqualTo(4);
    }

    @Test
    void shouldRunOneAfterTheOtherIfAskedTo() {
        Job<?> first = job("first").writes(RAW).runs((config, run) -> write(RAW, run));
        Job<?> left = job("left").writes(LEFT).runs((config, run) -> write(LEFT, run));
        Job<?> right = job("right").writes(RIGHT).runs((config, run) -> write(RIGHT, run));

        run(1, first, left, right);

        assertThat(ended).containsExactly("raw_things", "left_things", "right_things");
    }

    @Test
    void shouldStartNothingAfterAFailureAndTellTheFirstOfThePlan(SparkSession spark) {
        CyclicBarrier meeting = new CyclicBarrier(2);
        Job<?> left = job("left").writes(LEFT).runs((config, run) -> {
            meet(meeting, LEFT, run);
            throw Failure.input("left has nothing");
        });
        Job<?> right = job("right").writes(RIGHT).runs((config, run) -> {
            meet(meeting, RIGHT, run);
            throw Failure.input("right has nothing");
        });
        Job<?> last = job("last").reads(LEFT).writes(BOTH).runs((config, run) -> write(BOTH, run));

        List<RunRecord> runs = run(List.of(DAY, DAY.plusDays(1)), 2, left, right, last);

        assertThat(runs).hasSize(1);
        assertThat(runs.get(0).status()).isEqualTo(RunRecord.FAILED);
        assertThat(runs.get(0).error()).isEqualTo("left has nothing");
        assertThat(runs.get(0).jobs())
                .extracting(RunRecord.JobRecord::status)
                .containsExactly(RunRecord.FAILED, RunRecord.FAILED);
        assertThat(ended).doesNotContain("both_things");
        assertThat(lake(spark).read(Runs.TABLE).count()).isEqualTo(1);
    }

    @Test
    void shouldTryAgainWhatFailsForAReasonThatPasses() {
        AtomicInteger attempts = new AtomicInteger();
        Job<?> first = job("first").writes(RAW).runs((config, run) -> {
            if (attempts.incrementAndGet() < 3) {
                throw new UncheckedIOException(new SocketTimeoutException("Read timed out"));
            }
            write(RAW, run);
        });

        RunRecord run = run(1, first).get(0);

        assertThat(run.error()).isNull();
        assertThat(run.jobs().get(0).writes()).hasSize(1);
        assertThat(run.jobs().get(0).warnings()).hasSize(2).allSatisfy(warning -> assertThat(warning)
                .contains("job 'first'", "SocketTimeoutException", "tried again in"));
    }

    @Test
    void shouldGiveUpInTheEndAndSayThatItMayPass() {
        Job<?> first = job("first").writes(RAW).runs((config, run) -> {
            throw new UncheckedIOException(new ConnectException("Connection refused"));
        });

        RunRecord run = run(1, first).get(0);

        assertThat(run.exitCode()).isEqualTo(ExitCode.TRANSIENT.code());
        assertThat(run.error()).contains("did not answer (ConnectException)", "run it again later");
        assertThat(run.jobs().get(0).warnings()).hasSize(2);
    }

    @Test
    void shouldNotTryAgainWhatWouldFailAgain() {
        AtomicInteger attempts = new AtomicInteger();
        Job<?> first = job("first").writes(RAW).runs((config, run) -> {
            attempts.incrementAndGet();
            throw new UncheckedIOException(new IOException("No space left on device"));
        });

        RunRecord run = run(1, first).get(0);

        assertThat(run.exitCode()).isEqualTo(ExitCode.STORAGE.code());
        assertThat(attempts).hasValue(1);
    }

    @Test
    void shouldEndCleanlyWhenToldToStop(SparkSession spark) {
        Stop stop = new Stop();
        Job<?> first = job("first").writes(RAW).runs((config, run) -> write(RAW, run));
        Job<?> left = job("left").reads(RAW).writes(LEFT).runs((config, run) -> {
            stop.ask();
            spark.range(1_000_000_000L).selectExpr("count(distinct id % 1000)").collectAsList();
            write(LEFT, run);
        });
        Job<?> last = job("last").reads(LEFT).writes(BOTH).runs((config, run) -> write(BOTH, run));

        List<RunRecord> runs = new Runner(Clock.systemUTC(), Progress.SILENT, stop)
                .run(request(List.of(DAY, DAY.plusDays(1)), 1, first, left, last));

        assertThat(runs).hasSize(1);
        assertThat(runs.get(0).exitCode()).isEqualTo(ExitCode.STOPPED.code());
        assertThat(runs.get(0).error()).contains("was stopped after 1 of 3 jobs");
        assertThat(lake(spark).has(LEFT)).isFalse();
        assertThat(lake(spark).read(Runs.TABLE).select(Runs.STATUS.col()).collectAsList())
                .hasToString("[[stopped]]");
        Job<?> now = job("left").reads(RAW).writes(LEFT).runs((config, run) -> write(LEFT, run));
        assertThat(run(1, first, now, last).get(0).error()).isNull();
    }

    @ParameterizedTest
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    @CsvSource({"true, STOPPED", "false, INPUT"})
    void shouldBeginNoneOfTheJobsThatCouldHaveRunNextWhenToldToStopOrAfterAFailure(
            boolean isStopped, ExitCode exitCode) {
        Stop stop = new Stop();
        Job<?> left = job("left").writes(LEFT).runs((config, run) -> {
            if (isStopped) {
                stop.ask();
            }
            throw Failure.input("left has nothing");
        });
        Job<?> right = job("right").writes(RIGHT).runs((config, run) -> write(RIGHT, run));

        RunRecord run = new Runner(Clock.systemUTC(), Progress.SILENT, stop)
                .run(request(List.of(DAY), 1, left, right))
                .get(0);

        assertThat(run.exitCode()).isEqualTo(exitCode.code());
        assertThat(run.jobs()).extracting(RunRecord.JobRecord::job).containsExactly("left");
    }

    @Test
    void shouldRunAJobAgainOnlyWhenSomethingHasChanged(SparkSession spark) throws IOException {
        AtomicBoolean isNew = new AtomicBoolean(true);
        Job<?> first = job("first").writes(RAW).runs((config, run) -> {
            if (isNew.getAndSet(false)) {
                write(RAW, run);
            }
        });
        Job<?> left = job("left").reads(RAW).writes(LEFT).runs((config, run) -> {
            run.lake().read(RAW);
            write(LEFT, run);
        });
        run(1, first, left);
        assertThat(ended).containsExactly("raw_things", "left_things");

        RunRecord again = run(1, first, left).get(0);

        assertThat(ended).hasSize(2);
        assertThat(again.hasSucceeded()).isTrue();
        assertThat(again.jobs().get(1).scope()).startsWith("nothing: nothing has changed since ");
        assertThat(again.jobs().get(1).writes()).hasSize(1).allMatch(write -> write.rowsOut() == null);
        run(1, first, left);
        assertThat(ended).as("nor after a run that did nothing").hasSize(2);
        isNew.set(true);
        run(1, first, left);
        assertThat(ended).as("what it reads was written").hasSize(4);
        lake(spark).replace(LEFT, lake(spark).read(LEFT));
        run(1, first, left);
        assertThat(ended).as("somebody else wrote its table").hasSize(5);
        rules("some: {table: mart.left_things, dimension: completeness, severity: stop, leastRows: 1}");
        run(1, first, left);
        assertThat(ended).as("a rule is new").hasSize(6);
        run(List.of(DAY.plusDays(1)), 1, first, left);
        assertThat(ended).as("another date").hasSize(7);
        new Runner(Clock.systemUTC(), Progress.SILENT, new Stop())
                .run(request(List.of(DAY.plusDays(1)), 1, true, first, left));
        assertThat(ended).as("it was asked for").hasSize(8);
    }

    @Test
    void shouldRunAJobAgainWhenATableHasComeThatWasNotThere(SparkSession spark) {
        AtomicBoolean isNew = new AtomicBoolean(false);
        Job<?> first = job("first").writes(RAW).runs((config, run) -> {
            if (isNew.get()) {
                write(RAW, run);
            }
        });
        Job<?> left = job("left").reads(RAW).writes(LEFT).runs((config, run) -> {
            ended.add(run.lake().has(RAW) ? "with" : "without");
            write(LEFT, run);
        });
        run(1, first, left);
        run(1, first, left);
        assertThat(ended).containsExactly("without", "left_things");

        isNew.set(true);
        run(1, first, left);

        assertThat(ended).endsWith("with", "left_things");
    }

    @Test
    void shouldKeepEveryRunThatWasKilledOnceAndNoMore(SparkSession spark) {
        RunFiles files = new RunFiles(lakeRoot(), new Configuration());
        files.begin(record("2026-01-30-a", RunRecord.RUNNING));
        // Killed after its jobs had succeeded, before the ledger knew.
        files.begin(record("2026-01-30-b", RunRecord.RUNNING));
        files.save(record("2026-01-30-b", RunRecord.SUCCEEDED));
        // Killed when the ledger had it, before its mark was gone.
        files.begin(record("2026-01-30-c", RunRecord.SUCCEEDED));
        new Ledger(spark, lake(spark)).keep(record("2026-01-30-c", RunRecord.SUCCEEDED));
        Job<?> first = job("first").writes(RAW).runs((config, run) -> write(RAW, run));

        run(1, first);

        assertThat(lake(spark)
                        .read(Runs.TABLE)
                        .select(Runs.RUN_ID.col(), Runs.STATUS.col())
                        .where(Runs.RUN_ID.col().startsWith("2026-01-30"))
                        .orderBy(Runs.RUN_ID.col())
                        .collectAsList())
                .hasToString("[[2026-01-30-a,killed], [2026-01-30-b,succeeded], [2026-01-30-c,succeeded]]");
        assertThat(files.unended()).isEmpty();
    }

    @Test
    void shouldStopBeforeABadTableIsPublishedAndKeepWhatTheRulesFound(SparkSession spark) throws IOException {
        rules("few: {table: mart.raw_things, dimension: validity, severity: stop, holds: id < 2}");
        Job<?> good = job("first").writes(RAW).runs((config, run) -> write(RAW, run));
        run(1, good);
        long version = lake(spark).version(RAW);
        Job<?> bad = job("first").writes(RAW).runs((config, run) -> write(RAW, run, 1, 2));
        Job<?> last = job("last").reads(RAW).writes(BOTH).runs((config, run) -> write(BOTH, run));

        RunRecord stopped = run(2, bad, last).get(0);
        RunRecord again = run(2, bad, last).get(0);

        assertThat(stopped.exitCode()).isEqualTo(ExitCode.GATE.code());
        assertThat(stopped.error()).contains("quality rule 'few' stops the night", "1 of 2 rows fail");
        assertThat(lake(spark).version(RAW)).isEqualTo(version);
        assertThat(lake(spark).has(BOTH)).isFalse();
        assertThat(lake(spark)
                        .read(Runs.TABLE)
                        .select(Runs.STATUS.col(), Runs.EXIT_CODE.col())
                        .orderBy(Runs.RUN_ID.col())
                        .collectAsList())
                .hasToString("[[succeeded,0], [failed,9], [failed,9]]");
        assertThat(lake(spark)
                        .read(Quality.TABLE)
                        .orderBy(Quality.RUN_ID.col())
                        .select(Quality.ROWS.col(), Quality.FAILING.col(), Quality.VERDICT.col())
                        .collectAsList())
                .hasToString("[[1,0,pass], [2,1,stop], [2,1,stop]]");
        assertThat(again.runId()).isNotEqualTo(stopped.runId());
    }

    @Test
    void shouldWarnOfWhatDriftsFromTheNightsBefore(SparkSession spark) throws IOException {
        Files.writeString(folder.resolve("quality.yaml"), """
                drift: {days: 10, leastNights: 3, deviations: 5, leastChange: 0.2}
                rules:
                  some: {table: mart.raw_things, dimension: completeness, severity: stop, leastRows: 1}
                  few: {table: mart.raw_things, dimension: validity, severity: stop, holds: id < 2, mostFailing: 0.9}
                """);
        Job<?> usual = job("first").writes(RAW).runs((config, run) -> write(RAW, run, 1, 1));
        Job<?> unusual = job("first").writes(RAW).runs((config, run) -> write(RAW, run, 1, 2, 3));

        List<RunRecord> nights = run(DAY.minusDays(4).datesUntil(DAY).toList(), 1, usual);
        RunRecord drifted = run(1, unusual).get(0);
        RunRecord longAfter = run(List.of(DAY.plusDays(30)), 1, unusual).get(0);

        assertThat(nights).allMatch(RunRecord::hasSucceeded);
        assertThat(nights.get(3).jobs().get(0).warnings()).isEmpty();
        assertThat(drifted.hasSucceeded()).isTrue();
        assertThat(drifted.jobs().get(0).warnings())
                .containsExactly(
                        "quality rule 'some', mart.raw_things has drifted: 3 rows, where 4 nights before had about 2",
                        "quality rule 'few', mart.raw_things has drifted: 66.67 % of the rows fail, where in 4 nights"
                                + " before about 0 % did");
        assertThat(longAfter.jobs().get(0).warnings()).isEmpty();
        assertThat(lake(spark)
                        .read(Quality.TABLE)
                        .where(Quality.VERDICT.col().equalTo("drift"))
                        .count())
                .isEqualTo(2);
    }

    @Test
    void shouldJudgeOnlyTablesThatAreWrittenTonight(SparkSession spark) throws IOException {
        rules("left: {table: mart.left_things, dimension: completeness, severity: stop, leastRows: 9}");
        Job<?> first = job("first").writes(RAW).runs((config, run) -> write(RAW, run));
        Job<?> left = job("left").writes(LEFT).runs((config, run) -> write(LEFT, run));
        Set<Table> all = Plan.of(List.of(first, left)).tables();

        RunRecord run = new Runner(Clock.systemUTC(), Progress.SILENT, new Stop())
                .run(new Runner.Request(
                        Runner.configure(List.of(first), all, new ConfigFolder(folder)),
                        List.of(DAY),
                        lakeRoot(),
                        "unused",
                        Map.of(),
                        1,
                        false,
                        RETRIES,
                        "test"))
                .get(0);

        assertThat(run.error()).isNull();
        assertThat(lake(spark).read(Quality.TABLE).isEmpty()).isTrue();
    }

    @Test
    void shouldKeepWhatTheRulesFoundInARunThatWasKilled(SparkSession spark) {
        RunRecord killed = record("2026-01-30-a", RunRecord.RUNNING)
                .with(List.of(new RunRecord.JobRecord(
                        "first",
                        RunRecord.SUCCEEDED,
                        Instant.parse("2026-01-30T23:00:00Z"),
                        1,
                        List.of(),
                        List.of(),
                        null,
                        null,
                        Map.of(),
                        List.of(),
                        List.of(new Outcome(
                                "few",
                                "mart.raw_things",
                                1,
                                Dimension.VALIDITY,
                                Severity.STOP,
                                7,
                                1L,
                                1.0 / 7,
                                null,
                                0.5,
                                Verdict.PASS)))));
        new RunFiles(lakeRoot(), new Configuration()).begin(killed);
        Job<?> first = job("first").writes(RAW).runs((config, run) -> write(RAW, run));

        run(1, first);
        run(1, first);

        assertThat(lake(spark)
                        .read(Quality.TABLE)
                        .select(Quality.RUN_ID.col(), Quality.RULE_ID.col(), Quality.ROWS.col(), Quality.VERDICT.col())
                        .collectAsList())
                .hasToString("[[2026-01-30-a,few,7,pass]]");
    }

    private void rules(String rules) throws IOException {
        Files.writeString(folder.resolve("quality.yaml"), "rules:\n  " + rules + "\n");
    }

    @Test
    void shouldSayWhoseLockItTookOver() throws IOException {
        Files.createDirectories(folder.resolve("lake/_clientele"));
        Files.writeString(folder.resolve("lake/_clientele/lock"), """
                {"purpose":"run of 2026-01-30","host":"%s","pid":999999999,"processStartedAt":0}""".formatted(
                        LakeLock.Owner.thisProcess("x").host()));
        List<String> said = new ArrayList<>();
        Progress progress = new Progress() {
            @Override
            public void said(String message) {
                said.add(message);
            }
        };
        Job<?> first = job("first").writes(RAW).runs((config, run) -> write(RAW, run));

        new Runner(Clock.systemUTC(), progress, new Stop()).run(request(List.of(DAY), 1, first));

        assertThat(said)
                .containsExactly(
                        "the run of 2026-01-30 (process 999999999) died while it held the lock; its lock is taken over");
    }

    private void meet(CyclicBarrier meeting, Table table, Run run) {
        try {
            meeting.await(60, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException("the other job never came", e);
        }
        write(table, run);
    }

    private void write(Table table, Run run) {
        write(table, run, 1);
    }

    private void write(Table table, Run run, Integer... ids) {
        List<Row> rows = Arrays.stream(ids).map(id -> RowFactory.create(id)).toList();
        run.lake().replace(table, run.spark().createDataFrame(rows, table.schema()));
        ended.add(table.name());
    }

    private List<RunRecord> run(int jobsAtOnce, Job<?>... jobs) {
        return run(List.of(DAY), jobsAtOnce, jobs);
    }

    private List<RunRecord> run(List<LocalDate> dates, int jobsAtOnce, Job<?>... jobs) {
        return new Runner(Clock.systemUTC(), Progress.SILENT, new Stop()).run(request(dates, jobsAtOnce, jobs));
    }

    private Runner.Request request(List<LocalDate> dates, int jobsAtOnce, Job<?>... jobs) {
        return request(dates, jobsAtOnce, false, jobs);
    }

    private Runner.Request request(List<LocalDate> dates, int jobsAtOnce, boolean isFull, Job<?>... jobs) {
        return new Runner.Request(
                Runner.configure(List.of(jobs), Plan.of(List.of(jobs)).tables(), new ConfigFolder(folder)),
                dates,
                lakeRoot(),
                "unused",
                Map.of(),
                jobsAtOnce,
                isFull,
                RETRIES,
                "test");
    }

    private String lakeRoot() {
        return folder.resolve("lake").toString();
    }

    private DeltaLake lake(SparkSession spark) {
        return new DeltaLake(spark, lakeRoot());
    }

    private static Declaration<Nothing> job(String name) {
        return Job.named(name, Nothing.class);
    }

    private static Table things(String name) {
        return Table.in(Layer.MART, name)
                .of(Things.values())
                .row("one thing")
                .key(Things.ID)
                .build();
    }

    private static RunRecord record(String id, String status) {
        return new RunRecord(
                id, DAY, status, null, Instant.parse("2026-01-30T23:00:00Z"), null, List.of(), "test", null, List.of());
    }
}
