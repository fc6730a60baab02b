package io.clientele.segment;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_remove;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.explode_outer;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import io.clientele.schema.CustomerSegments;
import io.clientele.schema.DimCustomers;
import io.clientele.sql.Tried;
import io.clientele.stats.Concentration;
import io.clientele.stats.Concentration.Curve;
import io.clientele.table.Joins;
import io.clientele.table.Table;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Who is in which segment: all rules are judged of a customer at once, in one pass over the customers. */
final class Members {

    private static final String NUMBERS = "numbers";
    private static final String NUMBER = "number";

    private Members() {}

    /**
     * One row per customer and segment.
     *
     * @param marts gives the rows of a table
     * @param curves of the segmentations by share, by name
     */
    static Dataset<Row> of(
            Segmentations segmentations, Function<Table, Dataset<Row>> marts, Map<String, Curve> curves) {
        Set<Table> tables = new LinkedHashSet<>(List.of(DimCustomers.TABLE));
        tables.addAll(segmentations.marts());
        Column record = col(Segmentations.RECORD);
        Column number = col(NUMBER);
        List<Column> single = new ArrayList<>();
        List<Column> conditions = new ArrayList<>();
        List<String> names = new ArrayList<>();
        List<String> segments = new ArrayList<>();
        Map<Integer, String> singles = new LinkedHashMap<>();
        for (Map.Entry<String, Segmentation> segmentation :
                segmentations.byName().entrySet()) {
            String name = segmentation.getKey();
            if (segmentation.getValue().isExclusive()) {
                single.add(segment(segmentation.getValue(), curves.get(name)).as(name));
                conditions.add(record.getField(name).isNotNull());
                names.add(name);
                segments.add("");
                singles.put(segments.size(), name);
            }
            segmentation.getValue().everyOf().forEach((of, rule) -> {
                conditions.add(holds(rule));
                names.add(name);
                segments.add(of);
            });
        }
        Column segment = element_at(lit(segments.toArray(String[]::new)), number);
        for (Map.Entry<Integer, String> name : singles.entrySet()) {
            segment = when(number.equalTo(name.getKey()), record.getField(name.getValue()))
                    .otherwise(segment);
        }
        return joined(tables, marts)
                .select(
                        col("*"),
                        (single.isEmpty() ? lit(null) : struct(single.toArray(Column[]::new))).as(Segmentations.RECORD))
                .select(of(DimCustomers.TABLE), record, numbers(conditions).as(NUMBERS))
                // Of an inner explode the optimiser makes a filter, and would judge all rules twice.
                .select(
                        CustomerSegments.CUSTOMER_ID.col(),
                        record,
                        explode_outer(col(NUMBERS)).as(NUMBER))
                .where(number.isNotNull())
                .select(
                        CustomerSegments.CUSTOMER_ID.col(),
                        element_at(lit(names.toArray(String[]::new)), number)
                                .as(CustomerSegments.SEGMENTATION.column()),
                        segment.as(CustomerSegments.SEGMENT.column()));
    }

    /** The numbers, from 1, of the conditions that hold: many conditions make many numbers cheaply, but not many structs. */
    private static Column numbers(List<Column> conditions) {
        List<Column> numbers = new ArrayList<>();
        for (Column condition : conditions) {
            numbers.add(when(condition, numbers.size() + 1).otherwise(0));
        }
        return array_remove(array(numbers.toArray(Column[]::new)), 0);
    }

    /** The rows of the first table, with what the others know of the same customers. */
    static Dataset<Row> joined(Collection<Table> tables, Function<Table, Dataset<Row>> marts) {
        Dataset<Row> joined = null;
        Table first = null;
        for (Table table : tables) {
            Dataset<Row> rows = marts.apply(table).alias(table.name());
            if (joined == null) {
                joined = rows;
                first = table;
            } else {
                joined = joined.join(rows, of(first).equalTo(of(table)), Joins.LEFT);
            }
        }
        return joined;
    }

    /** The customer, as a mart knows it. */
    private static Column of(Table mart) {
        return col(mart.name() + "." + CustomerSegments.CUSTOMER_ID.column());
    }

    /** The one segment of a segmentation that a customer is in; null if in none. */
    private static Column segment(Segmentation segmentation, Curve curve) {
        if (segmentation.valueOf() != null) {
            return Tried.expr(segmentation.valueOf());
        }
        if (segmentation.byShare() != null) {
            return segment(segmentation.byShare(), curve);
        }
        Column segment = null;
        for (Map.Entry<String, Segmentation.Rule> rule : segmentation.firstOf().entrySet()) {
            segment = segment == null
                    ? when(holds(rule.getValue()), rule.getKey())
                    : segment.when(holds(rule.getValue()), rule.getKey());
        }
        return segment;
    }

    private static Column segment(Segmentation.Shares shares, Curve curve) {
        Column amount = Tried.expr(shares.of()).cast(Concentration.VALUE);
        Column segment = lit(null);
        for (int i = curve.cuts().size() - 1; i >= 0; i--) {
            segment = when(
                            amount.geq(lit(curve.cuts().get(i).value())),
                            shares.segments().get(i))
                    .otherwise(segment);
        }
        return segment;
    }

    /** Null of a customer who cannot be judged, and who thus is no member. */
    private static Column holds(Segmentation.Rule rule) {
        return Tried.expr(rule.holds());
    }
}
