package io.clientele.run;

import io.clientele.config.ConfigFolder;
import io.clientele.config.Retries;
import io.clientele.failure.Failure;
import io.clientele.lake.DeltaLake;
import io.clientele.lake.LakeLock;
import io.clientele.quality.Rules;
import io.clientele.run.Job.Ready;
import io.clientele.table.Table;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;

/**
 * Runs jobs for one business date or several, and owns everything around them: the configuration is read before anything
 * starts, one run at a time writes to the lake, every run leaves its record.
 */
public final class Runner {

    /**
     * What to run.
     *
     * @param configured the jobs, with all that is said of them
     * @param dates business dates, run one after the other; the first that fails ends the run
     * @param lakeRoot URI of the lake
     * @param rawRoot URI of the raw zone
     * @param settings Spark settings
     * @param jobsAtOnce how many jobs that do not depend on each other may run at the same time
     * @param isFull whether all is computed again, also where what has changed would do
     * @param retries of what fails for a reason that passes by itself
     */
    public record Request(
            Configured configured,
            List<LocalDate> dates,
            String lakeRoot,
            String rawRoot,
            Map<String, String> settings,
            int jobsAtOnce,
            boolean isFull,
            Retries retries,
            String version) {

        private String purpose() {
            LocalDate last = dates.get(dates.size() - 1);
            return "run of " + dates.get(0) + (dates.size() > 1 ? " to " + last : "");
        }
    }

    private final Clock clock;
    private final Progress progress;
    private final Stop stop;

    /** @param stop asked when the run is to end before it is done */
    public Runner(Clock clock, Progress progress, Stop stop) {
        this.clock = clock;
        this.progress = progress;
        this.stop = stop;
    }

    /** All configuration of a run, read and checked. */
    public record Configured(List<Ready> jobs, Rules rules) {}

    /**
     * Reads and checks all configuration; nothing starts before.
     *
     * @param jobs in an order in which each finds what it reads
     * @param tables those that quality rules may name: of all jobs, not only of these
     */
    public static Configured configure(List<Job<?>> jobs, Set<Table> tables, ConfigFolder conf) {
        List<Ready> ready = new ArrayList<>();
        for (Job<?> job : jobs) {
            ready.add(job.configured(conf));
        }
        return new Configured(ready, Rules.read(conf, tables));
    }

    /**
     * Runs the request.
     *
     * @return the record of each date that was run; the last may have failed
     * @throws Failure if no run could start: lock held, lake not writable, or one that a
     *     newer version wrote
     */
    public List<RunRecord> run(Request request) {
        Configuration hadoop = Session.hadoop(request.settings());
        try (LakeLock lock =
                LakeLock.acquire(request.lakeRoot(), hadoop, LakeLock.Owner.thisProcess(request.purpose()))) {
            lock.predecessor()
                    .ifPresent(dead ->
                            progress.said("the %s (process %d) died while it held the lock; its lock is taken over"
                                    .formatted(dead.purpose(), dead.pid())));
            SparkSession spark = Session.start(request.settings());
            StageListener stages = new StageListener(progress);
            spark.sparkContext().addSparkListener(stages);
            try {
                return run(request, spark, new RunFiles(request.lakeRoot(), hadoop));
            } finally {
                spark.sparkContext().removeSparkListener(stages);
            }
        }
    }

    private List<RunRecord> run(Request request, SparkSession spark, RunFiles files) {
        DeltaLake lake = new DeltaLake(spark, request.lakeRoot());
        refuseNewer(lake, request);
        Ledger ledger = new Ledger(spark, lake);
        keepWhatWasLeft(ledger, files, request.lakeRoot());
        List<RunRecord> records = new ArrayList<>();
        for (LocalDate date : request.dates()) {
            RunRecord ended = new Night(
                            request,
                            request.configured().rules(),
                            spark,
                            date,
                            clock,
                            ledger.lastOfJobs(),
                            progress,
                            stop)
                    .run(request.configured().jobs(), files);
            RunRecord kept = keep(ledger, files, ended, request);
            records.add(kept);
            progress.runEnded(kept);
            if (!kept.hasSucceeded()) {
                break;
            }
        }
        return records;
    }

    /** Before anything is done: a job may come to its table only after hours. */
    private static void refuseNewer(DeltaLake lake, Request request) {
        for (Ready ready : request.configured().jobs()) {
            Job<?> job = ready.job();
            try {
                job.writes().forEach(lake::refuseNewer);
            } catch (Exception e) { // Scala throws checked exceptions undeclared
                throw Faults.explain(e, job.name(), request.lakeRoot());
            }
        }
    }

    /** The lock is ours: a run that has not ended by now was killed, before or after its jobs were done. */
    private static void keepWhatWasLeft(Ledger ledger, RunFiles files, String lakeRoot) {
        try {
            for (RunRecord left : files.unended()) {
                RunRecord run =
                        left.status().equals(RunRecord.RUNNING) ? left.ended(RunRecord.KILLED, null, null, null) : left;
                ledger.keep(run);
                files.end(run);
            }
        } catch (Exception e) { // Scala throws checked exceptions undeclared
            throw Faults.explain(e, "ledger", lakeRoot);
        }
    }

    /** A run whose record cannot be kept has failed, whatever its jobs did; one that failed before keeps its reason. */
    private RunRecord keep(Ledger ledger, RunFiles files, RunRecord run, Request request) {
        try {
            new Retrying(request.retries(), stop::isAsked).run("the ledger", progress::said, () -> {
                ledger.keep(run);
                files.end(run);
            });
            return run;
        } catch (Exception e) { // Scala throws checked exceptions undeclared
            Failure failure = Faults.explain(e, "ledger", request.lakeRoot());
            FailureLog.write(failure);
            return run.hasSucceeded()
                    ? run.ended(RunRecord.FAILED, failure.exitCode().code(), run.seconds(), failure.getMessage())
                    : run;
        }
    }
}
