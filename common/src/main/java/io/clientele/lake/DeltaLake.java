package io.clientele.lake;

import static java.util.stream.Collectors.joining;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.hash;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.xxhash64;

import io.clientele.failure.ExitCode;
import io.clientele.failure.Failure;
import io.clientele.table.Field;
import io.clientele.table.Joins;
import io.clientele.table.Table;
import io.delta.tables.DeltaTable;
import io.delta.tables.DeltaTableBuilder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.OptimisticTransaction;
import org.apache.spark.sql.delta.Snapshot;
import org.apache.spark.sql.delta.actions.Action;
import org.apache.spark.sql.delta.actions.AddFile;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructField;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

/** A lake of Delta tables: one folder per layer, one per table. */
public final class DeltaLake implements Lake {

    private static final String DIGEST = "digest";
    private static final String SIDE = "side";
    private static final String GONE = "what_became";
    private static final String FILE_NAME = "name_of_file";

    private final SparkSession spark;
    private final String root;
    private final Inspector inspector;

    /** @param root URI of the lake's folder, in any file system that Hadoop knows */
    public DeltaLake(SparkSession spark, String root) {
        this(spark, root, Inspector.NONE);
    }

    /** @param inspector looks at every write before it counts */
    public DeltaLake(SparkSession spark, String root, Inspector inspector) {
        this.spark = spark;
        this.root = new Path(root).toString();
        this.inspector = inspector;
    }

    @Override
    public boolean has(Table table) {
        return DeltaTable.isDeltaTable(spark, location(table));
    }

    @Override
    public void createIfAbsent(Table table) {
        if (!has(table)) {
            create(table);
        }
    }

    /** @throws Failure (incompatible) if the lake has the table, with columns that its contract does not know */
    public void refuseNewer(Table table) {
        if (has(table)) {
            refuseNewer(table, snapshot(table).schema().fields());
        }
    }

    @Override
    public Dataset<Row> read(Table table) {
        if (!has(table)) {
            throw Failure.input("%s: the lake does not have it yet; run the job that writes it (see plan)", table);
        }
        return underContract(table, TableFiles.read(spark, deltaLog(table), snapshot(table)));
    }

    @Override
    public Optional<Dataset<Row>> read(Table table, long version) {
        Snapshot then;
        try {
            then = deltaLog(table).getSnapshotAt(version, Option.empty(), Option.empty(), false);
        } catch (Exception gone) { // of several types: the commit, or the checkpoint before it, is not there any more
            return Optional.empty();
        }
        DeltaLog log = deltaLog(table);
        boolean isThere =
                TableFiles.paths(log, TableFiles.of(then)).stream().allMatch(file -> TableFiles.exists(file, hadoop()));
        return isThere ? Optional.of(underContract(table, TableFiles.read(spark, log, then))) : Optional.empty();
    }

    private static Dataset<Row> underContract(Table table, Dataset<Row> stored) {
        refuseNewer(table, stored.schema().fields());
        List<String> present = Arrays.asList(stored.columns());
        return stored.select(table.fields().stream()
                .map(field -> present.contains(field.column()) ? field.col() : field.isNull())
                .toArray(Column[]::new));
    }

    @Override
    public boolean isUnchanged(Table table, long since) {
        return version(table) == since
                || ChangedFiles.since(deltaLog(table), since, hadoop())
                        .filter(ChangedFiles::isEmpty)
                        .isPresent();
    }

    @Override
    public Optional<Changes> changes(Table table, long since) {
        return ChangedFiles.since(deltaLog(table), since, hadoop()).map(files -> {
            Dataset<Row> told = TableFiles.readChanges(spark, table, files.told());
            Dataset<Row> came = TableFiles.read(spark, table, files.came()).unionAll(told(told, TableFiles.INSERTED));
            Dataset<Row> went = TableFiles.read(spark, table, files.went()).unionAll(told(told, TableFiles.DELETED));
            if (files.went().isEmpty() && files.told().isEmpty()) {
                return new Changes(came, went);
            }
            // Nearly all rows have only moved, and need not travel whole for that to be found out.
            Dataset<Row> balances = came.select(digest(table).as(DIGEST), lit(1).as(SIDE))
                    .unionAll(went.select(digest(table).as(DIGEST), lit(-1).as(SIDE)))
                    .groupBy(DIGEST)
                    .agg(sum(col(SIDE)).as(SIDE));
            return new Changes(
                    among(balances.where(col(SIDE).gt(0)), table, came),
                    among(balances.where(col(SIDE).lt(0)), table, went));
        });
    }

