package io.clientele.predict.recommend;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.nullif;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.when;

import io.clientele.schema.DimProducts;
import io.clientele.schema.ProductRecommendations;
import io.clientele.schema.ProductRepeats;
import io.clientele.table.ColumnSpec;
import io.clientele.table.Joins;
import java.time.LocalDate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The products sold within the window: how often, to how many, whether again, and whether they are offered. */
final class Assortment {

    /** In how many baskets that teach. */
    static final String BASKETS = "baskets";

    /** The group of products; null if nobody says. */
    static final String FAMILY = "family";

    /** The catalogue price; null if it has none. */
    static final String LISTED_AT = "listed_at";

    /** Whether the catalogue of products knows it. */
    static final String IS_KNOWN = "is_known";

    /** Whether it may be recommended. */
    static final String IS_OFFERED = "is_offered";

    private Assortment() {}

    /** One row per product. */
    static Dataset<Row> of(
            Dataset<Row> baskets, Dataset<Row> purchases, Dataset<Row> catalogue, RecommendationsConfig config) {
        Column id = ProductRepeats.PRODUCT_ID.col();
        Dataset<Row> sold = baskets.where(
                        size(col(Purchases.PRODUCTS)).leq(config.associations().largestBasket()))
                .select(explode(col(Purchases.PRODUCTS)).as(ProductRepeats.PRODUCT_ID.column()))
                .groupBy(id)
                .agg(count(lit(1)).as(BASKETS));
        Dataset<Row> bought = purchases
                .where(col(Purchases.DAYS).gt(0))
                .groupBy(id)
                .agg(
                        count(lit(1)).as(ProductRepeats.BUYERS.column()),
                        count_if(col(Purchases.DAYS).gt(1)).as(ProductRepeats.REPEAT_BUYERS.column()),
                        avg(Purchases.PAID).as(Purchases.PAID));
        Dataset<Row> known = catalogue.select(
                DimProducts.PRODUCT_ID.col(),
                nullif(DimProducts.PRODUCT_GROUP.col(), lit(ColumnSpec.UNKNOWN)).as(FAMILY),
                when(DimProducts.LIST_PRICE.col().gt(0), DimProducts.LIST_PRICE.col())
                        .as(LISTED_AT),
                lit(true).as(IS_KNOWN),
                DimProducts.IS_LISTED.col().or(lit(!config.listedOnly())).as(IS_OFFERED));
        Column buyers = coalesce(ProductRepeats.BUYERS.col(), lit(0L));
        Column again = coalesce(ProductRepeats.REPEAT_BUYERS.col(), lit(0L));
        Column share = coalesce(again.divide(nullif(buyers, lit(0L))), lit(0.0));
        return sold.join(bought, Joins.on(ProductRepeats.PRODUCT_ID), "full")
                .join(known, Joins.on(ProductRepeats.PRODUCT_ID), Joins.LEFT)
                .select(
                        id,
                        coalesce(col(BASKETS), lit(0L)).as(BASKETS),
                        ProductRepeats.BUYERS.is(buyers),
                        ProductRepeats.REPEAT_BUYERS.is(again),
                        ProductRepeats.REPEAT_SHARE.is(share),
                        ProductRepeats.IS_REPEAT.is(buyers.geq(config.repeats().leastBuyers())
                                .and(share.geq(config.repeats().leastShare()))),
                        col(FAMILY),
                        col(LISTED_AT),
                        ProductRecommendations.PRICE.is(coalesce(col(LISTED_AT), col(Purchases.PAID))),
                        coalesce(col(IS_KNOWN), lit(false)).as(IS_KNOWN),
                        coalesce(col(IS_OFFERED), lit(false)).as(IS_OFFERED));
    }

    /** Which of them customers buy again, as analysts see it. */
    static Dataset<Row> repeats(Dataset<Row> assortment, LocalDate date) {
        return assortment
                .where(ProductRepeats.BUYERS.col().gt(0))
                .withColumn(ProductRepeats.AS_OF.column(), ProductRepeats.AS_OF.is(lit(date)))
                .select(ProductRepeats.TABLE.columns());
    }
}
