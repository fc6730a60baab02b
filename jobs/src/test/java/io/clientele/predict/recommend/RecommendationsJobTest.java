package io.clientele.predict.recommend;

import static io.clientele.testing.Rows.assertRows;
import static io.clientele.testing.Rows.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clientele.Project;
import io.clientele.config.ConfigFolder;
import io.clientele.failure.Failure;
import io.clientele.lake.Lake;
import io.clientele.run.Model;
import io.clientele.schema.DimProducts;
import io.clientele.schema.FctOrderLines;
import io.clientele.schema.ProductAssociations;
import io.clientele.schema.ProductRecommendations;
import io.clientele.schema.ProductRepeats;
import io.clientele.table.Table;
import io.clientele.testing.LoneNight;
import io.clientele.testing.MemoryLake;
import io.clientele.testing.SparkTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@SparkTest
class RecommendationsJobTest {

    private static final LocalDate JAN_31 = LocalDate.of(2025, 1, 31);
    private static final RecommendationsConfig CONFIG = new RecommendationsConfig(
            365,
            List.of("POST"),
            true,
            null,
            new RecommendationsConfig.Together(5, 2, 2, 10),
            new RecommendationsConfig.Repeats(0.5, 2, 4),
            new RecommendationsConfig.CrossSell(3, 20, 30, false),
            new RecommendationsConfig.UpSell(2, 3, 10),
            new RecommendationsConfig.HeldOut(7, 10, 1000));

    /** Pots go with lids, coffee is bought again and again, and there are three coffee machines. */
    private static final String CATALOGUE = """
            product_id | product_group | list_price | is_listed
            pot        | kitchen       | 40         | true
            lid        | kitchen       | 10         | true
            spoon      | kitchen       | 5          | true
            coffee     | coffee        | 8          | true
            machine    | machines      | 100        | true
            better     | machines      | 200        | true
            best       | machines      | 301        | true
            gone       | kitchen       | 50         | false
            lamp       | (unknown)     | 20         | true
            """;

    private static final String[] SALES = {
        "ann 2025-01-05 pot lid gone",
        "bob 2025-01-06 pot lid coffee POST",
        "cid 2025-01-07 pot gone lamp",
        "dan 2025-01-08 coffee machine=90",
        "dan 2025-01-20 coffee",
        "eve 2025-01-09 coffee",
        "eve 2025-01-21 coffee better",
        "- 2025-01-10 pot lid",
        "- 2025-01-11 best",
    };

    @Test
    void shouldRecommendWhatGoesWithPurchasesAndNeverWhatWasBoughtUnlessItIsARepeatProduct(SparkSession spark) {
        var night = night(spark, CONFIG, SALES);

        assertRows(
                read(night, ProductRecommendations.TABLE).where("kind = 'cross_sell'"),
                ProductRecommendations.TABLE,
                """
                customer_id | rank | product_id | score | reason          | because_of | price
                bob         | 1    | coffee     | 2.67  | bought_again    | [coffee]   | 8
                cid         | 1    | lid        | 0.87  | bought_together | [pot]      | 10
                dan         | 1    | coffee     | 3.77  | bought_again    | [coffee]   | 8
                eve         | 1    | coffee     | 3.77  | bought_again    | [coffee]   | 8
                """);
        assertRows(read(night, ProductRepeats.TABLE).where("buyers > 1"), ProductRepeats.TABLE, """
                product_id | buyers | repeat_buyers | repeat_share | is_repeat
                coffee     | 3      | 2             | 0.667        | true
                pot        | 3      | 0             | 0            | false
                lid        | 2      | 0             | 0            | false
                gone       | 2      | 0             | 0            | false
                """);
    }

    @Test
    void shouldRecommendOfTheFamilyOnlyWhatIsDearerAndNotTooDear(SparkSession spark) {
        var night = night(spark, CONFIG, SALES);

        // 'best' is more than three times as dear as 'machine'; 'gone', dearer than 'pot', is no longer listed.
        assertRows(
                read(night, ProductRecommendations.TABLE).where("kind = 'up_sell'"), ProductRecommendations.TABLE, """
                customer_id | rank | product_id | reason      | because_of | price | above_price
                dan         | 1    | better     | range_above | [machine]  | 200   | 100
                eve         | 1    | best       | range_above | [better]   | 301   | 200
                """);
    }

