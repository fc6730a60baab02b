package io.clientele.lake;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clientele.failure.ExitCode;
import io.clientele.failure.Failure;
import io.clientele.table.Field;
import io.clientele.table.Table;
import io.delta.tables.DeltaTable;
import io.delta.tables.DeltaTableBuilder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.Snapshot;
import org.apache.spark.sql.types.StructField;

/** A lake of Delta tables: one folder per layer, one per table. */
public final class DeltaLake implements Lake {

    private static final ObjectMapper JSON = new ObjectMapper();

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
        Dataset<Row> stored = spark.read().format("delta").load(location(table));
        refuseNewer(table, stored.schema().fields());
        List<String> present = Arrays.asList(stored.columns());
        return stored.select(table.fields().stream()
                .map(field -> present.contains(field.column()) ? field.col() : field.isNull())
                .toArray(Column[]::new));
    }

    @Override
    public long version(Table table) {
        return snapshot(table).version();
    }

    @Override
    public Written replace(Table table, Dataset<Row> rows) {
        return write(table, rows, SaveMode.Overwrite, Map.of());
    }

    @Override
    public Written append(Table table, Dataset<Row> rows) {
        return write(table, rows, SaveMode.Append, Map.of());
    }

    @Override
    public Written append(Table table, Dataset<Row> rows, WriteId id) {
        return write(
                table,
                rows,
                SaveMode.Append,
                Map.of("txnAppId", id.writer(), "txnVersion", Long.toString(id.version())));
    }

    private Written write(Table table, Dataset<Row> rows, SaveMode mode, Map<String, String> options) {
        Dataset<Row> enforced = Contract.enforce(table, rows);
        long before = prepare(table);
        RefusedRows refused = new RefusedRows(root, spark.sessionState().newHadoopConf());
        new InspectedWrite(spark, table, deltaLog(table), refused)
                .run(mode, options, inspector.inspect(table, enforced));
        long version = version(table);
        return new Written(version, version == before ? 0 : rowsWritten(table, version));
    }

    /** Creates the table if it is not there, brings an older one up to its contract, and gives its version. */
    private long prepare(Table table) {
        if (!has(table)) {
            create(table);
            return version(table);
        }
        Snapshot snapshot = snapshot(table);
        StructField[] stored = snapshot.schema().fields();
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
        return snapshot.version();
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
     * personal columns their values never enter the log, where VACUUM would not reach them.
     */
    private static Map<String, String> properties(Table table) {
        String statistics = table.statistics().stream().map(Field::column).collect(joining(","));
        Stream<Map.Entry<String, String>> erasable = Stream.of(
                Map.entry("delta.enableDeletionVectors", "false"),
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

    /** What the commit says that it wrote; read from its file, for a query of the history takes a job of the engine. */
    private long rowsWritten(Table table, long version) {
        Path commit = new Path(location(table), "_delta_log/%020d.json".formatted(version));
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                commit.getFileSystem(spark.sessionState().newHadoopConf()).open(commit), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode rows = JSON.readTree(line).at("/commitInfo/operationMetrics/numOutputRows");
                if (!rows.isMissingNode()) {
                    return rows.asLong();
                }
            }
            throw new IllegalStateException("commit " + version + " of " + table + " does not tell its rows");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Snapshot snapshot(Table table) {
        return deltaLog(table).update(false, scala.Option.empty(), scala.Option.empty());
    }

    private DeltaLog deltaLog(Table table) {
        return DeltaLog.forTable(spark, location(table));
    }

    /** The URI of a table's folder. */
    public String location(Table table) {
        return root + "/" + table.layer().schema() + "/" + table.name();
    }
}
