package io.clientele.lake;

import io.clientele.table.Table;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The tables, under their contracts. What is written must have exactly the columns and types that the contract names. */
public interface Lake {

    /** What a write did: the version that it made and the rows that it wrote. */
    record Written(long version, long rows) {}

    /**
     * Identifies a write, so that repeating it changes nothing. Versions of one writer must grow: a later write with a
     * smaller one is skipped.
     */
    record WriteId(String writer, long version) {}

    boolean has(Table table);

    /** Makes the table, empty, if the lake does not have it. */
    void createIfAbsent(Table table);

    /** The table's columns in the contract's order; fails if the table was never written. */
    Dataset<Row> read(Table table);

    /** The version that {@link #read} reads. */
    long version(Table table);

    /** Replaces every row. */
    Written replace(Table table, Dataset<Row> rows);

    /** Adds rows. */
    Written append(Table table, Dataset<Row> rows);

    /** Adds rows, unless the same write was done before. */
    Written append(Table table, Dataset<Row> rows, WriteId id);
}
