package io.clientele.predict.recommend;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.ln;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.posexplode;
import static org.apache.spark.sql.functions.pow;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.sqrt;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;

import io.clientele.schema.ProductAssociations;
import io.clientele.schema.ProductRecommendations;
import io.clientele.schema.ProductRepeats;
import io.clientele.table.Joins;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * What could be offered to each customer: what goes with their purchases, what they may want again, what is above it in its
 * family, what is popular; and what they have. Each of these is a row of customer and product with what speaks for or against
 * it, and the rows of a customer and a product are summed up in one pass: no customer meets a product that nothing leads to.
 */
final class Candidates {

    /** Sum of the cosines, in thousand millionths: whole numbers add up to the same in any order. */
    static final String SCORE = "points";

    /** Its place among the most popular products, 1 for the first; null if it is not among them. */
    static final String POPULAR_RANK = "popular_rank";

    /** Whether the customer has it, so that it is not to be offered again unless it is a repeat product. */
    static final String IS_OWNED = "is_owned";

    /** The product of the family that the customer bought last. */
    static final String ABOVE_ID = "above_id";

    static final String SIMILARITY = "similarity";
    static final double POINTS_OF_ONE = 1e9;
    private static final String WEIGHT = "weight";
    private static final String RECENT = "recent";
    private static final String LAST = "last";
    private static final String POSITION = "position";
    private static final String RANGE = "price_range";

    private static final Map<String, DataType> COLUMNS = new TreeMap<>(Map.of(
            SCORE,
            DataTypes.LongType,
            POPULAR_RANK,
            DataTypes.IntegerType,
            IS_OWNED,
            DataTypes.BooleanType,
            ProductRecommendations.ABOVE_PRICE.column(),
            ProductRecommendations.ABOVE_PRICE.spec().type(),
            ProductRecommendations.PRICE.column(),
            ProductRecommendations.PRICE.spec().type(),
            ProductRepeats.IS_REPEAT.column(),
            DataTypes.BooleanType,
            ProductRepeats.BUYERS.column(),
            DataTypes.LongType));

    private static final Column CUSTOMER = ProductRecommendations.CUSTOMER_ID.col();
    private static final Column PRODUCT = ProductRecommendations.PRODUCT_ID.col();

    private final Learned learned;
    private final RecommendationsConfig config;

    Candidates(Learned learned, RecommendationsConfig config) {
        this.learned = learned;
        this.config = config;
    }

    /**
     * One row per customer and product that something leads to, or that the customer has.
     *
     * @param purchases of the customers to be served
     * @param popular the most popular products, the first the most, offered to all
     * @param date the business date
     */
    Dataset<Row> of(Dataset<Row> purchases, List<String> popular, LocalDate date) {
        Dataset<Row> inWindow = purchases.where(col(Purchases.DAYS).gt(0));

        return associated(inWindow)
                .unionAll(above(inWindow))
                .unionAll(popular(inWindow, popular))
                .unionAll(owned(purchases, date))
                .groupBy(CUSTOMER, PRODUCT)
                .agg(
                        coalesce(sum(col(SCORE)), lit(0L)).as(SCORE),
                        max(col(POPULAR_RANK)).as(POPULAR_RANK),
                        flag(IS_OWNED),
                        flag(ProductRepeats.IS_REPEAT.column()),
                        max(ProductRecommendations.ABOVE_PRICE.col()).as(ProductRecommendations.ABOVE_PRICE.column()),
                        max(ProductRecommendations.PRICE.col()).as(ProductRecommendations.PRICE.column()),
                        coalesce(max(ProductRepeats.BUYERS.col()), lit(0L)).as(ProductRepeats.BUYERS.column()));
    }

    private static Column flag(String column) {
        return coalesce(max(col(column)), lit(false)).as(column);
    }

    /** Whether a candidate may be offered beside what the customer has. */
    static Column isNew() {
        return not(col(IS_OWNED)).or(ProductRepeats.IS_REPEAT.col());
    }

