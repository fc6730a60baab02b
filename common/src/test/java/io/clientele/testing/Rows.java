package io.clientele.testing;

import static java.util.stream.Collectors.joining;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.table.Field;
import io.clientele.table.Table;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampType;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Rows written as text: a header of column names, then one line per row, cells between bars.
 *
 * <pre>
 * customer_id | ordered_on | amount | tags
 * ann         | 2025-01-31 | 90.00  | [new, web]
 * bob         |            | 5      | []
 * </pre>
 *
 * A blank cell is null and {@code ""} the empty text; instants are ISO with Z. A list is {@code [a, b]}, a struct its
 * values in order {@code {a; b}}, a map {@code {key=value; key=value}}.
 */
public final class Rows {

    private Rows() {}

    /** The rows, with every column of the table; those that the header does not name are null, required or not. */
    public static Dataset<Row> rows(SparkSession spark, Table table, String text) {
        Block block = Block.of(table, text);
        List<Row> rows = block.cells().stream()
                .map(cells -> RowFactory.create(table.fields().stream()
                        .map(field -> {
                            int position = block.fields().indexOf(field);
                            return position < 0 ? null : value(field.spec().type(), cells.get(position));
                        })
                        .toArray()))
                .toList();
        return spark.createDataFrame(rows, nullable(table));
    }

    /** As {@link #rows}, with something in required columns of which the text says nothing. */
    public static Dataset<Row> completed(SparkSession spark, Table table, String text) {
        Dataset<Row> rows = rows(spark, table, text);
        for (Field field : table.fields()) {
            if (field.spec().isRequired()) {
                DataType type = field.spec().type();
                Object anything = type.equals(DataTypes.StringType) || type.equals(DataTypes.BooleanType)
                        ? "false"
                        : type instanceof NumericType ? "0" : "2025-01-01";
                Column filler = type instanceof ArrayType
                        ? array().cast(type)
                        : lit(anything).cast(type);
                rows = rows.withColumn(field.column(), coalesce(field.col(), filler));
            }
        }
        return rows;
    }

    /**
     * Compares the columns that the header names, in whatever order the rows come. A real number is compared to as many
     * decimals as its column shows.
     */
    public static void assertRows(Dataset<Row> actual, Table table, String text) {
        Block block = Block.of(table, text);
        assertThat(actual.columns())
                .as("columns of the rows for %s", table)
                .contains(block.fields().stream().map(Field::column).toArray(String[]::new));
        block.fields().forEach(field -> assertThat(DataType.equalsIgnoreNullability(
                        actual.schema().apply(field.column()).dataType(),
                        field.spec().type()))
                .as(
                        "column %s of the rows for %s is %s, its contract says %s",
                        field.column(),
                        table,
                        actual.schema().apply(field.column()).dataType().simpleString(),
                        field.spec().type().simpleString())
                .isTrue());
        List<Row> found = actual.select(block.fields().stream().map(Field::col).toArray(Column[]::new))
                .collectAsList();
        List<String> actualLines = found.stream()
                .map(row -> line(block, position -> row.get(position)))
                .toList();
        List<String> expectedLines = block.cells().stream()
                .map(cells -> line(
                        block,
                        position -> value(block.fields().get(position).spec().type(), cells.get(position))))
                .toList();
        assertThat(sorted(block, actualLines)).as("rows of %s", table).isEqualTo(sorted(block, expectedLines));
    }

    /** What the text says, by column. */
    private record Block(List<Field> fields, List<List<String>> cells) {

        static Block of(Table table, String text) {
            List<List<String>> lines = text.lines()
                    .filter(line -> !line.isBlank())
                    .map(line -> Arrays.stream(line.split("\\|", -1))
                            .map(String::strip)
                            .toList())
                    .toList();
            List<Field> fields = lines.get(0).stream()
                    .map(name -> table.fields().stream()
                            .filter(field -> field.column().equals(name))
                            .findFirst()
                            .orElseThrow(() -> new IllegalArgumentException(table + " has no column " + name)))
                    .toList();
            List<List<String>> cells = lines.subList(1, lines.size());
            cells.forEach(line -> {
                if (line.size() != fields.size()) {
                    throw new IllegalArgumentException(
                            "%d cells under %d columns: %s".formatted(line.size(), fields.size(), line));
                }
            });
            return new Block(fields, cells);
        }

        /** The most decimals that a column shows. */
        int decimals(int position) {
            return cells.stream()
                    .map(line -> line.get(position))
                    .mapToInt(cell -> cell.contains(".") ? cell.length() - cell.indexOf('.') - 1 : 0)
                    .max()
                    .orElse(0);
        }
    }

    /** A row's values, by position. */
    private interface Values {
        Object at(int position);
    }

