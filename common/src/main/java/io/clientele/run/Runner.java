package io.clientele.run;

import io.clientele.config.ConfigFolder;
import io.clientele.failure.ExitCode;
import io.clientele.failure.Failure;
import io.clientele.lake.DeclaredLake;
import io.clientele.lake.DeltaLake;
import io.clientele.lake.Lake;
import io.clientele.lake.LakeLock;
import io.clientele.lake.RawZone;
import io.clientele.lake.Staging;
import io.clientele.run.Job.Ready;
import io.clientele.run.RunRecord.JobRecord;
import io.clientele.table.Table;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;

/**
 * Runs jobs, one after the other, for one business date or several, and owns everything around them: the configuration is
 * read before anything starts, one run at a time writes to the lake, every run leaves its record.
 */
public final class Runner {

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSS").withZone(ZoneOffset.UTC);

    /**
     * What to run.
     *
     * @param dates business dates, run one after the other; the first that fails ends the run
     * @param lakeRoot URI of the lake
     * @param rawRoot URI of the raw zone
     * @param settings Spark settings
     */
    public record Request(
            List<Job<?>> jobs,
            List<LocalDate> dates,
            ConfigFolder conf,
            String lakeRoot,
            String rawRoot,
            Map<String, String> settings,
            String version) {}

    private final Clock clock;
    private final Progress progress;

    public Runner(Clock clock, Progress progress) {
        this.clock = clock;
        this.progress = progress;
    }

    /** Reads and checks all configuration, as {@link #run} does first. */
    public static List<Ready> configure(List<Job<?>> jobs, ConfigFolder conf) {
        List<Ready> ready = new ArrayList<>();
        for (Job<?> job : jobs) {
            ready.add(job.configured(conf));
        }
        return ready;
    }

    /**
     * Runs the request.
     *
     * @return the record of each date that was run; the last may have failed
     * @throws Failure if no run could start: wrong configuration, lock held, lake not writable
     */
    public List<RunRecord> run(Request request) {
        List<Ready> jobs = configure(request.jobs(), request.conf());
        Configuration hadoop = new Configuration();
        request.settings().forEach((key, value) -> {
            if (key.startsWith("spark.hadoop.")) {
                hadoop.set(key.substring("spark.hadoop.".length()), value);
            }
        });
        String firstId = runId(request.dates().get(0), clock.instant());
        try (LakeLock lock = LakeLock.acquire(request.lakeRoot(), hadoop, LakeLock.Owner.thisProcess(firstId))) {
            RunFiles files = new RunFiles(request.lakeRoot(), hadoop);
            Optional<RunRecord> killed = lock.predecessor().flatMap(dead -> {
                progress.said("run %s (process %d) died while it held the lock; its lock is taken over"
                        .formatted(dead.runId(), dead.pid()));
                return files.find(dead.runId())
                        .filter(run -> run.status().equals(RunRecord.RUNNING))
                        .map(run -> run.ended(RunRecord.KILLED, null, null, null));
            });
            return run(request, jobs, files, firstId, killed);
        }
    }

    private List<RunRecord> run(
            Request request, List<Ready> jobs, RunFiles files, String firstId, Optional<RunRecord> killed) {
        SparkSession spark = Session.start(request.settings());
        Lake lake = new DeltaLake(spark, request.lakeRoot());
        StageListener stages = new StageListener(progress);
        spark.sparkContext().addSparkListener(stages);
        List<RunRecord> records = new ArrayList<>();
        try {
            // At once: this run may be killed too, and nobody else would remember the one before.
            killed.ifPresent(run -> {
                keep(new Ledger(spark, lake), run, request.lakeRoot());
                files.save(run);
            });
            for (LocalDate date : request.dates()) {
                Instant start = clock.instant();
                String id = records.isEmpty() ? firstId : runId(date, start);
                RunRecord ended = new OneDate(request, spark, lake, files, stages, date, id, start).run(jobs);
                records.add(ended);
                RunRecord kept = keep(new Ledger(spark, lake), ended, request.lakeRoot());
                records.set(records.size() - 1, kept);
                if (!kept.equals(ended)) {
                    files.save(kept);
                }
                progress.runEnded(kept);
                if (!kept.hasSucceeded()) {
                    break;
                }
            }
            return records;
        } finally {
            spark.sparkContext().removeSparkListener(stages);
        }
    }

