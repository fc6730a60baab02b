package io.clientele.predict.recommend;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.struct;

import io.clientele.schema.ProductAssociations;
import io.clientele.schema.ProductRecommendations;
import io.clientele.schema.ProductRepeats;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The products sold within the window and what leads to what, in memory: some hundred bytes a product, and twelve an
 * association. Products go by their place in the order of their identifiers.
 */
final class ProductIndex implements Serializable {

    private static final long serialVersionUID = 1L;

    /** The place of a product that is not there. */
    static final int NOWHERE = -1;

    /**
     * @param isOffered whether it may be recommended
     * @param isRepeat whether it may be, to those who have it
     * @param family null if nobody says
     * @param listedAt the catalogue price; null if it has none
     * @param price that, or else what was paid for it on average
     */
    record Product(
            String id,
            boolean isOffered,
            boolean isRepeat,
            long buyers,
            String family,
            BigDecimal listedAt,
            BigDecimal price)
            implements Serializable {}

    /** What is offered to those who have a product: places of products, and how close each of them is. */
    static final class Leads implements Serializable {

        private static final long serialVersionUID = 1L;
        private static final Leads NONE = new Leads(new int[0], new double[0]);

        private final int[] to;
        private final double[] similarities;

        private Leads(int[] to, double[] similarities) {
            this.to = to;
            this.similarities = similarities;
        }

        int size() {
            return to.length;
        }

        int to(int lead) {
            return to[lead];
        }

        double similarity(int lead) {
            return similarities[lead];
        }
    }

    /** Prices fall into ranges, each up to {@code upSell.upTo} times as dear as the one below. */
    private record FamilyRange(String family, int range) implements Serializable {}

    private final Product[] products;
    private final Map<String, Integer> places = new HashMap<>();
    private final Leads[] leads;
    private final int[] byPopularity;
    private final double lengthOfRange;
    private final Map<FamilyRange, List<Integer>> ranges;

    private ProductIndex(Product[] products, RecommendationsConfig.UpSell upSell) {
        this.products = products;
        for (int place = 0; place < products.length; place++) {
            places.put(products[place].id(), place);
        }
        this.leads = new Leads[products.length];
        Arrays.fill(leads, Leads.NONE);
        Comparator<Integer> popularFirst = Comparator.comparingLong(
                        (Integer place) -> -product(place).buyers())
                .thenComparing(Comparator.naturalOrder());
        List<Integer> offered = IntStream.range(0, products.length)
                .filter(place -> product(place).isOffered())
                .boxed()
                .sorted(popularFirst)
                .toList();
        this.byPopularity = offered.stream()
                .filter(place -> product(place).buyers() > 0)
                .mapToInt(place -> place)
                .toArray();
        this.lengthOfRange = StrictMath.log(upSell.upTo());
        this.ranges = offered.stream()
                .filter(place -> product(place).family() != null
                        && isPositive(product(place).price()))
                .collect(groupingBy(
                        place -> new FamilyRange(
                                product(place).family(), range(product(place).price())),
                        toList()));
        ranges.replaceAll((range, all) -> List.copyOf(all.subList(0, Math.min(upSell.perRange(), all.size()))));
    }

    static ProductIndex of(Learned learned, RecommendationsConfig config) {
        Product[] products = learned
                .assortment()
                .select(
                        ProductRepeats.PRODUCT_ID.col(),
                        col(Assortment.IS_OFFERED),
                        ProductRepeats.IS_REPEAT.col(),
                        ProductRepeats.BUYERS.col(),
                        col(Assortment.FAMILY),
                        col(Assortment.LISTED_AT),
                        ProductRecommendations.PRICE.col())
                .orderBy(ProductRepeats.PRODUCT_ID.col())
                .collectAsList()
                .stream()
                .map(row -> new Product(
                        row.getString(0),
                        row.getBoolean(1),
                        row.getBoolean(2),
                        row.getLong(3),
                        row.getString(4),
                        row.getDecimal(5),
                        row.getDecimal(6)))
                .toArray(Product[]::new);
        ProductIndex index = new ProductIndex(products, config.upSell());
        // There may be many: they come one part after another.
        leads(learned, config).toLocalIterator().forEachRemaining(index::lead);
        return index;
    }

    /** One row for each product that leads to others: which, and how close they are. A repeat product leads to itself. */
    private static Dataset<Row> leads(Learned learned, RecommendationsConfig config) {
        return learned.associations()
                .select(
                        ProductAssociations.ANTECEDENT_ID.col(),
                        ProductAssociations.CONSEQUENT_ID.col(),
                        ProductAssociations.COSINE.col())
                .unionAll(learned.assortment()
                        .where(ProductRepeats.IS_REPEAT.col())
                        .select(
                                ProductRepeats.PRODUCT_ID.col(),
                                ProductRepeats.PRODUCT_ID.col(),
                                ProductRepeats.REPEAT_SHARE
                                        .col()
                                        .multiply(config.repeats().weight())))
                .groupBy(ProductAssociations.ANTECEDENT_ID.col())
                .agg(collect_list(struct(ProductAssociations.CONSEQUENT_ID.col(), ProductAssociations.COSINE.col())));
    }

    private void lead(Row row) {
        List<Row> offered = row.<Row>getList(1).stream()
                .filter(lead -> product(place(lead.getString(0))).isOffered())
                .toList();
        leads[place(row.getString(0))] = new Leads(
                offered.stream().mapToInt(lead -> place(lead.getString(0))).toArray(),
                offered.stream().mapToDouble(lead -> lead.getDouble(1)).toArray());
    }

    /** The place of a product; {@link #NOWHERE} if it was not sold within the window. */
    int place(String product) {
        return places.getOrDefault(product, NOWHERE);
    }

    Product product(int place) {
        return products[place];
    }

    Leads leads(int place) {
        return place == NOWHERE ? Leads.NONE : leads[place];
    }

    /** Offered products, those of most buyers first; ties by their identifiers. */
    int[] byPopularity() {
        return byPopularity;
    }

    /** Offered products of a family that are about as dear as a price, or up to the next range dearer. */
    IntStream aroundAndAbove(String family, BigDecimal price) {
        int range = range(price);
        return IntStream.of(range, range + 1)
                .mapToObj(each -> ranges.getOrDefault(new FamilyRange(family, each), List.of()))
                .flatMapToInt(all -> all.stream().mapToInt(place -> place));
    }

    private int range(BigDecimal price) {
        return (int) Math.floor(StrictMath.log(price.doubleValue()) / lengthOfRange);
    }

    static boolean isPositive(BigDecimal price) {
        return price != null && price.signum() > 0;
    }
}