    private static Dataset<Row> told(Dataset<Row> changes, String change) {
        return changes.where(col(TableFiles.CHANGE).equalTo(change)).drop(TableFiles.CHANGE);
    }

    /** What rows are told by: the key makes them unique, so that two would have to have both digests in common. */
    private static Column digest(Table table) {
        return struct(xxhash64(table.columns()), hash(table.columns()));
    }

    private static Dataset<Row> among(Dataset<Row> digests, Table table, Dataset<Row> rows) {
        return rows.withColumn(DIGEST, digest(table))
                .join(digests, Joins.on(DIGEST), Joins.SEMI)
                .dropDuplicates(DIGEST)
                .select(table.columns());
    }

    @Override
    public Dataset<Row> matching(Table table, Dataset<Row> keys) {
        List<Path> files = TableFiles.paths(deltaLog(table), filesWith(table, keys));
        return TableFiles.read(spark, table, files).join(keys.distinct(), Joins.on(keys.columns()), Joins.SEMI);
    }

    @Override
    public long version(Table table) {
        return snapshot(table).version();
    }

    @Override
    public Written revise(Table table, Dataset<Row> keys, Dataset<Row> rows) {
        Dataset<Row> enforced = Contract.enforce(table, rows);
        prepare(table);
        List<AddFile> touched = filesWith(table, keys);
        return write(table, enforced, SaveMode.Overwrite, Map.of(), (transaction, added) -> {
            if (touched.isEmpty()) {
                return List.of();
            }
            Dataset<Row> rewritten = rows(table, touched)
                    .join(
                            keys.distinct().withColumn(GONE, lit(TableFiles.DELETED)),
                            Joins.on(keys.columns()),
                            Joins.LEFT)
                    .select(withChange(table, col(GONE)))
                    .unionAll(rows(table, added).select(withChange(table, lit(TableFiles.INSERTED))));
            return Stream.<Action>concat(
                            CollectionConverters.asJava(transaction.writeFiles(rewritten)).stream(),
                            touched.stream().map(AddFile::remove))
                    .toList();
        });
    }

    private Dataset<Row> rows(Table table, List<AddFile> files) {
        return TableFiles.read(spark, table, TableFiles.paths(deltaLog(table), files));
    }

    private static Column[] withChange(Table table, Column change) {
        return Stream.concat(Arrays.stream(table.columns()), Stream.of(change.as(TableFiles.CHANGE)))
                .toArray(Column[]::new);
    }

    /** The files that have a row with one of the keys. */
    private List<AddFile> filesWith(Table table, Dataset<Row> keys) {
        if (keys.isEmpty()) {
            return List.of();
        }
        Column[] columns = Arrays.stream(keys.columns()).map(functions::col).toArray(Column[]::new);
        DeltaLog log = deltaLog(table);
        Snapshot snapshot = snapshot(table);
        Set<String> names = TableFiles.read(spark, log, snapshot)
                .select(Stream.concat(
                                Arrays.stream(columns),
                                Stream.of(col("_metadata.file_name").as(FILE_NAME)))
                        .toArray(Column[]::new))
                .join(keys.distinct(), Joins.on(keys.columns()), Joins.SEMI)
                .select(FILE_NAME)
                .distinct()
                .collectAsList()
                .stream()
                .map(row -> row.getString(0))
                .collect(Collectors.toSet());
        return names.isEmpty()
                ? List.of()
                : TableFiles.of(snapshot).stream()
                        .filter(file ->
                                names.contains(TableFiles.path(log, file.path()).getName()))
                        .toList();
    }

    @Override
    public Written replace(Table table, Dataset<Row> rows) {
        Dataset<Row> enforced = Contract.enforce(table, rows);
        prepare(table);
        return write(table, enforced, SaveMode.Overwrite, Map.of(), (transaction, added) -> {
            transaction.readWholeTable();
            return TableFiles.of(transaction.snapshot()).stream()
                    .<Action>map(AddFile::remove)
                    .toList();
        });
    }

    @Override
    public Written append(Table table, Dataset<Row> rows, WriteId id) {
        Dataset<Row> enforced = Contract.enforce(table, rows);
        prepare(table);
        return write(
                table,
                enforced,
                SaveMode.Append,
                Map.of("txnAppId", id.writer(), "txnVersion", Long.toString(id.version())),
                (transaction, added) -> List.of());
    }

