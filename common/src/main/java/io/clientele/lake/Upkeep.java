package io.clientele.lake;

import io.clientele.table.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.Snapshot;
import scala.Option;

/** What keeps the tables of a lake fast and small: nothing that it does changes a row. */
public final class Upkeep {

    private static final String LOG_RETENTION = "delta.logRetentionDuration";
    private static final String USUAL_LOG_RETENTION = "interval 30 days";

    private final SparkSession spark;
    private final DeltaLake lake;

    public Upkeep(SparkSession spark, DeltaLake lake) {
        this.spark = spark;
        this.lake = lake;
    }

    public boolean has(Table table) {
        return lake.has(table);
    }

    /** How many files of a table have less than so many bytes. */
    public long smallFiles(Table table, long bytes) {
        return TableFiles.of(snapshot(table)).stream()
                .filter(file -> file.size() < bytes)
                .count();
    }

    /**
     * Writes small files together, and a clustered table's rows where their neighbours are.
     *
     * @return how many files went
     */
    public long compact(Table table) {
        Row metrics =
                spark.sql("OPTIMIZE delta.`" + escaped(table) + "`").head().getStruct(1);
        return metrics.<Long>getAs("numFilesRemoved");
    }

    /** When the oldest commit was made that the log still has: nothing of the table has been given up for longer. */
    public Optional<Instant> oldestCommit(Table table) {
        Path log = new Path(lake.location(table), "_delta_log");
        try {
            FileSystem fileSystem = log.getFileSystem(spark.sessionState().newHadoopConf());
            return Arrays.stream(
                            fileSystem.listStatus(log, file -> file.getName().endsWith(".json")))
                    .min(Comparator.comparing(file -> file.getPath().getName()))
                    .map(FileStatus::getModificationTime)
                    .map(Instant::ofEpochMilli);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Deletes files that no version of the table has had for so long, and those of writes that never became one. */
    public void vacuum(Table table, Duration keep) {
        spark.sql("VACUUM delta.`%s` RETAIN %d HOURS".formatted(escaped(table), keep.toHours()));
    }

    /** Keeps the log of a table's commits so long; Delta cuts it when it writes a checkpoint. */
    public void keepLog(Table table, int days) {
        String wanted = "interval " + days + " days";
        Option<String> now = snapshot(table).metadata().configuration().get(LOG_RETENTION);
        if (!(now.isDefined() ? now.get() : USUAL_LOG_RETENTION).equals(wanted)) {
            spark.sql("ALTER TABLE delta.`%s` SET TBLPROPERTIES ('%s' = '%s')"
                    .formatted(escaped(table), LOG_RETENTION, wanted));
        }
    }

    private Snapshot snapshot(Table table) {
        return DeltaLog.forTable(spark, lake.location(table)).update(false, Option.empty(), Option.empty());
    }

    private String escaped(Table table) {
        return lake.location(table).replace("`", "``");
    }
}
