package io.clientele.lake;

import io.clientele.table.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.actions.Action;
import org.apache.spark.sql.delta.actions.AddFile;
import org.apache.spark.sql.delta.actions.RemoveFile;
import scala.Option;
import scala.Tuple2;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The files that came to a table and that went from it since a version. Files that only move rows, as compaction writes them,
 * are neither: what is in them came before. So the rows that came, less those that went, are what has changed, also where a
 * compacted file went later.
 */
record ChangedFiles(List<Path> came, List<Path> went) {

    /** Empty if the log no longer reaches back to the version, or the files of then are no longer there. */
    static Optional<ChangedFiles> since(DeltaLog log, long version, Configuration hadoop) {
        Map<String, Path> came = new LinkedHashMap<>();
        Map<String, Path> went = new LinkedHashMap<>();
        long expected = version + 1;
        var commits = CollectionConverters.asJava(log.getChanges(expected, Option.empty(), false));
        while (commits.hasNext()) {
            Tuple2<Object, scala.collection.immutable.Seq<Action>> commit = commits.next();
            if ((Long) commit._1() != expected) {
                return Optional.empty();
            }
            expected++;
            for (Action action : CollectionConverters.asJava(commit._2())) {
                if (action instanceof AddFile file && file.dataChange()) {
                    came.put(file.path(), path(log, file.path()));
                } else if (action instanceof RemoveFile file && file.dataChange()) {
                    if (came.remove(file.path()) == null) {
                        went.put(file.path(), path(log, file.path()));
                    }
                }
            }
        }
        boolean isWhole =
                expected == log.update(false, Option.empty(), Option.empty()).version() + 1;
        boolean isThere =
                Stream.concat(came.values().stream(), went.values().stream()).allMatch(file -> exists(file, hadoop));
        return isWhole && isThere
                ? Optional.of(new ChangedFiles(List.copyOf(came.values()), List.copyOf(went.values())))
                : Optional.empty();
    }

    /** The rows of files of a table. */
    static Dataset<Row> read(SparkSession spark, Table table, List<Path> files) {
        return files.isEmpty()
                ? spark.createDataFrame(List.of(), table.schema())
                : spark.read()
                        .schema(table.schema())
                        .parquet(files.stream().map(Path::toString).toArray(String[]::new));
    }

    /** Where a file of the log is: its name there is relative and escaped. */
    static Path path(DeltaLog log, String name) {
        return new Path(log.dataPath(), new Path(URI.create(name)));
    }

    static boolean exists(Path file, Configuration hadoop) {
        try {
            FileSystem fileSystem = file.getFileSystem(hadoop);
            return fileSystem.exists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
