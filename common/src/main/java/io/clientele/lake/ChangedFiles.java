package io.clientele.lake;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.actions.Action;
import org.apache.spark.sql.delta.actions.AddCDCFile;
import org.apache.spark.sql.delta.actions.AddFile;
import org.apache.spark.sql.delta.actions.RemoveFile;
import scala.Option;
import scala.Tuple2;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The files that came to a table and that went from it since a version. Files that only move rows, as compaction writes them,
 * are neither: what is in them came before. So the rows that came, less those that went, are what has changed, also where a
 * compacted file went later.
 *
 * @param told the files of changes that versions tell by themselves, row by row; what else came and went with these does not
 *     count
 */
record ChangedFiles(List<Path> came, List<Path> went, List<Path> told) {

    boolean isEmpty() {
        return came.isEmpty() && went.isEmpty() && told.isEmpty();
    }

    /** Empty if the log no longer reaches back to the version, or the files of then are no longer there. */
    static Optional<ChangedFiles> since(DeltaLog log, long version, Configuration hadoop) {
        Map<String, Path> came = new LinkedHashMap<>();
        Map<String, Path> went = new LinkedHashMap<>();
        List<Path> told = new ArrayList<>();
        long expected = version + 1;
        var commits = CollectionConverters.asJava(log.getChanges(expected, Option.empty(), false));
        while (commits.hasNext()) {
            Tuple2<Object, scala.collection.immutable.Seq<Action>> commit = commits.next();
            if ((Long) commit._1() != expected) {
                return Optional.empty();
            }
            expected++;
            List<Action> actions = CollectionConverters.asJava(commit._2());
            if (actions.stream().anyMatch(AddCDCFile.class::isInstance)) {
                actions.stream()
                        .filter(AddCDCFile.class::isInstance)
                        .map(action -> TableFiles.path(log, ((AddCDCFile) action).path()))
                        .forEach(told::add);
                continue;
            }
            for (Action action : actions) {
                if (action instanceof AddFile file && file.dataChange()) {
                    came.put(file.path(), TableFiles.path(log, file.path()));
                } else if (action instanceof RemoveFile file && file.dataChange()) {
                    if (came.remove(file.path()) == null) {
                        went.put(file.path(), TableFiles.path(log, file.path()));
                    }
                }
            }
        }
        boolean isWhole =
                expected == log.update(false, Option.empty(), Option.empty()).version() + 1;
        boolean isThere = Stream.of(came.values(), went.values(), told)
                .flatMap(Collection::stream)
                .allMatch(file -> TableFiles.exists(file, hadoop));
        return isWhole && isThere
                ? Optional.of(new ChangedFiles(List.copyOf(came.values()), List.copyOf(went.values()), told))
                : Optional.empty();
    }
}
