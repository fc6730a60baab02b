package io.clientele.lake;

import io.clientele.table.Table;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The tables, under their contracts. What is written must have exactly the columns and types that the contract names. */
public interface Lake {

    /** Instead of the version of a table that is not there. */
    long ABSENT = -1;

    /** What a write did: the version that it made and the rows that it wrote. */
    record Written(long version, long rows) {}

    /**
     * Identifies a write, so that repeating it changes nothing. Versions of one writer must grow: a later write with a
     * smaller one is skipped.
     */
    record WriteId(String writer, long version) {}

    /**
     * What became of a table's rows since a version: a row that was changed is among both.
     *
     * @param inserted rows that are there now and were not
     * @param deleted rows that were there and are no longer
     */
    record Changes(Dataset<Row> inserted, Dataset<Row> deleted) {}

    boolean has(Table table);

    /** Makes the table, empty, if the lake does not have it. */
    void createIfAbsent(Table table);

    /** The table's columns in the contract's order; fails if the table was never written. */
    Dataset<Row> read(Table table);

    /** The version that {@link #read} reads. */
    long version(Table table);

    /** The rows at an earlier version; empty if the lake no longer has them. */
    Optional<Dataset<Row>> read(Table table, long version);

    /** Whether nothing came or went since a version; false also if that cannot be told any more. */
    boolean isUnchanged(Table table, long since);

    /** What has changed since a version; empty if that cannot be told any more. */
    Optional<Changes> changes(Table table, long since);

    /**
     * The rows that agree with one of the keys, found without reading the rest of the table but for the columns of the keys.
     *
     * @param keys columns of the table
     */
    Dataset<Row> matching(Table table, Dataset<Row> keys);

    /** Replaces every row. */
    Written replace(Table table, Dataset<Row> rows);

    /**
     * Takes the rows away that have one of the keys, and adds others, in one step; what else the table holds stays.
     *
     * @param keys the key columns of the table
     */
    Written revise(Table table, Dataset<Row> keys, Dataset<Row> rows);

    /**
     * Adds rows, unless the same write was done before: a job that is run again, or a commit whose answer was lost, adds
     * nothing twice.
     */
    Written append(Table table, Dataset<Row> rows, WriteId id);
}
