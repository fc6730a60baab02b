package io.clientele.run;

import io.clientele.failure.ExitCode;
import io.clientele.failure.Failure;
import io.clientele.lake.DeltaLake;
import io.clientele.lake.Lake;
import io.clientele.quality.NightsBefore;
import io.clientele.quality.QualityInspector;
import io.clientele.quality.Rules;
import io.clientele.run.Job.Ready;
import io.clientele.run.RunRecord.JobRecord;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.spark.sql.SparkSession;

/**
 * The run of one business date. A job starts as soon as the jobs before it that it depends on have ended, several at once
 * if the request allows: a small night is made of waiting more than of work.
 */
final class Night {

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSS").withZone(ZoneOffset.UTC);

    /** How a job ended: with a fault, if it failed. */
    private record Ended(Ready ready, JobRecord record, Optional<Throwable> fault) {}

    private final Runner.Request request;
    private final SparkSession spark;
    private final LocalDate date;
    private final Clock clock;
    private final Progress progress;
    private final Instant startedAt;
    private final Rules rules;
    private final NightsBefore nightsBefore;
    private final Map<String, Before> lastOfJobs;
    private final Stop stop;
    private final Retrying retrying;

    Night(
            Runner.Request request,
            Rules rules,
            SparkSession spark,
            LocalDate date,
            Clock clock,
            Map<String, Before> lastOfJobs,
            Progress progress,
            Stop stop) {
        this.request = request;
        this.rules = rules;
        this.nightsBefore = new NightsBefore(new DeltaLake(spark, request.lakeRoot()), date, rules);
        this.spark = spark;
        this.date = date;
        this.clock = clock;
        this.progress = progress;
        this.lastOfJobs = lastOfJobs;
        this.stop = stop;
        this.retrying = new Retrying(request.retries(), stop::isAsked);
        this.startedAt = clock.instant();
    }

    Runner.Request request() {
        return request;
    }

    SparkSession spark() {
        return spark;
    }

    /** The lake, with the quality rules at its door: they report to the job that writes. */
    Lake lake(JobTally tally) {
        return new DeltaLake(
                spark,
                request.lakeRoot(),
                new QualityInspector(rules, nightsBefore, date, request.lakeRoot(), tally::judged, tally::warn));
    }

    Rules rules() {
        return rules;
    }

    LocalDate date() {
        return date;
    }

    /** The last run of a job that succeeded, as the ledger had it when the night began. */
    Optional<Before> lastOf(Job<?> job) {
        return Optional.ofNullable(lastOfJobs.get(job.name()));
    }

    Instant startedAt() {
        return startedAt;
    }

    String id() {
        return date + "-" + STAMP.format(startedAt);
    }

    /** Runs the jobs, and keeps {@code run.json} up to date while they go. */
    RunRecord run(List<Ready> jobs, RunFiles files) {
        List<String> names = jobs.stream().map(ready -> ready.job().name()).toList();
        RunRecord record = new RunRecord(
                id(), date, RunRecord.RUNNING, null, startedAt, null, names, request.version(), null, List.of());
        List<Ended> ended = new ArrayList<>();
        try {
            files.begin(record);
            progress.runStarted(id(), date, jobs.size());
            runAll(jobs, ended, record, files);
        } catch (Throwable e) { // Scala throws checked exceptions undeclared
            return failed(record.with(records(jobs, ended)), e, "start", files);
        }
        record = record.with(records(jobs, ended));
        if (stop.isAsked() && ended.size() < jobs.size()) {
            return stopped(record, files);
        }
        Optional<Ended> first = inOrder(jobs, ended).stream()
                .filter(job -> job.fault().isPresent())
                .findFirst();
        if (first.isPresent()) {
            return failed(
                    record, first.get().fault().get(), first.get().record().job(), files);
        }
        RunRecord succeeded = record.ended(RunRecord.SUCCEEDED, ExitCode.OK.code(), seconds(startedAt), null);
        try {
            files.save(succeeded);
            return succeeded;
        } catch (RuntimeException e) {
            return failed(record, e, "end", files);
        }
    }

    private RunRecord failed(RunRecord record, Throwable fault, String where, RunFiles files) {
        Failure failure = Faults.explain(fault, where, request.lakeRoot());
        FailureLog.write(failure);
        return saved(
                record.ended(RunRecord.FAILED, failure.exitCode().code(), seconds(startedAt), failure.getMessage()),
                files);
    }