    private static String sorted(Block block, List<String> lines) {
        String header = block.fields().stream().map(Field::column).collect(joining(" | "));
        return header + "\n" + lines.stream().sorted().collect(joining("\n"));
    }

    private static String line(Block block, Values values) {
        List<String> cells = new ArrayList<>();
        for (int i = 0; i < block.fields().size(); i++) {
            Object value = values.at(i);
            cells.add(
                    value instanceof Double real && Double.isFinite(real)
                            ? new BigDecimal(real)
                                    .setScale(block.decimals(i), RoundingMode.HALF_EVEN)
                                    .toPlainString()
                            : written(value));
        }
        return String.join(" | ", cells);
    }

    private static String written(Object value) {
        if (value == null) {
            return "";
        }
        if (value instanceof String text) {
            return text.isEmpty() ? "\"\"" : text;
        }
        if (value instanceof BigDecimal decimal) {
            return decimal.toPlainString();
        }
        if (value instanceof scala.collection.Seq<?> list) {
            return CollectionConverters.asJava(list).stream().map(Rows::written).collect(joining(", ", "[", "]"));
        }
        if (value instanceof scala.collection.Map<?, ?> map) {
            return CollectionConverters.asJava(map).entrySet().stream()
                    .map(entry -> written(entry.getKey()) + "=" + written(entry.getValue()))
                    .sorted(Comparator.naturalOrder())
                    .collect(joining("; ", "{", "}"));
        }
        if (value instanceof Row struct) {
            return CollectionConverters.asJava(struct.toSeq()).stream()
                    .map(Rows::written)
                    .collect(joining("; ", "{", "}"));
        }
        return value.toString();
    }

    private static Object value(DataType type, String text) {
        if (text.isEmpty()) {
            return null;
        }
        if (type instanceof StringType) {
            return text.equals("\"\"") ? "" : text;
        } else if (type instanceof IntegerType) {
            return Integer.valueOf(text);
        } else if (type instanceof LongType) {
            return Long.valueOf(text);
        } else if (type instanceof DoubleType) {
            return Double.valueOf(text);
        } else if (type instanceof BooleanType) {
            if (!text.equals("true") && !text.equals("false")) {
                throw new IllegalArgumentException("neither true nor false: " + text);
            }
            return Boolean.valueOf(text);
        } else if (type instanceof DateType) {
            return LocalDate.parse(text);
        } else if (type instanceof TimestampType) {
            return Instant.parse(text);
        } else if (type instanceof DecimalType decimal) {
            return new BigDecimal(text).setScale(decimal.scale(), RoundingMode.UNNECESSARY);
        } else if (type instanceof ArrayType array) {
            List<Object> items = new ArrayList<>();
            parts(text, "[", "]", ',').forEach(part -> items.add(value(array.elementType(), part)));
            return CollectionConverters.asScala(items).toSeq();
        } else if (type instanceof MapType map) {
            Map<Object, Object> entries = new LinkedHashMap<>();
            parts(text, "{", "}", ';').forEach(part -> {
                int equals = part.indexOf('=');
                entries.put(
                        value(map.keyType(), part.substring(0, equals).strip()),
                        value(map.valueType(), part.substring(equals + 1).strip()));
            });
            return scala.collection.immutable.Map.from(CollectionConverters.asScala(entries));
        } else if (type instanceof StructType struct) {
            List<String> parts = parts(text, "{", "}", ';');
            Object[] values = new Object[parts.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = value(struct.apply(i).dataType(), parts.get(i));
            }
            return RowFactory.create(values);
        }
        throw new IllegalArgumentException("no notation for " + type.simpleString());
    }

    /** What is between the brackets, cut at the separators that are not inside other brackets. */
    private static List<String> parts(String text, String open, String close, char separator) {
        if (!text.startsWith(open) || !text.endsWith(close)) {
            throw new IllegalArgumentException("expected %s...%s, got %s".formatted(open, close, text));
        }
        String inside = text.substring(1, text.length() - 1);
        List<String> parts = new ArrayList<>();
        if (inside.isBlank()) {
            return parts;
        }
        int depth = 0;
        int start = 0;
        for (int i = 0; i < inside.length(); i++) {
            char c = inside.charAt(i);
            if (c == '[' || c == '{') {
                depth++;
            } else if (c == ']' || c == '}') {
                depth--;
            } else if (c == separator && depth == 0) {
                parts.add(inside.substring(start, i).strip());
                start = i + 1;
            }
        }
        parts.add(inside.substring(start).strip());
        return parts;
    }

    private static StructType nullable(Table table) {
        return DataTypes.createStructType(table.fields().stream()
                .map(field ->
                        DataTypes.createStructField(field.column(), field.spec().type(), true))
                .toList());
    }
}
