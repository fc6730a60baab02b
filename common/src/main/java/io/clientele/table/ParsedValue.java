package io.clientele.table;

import static org.apache.spark.sql.functions.udf;

import io.clientele.text.Issue;
import io.clientele.text.Parsed;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * A column that holds what a parser of {@code io.clientele.text} made of another: a struct of the value and of the code of
 * the issue, each null where there is none. Select it under a name first and take its parts then, so that the parser runs
 * once a row.
 */
public final class ParsedValue {

    private static final String VALUE = "value";
    private static final String ISSUE = "issue";

    /** A parser that Spark can ship to executors. */
    @FunctionalInterface
    public interface Parser<T> extends Serializable {
        Parsed<T> parse(String text);
    }

    private ParsedValue() {}

    /** What the parser makes of a column; its values must be of the type, as Java represents it. */
    public static <T> Column of(Column text, DataType type, Parser<T> parser) {
        UDF1<String, Row> function = delivered -> row(parser.parse(delivered));
        return udf(function, struct(type)).apply(text);
    }

    public static Column value(Column parsed) {
        return parsed.getField(VALUE);
    }

    public static Column issue(Column parsed) {
        return parsed.getField(ISSUE);
    }

    private static Row row(Parsed<?> parsed) {
        return RowFactory.create(
                parsed.value().orElse(null), parsed.issue().map(Issue::code).orElse(null));
    }

    private static DataType struct(DataType type) {
        return DataTypes.createStructType(List.of(
                DataTypes.createStructField(VALUE, type, true),
                DataTypes.createStructField(ISSUE, DataTypes.StringType, true)));
    }
}
