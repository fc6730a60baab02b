package io.clientele.lake;

import io.clientele.table.Field;
import io.clientele.table.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/** Compares rows with the contract of the table that they are meant for. */
public final class Contract {

    private Contract() {}

    /**
     * The rows with their columns in the contract's order.
     *
     * @throws IllegalArgumentException naming every column that is missing, unexpected or of another type
     */
    public static Dataset<Row> enforce(Table table, Dataset<Row> rows) {
        StructType schema = rows.schema();
        List<String> actual = Arrays.asList(schema.fieldNames());
        List<String> complaints = new ArrayList<>();
        for (Field field : table.fields()) {
            if (!actual.contains(field.column())) {
                complaints.add("missing column " + field.column());
            } else if (!sameType(
                    schema.apply(field.column()).dataType(), field.spec().type())) {
                complaints.add("column " + field.column() + " is "
                        + schema.apply(field.column()).dataType().simpleString() + ", not "
                        + field.spec().type().simpleString());
            }
        }
        List<String> declared = table.fields().stream().map(Field::column).toList();
        actual.stream()
                .filter(column -> !declared.contains(column))
                .forEach(column -> complaints.add("unexpected column " + column));
        if (!complaints.isEmpty()) {
            throw new IllegalArgumentException(
                    "rows for " + table + " break its contract: " + String.join(", ", complaints));
        }
        return rows.select(table.columns());
    }

    private static boolean sameType(DataType one, DataType other) {
        return DataType.equalsIgnoreNullability(one, other);
    }
}