    private RunRecord stopped(RunRecord record, RunFiles files) {
        long done = record.jobs().stream().filter(JobRecord::hasSucceeded).count();
        String message = "the run of %s was stopped after %d of %d jobs; run it again to do the rest"
                .formatted(date, done, record.planned().size());
        return saved(record.ended(RunRecord.STOPPED, ExitCode.STOPPED.code(), seconds(startedAt), message), files);
    }

    /** What went wrong before is what is told, also if that cannot be saved. */
    private RunRecord saved(RunRecord record, RunFiles files) {
        try {
            files.save(record);
        } catch (RuntimeException unwritable) {
            FailureLog.write(Faults.explain(unwritable, "end", request.lakeRoot()));
        }
        return record;
    }

    /** After a failure no further job starts; those that run come to their end. */
    private void runAll(List<Ready> jobs, List<Ended> ended, RunRecord record, RunFiles files)
            throws InterruptedException, ExecutionException {
        // Without a queue: a job that is begun has a thread, and ends, also when the run is told to stop.
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            CompletionService<Ended> running = new ExecutorCompletionService<>(threads);
            List<Ready> unfinished = new ArrayList<>(jobs);
            List<Ready> waiting = new ArrayList<>(jobs);
            boolean isOver = stop.isAsked();
            while (unfinished.size() > waiting.size() || (!waiting.isEmpty() && !isOver)) {
                if (!isOver) {
                    for (Ready ready : List.copyOf(waiting)) {
                        int begun = unfinished.size() - waiting.size();
                        if (begun < request.jobsAtOnce() && isFree(ready, unfinished)) {
                            waiting.remove(ready);
                            running.submit(() -> run(ready));
                        }
                    }
                }
                Future<Ended> done = running.poll(1, TimeUnit.SECONDS);
                if (stop.isAsked()) {
                    isOver = true;
                    threads.shutdownNow();
                    // Again and again: a job that is told to end between two queries may begin the next.
                    spark.sparkContext().cancelAllJobs();
                }
                if (done != null) {
                    Ended next = done.get();
                    unfinished.remove(next.ready());
                    ended.add(next);
                    isOver |= next.fault().isPresent();
                    files.save(record.with(records(jobs, ended)));
                }
            }
        } finally {
            threads.shutdown();
        }
    }

    /** Whether no unfinished job before this one touches what it needs. */
    private static boolean isFree(Ready ready, List<Ready> unfinished) {
        return unfinished.subList(0, unfinished.indexOf(ready)).stream()
                .noneMatch(earlier -> ready.job().mustFollow(earlier.job()));
    }

    private Ended run(Ready ready) {
        Job<?> job = ready.job();
        Instant jobStart = clock.instant();
        progress.jobStarted(job.name());
        // In Spark's pages and events, what is done for a job bears its name.
        spark.sparkContext().setJobGroup(job.name(), null, false);
        List<String> retries = new ArrayList<>();
        AtomicReference<JobTally> last = new AtomicReference<>(new JobTally(job.name(), jobStart));
        Optional<Throwable> fault = Optional.empty();
        try {
            retrying.run(
                    "job '" + job.name() + "'",
                    retry -> {
                        retries.add(retry);
                        progress.said(retry);
                    },
                    () -> {
                        last.set(new JobTally(job.name(), jobStart));
                        JobRun run = new JobRun(this, ready, last.get());
                        if (!run.stands()) {
                            ready.body().accept(run);
                        }
                    });
        } catch (Throwable e) { // Scala throws checked exceptions undeclared
            fault = Optional.of(e);
        }
        retries.forEach(last.get()::warn);
        JobRecord record =
                last.get().ended(fault.isPresent() ? RunRecord.FAILED : RunRecord.SUCCEEDED, seconds(jobStart));
        progress.jobEnded(record);
        return new Ended(ready, record, fault);
    }

    private static List<JobRecord> records(List<Ready> jobs, List<Ended> ended) {
        return inOrder(jobs, ended).stream().map(Ended::record).toList();
    }

    /** In the order of the plan, in whichever order they ended. */
    private static List<Ended> inOrder(List<Ready> jobs, List<Ended> ended) {
        Map<Ready, Integer> order = new HashMap<>();
        jobs.forEach(job -> order.put(job, order.size()));
        return ended.stream()
                .sorted(Comparator.comparing(job -> order.get(job.ready())))
                .toList();
    }

    private double seconds(Instant since) {
        return Duration.between(since, clock.instant()).toMillis() / 1000.0;
    }
}
