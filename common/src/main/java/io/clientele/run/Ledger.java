package io.clientele.run;

import static java.util.concurrent.Executors.callable;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.struct;

import io.clientele.lake.Lake;
import io.clientele.lake.Lake.WriteId;
import io.clientele.quality.Outcome;
import io.clientele.run.RunRecord.JobRecord;
import io.clientele.schema.JobRuns;
import io.clientele.schema.Quality;
import io.clientele.schema.Runs;
import io.clientele.table.Table;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import scala.jdk.javaapi.CollectionConverters;

/** Keeps ended runs in {@code ops.runs}, {@code ops.job_runs} and {@code ops.quality}. */
final class Ledger {

    private final SparkSession spark;
    private final Lake lake;

    Ledger(SparkSession spark, Lake lake) {
        this.spark = spark;
        this.lake = lake;
    }

    /**
     * The last run of each job that succeeded and that a later one can go on from, also where the night failed.
     *
     * @return by the name of the job
     */
    Map<String, Before> lastOfJobs() {
        if (!lake.has(JobRuns.TABLE)) {
            return Map.of();
        }
        Dataset<Row> last = lake.read(JobRuns.TABLE)
                .where(JobRuns.STATUS
                        .col()
                        .equalTo(RunRecord.SUCCEEDED)
                        .and(JobRuns.BASIS.col().isNotNull()))
                .groupBy(JobRuns.JOB.col())
                .agg(max_by(
                                struct(
                                        JobRuns.RUN_ID.col(),
                                        JobRuns.BUSINESS_DATE.col(),
                                        JobRuns.BASIS.col(),
                                        JobRuns.READS.col(),
                                        JobRuns.WRITES.col()),
                                JobRuns.STARTED_AT.col())
                        .as("last"))
                .select(JobRuns.JOB.col(), col("last.*"));
        Map<String, Before> byJob = new HashMap<>();
        last.collectAsList()
                .forEach(row -> byJob.put(
                        row.getString(0),
                        new Before(
                                row.getString(1),
                                row.getLocalDate(2),
                                row.getString(3),
                                versions(row.getList(4)),
                                versions(row.getList(5)))));
        return byJob;
    }

    private static Map<String, Long> versions(List<Row> tables) {
        return tables.stream().collect(Collectors.toMap(table -> table.getString(0), table -> table.getLong(1)));
    }

    /** Keeps what is not kept yet. The run comes last: its row says that all is. */
    void keep(RunRecord run) {
        List<Row> jobs = run.jobs().stream().map(job -> row(run, job)).toList();
        List<Row> outcomes = run.jobs().stream()
                .flatMap(job -> job.quality().stream())
                .map(outcome -> row(run, outcome))
                .toList();
        AtOnce.all(List.of(
                callable(() -> append(JobRuns.TABLE, jobs, run)),
                callable(() -> append(Quality.TABLE, outcomes, run))));
        append(Runs.TABLE, List.of(row(run)), run);
    }

    private void append(Table table, List<Row> rows, RunRecord run) {
        if (rows.isEmpty()) {
            lake.createIfAbsent(table);
        } else {
            lake.append(table, spark.createDataFrame(rows, table.schema()), new WriteId("run:" + run.runId(), 1));
        }
    }

    private static Row row(RunRecord run) {
        return RowFactory.create(
                run.runId(),
                run.date(),
                run.status(),
                run.exitCode(),
                run.startedAt(),
                run.seconds(),
                seq(run.planned()),
                run.version(),
                run.error());
    }

    private static Row row(RunRecord run, JobRecord job) {
        return RowFactory.create(
                run.runId(),
                job.job(),
                run.date(),
                job.status(),
                job.startedAt(),
                job.seconds(),
                seq(job.reads().stream()
                        .map(read -> RowFactory.create(read.table(), read.version()))
                        .toList()),
                seq(job.writes().stream()
                        .map(write -> RowFactory.create(
                                write.table(),
                                write.version(),
                                write.rowsIn(),
                                write.rowsOut(),
                                write.rowsRejected(),
                                write.rowsMerged()))
                        .toList()),
                job.basis(),
                job.scope(),
                scala.collection.immutable.Map.from(CollectionConverters.asScala(job.metrics())),
                seq(job.warnings()));
    }

    private static Row row(RunRecord run, Outcome outcome) {
        return RowFactory.create(
                run.runId(),
                run.date(),
                outcome.rule(),
                outcome.table(),
                outcome.write(),
                outcome.dimension().code(),
                outcome.severity().code(),
                outcome.rows(),
                outcome.failing(),
                outcome.share(),
                outcome.ageDays(),
                outcome.allowed(),
                outcome.verdict().code());
    }

    private static <T> scala.collection.immutable.Seq<T> seq(List<T> items) {
        return CollectionConverters.asScala(items).toSeq();
    }
}