    @Test
    void shouldMeasureAssociationsAsTheFieldDoes(SparkSession spark) {
        var night = night(spark, CONFIG, SALES);

        assertRows(
                read(night, ProductAssociations.TABLE).where("antecedent_id = 'pot'"), ProductAssociations.TABLE, """
                antecedent_id | consequent_id | rank | baskets_together | antecedent_baskets | consequent_baskets | support | confidence | lift | cosine | window_from | as_of
                pot           | lid           | 1    | 3                | 4                  | 3                  | 0.333   | 0.75       | 2.25 | 0.866  | 2024-02-01  | 2025-01-31
                pot           | gone          | 2    | 2                | 4                  | 2                  | 0.222   | 0.50       | 2.25 | 0.707  | 2024-02-01  | 2025-01-31
                """);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            nobody bought             |                                                | 0 | nobody bought within the window
            one customer              | ann 2025-01-05 pot lid                         | 0 |
            one product               | ann 2025-01-05 pot; bob 2025-01-06 pot         | 0 |
            a product not in the catalogue | ann 2025-01-05 pot odd; bob 2025-01-06 pot odd; cid 2025-01-07 pot | 0 | 1 of 2 products sold are not in the catalogue
            negative totals           | ann 2025-01-05 machine=-9; bob 2025-01-06 pot=-1 | 0 | nobody bought within the window
            dates in the future       | ann 2025-02-01 machine lid; bob 2035-01-06 pot | 0 | nobody bought within the window
            dates long ago            | ann 1970-01-01 machine; bob 2024-01-31 pot     | 0 | nobody bought within the window
            amounts of a million millions | ann 2025-01-05 machine=1000000000000       | 0 |
            nobody known              | - 2025-01-05 pot lid; - 2025-01-06 pot lid     | 0 |
            baskets too large         | ann 2025-01-05 pot lid spoon coffee lamp best  | 0 | 1 of 1 baskets have more products
            """)
    void shouldMakeSenseOf(String what, String sales, int recommendations, String warning, SparkSession spark) {
        var night = night(spark, CONFIG, sales == null ? new String[0] : sales.split("; *", -1));

        assertThat(read(night, ProductRecommendations.TABLE).count()).as(what).isEqualTo(recommendations);
        if (warning == null) {
            assertThat(night.warnings()).isEmpty();
        } else {
            assertThat(night.warnings()).hasSize(1).first().asString().startsWith(warning);
        }
    }

    @Test
    void shouldFillUpWithWhatIsPopularAndSaySo(SparkSession spark) {
        var filling = with(new RecommendationsConfig.CrossSell(2, 20, 30, true), CONFIG.notAgainDays());

        var night = night(spark, filling, "ann 2025-01-05 pot", "bob 2025-01-06 pot", "cid 2025-01-07 lid");

        assertRows(
                read(night, ProductRecommendations.TABLE).where("kind = 'cross_sell'"),
                ProductRecommendations.TABLE,
                """
                customer_id | rank | product_id | score | reason  | because_of
                ann         | 1    | lid        | 0.0   | popular | []
                bob         | 1    | lid        | 0.0   | popular | []
                cid         | 1    | pot        | 0.0   | popular | []
                """);
    }

    @Test
    void shouldRecommendAgainWhatWasBoughtLongEnoughAgo(SparkSession spark) {
        var again = with(CONFIG.crossSell(), 30);
        String[] sales = {"ann 2025-01-01 pot", "ann 2025-01-02 lid", "bob 2025-01-06 pot lid", "cid 2025-01-06 pot lid"
        };

        var night = night(spark, again, sales);

        assertThat(read(night, ProductRecommendations.TABLE)
                        .where("kind = 'cross_sell'")
                        .select("customer_id", "product_id")
                        .collectAsList())
                .extracting(row -> row.getString(0) + " " + row.getString(1))
                .containsExactly("ann pot");
    }

    @Test
    void shouldGiveTheSameWhateverTheOrderAndThePartitionsOfTheRows(SparkSession spark) {
        Dataset<Row> lines = lines(spark, planted());
        Dataset<Row> catalogue = plantedCatalogue(spark);
        var filling = with(new RecommendationsConfig.CrossSell(3, 20, 30, true), null);

        List<Row> one = recommendations(lines.repartition(1), catalogue, filling);
        List<Row> other = recommendations(lines.orderBy(functions.rand(9)).repartition(7), catalogue, filling);

        assertThat(one).hasSizeGreaterThan(100).isEqualTo(other);
    }

    @Test
    void shouldFindPlantedAssociationsInHeldOutBasketsMoreOftenThanPopularProducts(SparkSession spark) {
        var lake = new MemoryLake(spark);
        lake.replace(FctOrderLines.TABLE, lines(spark, planted()));
        lake.replace(DimProducts.TABLE, plantedCatalogue(spark));
        var filling = with(new RecommendationsConfig.CrossSell(3, 20, 30, true), null);

        var first = night(spark, lake, JAN_31, filling);
        var next = night(spark, lake, JAN_31.plusDays(6), filling);
        var week = night(spark, lake, JAN_31.plusDays(7), filling);

        assertThat(first.metrics())
                .containsEntry("held_out.customers", 30.0)
                .containsEntry("hit_rate", 1.0)
                .containsEntry("mrr", 1.0);
        assertThat(first.metrics().get("popularity.hit_rate")).isLessThan(0.5);
        assertThat(first.warnings()).isEmpty();
        assertThat(next.metrics()).doesNotContainKey("hit_rate");
        assertThat(week.metrics()).containsKey("hit_rate");
        Model model = first.models().champion("recommendations").orElseThrow();
        assertThat(model.learnedOn()).isEqualTo(JAN_31);
        assertThat(model.metrics()).containsEntry("hit_rate", 1.0).containsKey("popularity.hit_rate");
    }

    @Test
    void shouldLearnNothingFromTheDaysThatAreHeldOut(SparkSession spark) {
        // Pot and lid are bought together on the held-out days only.
        var night = night(
                spark,
                CONFIG,
                "ann 2025-01-02 pot",
                "bob 2025-01-02 pot",
                "ann 2025-01-30 lid",
                "bob 2025-01-30 lid",
                "cid 2025-01-29 pot lid",
                "dan 2025-01-29 pot lid");

        assertThat(night.metrics()).containsEntry("held_out.customers", 2.0).containsEntry("hit_rate", 0.0);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            windowDays: 365        | windowDays: 0         | key 'windowDays' must be positive, got 0
            largestBasket: 100     | largestBasket: 1      | key 'largestBasket' must be between 2 and 1000, got 1
            leastShare: 0.3        | leastShare: 30        | key 'leastShare' must be above 0 and at most 1, got 30.0
            count: 10              | count: 0              | key 'count' must be between 1 and 100, got 0
            upTo: 3                | upTo: 1               | key 'upTo' must be above 1 and at most 100, got 1.0
            everyDays: 7           | everyDays: -1         | key 'everyDays' must be positive, got -1
            windowDays: 365        | notAgainDays: 0       | key 'notAgainDays' must be positive, got 0
            """)
    void shouldRefuseAConfigurationThatMakesNoSense(String from, String to, String complaint, @TempDir Path folder)
            throws IOException {
        String shipped = Files.readString(Project.ROOT.resolve("conf/recommendations.yaml"));
        assertThat(shipped).contains(from);
        String changed = to.startsWith("notAgainDays") ? shipped + to : shipped.replace(from, to);
        Files.writeString(folder.resolve("recommendations.yaml"), changed);

        assertThatThrownBy(() -> new ConfigFolder(folder).read("recommendations", RecommendationsConfig.class))
                .isInstanceOf(Failure.class)
                .hasMessageContaining(complaint);
    }

