package io.clientele.publish;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.date_format;
import static org.apache.spark.sql.functions.grouping;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.clientele.run.Job;
import io.clientele.run.Run;
import io.clientele.schema.DimProducts;
import io.clientele.schema.FctOrderLines;
import io.clientele.schema.LineKind;
import io.clientele.schema.SalesCube;
import io.clientele.table.ColumnSpec;
import io.clientele.table.Joins;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Sums sales by month, country, channel and product group, with every subtotal. Only measures that add up are in it, so that
 * the cube is made of the finest sums and never goes back to the lines.
 */
public final class SalesCubeJob {

    public static final Job<Config> JOB = Job.named("sales_cube", Config.class)
            .reads(FctOrderLines.TABLE, DimProducts.TABLE)
            .writes(SalesCube.TABLE)
            .runs(SalesCubeJob::run);

    private static final List<SalesCube> AXES =
            List.of(SalesCube.MONTH, SalesCube.COUNTRY, SalesCube.CHANNEL, SalesCube.PRODUCT_GROUP);

    /** {@code conf/sales_cube.yaml}: nothing to say yet. */
    public record Config() {}

    private SalesCubeJob() {}

    static void run(Config config, Run run) {
        run.lake()
                .replace(
                        SalesCube.TABLE,
                        cube(run.lake().read(FctOrderLines.TABLE), run.lake().read(DimProducts.TABLE)));
    }

    /** One row per combination of the axes, each at a value or at (all). */
    public static Dataset<Row> cube(Dataset<Row> lines, Dataset<Row> products) {
        Column[] axes = AXES.stream().map(SalesCube::col).toArray(Column[]::new);
        Dataset<Row> finest = finest(lines, products);
        List<Column> sums = List.of(
                sum(SalesCube.SALE_LINES.col()).as(SalesCube.SALE_LINES.column()),
                sum(SalesCube.UNITS.col()).as(SalesCube.UNITS.column()),
                sum(SalesCube.SALES_AMOUNT.col()).as(SalesCube.SALES_AMOUNT.column()),
                sum(SalesCube.RETURNS_AMOUNT.col()).as(SalesCube.RETURNS_AMOUNT.column()));
        Column[] more = Stream.concat(sums.stream().skip(1), AXES.stream().map(axis -> grouping(axis.column())
                        .as(level(axis))))
                .toArray(Column[]::new);
        Dataset<Row> cube = finest.cube(axes).agg(sums.get(0), more);
        return cube.select(Stream.concat(
                        AXES.stream()
                                .map(axis -> axis.is(when(col(level(axis)).equalTo(1), "(all)")
                                        .otherwise(axis.col()))),
                        Stream.of(
                                SalesCube.SALE_LINES.is(SalesCube.SALE_LINES.col()),
                                SalesCube.UNITS.is(SalesCube.UNITS.col()),
                                SalesCube.SALES_AMOUNT.is(SalesCube.SALES_AMOUNT.col()),
                                SalesCube.RETURNS_AMOUNT.is(SalesCube.RETURNS_AMOUNT.col()),
                                SalesCube.NET_AMOUNT.is(
                                        SalesCube.SALES_AMOUNT.col().plus(SalesCube.RETURNS_AMOUNT.col()))))
                .toArray(Column[]::new));
    }

    private static String level(SalesCube axis) {
        return "is_all_" + axis.column();
    }

    private static Dataset<Row> finest(Dataset<Row> lines, Dataset<Row> products) {
        Column isSale = LineKind.SALE.is(FctOrderLines.LINE_KIND.col());
        Column isReturn = LineKind.isAnyOf(FctOrderLines.LINE_KIND.col(), LineKind.RETURN, LineKind.CANCELLATION);
        return lines.where(isSale.or(isReturn).and(FctOrderLines.AMOUNT.col().isNotNull()))
                .join(
                        products.select(DimProducts.PRODUCT_ID.col(), DimProducts.PRODUCT_GROUP.col()),
                        Joins.on(FctOrderLines.PRODUCT_ID),
                        Joins.LEFT)
                .groupBy(
                        date_format(FctOrderLines.ORDERED_ON.col(), "yyyy-MM").as(SalesCube.MONTH.column()),
                        FctOrderLines.COUNTRY.col(),
                        FctOrderLines.CHANNEL.col(),
                        coalesce(DimProducts.PRODUCT_GROUP.col(), lit(ColumnSpec.UNKNOWN))
                                .as(SalesCube.PRODUCT_GROUP.column()))
                .agg(
                        count_if(isSale).as(SalesCube.SALE_LINES.column()),
                        amount(isSale, FctOrderLines.QUANTITY.col()).as(SalesCube.UNITS.column()),
                        amount(isSale, FctOrderLines.AMOUNT.col()).as(SalesCube.SALES_AMOUNT.column()),
                        amount(isReturn, FctOrderLines.AMOUNT.col()).as(SalesCube.RETURNS_AMOUNT.column()));
    }

    private static Column amount(Column condition, Column value) {
        return coalesce(sum(when(condition, value)), lit(0));
    }
}
