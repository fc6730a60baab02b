package io.clientele.collect;

import io.clientele.schema.CollectedRejects;
import java.util.Locale;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** What a staged row has beside the columns of its table: why it is refused, its text, and what its file's trailer said. */
enum StagedColumns {
    REASONS(CollectedRejects.REASONS.spec().type()),
    RAW(DataTypes.StringType),
    TRAILER_RECORDS(DataTypes.LongType),
    TRAILER_CHECKSUM(DataTypes.StringType),
    TRAILER_SIZE(DataTypes.LongType),
    TRAILER_MODIFIED_AT(DataTypes.TimestampType);

    private final DataType type;

    StagedColumns(DataType type) {
        this.type = type;
    }

    String column() {
        return "__" + name().toLowerCase(Locale.ROOT);
    }

    Column col() {
        return functions.col(column());
    }

    Column is(Column value) {
        return value.cast(type).as(column());
    }

    static Column isTrailer() {
        return TRAILER_RECORDS.col().isNotNull();
    }

    static Column isRefused() {
        return functions.size(REASONS.col()).gt(0);
    }
}
