package io.clientele.lake;

import io.clientele.table.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.Snapshot;
import org.apache.spark.sql.delta.VersionChecksum;
import org.apache.spark.sql.delta.actions.AddFile;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.Option;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The files of a table. Those of a small one are told by the checksum of its version, which Delta writes with each commit;
 * Delta itself asks the log in two Spark jobs, whenever it reads a version for the first time, and of so many a small night
 * is made.
 */
final class TableFiles {

    /** In files of changes, what became of a row; null for one that only moves. */
    static final String CHANGE = "_change_type";

    static final String INSERTED = "insert";
    static final String DELETED = "delete";

    private TableFiles() {}

    /** All files of a version, which tell how many rows they have. */
    static List<AddFile> of(Snapshot snapshot) {
        Option<Seq<AddFile>> told = told(snapshot);
        return CollectionConverters.asJava(told.isDefined() ? told.get() : snapshot.getAllFiles(true));
    }

    /** The rows of a version. */
    static Dataset<Row> read(SparkSession spark, DeltaLog log, Snapshot snapshot) {
        Option<Seq<AddFile>> told = told(snapshot);
        return told.isDefined()
                ? log.createDataFrame(snapshot, told.get(), false, Option.empty())
                : spark.read()
                        .format("delta")
                        .option("versionAsOf", snapshot.version())
                        .load(log.dataPath().toString());
    }

    /** The rows of some files of a table. */
    static Dataset<Row> read(SparkSession spark, Table table, List<Path> files) {
        return files.isEmpty()
                ? spark.createDataFrame(List.of(), table.schema())
                : spark.read()
                        .schema(table.schema())
                        .parquet(files.stream().map(Path::toString).toArray(String[]::new));
    }

    /** The rows of files of changes, with {@link #CHANGE}. */
    static Dataset<Row> readChanges(SparkSession spark, Table table, List<Path> files) {
        StructType schema = table.schema().add(CHANGE, DataTypes.StringType);
        return files.isEmpty()
                ? spark.createDataFrame(List.of(), schema)
                : spark.read()
                        .schema(schema)
                        .parquet(files.stream().map(Path::toString).toArray(String[]::new));
    }

    private static Option<Seq<AddFile>> told(Snapshot snapshot) {
        Option<VersionChecksum> checksum = snapshot.checksumOpt();
        return checksum.isDefined() ? checksum.get().allFiles() : Option.empty();
    }

    static List<Path> paths(DeltaLog log, List<AddFile> files) {
        return files.stream().map(file -> path(log, file.path())).toList();
    }

    /** Where a file of the log is: its name there is relative and escaped. */
    static Path path(DeltaLog log, String name) {
        return new Path(log.dataPath(), new Path(URI.create(name)));
    }

    static boolean exists(Path file, Configuration hadoop) {
        try {
            return file.getFileSystem(hadoop).exists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
