package io.clientele.predict.recommend;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.sqrt;
import static org.apache.spark.sql.functions.struct;

import io.clientele.schema.FctOrderLines;
import io.clientele.schema.ProductAssociations;
import io.clientele.schema.ProductRepeats;
import io.clientele.table.Field;
import io.clientele.table.Joins;
import java.time.LocalDate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/**
 * Products of the same baskets, and how close they are: by the cosine, as in B. Sarwar, G. Karypis, J. Konstan and J. Riedl,
 * Item-Based Collaborative Filtering Recommendation Algorithms, WWW 10 (2001).
 */
final class Associations {

    private static final String A = "a";
    private static final String B = "b";
    private static final String BASKET = "basket";

    private Associations() {}

    /**
     * The closest products of each product.
     *
     * @param baskets of which those that are too large are left out
     * @param total how many baskets there are without those
     */
    static Dataset<Row> of(
            Dataset<Row> baskets, Dataset<Row> assortment, long total, LocalDate date, RecommendationsConfig config) {
        RecommendationsConfig.Together together = config.associations();
        Column support = col(Assortment.BASKETS);
        Dataset<Row> frequent =
                assortment.where(support.geq(together.leastBaskets())).select(ProductRepeats.PRODUCT_ID.col(), support);
        Dataset<Row> pairs = pairs(baskets, frequent, together);
        Column both = ProductAssociations.BASKETS_TOGETHER.col();
        Column first = ProductAssociations.ANTECEDENT_BASKETS.col();
        Column second = ProductAssociations.CONSEQUENT_BASKETS.col();
        Dataset<Row> measured = pairs.join(
                        named(frequent, ProductAssociations.ANTECEDENT_ID, ProductAssociations.ANTECEDENT_BASKETS),
                        Joins.on(ProductAssociations.ANTECEDENT_ID))
                .join(
                        named(frequent, ProductAssociations.CONSEQUENT_ID, ProductAssociations.CONSEQUENT_BASKETS),
                        Joins.on(ProductAssociations.CONSEQUENT_ID))
                .withColumn(
                        ProductAssociations.COSINE.column(),
                        both.divide(sqrt(first.cast("double").multiply(second))));
        Column rank = row_number()
                .over(Window.partitionBy(ProductAssociations.ANTECEDENT_ID.col())
                        .orderBy(ProductAssociations.COSINE.col().desc(), ProductAssociations.CONSEQUENT_ID.col()));
        Column kept = lit((double) Math.max(1, total));
        return measured.withColumn(ProductAssociations.RANK.column(), rank)
                .where(ProductAssociations.RANK.col().leq(together.perProduct()))
                .withColumn(ProductAssociations.SUPPORT.column(), both.divide(kept))
                .withColumn(ProductAssociations.CONFIDENCE.column(), both.divide(first))
                .withColumn(
                        ProductAssociations.LIFT.column(),
                        both.multiply(kept).divide(first.cast("double").multiply(second)))
                .withColumn(
                        ProductAssociations.WINDOW_FROM.column(),
                        ProductAssociations.WINDOW_FROM.is(lit(config.from(date))))
                .withColumn(ProductAssociations.AS_OF.column(), ProductAssociations.AS_OF.is(lit(date)))
                .select(ProductAssociations.TABLE.columns());
    }

    /** Pairs of different products, in both directions, in how many baskets they are together. */
    private static Dataset<Row> pairs(
            Dataset<Row> baskets, Dataset<Row> frequent, RecommendationsConfig.Together together) {
        Column product = ProductRepeats.PRODUCT_ID.col();
        Dataset<Row> frequentOnly = baskets.where(size(col(Purchases.PRODUCTS)).between(2, together.largestBasket()))
                .select(
                        FctOrderLines.ORDER_ID.col().as(BASKET),
                        explode(col(Purchases.PRODUCTS)).as(ProductRepeats.PRODUCT_ID.column()))
                .join(frequent.select(product), Joins.on(ProductRepeats.PRODUCT_ID))
                .groupBy(col(BASKET))
                .agg(collect_list(product).as(Purchases.PRODUCTS));
        return frequentOnly
                .select(
                        col(Purchases.PRODUCTS),
                        explode(col(Purchases.PRODUCTS)).as(A))
                .select(col(A), explode(col(Purchases.PRODUCTS)).as(B))
                .where(col(A).lt(col(B)))
                .groupBy(col(A), col(B))
                .agg(count(lit(1)).as(ProductAssociations.BASKETS_TOGETHER.column()))
                .where(ProductAssociations.BASKETS_TOGETHER.col().geq(together.leastTogether()))
                .select(
                        ProductAssociations.BASKETS_TOGETHER.col(),
                        explode(array(direction(A, B), direction(B, A))).as(BASKET))
                .select(ProductAssociations.BASKETS_TOGETHER.col(), col(BASKET + ".*"));
    }

    private static Column direction(String from, String to) {
        return struct(
                col(from).as(ProductAssociations.ANTECEDENT_ID.column()),
                col(to).as(ProductAssociations.CONSEQUENT_ID.column()));
    }

    private static Dataset<Row> named(Dataset<Row> frequent, Field id, Field baskets) {
        return frequent.select(
                ProductRepeats.PRODUCT_ID.col().as(id.column()),
                col(Assortment.BASKETS).as(baskets.column()));
    }
}
