package io.clientele.cli;

import java.io.PrintWriter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;

/** Prints the rows of a query. */
final class Results {

    /** How they are printed. */
    enum Format {
        TABLE,
        CSV,
        JSON
    }

    private static final int MOST_ROWS = 1_000;

    private Results() {}

    static void print(Dataset<Row> rows, Format format, PrintWriter out) {
        switch (format) {
            case TABLE -> table(rows, out);
            case CSV -> csv(rows, out);
            case JSON -> rows.toJSON().toLocalIterator().forEachRemaining(out::println);
        }
    }

    private static void table(Dataset<Row> rows, PrintWriter out) {
        StructField[] fields = rows.schema().fields();
        if (fields.length == 0) {
            return;
        }
        int[] numbers = IntStream.range(0, fields.length)
                .filter(i -> fields[i].dataType() instanceof NumericType)
                .toArray();
        TextTable table = new TextTable(List.of(rows.columns()), numbers);
        List<Row> shown = rows.limit(MOST_ROWS + 1).collectAsList();
        shown.stream().limit(MOST_ROWS).forEach(row -> table.add(cells(row).toArray(String[]::new)));
        table.print(out);
        out.println(
                shown.size() > MOST_ROWS
                        ? "the first %,d rows; --output csv gives all".formatted(MOST_ROWS)
                        : "%,d row%s".formatted(shown.size(), shown.size() == 1 ? "" : "s"));
    }

    private static void csv(Dataset<Row> rows, PrintWriter out) {
        out.println(String.join(
                ",", List.of(rows.columns()).stream().map(Results::quoted).toList()));
        for (Iterator<Row> all = rows.toLocalIterator(); all.hasNext(); ) {
            out.println(String.join(
                    ",", cells(all.next()).stream().map(Results::quoted).toList()));
        }
    }

    private static List<String> cells(Row row) {
        List<String> cells = new ArrayList<>(row.length());
        for (int i = 0; i < row.length(); i++) {
            Object value = row.get(i);
            cells.add(
                    value == null
                            ? ""
                            : value instanceof BigDecimal number ? number.toPlainString() : value.toString());
        }
        return cells;
    }

    private static String quoted(String cell) {
        return cell.matches("(?s).*[\",\\r\\n].*") ? '"' + cell.replace("\"", "\"\"") + '"' : cell;
    }
}