    private Dataset<Row> associated(Dataset<Row> purchases) {
        return rows(
                recent(purchases)
                        .join(
                                associations().join(offered(), Joins.on(ProductRecommendations.PRODUCT_ID)),
                                Joins.on(ProductAssociations.ANTECEDENT_ID)),
                Map.of(SCORE, points()),
                ProductRecommendations.PRICE.column(),
                ProductRepeats.IS_REPEAT.column(),
                ProductRepeats.BUYERS.column());
    }

    /** The latest purchases of each customer, and how much each counts. */
    Dataset<Row> recent(Dataset<Row> purchases) {
        WindowSpec customers = Window.partitionBy(CUSTOMER);
        Column age = datediff(col(LAST), col(Purchases.LAST_ON));
        Column weight = pow(lit(0.5), age.divide((double) config.crossSell().halfLifeDays()))
                .multiply(sqrt(col(Purchases.DAYS)));
        return purchases
                .where(col(Purchases.DAYS).gt(0))
                .withColumn(
                        RECENT,
                        row_number()
                                .over(customers.orderBy(col(Purchases.LAST_AT).desc(), PRODUCT)))
                .withColumn(LAST, max(col(Purchases.LAST_ON)).over(customers))
                .where(col(RECENT).leq(config.crossSell().recentProducts()))
                .select(CUSTOMER, PRODUCT.as(ProductAssociations.ANTECEDENT_ID.column()), weight.as(WEIGHT));
    }

    /** What goes with what, and how close it is; a repeat product goes with itself. */
    Dataset<Row> associations() {
        return learned.associations()
                .select(
                        ProductAssociations.ANTECEDENT_ID.col(),
                        ProductAssociations.CONSEQUENT_ID.col().as(ProductRecommendations.PRODUCT_ID.column()),
                        ProductAssociations.COSINE.col().as(SIMILARITY))
                .unionAll(learned.assortment()
                        .where(ProductRepeats.IS_REPEAT.col())
                        .select(
                                PRODUCT.as(ProductAssociations.ANTECEDENT_ID.column()),
                                PRODUCT,
                                ProductRepeats.REPEAT_SHARE
                                        .col()
                                        .multiply(config.repeats().weight())
                                        .as(SIMILARITY)));
    }

    /** What one purchase adds to the score of what goes with it. */
    static Column points() {
        return round(col(WEIGHT).multiply(col(SIMILARITY)).multiply(POINTS_OF_ONE))
                .cast(DataTypes.LongType);
    }

    /**
     * Of each family from which the customer bought, what is dearer than the last purchase and not too dear. Prices fall into
     * ranges, each up to {@code upTo} times as dear as the one below, so that what is looked for is in two of them.
     */
    private Dataset<Row> above(Dataset<Row> purchases) {
        Column family = col(Assortment.FAMILY);
        Column price = ProductRecommendations.PRICE.col();
        Column reference = ProductRecommendations.ABOVE_PRICE.col();
        Dataset<Row> last = lastOfFamilies(purchases)
                .withColumn(
                        RANGE, explode(array(range(reference), range(reference).plus(1))));
        Column rank = row_number()
                .over(Window.partitionBy(family, col(RANGE))
                        .orderBy(ProductRepeats.BUYERS.col().desc(), PRODUCT));
        Dataset<Row> range = offered()
                .where(family.isNotNull().and(price.gt(0)))
                .withColumn(RANGE, range(price))
                .withColumn(RECENT, rank)
                .where(col(RECENT).leq(config.upSell().perRange()));
        return rows(
                last.join(range, Joins.on(Assortment.FAMILY, RANGE))
                        .where(price.gt(reference)
                                .and(price.cast(DataTypes.DoubleType)
                                        .leq(reference
                                                .cast(DataTypes.DoubleType)
                                                .multiply(config.upSell().upTo())))),
                Map.of(),
                ProductRecommendations.ABOVE_PRICE.column(),
                ProductRecommendations.PRICE.column(),
                ProductRepeats.IS_REPEAT.column(),
                ProductRepeats.BUYERS.column());
    }