    /** Thirty customers buy one thing, and two weeks later what belongs to it; and all that came before were like them. */
    private static String[] planted() {
        Stream<String> before = IntStream.range(0, 60)
                .mapToObj(i -> "old%d 2025-01-%02d thing%d part%d".formatted(i, 1 + i % 9, i % 10, i % 10));
        Stream<String> now = IntStream.range(0, 30)
                .boxed()
                .flatMap(i -> Stream.of(
                        "new%d 2025-01-10 thing%d".formatted(i, i % 10),
                        "new%d 2025-01-30 part%d".formatted(i, i % 10)));
        return Stream.concat(before, now).toArray(String[]::new);
    }

    private static Dataset<Row> plantedCatalogue(SparkSession spark) {
        StringBuilder text = new StringBuilder("product_id | product_group | list_price | is_listed\n");
        for (int i = 0; i < 10; i++) {
            text.append("thing%d | things | %d | true\n".formatted(i, 10 + i));
            text.append("part%d | parts | %d | true\n".formatted(i, 5 + i));
        }
        return catalogue(spark, text.toString());
    }

    private static RecommendationsConfig with(RecommendationsConfig.CrossSell crossSell, Integer notAgainDays) {
        return new RecommendationsConfig(
                CONFIG.windowDays(),
                CONFIG.notProducts(),
                CONFIG.listedOnly(),
                notAgainDays,
                CONFIG.associations(),
                CONFIG.repeats(),
                crossSell,
                CONFIG.upSell(),
                CONFIG.evaluation());
    }

