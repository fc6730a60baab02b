package io.clientele.qualify;

import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.nullif;
import static org.apache.spark.sql.functions.regexp_replace;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.upper;
import static org.apache.spark.sql.functions.when;

import io.clientele.run.Job;
import io.clientele.run.Run;
import io.clientele.schema.CollectedOrderLines;
import io.clientele.schema.CollectedProducts;
import io.clientele.schema.Delivery;
import io.clientele.schema.Products;
import io.clientele.table.Field;
import io.clientele.table.Joins;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Makes one catalogue: the products delivered last, and those that only order lines know. */
public final class ProductsJob {

    public static final Job<Config> JOB = Job.named("products", Config.class)
            .reads(CollectedProducts.TABLE, CollectedOrderLines.TABLE)
            .writes(Products.TABLE)
            .runs(ProductsJob::run);

    /** {@code conf/products.yaml}: nothing to say yet. */
    public record Config() {}

    private ProductsJob() {}

    static void run(Config config, Run run) {
        Dataset<Row> catalogue = Deliveries.upTo(run, CollectedProducts.TABLE);
        run.lake().replace(Products.TABLE, complete(catalogue, Deliveries.upTo(run, CollectedOrderLines.TABLE)));
        run.balance(Products.TABLE, catalogue, Products.VERSIONS);
    }

    /** The code of a product, however sources write it. */
    static Column productId(Field reference) {
        return upper(trim(reference.col()));
    }

    /** The catalogue and, unlisted, the products of order lines that it lacks. */
    public static Dataset<Row> complete(Dataset<Row> catalogue, Dataset<Row> lines) {
        Column delivered = struct(
                Delivery.DELIVERED_ON.col(), Delivery.FILE.col(), Delivery.POSITION.col(), Delivery.RECORD_ID.col());
        Column all = struct(
                CollectedProducts.LABEL.col(),
                CollectedProducts.PRODUCT_GROUP.col(),
                CollectedProducts.BRAND.col(),
                CollectedProducts.LIST_PRICE.col());
        String last = "last_delivered";
        Dataset<Row> listed = catalogue
                .groupBy(productId(CollectedProducts.PRODUCT_REF).as(Products.PRODUCT_ID.column()))
                .agg(max_by(all, delivered).as(last), count(lit(1)).as(Products.VERSIONS.column()))
                .select(
                        Products.PRODUCT_ID.is(Products.PRODUCT_ID.col()),
                        Products.LABEL.is(clean(part(last, CollectedProducts.LABEL))),
                        Products.PRODUCT_GROUP.is(clean(part(last, CollectedProducts.PRODUCT_GROUP))),
                        Products.BRAND.is(clean(part(last, CollectedProducts.BRAND))),
                        Products.LIST_PRICE.is(part(last, CollectedProducts.LIST_PRICE)),
                        Products.IS_LISTED.is(lit(true)),
                        Products.VERSIONS.is(Products.VERSIONS.col()));
        Column label = clean(CollectedOrderLines.PRODUCT_LABEL.col());
        Dataset<Row> unlisted = lines.groupBy(
                        productId(CollectedOrderLines.PRODUCT_REF).as(Products.PRODUCT_ID.column()))
                .agg(max_by(
                                label,
                                when(
                                        label.isNotNull(),
                                        struct(CollectedOrderLines.ORDERED_AT.col(), Delivery.RECORD_ID.col())))
                        .as(Products.LABEL.column()))
                .join(listed.select(Products.PRODUCT_ID.col()), Joins.on(Products.PRODUCT_ID), Joins.ANTI)
                .select(
                        Products.PRODUCT_ID.is(Products.PRODUCT_ID.col()),
                        Products.LABEL.is(Products.LABEL.col()),
                        Products.PRODUCT_GROUP.isNull(),
                        Products.BRAND.isNull(),
                        Products.LIST_PRICE.isNull(),
                        Products.IS_LISTED.is(lit(false)),
                        Products.VERSIONS.is(lit(0L)));
        return listed.union(unlisted);
    }

    private static Column part(String struct, Field field) {
        return org.apache.spark.sql.functions.col(struct).getField(field.column());
    }

    private static Column clean(Column text) {
        return nullif(trim(regexp_replace(text, "\\s+", " ")), lit(""));
    }
}
