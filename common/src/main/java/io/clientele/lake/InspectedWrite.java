package io.clientele.lake;

import io.clientele.failure.Failure;
import io.clientele.lake.Inspector.Inspection;
import io.clientele.lake.Inspector.Stored;
import io.clientele.table.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.DeltaOperations;
import org.apache.spark.sql.delta.DeltaOptions;
import org.apache.spark.sql.delta.OptimisticTransaction;
import org.apache.spark.sql.delta.actions.Action;
import org.apache.spark.sql.delta.actions.AddFile;
import org.apache.spark.sql.delta.actions.RemoveFile;
import org.apache.spark.sql.delta.commands.DMLUtils.TaggedCommitData;
import org.apache.spark.sql.delta.commands.WriteIntoDelta;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A write to a Delta table, in the steps of Delta's own, with time for a look between storing the files and committing them.
 *
 * <p>A table with a gate could also be written twice, aside and then in place, or be put back by {@code RESTORE}. The first
 * costs a second write, the second lets readers see what was refused. Here a write costs what any does, and a refused one
 * never becomes a version: until the commit, its files belong to nobody.
 */
final class InspectedWrite {

    private final SparkSession spark;
    private final Table table;
    private final DeltaLog log;
    private final RefusedRows refused;

    InspectedWrite(SparkSession spark, Table table, DeltaLog log, RefusedRows refused) {
        this.spark = spark;
        this.table = table;
        this.log = log;
        this.refused = refused;
    }

    /**
     * Adds rows and, in the same commit, does something else; unless the options name a write that was done before. A {@link
     * Failure} of the inspection refuses the rows.
     *
     * @param mode what the history of the table says of the write
     * @param alongside stores what else there is to store, beside the files of the rows, and gives its part of the commit
     * @return how many rows were added
     */
    long run(
            SaveMode mode,
            Map<String, String> options,
            Inspection inspection,
            BiFunction<OptimisticTransaction, List<AddFile>, List<Action>> alongside) {
        WriteIntoDelta write = new WriteIntoDelta(
                log,
                SaveMode.Append,
                new DeltaOptions(
                        scala.collection.immutable.Map.from(CollectionConverters.asScala(options)),
                        spark.sessionState().conf()),
                CollectionConverters.asScala(List.<String>of()).toSeq(),
                scala.collection.immutable.Map.from(CollectionConverters.asScala(Map.<String, String>of())),
                inspection.rows(),
                Option.empty(),
                Option.empty(),
                false);
        return log.<Long>withNewTransaction(
                Option.empty(), Option.empty(), transaction -> commit(mode, write, transaction, inspection, alongside));
    }

    private long commit(
            SaveMode mode,
            WriteIntoDelta write,
            OptimisticTransaction transaction,
            Inspection inspection,
            BiFunction<OptimisticTransaction, List<AddFile>, List<Action>> alongside) {
        if (write.hasBeenExecuted(transaction, spark, Option.apply(write.options()))) {
            return 0;
        }
        TaggedCommitData<Action> stored = write.writeAndReturnCommitData(transaction, spark, Option.empty(), false);
        List<Action> actions = new ArrayList<>(CollectionConverters.asJava(stored.actions()));
        List<AddFile> files = added(actions);
        long rows = files.stream().mapToLong(this::rows).sum();
        List<Action> rest = alongside.apply(transaction, files);
        inspect(files, rows, mode == SaveMode.Append ? rows : total(transaction, rest) + rows, inspection);
        actions.addAll(rest);
        transaction.commitIfNeeded(
                CollectionConverters.asScala(actions).toSeq(),
                new DeltaOperations.Write(
                        mode,
                        Option.apply(write.partitionColumns()),
                        Option.empty(),
                        Option.empty(),
                        Option.empty(),
                        Option.empty(),
                        Option.empty(),
                        Option.empty(),
                        Option.empty()),
                stored.stringTags());
        return rows;
    }

    private void inspect(List<AddFile> stored, long rows, long total, Inspection inspection) {
        List<Path> files = TableFiles.paths(log, stored);
        try {
            inspection.judge().accept(new Stored(rows, total, () -> TableFiles.read(spark, table, files)));
        } catch (Failure refusal) {
            refused.keep(table, files);
            throw refusal;
        }
        refused.clear(table);
    }

    /** How many rows the table has when the actions are done. */
    private long total(OptimisticTransaction transaction, List<Action> actions) {
        Map<String, AddFile> files = new HashMap<>();
        TableFiles.of(transaction.snapshot()).forEach(file -> files.put(file.path(), file));
        for (Action action : actions) {
            if (action instanceof RemoveFile gone) {
                files.remove(gone.path());
            }
        }
        added(actions).forEach(file -> files.put(file.path(), file));
        return files.values().stream().mapToLong(this::rows).sum();
    }

    private static List<AddFile> added(List<Action> actions) {
        return actions.stream()
                .filter(AddFile.class::isInstance)
                .map(AddFile.class::cast)
                .toList();
    }

    private long rows(AddFile file) {
        Option<Object> rows = file.numLogicalRecords();
        if (rows.isEmpty()) {
            throw new IllegalStateException("a file of " + table
                    + " does not tell its rows; spark.databricks.delta.stats.collect must be left on");
        }
        return (Long) rows.get();
    }
}
