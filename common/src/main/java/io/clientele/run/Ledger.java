package io.clientele.run;

import io.clientele.lake.Lake;
import io.clientele.lake.Lake.Written;
import io.clientele.quality.Outcome;
import io.clientele.run.RunRecord.JobRecord;
import io.clientele.schema.JobRuns;
import io.clientele.schema.Quality;
import io.clientele.schema.Runs;
import io.clientele.table.Field;
import io.clientele.table.Table;
import java.util.List;
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

    /** The run comes last: its row says that all is kept. */
    void keep(RunRecord run) {
        AtOnce.all(List.of(() -> keepJobs(run), () -> keepQuality(run)));
        keepRun(run);
    }

    /** As {@link #keep}, for a run that somebody may have begun to keep. */
    void keepMissing(RunRecord run) {
        if (isMissing(run, JobRuns.TABLE, JobRuns.RUN_ID)) {
            keepJobs(run);
        }
        if (isMissing(run, Quality.TABLE, Quality.RUN_ID)) {
            keepQuality(run);
        }
        if (isMissing(run, Runs.TABLE, Runs.RUN_ID)) {
            keepRun(run);
        }
    }

    private boolean isMissing(RunRecord run, Table table, Field runId) {
        return !lake.has(table)
                || lake.read(table).where(runId.col().equalTo(run.runId())).isEmpty();
    }

    private Written keepJobs(RunRecord run) {
        List<Row> rows = run.jobs().stream().map(job -> row(run, job)).toList();
        return lake.append(JobRuns.TABLE, spark.createDataFrame(rows, JobRuns.TABLE.schema()));
    }

    private Written keepQuality(RunRecord run) {
        List<Row> rows = run.jobs().stream()
                .flatMap(job -> job.quality().stream())
                .map(outcome -> row(run, outcome))
                .toList();
        return lake.append(Quality.TABLE, spark.createDataFrame(rows, Quality.TABLE.schema()));
    }

    private void keepRun(RunRecord run) {
        lake.append(Runs.TABLE, spark.createDataFrame(List.of(row(run)), Runs.TABLE.schema()));
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
