package io.clientele.collect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The columns of what comes out of a file, before the delivered ones. A row is a record, or, last, the trailer of its file:
 * how many records it had, and whether all of it must be refused. The names start with two underscores, so that they stay
 * clear of delivered ones.
 */
enum ParsedColumns {
    FILE(DataTypes.StringType),
    DELIVERED_ON(DataTypes.DateType),
    POSITION(DataTypes.LongType),
    RAW(DataTypes.StringType),
    ISSUE(DataTypes.StringType),
    DETAIL(DataTypes.StringType),
    TRAILER_RECORDS(DataTypes.LongType),
    TRAILER_CHECKSUM(DataTypes.StringType),
    TRAILER_SIZE(DataTypes.LongType),
    TRAILER_MODIFIED_AT(DataTypes.TimestampType);

    private final DataType type;

    ParsedColumns(DataType type) {
        this.type = type;
    }

    String column() {
        return "__" + name().toLowerCase(Locale.ROOT);
    }

    Column col() {
        return org.apache.spark.sql.functions.col(column());
    }

    Column is(Column value) {
        return value.cast(type).as(column());
    }

    /** The column's place in a row: these come first, in the order of the constants. */
    @SuppressWarnings("EnumOrdinal") // the schema below is made in that order too
    int position() {
        return ordinal();
    }

    /** Sets this column in a row that is being made. */
    void set(Object[] row, Object value) {
        row[position()] = value;
    }

    /** Whether a row is its file's trailer. */
    static Column isTrailer() {
        return TRAILER_RECORDS.col().isNotNull();
    }

    static List<StructField> fields() {
        return Arrays.stream(values())
                .map(column -> DataTypes.createStructField(column.column(), column.type, true))
                .toList();
    }

    /** The schema of a text source: these columns and the delivered ones, as text. */
    static StructType schema(List<String> delivered) {
        List<StructField> fields = new ArrayList<>(fields());
        delivered.forEach(column -> fields.add(DataTypes.createStructField(column, DataTypes.StringType, true)));
        return DataTypes.createStructType(fields);
    }
}
