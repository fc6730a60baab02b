package io.clientele.run;

import io.clientele.lake.Lake;
import io.clientele.run.RunRecord.JobRecord;
import io.clientele.schema.JobRuns;
import io.clientele.schema.Runs;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import scala.jdk.javaapi.CollectionConverters;

/** Keeps ended runs in {@code ops.runs} and {@code ops.job_runs}. */
final class Ledger {

    private final SparkSession spark;
    private final Lake lake;

    Ledger(SparkSession spark, Lake lake) {
        this.spark = spark;
        this.lake = lake;
    }

    void keep(List<RunRecord> runs) {
        List<Row> rows = runs.stream().map(Ledger::row).toList();
        List<Row> jobRows = runs.stream()
                .flatMap(run -> run.jobs().stream().map(job -> row(run, job)))
                .toList();
        lake.append(Runs.TABLE, spark.createDataFrame(rows, Runs.TABLE.schema()));
        lake.append(JobRuns.TABLE, spark.createDataFrame(jobRows, JobRuns.TABLE.schema()));
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

    private static <T> scala.collection.immutable.Seq<T> seq(List<T> items) {
        return CollectionConverters.asScala(items).toSeq();
    }
}
