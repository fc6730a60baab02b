package io.clientele.predict.recommend;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import io.clientele.schema.FctOrderLines;
import io.clientele.schema.ProductRecommendations;
import io.clientele.table.Joins;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/**
 * Judges recommendations by the last baskets of customers. What products have to do with each other is learned from before the
 * days that are held out, and what a customer likes from before the customer's last day: nothing of the future is known.
 */
final class HeldOutBaskets {

    /** Enough for whoever has bought many of them. */
    private static final int POPULAR = 200;

    private static final String LAST_DAY = "last_day";
    private static final String IS_BOUGHT = "is_bought";
    private static final String FIRST_HIT = "first_hit";
    private static final String FIRST_POPULAR_HIT = "first_popular_hit";
    private static final String PLACE = "place";
    private static final String POPULAR_PLACE = "popular_place";

    /**
     * How many of the last baskets hold something that was recommended.
     *
     * @param customers whose last basket was held out: those who had bought something before it
     * @param model what is recommended
     * @param popularity what most customers buy, without what the customer has: what any model must beat
     */
    record Figures(long customers, Hits model, Hits popularity) {}

    /**
     * @param rate share of the customers who bought something of their list, 0 to 1
     * @param reciprocalRank mean of one over the place of the first product bought, 0 if none was
     */
    record Hits(double rate, double reciprocalRank) {}

    private HeldOutBaskets() {}

    static Figures judge(
            Dataset<Row> lines,
            Dataset<Row> catalogue,
            Dataset<Row> purchases,
            LocalDate date,
            RecommendationsConfig config) {
        LocalDate known = date.minusDays(config.evaluation().heldOutDays());
        Column customer = FctOrderLines.CUSTOMER_ID.col();
        Dataset<Row> lastDays = purchases
                .groupBy(customer)
                .agg(max(col(Purchases.LAST_ON)).as(LAST_DAY))
                .where(col(LAST_DAY).gt(lit(known)))
                .orderBy(xxhash64(customer), customer)
                .limit(config.evaluation().customers());
        Dataset<Row> sales =
                Purchases.sales(lines, date, config.notProducts()).join(lastDays, Joins.on(FctOrderLines.CUSTOMER_ID));
        Column day = FctOrderLines.ORDERED_ON.col();
        Dataset<Row> before =
                Purchases.ofCustomers(sales.where(day.lt(col(LAST_DAY))).drop(LAST_DAY), config.from(date));
        Dataset<Row> last = sales.where(day.equalTo(col(LAST_DAY)))
                .select(customer, FctOrderLines.PRODUCT_ID.col(), lit(true).as(IS_BOUGHT))
                .distinct();
        try (Learned learned = Learned.from(lines, catalogue, known, config)) {
            Dataset<Row> candidates = new Candidates(learned, config)
                    .of(before, Assortment.popular(learned.assortment(), POPULAR), known)
                    .join(last, Joins.on(FctOrderLines.CUSTOMER_ID, FctOrderLines.PRODUCT_ID), Joins.LEFT);
            return figures(candidates, config);
        }
    }

    private static Figures figures(Dataset<Row> candidates, RecommendationsConfig config) {
        Column customer = ProductRecommendations.CUSTOMER_ID.col();
        int most = config.crossSell().count();
        Column isPopular = Candidates.isNew().and(col(Candidates.POPULAR_RANK).isNotNull());
        Row found = candidates
                .withColumn(PLACE, place(Ranking.isCrossSell(config), Ranking.order()))
                .withColumn(POPULAR_PLACE, place(isPopular, col(Candidates.POPULAR_RANK)))
                .groupBy(customer)
                .agg(
                        firstHit(Ranking.isCrossSell(config), PLACE, most).as(FIRST_HIT),
                        firstHit(isPopular, POPULAR_PLACE, most).as(FIRST_POPULAR_HIT))
                .agg(
                        count(lit(1)),
                        count_if(col(FIRST_HIT).isNotNull()),
                        reciprocalRank(FIRST_HIT),
                        count_if(col(FIRST_POPULAR_HIT).isNotNull()),
                        reciprocalRank(FIRST_POPULAR_HIT))
                .head();
        long customers = found.getLong(0);
        return new Figures(customers, hits(found, 1, customers), hits(found, 3, customers));
    }

    /** The place among the customer's candidates; those that may be offered come first. */
    private static Column place(Column isOffered, Column... order) {
        Column[] offeredFirst =
                Stream.concat(Stream.of(isOffered.desc()), Arrays.stream(order)).toArray(Column[]::new);
        return row_number()
                .over(Window.partitionBy(ProductRecommendations.CUSTOMER_ID.col())
                        .orderBy(offeredFirst));
    }

    private static Column firstHit(Column isOffered, String place, int most) {
        return min(when(col(IS_BOUGHT).and(isOffered).and(col(place).leq(most)), col(place)));
    }

    private static Column reciprocalRank(String firstHit) {
        return coalesce(avg(coalesce(lit(1.0).divide(col(firstHit)), lit(0.0))), lit(0.0));
    }

    private static Hits hits(Row found, int at, long customers) {
        return new Hits(rounded((double) found.getLong(at) / Math.max(1, customers)), rounded(found.getDouble(at + 1)));
    }

    /** The last digits of an average depend on the order in which it was summed up. */
    private static double rounded(double value) {
        return Math.round(value * 1e6) / 1e6;
    }
}