    /** The last purchase of each customer in each family, and its price: what was paid, or the catalogue's if that is higher. */
    Dataset<Row> lastOfFamilies(Dataset<Row> purchases) {
        Column family = col(Assortment.FAMILY);
        Column paid = greatest(col(Purchases.PAID), col(Assortment.LISTED_AT));
        return purchases
                .where(col(Purchases.DAYS).gt(0))
                .join(
                        learned.assortment()
                                .where(family.isNotNull())
                                .select(PRODUCT, family, col(Assortment.LISTED_AT)),
                        Joins.on(ProductRecommendations.PRODUCT_ID))
                .groupBy(CUSTOMER, family)
                .agg(max_by(
                                struct(PRODUCT, paid.as(ProductRecommendations.ABOVE_PRICE.column())),
                                struct(col(Purchases.LAST_AT), PRODUCT))
                        .as(LAST))
                .select(
                        CUSTOMER,
                        family,
                        col(LAST)
                                .getField(ProductRecommendations.PRODUCT_ID.column())
                                .as(ABOVE_ID),
                        ProductRecommendations.ABOVE_PRICE.is(
                                col(LAST).getField(ProductRecommendations.ABOVE_PRICE.column())))
                .where(ProductRecommendations.ABOVE_PRICE.col().gt(0));
    }

    private Column range(Column price) {
        return floor(ln(price.cast(DataTypes.DoubleType))
                .divide(Math.log(config.upSell().upTo())));
    }

    private Dataset<Row> popular(Dataset<Row> purchases, List<String> popular) {
        Column[] products =
                popular.stream().map(org.apache.spark.sql.functions::lit).toArray(Column[]::new);
        return rows(
                purchases
                        .select(CUSTOMER)
                        .distinct()
                        .select(
                                CUSTOMER,
                                posexplode(array(products).cast("array<string>"))
                                        .as(new String[] {POSITION, ProductRecommendations.PRODUCT_ID.column()}))
                        .join(offered(), Joins.on(ProductRecommendations.PRODUCT_ID)),
                Map.of(POPULAR_RANK, col(POSITION).plus(1)),
                ProductRecommendations.PRICE.column(),
                ProductRepeats.IS_REPEAT.column(),
                ProductRepeats.BUYERS.column());
    }

    /** What the customer bought not long enough ago to be offered it again. */
    private Dataset<Row> owned(Dataset<Row> purchases, LocalDate date) {
        Column isOwned = config.notAgainDays() == null
                ? lit(true)
                : col(Purchases.LAST_ON).gt(lit(date.minusDays(config.notAgainDays())));
        return rows(purchases.where(isOwned), Map.of(IS_OWNED, lit(true)));
    }

    private Dataset<Row> offered() {
        return learned.assortment()
                .where(col(Assortment.IS_OFFERED))
                .select(
                        PRODUCT,
                        col(Assortment.FAMILY),
                        ProductRecommendations.PRICE.col(),
                        ProductRepeats.IS_REPEAT.col(),
                        ProductRepeats.BUYERS.col());
    }

    /** The rows in the form that all kinds share: columns that are computed, those that are there, and no value for the rest. */
    private static Dataset<Row> rows(Dataset<Row> rows, Map<String, Column> computed, String... present) {
        Set<String> kept = Set.copyOf(Arrays.asList(present));
        List<Column> columns = new ArrayList<>(List.of(CUSTOMER, PRODUCT));
        COLUMNS.forEach(
                (name, type) -> columns.add(computed.getOrDefault(name, kept.contains(name) ? col(name) : lit(null))
                        .cast(type)
                        .as(name)));
        return rows.select(columns.toArray(Column[]::new));
    }
}