    private Written write(
            Table table,
            Dataset<Row> rows,
            SaveMode mode,
            Map<String, String> options,
            BiFunction<OptimisticTransaction, List<AddFile>, List<Action>> alongside) {
        long written = inspectedWrite(table).run(mode, options, inspector.inspect(table, rows), alongside);
        return new Written(version(table), written);
    }

    private InspectedWrite inspectedWrite(Table table) {
        return new InspectedWrite(spark, table, deltaLog(table), new RefusedRows(root, hadoop()));
    }

    /** Creates the table if it is not there, and brings an older one up to its contract. */
    private void prepare(Table table) {
        if (!has(table)) {
            create(table);
            return;
        }
        StructField[] stored = snapshot(table).schema().fields();
        refuseNewer(table, stored);
        String missing = Arrays.stream(table.schema().fields())
                .filter(field ->
                        Arrays.stream(stored).noneMatch(column -> column.name().equals(field.name())))
                .map(field -> "`%s` %s COMMENT '%s'"
                        .formatted(
                                field.name(),
                                field.dataType().sql(),
                                field.getComment().get().replace("\\", "\\\\").replace("'", "\\'")))
                .collect(joining(", "));
        if (!missing.isEmpty()) {
            spark.sql("ALTER TABLE delta.`" + location(table) + "` ADD COLUMNS (" + missing + ")");
        }
        var kept = snapshot(table).metadata().configuration();
        String changed = properties(table).entrySet().stream()
                .filter(property -> !kept.get(property.getKey()).contains(property.getValue()))
                .map(property -> "'%s' = '%s'"
                        .formatted(property.getKey(), property.getValue().replace("'", "\\'")))
                .collect(joining(", "));
        if (!changed.isEmpty()) {
            spark.sql("ALTER TABLE delta.`" + location(table) + "` SET TBLPROPERTIES (" + changed + ")");
        }
    }

    private void create(Table table) {
        DeltaTableBuilder builder = DeltaTable.createIfNotExists(spark)
                .location(location(table))
                .comment(table.row())
                .addColumns(table.schema());
        properties(table).forEach(builder::property);
        if (!table.clustering().isEmpty()) {
            builder.clusterBy(table.clustering().stream().map(Field::column).toArray(String[]::new));
        }
        builder.execute();
    }

    /**
     * Tables are born erasable: without deletion vectors a deleted row leaves its file, and without statistics on
     * personal columns their values never enter the log, where VACUUM would not reach them. Rewritten files tell what has
     * changed in them, in files beside them that VACUUM takes away like those of old versions.
     */
    private static Map<String, String> properties(Table table) {
        String statistics = table.statistics().stream().map(Field::column).collect(joining(","));
        Stream<Map.Entry<String, String>> erasable = Stream.of(
                Map.entry("delta.enableDeletionVectors", "false"),
                Map.entry("delta.enableChangeDataFeed", "true"),
                statistics.isEmpty()
                        ? Map.entry("delta.dataSkippingNumIndexedCols", "0")
                        : Map.entry("delta.dataSkippingStatsColumns", statistics));
        Stream<Map.Entry<String, String>> lawful = table.purpose().stream()
                .flatMap(purpose -> Stream.of(
                        Map.entry("clientele.purpose", purpose.text()),
                        Map.entry("clientele.retention", purpose.retention().toString())));
        return Stream.concat(erasable, lawful).collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static void refuseNewer(Table table, StructField[] stored) {
        List<String> declared = table.fields().stream().map(Field::column).toList();
        String unknown = Arrays.stream(stored)
                .map(StructField::name)
                .filter(column -> !declared.contains(column))
                .collect(joining(", "));
        if (!unknown.isEmpty()) {
            throw new Failure(
                    ExitCode.INCOMPATIBLE,
                    "%s: has columns that this version does not know (%s); a newer Clientele wrote it, use that version"
                            .formatted(table, unknown));
        }
    }

    private Snapshot snapshot(Table table) {
        return deltaLog(table).update(false, Option.empty(), Option.empty());
    }

    private Configuration hadoop() {
        return spark.sessionState().newHadoopConf();
    }

    private DeltaLog deltaLog(Table table) {
        return DeltaLog.forTable(spark, location(table));
    }

    /** The URI of a table's folder. */
    public String location(Table table) {
        return root + "/" + table.layer().schema() + "/" + table.name();
    }
}
