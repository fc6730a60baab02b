package io.clientele.qualify;

import io.clientele.lake.Lake;
import io.clientele.table.Table;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A lake on which a job is killed when it would write once more than it may. */
record KilledLake(Lake lake, AtomicInteger writesLeft) implements Lake {

    KilledLake(Lake lake, int writes) {
        this(lake, new AtomicInteger(writes));
    }

    private void write() {
        if (writesLeft.getAndDecrement() <= 0) {
            throw new Killed();
        }
    }

    @Override
    public boolean has(Table table) {
        return lake.has(table);
    }

    @Override
    public void createIfAbsent(Table table) {
        lake.createIfAbsent(table);
    }

    @Override
    public Dataset<Row> read(Table table) {
        return lake.read(table);
    }

    @Override
    public long version(Table table) {
        return lake.version(table);
    }

    @Override
    public Optional<Dataset<Row>> read(Table table, long version) {
        return lake.read(table, version);
    }

    @Override
    public boolean isUnchanged(Table table, long since) {
        return lake.isUnchanged(table, since);
    }

    @Override
    public Optional<Changes> changes(Table table, long since) {
        return lake.changes(table, since);
    }

    @Override
    public Dataset<Row> matching(Table table, Dataset<Row> keys) {
        return lake.matching(table, keys);
    }

    @Override
    public Written revise(Table table, Dataset<Row> keys, Dataset<Row> rows) {
        write();
        return lake.revise(table, keys, rows);
    }

    @Override
    public Written replace(Table table, Dataset<Row> rows) {
        write();
        return lake.replace(table, rows);
    }

    @Override
    public Written append(Table table, Dataset<Row> rows, WriteId id) {
        write();
        return lake.append(table, rows, id);
    }

    /** The end of a process. */
    static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
