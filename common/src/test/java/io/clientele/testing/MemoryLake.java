package io.clientele.testing;

import io.clientele.failure.Failure;
import io.clientele.lake.Contract;
import io.clientele.lake.Lake;
import io.clientele.table.Joins;
import io.clientele.table.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A lake that lasts as long as a test. It holds tables to their contracts, as the lake of Delta tables does. */
public final class MemoryLake implements Lake {

    private final SparkSession spark;
    private final Map<String, Stored> tables = new ConcurrentHashMap<>();
    private final Map<String, List<Row>> history = new ConcurrentHashMap<>();

    /** A table's rows, its version, and the last write of each writer that said who it is. */
    private record Stored(List<Row> rows, long version, Map<String, Long> writers) {}

    public MemoryLake(SparkSession spark) {
        this.spark = spark;
    }

    @Override
    public boolean has(Table table) {
        return tables.containsKey(table.qualifiedName());
    }

    @Override
    public void createIfAbsent(Table table) {
        if (!has(table)) {
            put(table, List.of(), 0, Map.of());
        }
    }

    @Override
    public Dataset<Row> read(Table table) {
        return spark.createDataFrame(stored(table).rows(), table.schema());
    }

    @Override
    public long version(Table table) {
        return stored(table).version();
    }

    @Override
    public Optional<Dataset<Row>> read(Table table, long version) {
        return Optional.ofNullable(history.get(table.qualifiedName() + "@" + version))
                .map(rows -> spark.createDataFrame(rows, table.schema()));
    }

    @Override
    public boolean isUnchanged(Table table, long since) {
        return version(table) == since;
    }

    @Override
    public Optional<Changes> changes(Table table, long since) {
        return read(table, since).map(then -> new Changes(read(table).exceptAll(then), then.exceptAll(read(table))));
    }

    @Override
    public Dataset<Row> matching(Table table, Dataset<Row> keys) {
        return read(table).join(keys.distinct(), Joins.on(keys.columns()), Joins.SEMI);
    }

    @Override
    public Written revise(Table table, Dataset<Row> keys, Dataset<Row> rows) {
        List<Row> added = accepted(table, rows);
        List<Row> all = new ArrayList<>(
                has(table)
                        ? read(table)
                                .join(keys.distinct(), Joins.on(keys.columns()), Joins.ANTI)
                                .select(table.columns())
                                .collectAsList()
                        : List.of());
        all.addAll(added);
        return put(table, all, added.size(), has(table) ? stored(table).writers() : Map.of());
    }

    @Override
    public Written replace(Table table, Dataset<Row> rows) {
        List<Row> added = accepted(table, rows);
        return put(table, added, added.size(), has(table) ? stored(table).writers() : Map.of());
    }

    @Override
    public Written append(Table table, Dataset<Row> rows, WriteId id) {
        Map<String, Long> writers = new HashMap<>(has(table) ? stored(table).writers() : Map.of());
        List<Row> added = accepted(table, rows);
        if (writers.getOrDefault(id.writer(), Long.MIN_VALUE) >= id.version()) {
            return new Written(version(table), 0);
        }
        writers.put(id.writer(), id.version());
        return put(table, joined(table, added), added.size(), writers);
    }

    private Stored stored(Table table) {
        Stored stored = tables.get(table.qualifiedName());
        if (stored == null) {
            throw Failure.input("%s: the lake does not have it yet; run the job that writes it (see plan)", table);
        }
        return stored;
    }

    private List<Row> joined(Table table, List<Row> added) {
        List<Row> all = new ArrayList<>(has(table) ? stored(table).rows() : List.of());
        all.addAll(added);
        return all;
    }

    private Written put(Table table, List<Row> rows, long added, Map<String, Long> writers) {
        long version = has(table) ? stored(table).version() + 1 : 1;
        tables.put(table.qualifiedName(), new Stored(List.copyOf(rows), version, Map.copyOf(writers)));
        history.put(table.qualifiedName() + "@" + version, List.copyOf(rows));
        return new Written(version, added);
    }

    private static List<Row> accepted(Table table, Dataset<Row> rows) {
        List<Row> accepted = Contract.enforce(table, rows).collectAsList();
        for (int i = 0; i < table.fields().size(); i++) {
            int position = i;
            if (table.fields().get(i).spec().isRequired()
                    && accepted.stream().anyMatch(row -> row.isNullAt(position))) {
                throw new IllegalArgumentException("rows for %s break its contract: column %s is required and null"
                        .formatted(table, table.fields().get(i).column()));
            }
        }
        return accepted;
    }
}
