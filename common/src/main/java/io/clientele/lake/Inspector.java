package io.clientele.lake;

import io.clientele.table.Table;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Looks at rows while they are written to a table, and may refuse them before anybody can read them. */
@FunctionalInterface
public interface Inspector {

    /** Lets everything pass. */
    Inspector NONE = (table, rows) -> new Inspection(rows, stored -> {});

    /** Begins to look at a write. */
    Inspection inspect(Table table, Dataset<Row> rows);

    /**
     * One write that is looked at.
     *
     * @param rows what to write: the rows given, and whatever observes them on their way
     * @param judge told the rows when all are stored and nobody sees them yet; throws a
     *     {@link io.clientele.failure.Failure} to refuse them
     */
    record Inspection(Dataset<Row> rows, Consumer<Stored> judge) {}

    /**
     * Rows that are stored and not yet part of their table.
     *
     * @param count how many
     * @param total how many the table then has; of a table to which rows are only ever added, those that are added
     * @param rows reads them back
     */
    record Stored(long count, long total, Supplier<Dataset<Row>> rows) {}
}
