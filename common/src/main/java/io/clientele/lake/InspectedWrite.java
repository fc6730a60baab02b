package io.clientele.lake;

import io.clientele.failure.Failure;
import io.clientele.lake.Inspector.Inspection;
import io.clientele.lake.Inspector.Stored;
import io.clientele.table.Table;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.DeltaOperations;
import org.apache.spark.sql.delta.DeltaOptions;
import org.apache.spark.sql.delta.OptimisticTransaction;
import org.apache.spark.sql.delta.actions.Action;
import org.apache.spark.sql.delta.actions.AddFile;
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

    /** Writes, unless the options name a write that was done before. A {@link Failure} of the inspection refuses the rows. */
    void run(SaveMode mode, Map<String, String> options, Inspection inspection) {
        WriteIntoDelta write = new WriteIntoDelta(
                log,
                mode,
                new DeltaOptions(
                        scala.collection.immutable.Map.from(CollectionConverters.asScala(options)),
                        spark.sessionState().conf()),
                CollectionConverters.asScala(List.<String>of()).toSeq(),
                scala.collection.immutable.Map.from(CollectionConverters.asScala(Map.<String, String>of())),
                inspection.rows(),
                Option.empty(),
                Option.empty(),
                false);
        log.withNewTransaction(Option.empty(), Option.empty(), transaction -> commit(write, transaction, inspection));
    }

    private Option<Object> commit(WriteIntoDelta write, OptimisticTransaction transaction, Inspection inspection) {
        if (write.hasBeenExecuted(transaction, spark, Option.apply(write.options()))) {
            return Option.empty();
        }
        TaggedCommitData<Action> stored = write.writeAndReturnCommitData(transaction, spark, Option.empty(), false);
        inspect(CollectionConverters.asJava(stored.actions()), inspection);
        return transaction.commitIfNeeded(
                stored.actions(),
                new DeltaOperations.Write(
                        write.mode(),
                        Option.apply(write.partitionColumns()),
                        Option.empty(),
                        Option.empty(),
                        Option.empty(),
                        Option.empty(),
                        Option.empty(),
                        Option.empty(),
                        Option.empty()),
                stored.stringTags());
    }

    private void inspect(List<Action> actions, Inspection inspection) {
        List<Path> files = new ArrayList<>();
        long count = 0;
        for (Action action : actions) {
            if (action instanceof AddFile file) {
                files.add(new Path(log.dataPath(), new Path(URI.create(file.path()))));
                count += rows(file);
            }
        }
        String[] paths = files.stream().map(Path::toString).toArray(String[]::new);
        try {
            inspection.judge().accept(new Stored(count, () -> spark.read()
                    .schema(table.schema())
                    .parquet(paths)));
        } catch (Failure refusal) {
            refused.keep(table, files);
            throw refusal;
        }
        refused.clear(table);
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
