package io.clientele.collect;

import io.clientele.table.ParsedValue;
import io.clientele.text.DateFormats;
import io.clientele.text.Decimals;
import io.clientele.text.Flags;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;

/** Reads text as a column's type, the way a source writes it. */
final class Conversion {

    private Conversion() {}

    /** A {@link ParsedValue} of the given type. */
    static Column of(Column text, DataType type, Source.Values values) {
        DateFormats dates = values.formats();
        if (type instanceof DecimalType decimal) {
            char separator = values.decimal().charAt(0);
            int precision = decimal.precision();
            int scale = decimal.scale();
            return ParsedValue.of(text, type, value -> Decimals.parse(value, separator, precision, scale));
        }
        if (type.equals(DataTypes.TimestampType)) {
            return ParsedValue.of(text, type, dates::parseInstant);
        }
        if (type.equals(DataTypes.DateType)) {
            return ParsedValue.of(text, type, dates::parseDate);
        }
        if (type.equals(DataTypes.BooleanType)) {
            return ParsedValue.of(text, type, Flags::parse);
        }
        throw new IllegalArgumentException("collected tables have no columns of type " + type.simpleString());
    }
}
