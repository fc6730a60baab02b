package io.clientele.predict.recommend;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.size;

import io.clientele.schema.FctOrderLines;
import io.clientele.schema.ProductRepeats;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What the sales up to a day teach. It holds rows until it is closed.
 *
 * @param purchases one row per customer and product
 * @param assortment one row per product sold within the window
 * @param associations which products are bought together
 * @param pairs how many associations there are
 * @param held what is freed when it is closed
 */
record Learned(
        LocalDate date,
        Dataset<Row> purchases,
        Dataset<Row> assortment,
        Dataset<Row> associations,
        Baskets baskets,
        Products products,
        long pairs,
        List<Dataset<Row>> held)
        implements AutoCloseable {

    /** @param tooLarge how many teach nothing because they are too large */
    record Baskets(long all, long tooLarge) {}

    /**
     * @param unknown how many the catalogue does not know
     * @param inFamilies how many are offered and have a family
     */
    record Products(long all, long unknown, long repeats, long inFamilies) {}

    static Learned from(Dataset<Row> lines, Dataset<Row> catalogue, LocalDate date, RecommendationsConfig config) {
        Dataset<Row> sales = Purchases.sales(lines, date, config.notProducts());
        LocalDate from = config.from(date);
        List<Dataset<Row>> held = new ArrayList<>();
        try {
            Dataset<Row> purchases = held(Purchases.ofCustomers(sales, from), held);
            Dataset<Row> baskets = held(Purchases.baskets(sales, from), held);
            // Each is counted before the next is made of it: the engine then knows how little it is, and does not
            // shuffle
            // for it.
            Baskets counted = basketsOf(baskets, config);
            Dataset<Row> assortment = held(Assortment.of(baskets, purchases, catalogue, config), held);
            Products products = productsOf(assortment);
            Dataset<Row> associations =
                    held(Associations.of(baskets, assortment, counted.all() - counted.tooLarge(), date, config), held);
            return new Learned(
                    date, purchases, assortment, associations, counted, products, associations.count(), held);
        } catch (RuntimeException e) {
            free(held);
            throw e;
        }
    }

    /** What it recommends, for all that customers are served by. */
    Broadcast<Recommender> recommender(RecommendationsConfig config) {
        Recommender recommender = new Recommender(ProductIndex.of(this, config), config, date);
        return JavaSparkContext.fromSparkContext(purchases.sparkSession().sparkContext())
                .broadcast(recommender);
    }

    private static Dataset<Row> held(Dataset<Row> rows, List<Dataset<Row>> held) {
        held.add(0, rows.persist());
        return held.get(0);
    }

    private static void free(List<Dataset<Row>> held) {
        held.forEach(Dataset::unpersist);
    }

    private static Baskets basketsOf(Dataset<Row> baskets, RecommendationsConfig config) {
        Row counts = baskets.agg(
                        count(FctOrderLines.ORDER_ID.col()),
                        count_if(size(col(Purchases.PRODUCTS))
                                .gt(config.associations().largestBasket())))
                .head();
        return new Baskets(counts.getLong(0), counts.getLong(1));
    }

    private static Products productsOf(Dataset<Row> assortment) {
        Row counts = assortment
                .agg(
                        count(lit(1)),
                        count_if(not(col(Assortment.IS_KNOWN))),
                        count_if(ProductRepeats.IS_REPEAT.col()),
                        count_if(col(Assortment.FAMILY).isNotNull().and(col(Assortment.IS_OFFERED))))
                .head();
        return new Products(counts.getLong(0), counts.getLong(1), counts.getLong(2), counts.getLong(3));
    }

    @Override
    public void close() {
        free(held);
    }
}
