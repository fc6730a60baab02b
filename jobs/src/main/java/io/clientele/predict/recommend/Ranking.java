package io.clientele.predict.recommend;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.array_except;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.slice;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import io.clientele.schema.ProductRecommendations;
import io.clientele.schema.ProductRepeats;
import java.time.LocalDate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/** Chooses among the candidates of each customer. */
final class Ranking {

    static final String CROSS_SELL = "cross_sell";
    static final String UP_SELL = "up_sell";

    private static final int FURTHER = 30;
    private static final String OFFER = "offer";

    private Ranking() {}

    /** Whether a candidate goes with what was bought, or fills up what would be too short. */
    static Column isCrossSell(RecommendationsConfig config) {
        int filling = config.crossSell().fillWithPopular() ? filling(config) : 0;
        return Candidates.isNew()
                .and(col(Candidates.POINTS)
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
            col(Candidates.POINTS).desc(), ProductRepeats.BUYERS.col().desc(), ProductRecommendations.PRODUCT_ID.col()
        };
    }

    /** The best of each customer and kind. */
    static Dataset<Row> best(Dataset<Row> candidates, LocalDate date, RecommendationsConfig config) {
        Column because = col(Candidates.BECAUSE);
        Column above = array(col(Candidates.ABOVE_ID));
        Column isUpSell = col(Candidates.ABOVE_ID).isNotNull().and(not(col(Candidates.IS_OWNED)));
        Column reason = when(col(Candidates.POINTS).equalTo(0), "popular")
                .when(because.getItem(0).equalTo(ProductRecommendations.PRODUCT_ID.col()), "bought_again")
                .otherwise("bought_together");
        Column offers = array_compact(array(
                when(
                        isCrossSell(config),
                        offer(lit(CROSS_SELL), reason, because, ProductRecommendations.ABOVE_PRICE.isNull())),
                when(
                        isUpSell,
                        offer(
                                lit(UP_SELL),
                                lit("range_above"),
                                slice(concat(above, array_except(because, above)), 1, Candidates.MOST_REASONS),
                                ProductRecommendations.ABOVE_PRICE.col()))));
        Column isAmongBest = when(
                        ProductRecommendations.KIND.col().equalTo(UP_SELL),
                        ProductRecommendations.RANK.col().leq(config.upSell().count()))
                .otherwise(
                        ProductRecommendations.RANK.col().leq(config.crossSell().count()));
        return candidates
                .select(
                        ProductRecommendations.CUSTOMER_ID.col(),
                        ProductRecommendations.PRODUCT_ID.col(),
                        ProductRecommendations.PRICE.col(),
                        ProductRepeats.BUYERS.col(),
                        col(Candidates.POINTS),
                        explode(offers).as(OFFER))
                .select(col("*"), col(OFFER + ".*"))
                .withColumn(
                        ProductRecommendations.RANK.column(),
                        row_number()
                                .over(Window.partitionBy(
                                                ProductRecommendations.CUSTOMER_ID.col(),
                                                ProductRecommendations.KIND.col())
                                        .orderBy(order())))
                .where(ProductRecommendations.RANK
                        .col()
                        .leq(Math.max(
                                config.crossSell().count(), config.upSell().count())))
                .where(isAmongBest)
                .withColumn(
                        ProductRecommendations.SCORE.column(),
                        col(Candidates.POINTS).divide(Candidates.POINTS_OF_ONE))
                .withColumn(ProductRecommendations.AS_OF.column(), ProductRecommendations.AS_OF.is(lit(date)))
                .select(ProductRecommendations.TABLE.columns());
    }

    private static Column offer(Column kind, Column reason, Column because, Column above) {
        return struct(
                ProductRecommendations.KIND.is(kind),
                ProductRecommendations.REASON.is(reason),
                ProductRecommendations.BECAUSE_OF.is(because),
                ProductRecommendations.ABOVE_PRICE.is(above));
    }
}
