package io.clientele.predict.recommend;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.when;

import io.clientele.schema.ProductRecommendations;
import io.clientele.schema.ProductRepeats;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/** Chooses among the candidates of each customer. */
final class Ranking {

    static final String CROSS_SELL = "cross_sell";
    static final String UP_SELL = "up_sell";

    private static final int FURTHER = 20;

    private Ranking() {}

    /** Whether a candidate goes with what was bought, or fills up what would be too short. */
    static Column isCrossSell(RecommendationsConfig config) {
        int filling = config.crossSell().fillWithPopular() ? filling(config) : 0;
        return Candidates.isNew()
                .and(col(Candidates.SCORE)
                        .gt(0)
                        .or(coalesce(col(Candidates.POPULAR_RANK).leq(filling), lit(false))));
    }

    /** How many popular products lists are filled up with: more than their length, for customers have some of them. */
    static int filling(RecommendationsConfig config) {
        return config.crossSell().count() + FURTHER;
    }

    /** The nearest first; of those equally near the most popular; ties by the product's identifier. */
    static Column[] order() {
        return new Column[] {
            col(Candidates.SCORE).desc(), ProductRepeats.BUYERS.col().desc(), ProductRecommendations.PRODUCT_ID.col()
        };
    }

    /** The best of each customer and kind. */
    static Dataset<Row> best(Dataset<Row> candidates, RecommendationsConfig config) {
        Column isUpSell = ProductRecommendations.ABOVE_PRICE.col().isNotNull().and(not(col(Candidates.IS_OWNED)));
        Column kind = ProductRecommendations.KIND.col();
        Column rank = ProductRecommendations.RANK.col();
        int crossSells = config.crossSell().count();
        int upSells = config.upSell().count();
        return candidates
                .withColumn(
                        ProductRecommendations.KIND.column(),
                        explode(array_compact(array(when(isCrossSell(config), CROSS_SELL), when(isUpSell, UP_SELL)))))
                .withColumn(
                        ProductRecommendations.RANK.column(),
                        row_number()
                                .over(Window.partitionBy(ProductRecommendations.CUSTOMER_ID.col(), kind)
                                        .orderBy(order())))
                .where(rank.leq(Math.max(crossSells, upSells)))
                .where(rank.leq(when(kind.equalTo(UP_SELL), upSells).otherwise(crossSells)))
                .select(
                        ProductRecommendations.CUSTOMER_ID.col(),
                        kind,
                        rank,
                        ProductRecommendations.PRODUCT_ID.col(),
                        col(Candidates.SCORE),
                        ProductRecommendations.PRICE.col(),
                        when(kind.equalTo(UP_SELL), ProductRecommendations.ABOVE_PRICE.col())
                                .as(ProductRecommendations.ABOVE_PRICE.column()));
    }
}
