package io.clientele.collect;

import static org.apache.spark.sql.functions.udf;

import io.clientele.text.DateFormats;
import io.clientele.text.Decimals;
import io.clientele.text.Flags;
import io.clientele.text.Issue;
import io.clientele.text.Parsed;
import java.io.Serializable;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;

/** Reads text as a column's type, the way a source writes it; gives the value and, where there is none, the issue. */
final class Conversion {

    static final String VALUE = "value";
    static final String ISSUE = "issue";

    /** One parser, as Spark ships it to executors. */
    private interface Parser extends Serializable {
        Parsed<?> parse(String text);
    }

    private Conversion() {}

    /** A struct of the value, of the given type, and of the code of the issue. */
    static Column of(Column text, DataType type, Source.Values values) {
        Parser parser = parser(type, values.formats(), values.decimal().charAt(0));
        UDF1<String, Row> function = delivered -> {
            Parsed<?> parsed = parser.parse(delivered);
            return RowFactory.create(
                    parsed.value().orElse(null),
                    parsed.issue().map(Issue::code).orElse(null));
        };
        DataType result = DataTypes.createStructType(java.util.List.of(
                DataTypes.createStructField(VALUE, type, true),
                DataTypes.createStructField(ISSUE, DataTypes.StringType, true)));
        return udf(function, result).apply(text);
    }

    private static Parser parser(DataType type, DateFormats dates, char separator) {
        if (type instanceof DecimalType decimal) {
            int precision = decimal.precision();
            int scale = decimal.scale();
            return text -> Decimals.parse(text, separator, precision, scale);
        }
        if (type.equals(DataTypes.TimestampType)) {
            return dates::parseInstant;
        }
        if (type.equals(DataTypes.DateType)) {
            return dates::parseDate;
        }
        if (type.equals(DataTypes.BooleanType)) {
            return Flags::parse;
        }
        if (type.equals(DataTypes.IntegerType)) {
            return Decimals::parseInteger;
        }
        if (type.equals(DataTypes.LongType)) {
            return Decimals::parseLong;
        }
        throw new IllegalArgumentException("collected tables have no columns of type " + type.simpleString());
    }
}
