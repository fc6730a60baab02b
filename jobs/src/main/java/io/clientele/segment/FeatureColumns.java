package io.clientele.segment;

import static io.clientele.config.Requirement.check;
import static java.util.stream.Collectors.joining;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.xxhash64;

import io.clientele.config.Suggestion;
import io.clientele.lake.Lake;
import io.clientele.schema.CustomerRfm;
import io.clientele.schema.DimCustomers;
import io.clientele.table.ColumnSpec;
import io.clientele.table.Field;
import io.clientele.table.Joins;
import io.clientele.table.Table;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;

/** The columns that may be features, and the customers' rows of them. */
final class FeatureColumns {

    /** Customers who bought, and what else is known of them: one row per customer each, the first with all of them. */
    private static final List<Table> TABLES = List.of(CustomerRfm.TABLE, DimCustomers.TABLE);

    /** Where the columns of {@link #rows} begin; before them come the hash of the customer and the customer. */
    static final int HASH = 0;

    static final int CUSTOMER = 1;
    static final int FIRST = 2;

    private FeatureColumns() {}

    /** Refuses a feature that is no column, that tells who somebody is, or whose steps are not for its type. */
    static void checkColumn(String column, Feature feature) {
        List<String> known = TABLES.stream()
                .flatMap(table -> table.fields().stream())
                .filter(FeatureColumns::isAllowed)
                .map(Field::column)
                .toList();
        String tables = TABLES.stream().map(Table::qualifiedName).collect(joining(" nor "));
        Optional<Field> field = find(column);
        check(
                field.isPresent(),
                "key 'features.%s': neither %s has such a column%s",
                column,
                tables,
                Suggestion.question(column, known));
        check(
                isAllowed(field.get()),
                "key 'features.%s': the column tells who a customer is, not what the customer is like",
                column);
        check(
                field.get().spec().isJustified(feature.justification()),
                "key 'features.%s': the column tells %s, by which nobody is to be treated otherwise; if there is a lawful"
                        + " reason, write it as 'justification'",
                column,
                field.get().spec().ground());
        DataType type = field.get().spec().type();
        boolean isCategory = feature.has(Feature.Step.ONE_HOT);
        check(
                isCategory ? isCategory(type) : isNumber(type),
                isCategory
                        ? "key 'features.%s': the column is a number (%s), one_hot is for texts and flags"
                        : "key 'features.%s': the column is no number (%s), its step is one_hot",
                column,
                type.simpleString());
    }

    private static boolean isAllowed(Field field) {
        return !field.spec().isPersonal()
                && !field.column().equals(CustomerRfm.CUSTOMER_ID.column())
                && (isNumber(field.spec().type()) || isCategory(field.spec().type()));
    }

    private static boolean isNumber(DataType type) {
        return type instanceof NumericType || type instanceof DateType;
    }

    private static boolean isCategory(DataType type) {
        return type instanceof StringType || type instanceof BooleanType;
    }

    private static Optional<Field> find(String column) {
        return TABLES.stream()
                .flatMap(table -> table.fields().stream())
                .filter(field -> field.column().equals(column))
                .findFirst();
    }

    static boolean isFlag(String column) {
        return find(column).orElseThrow().spec().type() instanceof BooleanType;
    }

    /** Whether some customers may have no value of it. */
    static boolean mayBeUnknown(String column) {
        return !CustomerRfm.TABLE.fields().contains(find(column).orElseThrow())
                || !find(column).orElseThrow().spec().isRequired();
    }

    /**
     * The customers who bought: a hash, the customer, and a column for each feature. A day is the number of days since, a
     * category that is not known a category of its own.
     *
     * @param seed of the hash
     */
    static Dataset<Row> rows(Lake lake, Collection<String> features, LocalDate date, long seed) {
        Dataset<Row> customers = lake.read(CustomerRfm.TABLE);
        Set<Field> scored = Set.copyOf(CustomerRfm.TABLE.fields());
        List<Field> fields =
                features.stream().map(feature -> find(feature).orElseThrow()).toList();
        if (!scored.containsAll(fields)) {
            List<Column> described = new ArrayList<>(List.of(DimCustomers.CUSTOMER_ID.col()));
            fields.stream()
                    .filter(field -> !scored.contains(field))
                    .map(Field::col)
                    .forEach(described::add);
            customers = customers.join(
                    lake.read(DimCustomers.TABLE).select(described.toArray(Column[]::new)),
                    Joins.on(DimCustomers.CUSTOMER_ID),
                    Joins.LEFT);
        }
        List<Column> columns = new ArrayList<>();
        columns.add(xxhash64(CustomerRfm.CUSTOMER_ID.col(), lit(seed)).as("hash"));
        columns.add(CustomerRfm.CUSTOMER_ID.col());
        fields.forEach(field -> columns.add(value(field, date).as(field.column())));
        return customers.select(columns.toArray(Column[]::new));
    }

    private static Column value(Field field, LocalDate date) {
        DataType type = field.spec().type();
        if (isCategory(type)) {
            return coalesce(field.col().cast(DataTypes.StringType), lit(ColumnSpec.UNKNOWN));
        }
        Column number = type instanceof DateType ? datediff(lit(date), field.col()) : field.col();
        return number.cast(DataTypes.DoubleType);
    }
}
