package io.clientele.lake;

import io.clientele.table.Table;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.ObjLongConsumer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A lake as one job sees it: it opens the tables that the job declared, tells who listens, and refuses any other. */
public final class DeclaredLake implements Lake {

    private final Lake lake;
    private final String job;
    private final Set<Table> reads;
    private final Set<Table> writes;
    private final ObjLongConsumer<Table> onRead;
    private final BiConsumer<Table, Written> onWrite;

    /**
     * @param onRead told each table read and its version
     * @param onWrite told each table written and what the write did
     */
    public DeclaredLake(
            Lake lake,
            String job,
            Set<Table> reads,
            Set<Table> writes,
            ObjLongConsumer<Table> onRead,
            BiConsumer<Table, Written> onWrite) {
        this.lake = lake;
        this.job = job;
        this.reads = reads;
        this.writes = writes;
        this.onRead = onRead;
        this.onWrite = onWrite;
    }

    @Override
    public boolean has(Table table) {
        require(reads.contains(table) || writes.contains(table), "reads", table);
        boolean isThere = lake.has(table);
        if (!isThere && reads.contains(table)) {
            onRead.accept(table, ABSENT);
        }
        return isThere;
    }

    @Override
    public void createIfAbsent(Table table) {
        require(writes.contains(table), "writes", table);
        lake.createIfAbsent(table);
    }

    @Override
    public Dataset<Row> read(Table table) {
        require(reads.contains(table) || writes.contains(table), "reads", table);
        Dataset<Row> rows = lake.read(table);
        onRead.accept(table, lake.version(table));
        return rows;
    }

    @Override
    public Optional<Dataset<Row>> read(Table table, long version) {
        require(reads.contains(table) || writes.contains(table), "reads", table);
        return lake.read(table, version);
    }

    @Override
    public boolean isUnchanged(Table table, long since) {
        require(reads.contains(table) || writes.contains(table), "reads", table);
        return lake.isUnchanged(table, since);
    }

    @Override
    public Optional<Changes> changes(Table table, long since) {
        require(reads.contains(table) || writes.contains(table), "reads", table);
        onRead.accept(table, lake.version(table));
        return lake.changes(table, since);
    }

    @Override
    public Dataset<Row> matching(Table table, Dataset<Row> keys) {
        require(reads.contains(table) || writes.contains(table), "reads", table);
        onRead.accept(table, lake.version(table));
        return lake.matching(table, keys);
    }

    @Override
    public long version(Table table) {
        long version = lake.version(table);
        if (reads.contains(table)) {
            onRead.accept(table, version);
        }
        return version;
    }

    @Override
    public Written replace(Table table, Dataset<Row> rows) {
        require(writes.contains(table), "writes", table);
        return told(table, lake.replace(table, rows));
    }

    @Override
    public Written revise(Table table, Dataset<Row> keys, Dataset<Row> rows) {
        require(writes.contains(table), "writes", table);
        return told(table, lake.revise(table, keys, rows));
    }

    @Override
    public Written append(Table table, Dataset<Row> rows, WriteId id) {
        require(writes.contains(table), "writes", table);
        return told(table, lake.append(table, rows, id));
    }

    private Written told(Table table, Written written) {
        onWrite.accept(table, written);
        return written;
    }

    private void require(boolean isDeclared, String verb, Table table) {
        if (!isDeclared) {
            throw new IllegalStateException(
                    "job '%s' does not declare that it %s %s; declare it where the job is defined"
                            .formatted(job, verb, table));
        }
    }
}