    /** A run whose record cannot be kept has failed, whatever its jobs did; one that failed before keeps its reason. */
    private static RunRecord keep(Ledger ledger, RunRecord last, String lakeRoot) {
        try {
            ledger.keep(List.of(last));
            return last;
        } catch (Exception e) { // Scala throws checked exceptions undeclared
            Failure failure = Faults.explain(e, "ledger", lakeRoot);
            return last.hasSucceeded()
                    ? last.ended(RunRecord.FAILED, failure.exitCode().code(), last.seconds(), failure.getMessage())
                    : last;
        }
    }

    private static String runId(LocalDate date, Instant start) {
        return date + "-" + STAMP.format(start);
    }

    /** The run of one business date. */
    private final class OneDate {
        private final Request request;
        private final SparkSession spark;
        private final Lake lake;
        private final RunFiles files;
        private final StageListener stages;
        private final LocalDate date;
        private final String id;
        private final Instant start;

        private OneDate(
                Request request,
                SparkSession spark,
                Lake lake,
                RunFiles files,
                StageListener stages,
                LocalDate date,
                String id,
                Instant start) {
            this.request = request;
            this.spark = spark;
            this.lake = lake;
            this.files = files;
            this.stages = stages;
            this.date = date;
            this.id = id;
            this.start = start;
        }

        private RunRecord run(List<Ready> jobs) {
            List<String> names = jobs.stream().map(ready -> ready.job().name()).toList();
            RunRecord record = new RunRecord(
                    id, date, RunRecord.RUNNING, null, start, null, names, request.version(), null, List.of());
            String current = "start";
            List<JobRecord> done = new ArrayList<>();
            try {
                files.save(record);
                progress.runStarted(id, date, jobs.size());
                for (Ready ready : jobs) {
                    current = ready.job().name();
                    progress.jobStarted(current, done.size() + 1, jobs.size());
                    run(ready, done);
                    files.save(record.with(done));
                }
                record = record.with(done).ended(RunRecord.SUCCEEDED, ExitCode.OK.code(), seconds(start), null);
            } catch (Throwable e) { // Scala throws checked exceptions undeclared
                Failure failure = Faults.explain(e, current, request.lakeRoot());
                FailureLog.write(failure);
                record = record.with(done)
                        .ended(RunRecord.FAILED, failure.exitCode().code(), seconds(start), failure.getMessage());
            }
            try {
                files.save(record);
            } catch (RuntimeException e) {
                Failure failure = Faults.explain(e, current, request.lakeRoot());
                return record.hasSucceeded()
                        ? record.ended(
                                RunRecord.FAILED, failure.exitCode().code(), seconds(start), failure.getMessage())
                        : record;
            }
            return record;
        }

        private void run(Ready ready, List<JobRecord> done) {
            Job<?> job = ready.job();
            Instant jobStart = clock.instant();
            JobTally tally = new JobTally(job.name(), jobStart);
            stages.jobStarted();
            Lake declared = new DeclaredLake(lake, job.name(), job.reads(), job.writes(), tally::read, tally::wrote);
            String status = RunRecord.FAILED;
            try {
                ready.body().accept(new JobRun(declared, tally));
                status = RunRecord.SUCCEEDED;
            } finally {
                JobRecord record = tally.ended(status, seconds(jobStart));
                done.add(record);
                progress.jobEnded(record);
            }
        }

        private double seconds(Instant since) {
            return Duration.between(since, clock.instant()).toMillis() / 1000.0;
        }

        /** What the job is given. */
        private final class JobRun implements Run {
            private final Lake declared;
            private final JobTally tally;

            private JobRun(Lake declared, JobTally tally) {
                this.declared = declared;
                this.tally = tally;
            }

            @Override
            public String id() {
                return id;
            }

            @Override
            public LocalDate date() {
                return date;
            }

            @Override
            public Instant startedAt() {
                return start;
            }

            @Override
            public SparkSession spark() {
                return spark;
            }

            @Override
            public Lake lake() {
                return declared;
            }

            @Override
            public RawZone raw() {
                return new RawZone(request.rawRoot(), spark.sessionState().newHadoopConf());
            }

            @Override
            public Staging staging(String name) {
                return new Staging(spark, request.lakeRoot(), name);
            }

            @Override
            public void metric(String name, double value) {
                tally.metric(name, value);
            }

            @Override
            public void warn(String message, Object... values) {
                tally.warn(message.formatted(values));
            }

            @Override
            public void balance(Table table, long in, long out, long rejected, long merged) {
                tally.balance(table, in, out, rejected, merged);
            }
        }
    }
}
