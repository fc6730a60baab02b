package io.clientele.table;

import java.util.Locale;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** A column of a table; implemented by the enums of {@code io.clientele.schema}, one constant per column. */
public interface Field {

    /** The constant's name, from which the column's name follows. */
    String name();

    ColumnSpec spec();

    /** The column's name in the lake. */
    default String column() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads this column of the dataset at hand. */
    default Column col() {
        return functions.col(column());
    }

    /** Reads this column of one side of a join. */
    default Column in(Dataset<Row> rows) {
        return rows.col(column());
    }

    /** Names and types an expression as this column; a value that does not fit the type fails the query. */
    default Column is(Column value) {
        return value.cast(spec().type()).as(column());
    }

    /** This column, without a value. */
    default Column isNull() {
        return is(functions.lit(null));
    }
}
