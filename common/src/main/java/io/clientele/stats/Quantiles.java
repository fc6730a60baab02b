package io.clientele.stats;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.log1p;
import static org.apache.spark.sql.functions.sequence;
import static org.apache.spark.sql.functions.signum;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.clientele.table.Joins;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * Exact quantile cuts of columns, of any number of groups at once, and the bands between them. Cuts are values, hence equal
 * values are always in one band, and neither the order of the rows nor their partitioning has a say; a band may be empty
 * where one value is very frequent.
 */
public final class Quantiles {

    /** Which column is cut. */
    public static final String AXIS = "axis";
    /** The band that ends with the cut: 1 to the number of bands less one. */
    public static final String BAND = "band";
    /** The highest value of the band. */
    public static final String CUT = "cut";

    private static final DataType VALUE_TYPE = DataTypes.createDecimalType(38, 4);
    private static final String VALUE = "value_on_axis";
    private static final String BIN = "bin";
    private static final String ROWS = "rows_at";
    private static final String UP_TO = "rows_up_to";
    private static final String TOTAL = "rows_in_all";
    private static final String RANK = "rank";

    /** Bins are narrower than 1.6 % of their value: so few rows are in one that the second pass is short. */
    private static final int BINS_PER_E = 64;

    private Quantiles() {}

    /**
     * The cuts between bands of equal numbers of rows: cut <i>k</i> is the smallest value that at least <i>k</i>/<i>bands</i>
     * of the rows do not exceed (the inverse of the empirical distribution, type 1 of Hyndman and Fan, 1996).
     *
     * @param values a number, never null
     * @param bands at least 2
     * @return one value fewer than bands, ascending; empty if there are no rows
     */
    public static List<BigDecimal> cuts(Dataset<Row> rows, Column values, int bands) {
        return cuts(rows, List.of(), Map.of(VALUE, values), bands).orderBy(BAND).select(CUT).collectAsList().stream()
                .map(row -> row.getDecimal(0))
                .toList();
    }

    /**
     * The cuts of several columns in each group of rows. A first pass counts the rows in narrow bins of values; a second one
     * counts the values in those few bins where a cut must be.
     *
     * @param groups columns that are never null; none for one group of all rows
     * @param axes numbers that are never null, to the fourth decimal, by the name under which their cuts are found
     * @param bands at least 2
     * @return the groups' columns, {@link #AXIS}, {@link #BAND} and {@link #CUT}; no row for a group without rows
     */
    public static Dataset<Row> cuts(Dataset<Row> rows, List<String> groups, Map<String, Column> axes, int bands) {
        Dataset<Row> values = values(rows, groups, new LinkedHashMap<>(axes));
        Column[] series = columns(groups, AXIS);
        Column[] bin = columns(groups, AXIS, BIN);
        WindowSpec inSeries = Window.partitionBy(series);
        Dataset<Row> ranked = values.groupBy(bin)
                .agg(count(lit(1)).as(ROWS))
                .withColumn(UP_TO, sum(ROWS).over(inSeries.orderBy(BIN)))
                .withColumn(TOTAL, sum(ROWS).over(inSeries))
                .withColumn(BAND, explode(sequence(lit(1), lit(bands - 1))))
                // The rank of the cut, less the ranks before the bin.
                .withColumn(
                        RANK,
                        expr("(%1$s * %2$s + %3$d - 1) div %3$d".formatted(BAND, TOTAL, bands))
                                .minus(col(UP_TO))
                                .plus(col(ROWS)))
                .where(col(RANK).gt(0).and(col(RANK).leq(col(ROWS))))
                .select(columns(groups, AXIS, BIN, BAND, RANK));
        String[] binNames = Stream.concat(groups.stream(), Stream.of(AXIS, BIN)).toArray(String[]::new);
        Dataset<Row> counted = values.join(broadcast(ranked.select(bin).distinct()), Joins.on(binNames))
                .groupBy(columns(groups, AXIS, BIN, VALUE))
                .agg(count(lit(1)).as(ROWS))
                .withColumn(UP_TO, sum(ROWS).over(Window.partitionBy(bin).orderBy(VALUE)));
        return counted.join(broadcast(ranked), Joins.on(binNames))
                .where(col(RANK).leq(col(UP_TO)).and(col(RANK).gt(col(UP_TO).minus(col(ROWS)))))
                .withColumnRenamed(VALUE, CUT)
                .select(columns(groups, AXIS, BAND, CUT));
    }

    /** The band of a value: 1 up to the first cut, one more after each cut that it exceeds. */
    public static Column band(Column value, List<BigDecimal> cuts) {
        return bandAbove(value, cuts.stream().map(cut -> lit(cut)).toList());
    }

    /** The same with cuts that each row has. */
    public static Column bandAbove(Column value, List<Column> cuts) {
        Column band = lit(1);
        for (Column cut : cuts) {
            band = band.plus(when(value.gt(cut), 1).otherwise(0));
        }
        return band;
    }

    /** One row for each row and axis. The logarithm is Java's strict one: the same on every machine. */
    private static Dataset<Row> values(Dataset<Row> rows, List<String> groups, Map<String, Column> axes) {
        Column[] ofAxes = axes.entrySet().stream()
                .map(axis -> struct(
                        lit(axis.getKey()).as(AXIS),
                        axis.getValue().cast(VALUE_TYPE).as(VALUE)))
                .toArray(Column[]::new);
        Column number = col(VALUE).cast(DataTypes.DoubleType);
        return rows.select(Stream.concat(
                                groups.stream().map(group -> col(group)),
                                Stream.of(explode(array(ofAxes)).as("of_axis")))
                        .toArray(Column[]::new))
                .select(Stream.concat(
                                groups.stream().map(group -> col(group)),
                                Stream.of(col("of_axis." + AXIS), col("of_axis." + VALUE)))
                        .toArray(Column[]::new))
                .withColumn(
                        BIN,
                        signum(number)
                                .multiply(floor(log1p(abs(number)).multiply(BINS_PER_E)))
                                .cast(DataTypes.LongType));
    }

    private static Column[] columns(List<String> groups, String... more) {
        return Stream.concat(groups.stream(), Stream.of(more))
                .map(name -> col(name))
                .toArray(Column[]::new);
    }
}