    private static List<Row> recommendations(Dataset<Row> lines, Dataset<Row> catalogue, RecommendationsConfig config) {
        try (Learned learned = Learned.from(lines, catalogue, JAN_31, config)) {
            return RecommendationsJob.recommend(learned, config)
                    .orderBy("customer_id", "kind", "rank")
                    .collectAsList();
        }
    }

    private static Dataset<Row> read(LoneNight night, Table table) {
        return night.lake().read(table);
    }

    private static LoneNight night(SparkSession spark, RecommendationsConfig config, String... sales) {
        var lake = new MemoryLake(spark);
        lake.replace(FctOrderLines.TABLE, lines(spark, sales));
        lake.replace(DimProducts.TABLE, catalogue(spark, CATALOGUE));
        return night(spark, lake, JAN_31, config);
    }

    private static LoneNight night(SparkSession spark, Lake lake, LocalDate date, RecommendationsConfig config) {
        var night = new LoneNight(spark, lake, date);
        RecommendationsJob.run(config, night);
        return night;
    }

    private static Dataset<Row> catalogue(SparkSession spark, String text) {
        return rows(spark, DimProducts.TABLE, text)
                .withColumn("units_sold", DimProducts.UNITS_SOLD.is(functions.lit(0)))
                .withColumn("sales_amount", DimProducts.SALES_AMOUNT.is(functions.lit(0)));
    }

    /** Orders, each as customer (- if nobody knows), day and products, each with the price paid if it is not 10. */
    private static Dataset<Row> lines(SparkSession spark, String... orders) {
        StringBuilder text =
                new StringBuilder("order_line_id | order_id | customer_id | product_id | ordered_at | ordered_on"
                        + " | line_kind | channel | country | quantity | unit_price | currency | amount\n");
        for (int order = 0; order < orders.length; order++) {
            String[] words = orders[order].strip().split(" ", -1);
            for (int i = 2; i < words.length; i++) {
                String[] sold = words[i].split("=", -1);
                String amount = sold.length > 1 ? sold[1] : "10";
                text.append("l%d-%d | o%d | %s | %s | %sT10:00:00Z | %s | sale | web | FR | 1 | 1 | EUR | %s\n"
                        .formatted(
                                order,
                                i,
                                order,
                                words[0].equals("-") ? "" : words[0],
                                sold[0],
                                words[1],
                                words[1],
                                amount));
            }
        }
        return rows(spark, FctOrderLines.TABLE, text.toString());
    }
}
