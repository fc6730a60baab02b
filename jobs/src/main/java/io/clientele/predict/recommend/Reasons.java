package io.clientele.predict.recommend;

import static org.apache.spark.sql.functions.any_value;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.array_except;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.slice;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.when;

import io.clientele.schema.ProductAssociations;
import io.clientele.schema.ProductRecommendations;
import io.clientele.table.Joins;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Says why each product is recommended. What led to a product is looked up for the few that were chosen, not carried by all. */
final class Reasons {

    private static final int MOST = 3;
    private static final String BECAUSE = "because";

    private Reasons() {}

    /** The chosen, as analysts see them. */
    static Dataset<Row> of(Dataset<Row> chosen, Candidates candidates, Learned learned) {
        Column customer = ProductRecommendations.CUSTOMER_ID.col();
        Column product = ProductRecommendations.PRODUCT_ID.col();
        Column kind = ProductRecommendations.KIND.col();
        Column because = col(BECAUSE);
        Column above = array_compact(array(col(Candidates.ABOVE_ID)));
        Column isUpSell = kind.equalTo(Ranking.UP_SELL);
        return chosen.join(
                        candidates.recent(learned.purchases()),
                        Joins.on(ProductRecommendations.CUSTOMER_ID),
                        Joins.LEFT)
                .join(
                        candidates.associations(),
                        Joins.on(ProductAssociations.ANTECEDENT_ID, ProductRecommendations.PRODUCT_ID),
                        Joins.LEFT)
                .groupBy(customer, kind, ProductRecommendations.RANK.col())
                .agg(
                        strongest().as(BECAUSE),
                        same(ProductRecommendations.PRODUCT_ID.column()),
                        same(Candidates.SCORE),
                        same(ProductRecommendations.PRICE.column()),
                        same(ProductRecommendations.ABOVE_PRICE.column()))
                .join(
                        learned.assortment().select(product, col(Assortment.FAMILY)),
                        Joins.on(ProductRecommendations.PRODUCT_ID),
                        Joins.LEFT)
                .join(
                        candidates
                                .lastOfFamilies(learned.purchases())
                                .select(customer, col(Assortment.FAMILY), col(Candidates.ABOVE_ID)),
                        Joins.on(ProductRecommendations.CUSTOMER_ID.column(), Assortment.FAMILY),
                        Joins.LEFT)
                .select(
                        customer,
                        kind,
                        ProductRecommendations.RANK.col(),
                        product,
                        ProductRecommendations.SCORE.is(col(Candidates.SCORE).divide(Candidates.POINTS_OF_ONE)),
                        ProductRecommendations.REASON.is(when(isUpSell, "range_above")
                                .when(col(Candidates.SCORE).equalTo(0), "popular")
                                .when(because.getItem(0).equalTo(product), "bought_again")
                                .otherwise("bought_together")),
                        ProductRecommendations.BECAUSE_OF.is(
                                when(isUpSell, slice(concat(above, array_except(because, above)), 1, MOST))
                                        .otherwise(because)),
                        ProductRecommendations.PRICE.col(),
                        ProductRecommendations.ABOVE_PRICE.col(),
                        ProductRecommendations.AS_OF.is(lit(learned.date())));
    }

    /** The products that count most for the chosen one, the strongest first; ties by their identifier. */
    private static Column strongest() {
        Column antecedent = ProductAssociations.ANTECEDENT_ID.col();
        Column contributions = collect_list(when(
                col(Candidates.SIMILARITY).isNotNull(),
                struct(Candidates.points().multiply(-1), antecedent)));
        return slice(
                transform(sort_array(contributions), each -> each.getField(ProductAssociations.ANTECEDENT_ID.column())),
                1,
                MOST);
    }

    /** A value that all rows of the group have. */
    private static Column same(String column) {
        return any_value(col(column)).as(column);
    }
}
