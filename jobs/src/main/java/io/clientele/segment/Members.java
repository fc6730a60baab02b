package io.clientele.segment;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import io.clientele.schema.CustomerSegments;
import io.clientele.schema.DimCustomers;
import io.clientele.stats.Concentration;
import io.clientele.stats.Concentration.Curve;
import io.clientele.table.Joins;
import io.clientele.table.Table;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.TryEval;
import org.apache.spark.sql.classic.ExpressionUtils;

/** Who is in which segment: all rules are judged of a customer at once, in one pass over the customers. */
final class Members {

    private static final String MEMBERSHIP = "membership";

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
        Dataset<Row> customers = joined(tables, marts);
        List<Column> single = new ArrayList<>();
        List<Column> memberships = new ArrayList<>();
        segmentations.byName().forEach((name, segmentation) -> {
            if (segmentation.isExclusive()) {
                single.add(segment(segmentation, curves.get(name)).as(name));
                Column segment = col(Segmentations.RECORD).getField(name);
                memberships.add(when(segment.isNotNull(), membership(name, segment)));
            }
            segmentation
                    .everyOf()
                    .forEach((segment, rule) -> memberships.add(when(holds(rule), membership(name, lit(segment)))));
        });
        if (!single.isEmpty()) {
            customers = customers.select(
                    col("*"), struct(single.toArray(Column[]::new)).as(Segmentations.RECORD));
        }
        return customers
                .select(
                        of(DimCustomers.TABLE),
                        explode(array_compact(array(memberships.toArray(Column[]::new))))
                                .as(MEMBERSHIP))
                .select(
                        CustomerSegments.CUSTOMER_ID.col(),
                        col(MEMBERSHIP)
                                .getField(CustomerSegments.SEGMENTATION.column())
                                .as(CustomerSegments.SEGMENTATION.column()),
                        col(MEMBERSHIP)
                                .getField(CustomerSegments.SEGMENT.column())
                                .as(CustomerSegments.SEGMENT.column()));
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

    private static Column membership(String segmentation, Column segment) {
        return struct(
                lit(segmentation).as(CustomerSegments.SEGMENTATION.column()),
                segment.as(CustomerSegments.SEGMENT.column()));
    }

    /** The one segment of a segmentation that a customer is in; null if in none. */
    private static Column segment(Segmentation segmentation, Curve curve) {
        if (segmentation.valueOf() != null) {
            return tried(expr(segmentation.valueOf()));
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
        Column amount = tried(expr(shares.of())).cast(Concentration.VALUE);
        Column segment = lit(null);
        for (int i = curve.cuts().size() - 1; i >= 0; i--) {
            segment = when(
                            amount.geq(lit(curve.cuts().get(i).value())),
                            shares.segments().get(i))
                    .otherwise(segment);
        }
        return segment;
    }

    private static Column holds(Segmentation.Rule rule) {
        return tried(expr(rule.holds()));
    }

    /** Null where the expression fails on a customer, by a division by zero, say: who cannot be judged is no member. */
    static Column tried(Column expression) {
        return ExpressionUtils.column(new TryEval(ExpressionUtils.expression(expression)));
    }
}
