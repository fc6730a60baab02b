package io.clientele.predict.recommend;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.xxhash64;

import io.clientele.predict.recommend.Recommendation.Kind;
import io.clientele.schema.FctOrderLines;
import io.clientele.table.Joins;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Judges recommendations by the last baskets of customers. What products have to do with each other is learned from before the
 * days that are held out, and what a customer likes from before the customer's last day: nothing of the future is known.
 */
final class HeldOutBaskets {

    private static final String LAST_DAY = "last_day";
    private static final String LAST_BASKET = "last_basket";
    private static final String OF_MODEL = "of_model";
    private static final String OF_POPULARITY = "of_popularity";
    private static final StructType FIRST_HITS =
            new StructType().add(OF_MODEL, DataTypes.IntegerType).add(OF_POPULARITY, DataTypes.IntegerType);

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
                .groupBy(customer)
                .agg(collect_set(FctOrderLines.PRODUCT_ID.col()).as(LAST_BASKET));
        try (Learned learned = Learned.from(lines, catalogue, known, config)) {
            Broadcast<Recommender> recommender = learned.recommender(config);
            return figures(Purchases.byCustomer(before)
                    .join(last, Joins.on(FctOrderLines.CUSTOMER_ID))
                    .map(
                            (MapFunction<Row, Row>) each -> firstHits(each, recommender.value()),
                            Encoders.row(FIRST_HITS)));
        }
    }

    private static Row firstHits(Row customer, Recommender recommender) {
        List<Bought> bought = Purchases.bought(customer);
        Set<String> basket = Set.copyOf(customer.getList(customer.fieldIndex(LAST_BASKET)));
        List<String> recommended = recommender.recommend(bought).stream()
                .filter(each -> each.kind() == Kind.CROSS_SELL)
                .map(each -> each.product().id())
                .toList();
        return RowFactory.create(firstHit(recommended, basket), firstHit(recommender.popular(bought), basket));
    }

    /** The place of the first product that was bought, 1 for the first of the list; null if none was. */
    private static Integer firstHit(List<String> recommended, Set<String> basket) {
        for (int i = 0; i < recommended.size(); i++) {
            if (basket.contains(recommended.get(i))) {
                return i + 1;
            }
        }
        return null;
    }

    private static Figures figures(Dataset<Row> firstHits) {
        Row found = firstHits
                .agg(
                        count(lit(1)),
                        count(col(OF_MODEL)),
                        reciprocalRank(OF_MODEL),
                        count(col(OF_POPULARITY)),
                        reciprocalRank(OF_POPULARITY))
                .head();
        long customers = found.getLong(0);
        return new Figures(customers, hits(found, 1, customers), hits(found, 3, customers));
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
