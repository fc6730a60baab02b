package io.clientele.predict.recommend;

import static io.clientele.testing.Rows.assertRows;
import static io.clientele.testing.Rows.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clientele.Project;
import io.clientele.config.ConfigFolder;
import io.clientele.failure.Failure;
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
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@SparkTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
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
        "cid 2025-01-07 pot gone lamp odd",
        "dan 2025-01-08 coffee machine=90",
        "dan 2025-01-20 coffee",
        "eve 2025-01-09 coffee",
        "eve 2025-01-21 coffee better",
        "- 2025-01-10 pot lid",
        "- 2025-01-11 best",
        "odd-one 2025-01-11 odd pot",
        "negative 2025-01-11 pot=-10 machine=-90",
        "early 2024-02-01 pot machine",
        "late 2025-02-01 pot machine",
        "rich 2025-01-11 machine=1000000000000",
        "rich 2025-01-12 pot=99999999999999999999",
        "reseller 2025-01-11 pot lid better best lamp coffee machine",
        "regular 2024-01-05 lid",
        "regular 2025-01-13 pot",
    };

    private LoneNight night;

    @BeforeAll
    void runTheNight(SparkSession spark) {
        night = night(spark, CATALOGUE, CONFIG, SALES);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            what goes with it is what was bought       | ann      |
            bought by many of its buyers again         | bob      | cross_sell 1 coffee bought_again [coffee]
            goes with what was bought, as far as listed and known | cid | cross_sell 1 lid bought_together [pot]
            dearer, and not too dear                   | dan      | cross_sell 1 coffee bought_again [coffee], up_sell 1 better range_above [machine]
            dearer than the catalogue says the last is | eve      | cross_sell 1 coffee bought_again [coffee], up_sell 1 best range_above [better]
            a product not in the catalogue was bought  | odd-one  | cross_sell 1 lid bought_together [pot]
            negative totals                            | negative |
            before the window                          | early    |
            in the future                              | late     |
            amounts of a million millions and more     | rich     | cross_sell 1 lid bought_together [pot]
            more than a basket                         | reseller | cross_sell 1 coffee bought_again [coffee]
            had it before the window                   | regular  |
            """)
    void shouldRecommend(String what, String customer, String expected) {
        Column offer = functions.concat_ws(
                " ",
                ProductRecommendations.KIND.col(),
                ProductRecommendations.RANK.col(),
                ProductRecommendations.PRODUCT_ID.col(),
                ProductRecommendations.REASON.col(),
                functions.format_string("[%s]", functions.concat_ws(", ", ProductRecommendations.BECAUSE_OF.col())));
        List<String> offers = read(night, ProductRecommendations.TABLE)
                .where(ProductRecommendations.CUSTOMER_ID.col().equalTo(customer))
                .select(offer)
                .collectAsList()
                .stream()
                .map(row -> row.getString(0))
                .sorted()
                .toList();

        assertThat(String.join(", ", offers)).as(what).isEqualTo(expected == null ? "" : expected);
    }

    @Test
    void shouldSayWhatItLeftOut() {
        assertThat(night.warnings())
                .containsExactlyInAnyOrder(
                        "1 of 14 baskets have more products than 'associations.largestBasket': they teach nothing",
                        "1 of 9 products sold are not in the catalogue: they are not recommended");
    }

    @Test
    void shouldScoreByHowCloseAndHowRecentPurchasesAre() {
        assertRows(
                read(night, ProductRecommendations.TABLE)
                        .where("customer_id in ('bob', 'cid', 'dan') or customer_id = 'eve'"),
                ProductRecommendations.TABLE,
                """
                customer_id | kind       | product_id | score | price | above_price | as_of
                bob         | cross_sell | coffee     | 2.00  | 8     |             | 2025-01-31
                cid         | cross_sell | lid        | 0.65  | 10    |             | 2025-01-31
                dan         | cross_sell | coffee     | 2.83  | 8     |             | 2025-01-31
                dan         | up_sell    | better     | 0.00  | 200   | 100         | 2025-01-31
                eve         | cross_sell | coffee     | 2.83  | 8     |             | 2025-01-31
                eve         | up_sell    | best       | 0.00  | 301   | 200         | 2025-01-31
                """);
    }

    @Test
    void shouldMeasureAssociationsAsTheFieldDoes() {
        assertRows(
                read(night, ProductAssociations.TABLE).where("antecedent_id = 'pot'"), ProductAssociations.TABLE, """
                antecedent_id | consequent_id | rank | baskets_together | antecedent_baskets | consequent_baskets | support | confidence | lift | cosine | window_from | as_of
                pot           | lid           | 1    | 3                | 7                  | 3                  | 0.231   | 0.429      | 1.86 | 0.655  | 2024-02-02  | 2025-01-31
                pot           | gone          | 2    | 2                | 7                  | 2                  | 0.154   | 0.286      | 1.86 | 0.535  | 2024-02-02  | 2025-01-31
                pot           | odd           | 3    | 2                | 7                  | 2                  | 0.154   | 0.286      | 1.86 | 0.535  | 2024-02-02  | 2025-01-31
                """);
    }

    @Test
    void shouldTellProductsThatAreBoughtAgain() {
        assertRows(read(night, ProductRepeats.TABLE).where("buyers > 2"), ProductRepeats.TABLE, """
                product_id | buyers | repeat_buyers | repeat_share | is_repeat
                coffee     | 4      | 2             | 0.500        | true
                pot        | 7      | 0             | 0            | false
                lid        | 3      | 0             | 0            | false
                machine    | 3      | 0             | 0            | false
                """);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            nobody bought             |                    | nobody bought within the window: no recommendations
            one customer, one product | ann 2025-01-05 pot | no product that is offered has a group: no up-sell
            """)
    void shouldWriteEmptyMartsIf(String what, String sale, String warning, SparkSession spark) {
        var alone = night(spark, """
                product_id | product_group | list_price | is_listed
                pot        | (unknown)     | 40         | true
                """, CONFIG, sale == null ? new String[0] : new String[] {sale});

        assertThat(read(alone, ProductRecommendations.TABLE).count()).as(what).isZero();
        assertThat(read(alone, ProductAssociations.TABLE).count()).as(what).isZero();
        assertThat(alone.warnings()).containsExactly(warning);
        assertThat(alone.metrics()).containsEntry("hit_rate", 0.0).containsEntry("held_out.customers", 0.0);
    }

    @Test
    void shouldFillUpWithWhatIsPopularAndOfferAgainWhatWasBoughtLongAgo(SparkSession spark) {
        var filling = with(new RecommendationsConfig.CrossSell(2, 20, 30, true), 30);

        var recommendations = recommend(
                lines(spark, "ann 2025-01-01 pot", "bob 2025-01-06 pot", "cid 2025-01-07 lid"),
                catalogue(spark, CATALOGUE),
                filling);

        assertRows(recommendations, ProductRecommendations.TABLE, """
                customer_id | kind       | rank | product_id | score | reason  | because_of
                ann         | cross_sell | 1    | pot        | 0.0   | popular | []
                ann         | cross_sell | 2    | lid        | 0.0   | popular | []
                bob         | cross_sell | 1    | lid        | 0.0   | popular | []
                cid         | cross_sell | 1    | pot        | 0.0   | popular | []
                """);
    }

    @Test
    void shouldOfferWhatIsAboveTheFirstByIdentifierOfThoseBoughtAtTheSameTime(SparkSession spark) {
        var recommendations = recommend(
                lines(spark, "ann 2025-01-05 machine better", "bob 2025-01-06 best"),
                catalogue(spark, CATALOGUE),
                CONFIG);

        assertRows(recommendations, ProductRecommendations.TABLE, """
                customer_id | kind    | rank | product_id | reason      | because_of | above_price
                ann         | up_sell | 1    | best       | range_above | [better]   | 200
                """);
    }

    /**
     * What comes after the days that teach is nothing but decoys: had they been learned, they would come before what was
     * planted.
     */
    @Test
    void shouldFindWhatIsPlantedInHeldOutBasketsAndBeTheSameInAnyOrderOfRows(SparkSession spark) {
        var filling = with(new RecommendationsConfig.CrossSell(3, 20, 30, true), null);
        var lake = new MemoryLake(spark);
        lake.replace(FctOrderLines.TABLE, lines(spark, planted()));
        lake.replace(DimProducts.TABLE, plantedCatalogue(spark));

        var planted = new LoneNight(spark, lake, JAN_31);
        RecommendationsJob.run(filling, planted);

        assertThat(planted.metrics())
                .containsEntry("held_out.customers", 30.0)
                .containsEntry("hit_rate", 1.0)
                .containsEntry("mrr", 1.0);
        assertThat(planted.metrics().get("popularity.hit_rate")).isLessThan(0.5);
        assertThat(planted.warnings()).isEmpty();
        Model model = planted.models().champion("recommendations").orElseThrow();
        assertThat(model.learnedOn()).isEqualTo(JAN_31);
        assertThat(model.metrics()).containsEntry("hit_rate", 1.0).containsKey("popularity.hit_rate");
        var shuffled = lake.read(FctOrderLines.TABLE).orderBy(functions.rand(9)).repartition(7);
        assertThat(recommend(shuffled, plantedCatalogue(spark), filling).collectAsList())
                .hasSizeGreaterThan(100)
                .containsExactlyInAnyOrderElementsOf(
                        read(planted, ProductRecommendations.TABLE).collectAsList());
    }

    @ParameterizedTest
    @CsvSource({"2025-01-31, false", "2025-02-06, false", "2025-02-07, true"})
    void shouldJudgeAgainAfterSomeDaysOrWithOtherParameters(LocalDate date, boolean isDue) {
        var model = new Model("recommendations", JAN_31, true, null, Map.of(), "parameters");

        assertThat(RecommendationsJob.isDue(Optional.of(model), "parameters", date, CONFIG))
                .isEqualTo(isDue);
        assertThat(RecommendationsJob.isDue(Optional.of(model), "others", date, CONFIG))
                .isTrue();
        assertThat(RecommendationsJob.isDue(Optional.empty(), "parameters", date, CONFIG))
                .isTrue();
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

    /** Thirty customers buy one thing, and weeks later what belongs to it, as all did before; decoys are sold in between. */
    private static String[] planted() {
        Stream<String> before = IntStream.range(0, 60)
                .mapToObj(i -> "old%d 2025-01-%02d thing%d part%d".formatted(i, 1 + i % 9, i % 10, i % 10));
        Stream<String> decoys = IntStream.range(0, 100)
                .mapToObj(i -> "other%d 2025-01-25 thing%d part%d".formatted(i, i % 10, (i + 1) % 10));
        Stream<String> now = IntStream.range(0, 30)
                .boxed()
                .flatMap(i -> Stream.of(
                        "new%d 2025-01-10 thing%d".formatted(i, i % 10),
                        "new%d 2025-01-30 part%d".formatted(i, i % 10)));
        return Stream.of(before, decoys, now).flatMap(each -> each).toArray(String[]::new);
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

    private static Dataset<Row> recommend(Dataset<Row> lines, Dataset<Row> catalogue, RecommendationsConfig config) {
        return RecommendationsJob.recommend(Learned.from(lines, catalogue, JAN_31, config), config);
    }

    private static Dataset<Row> read(LoneNight night, Table table) {
        return night.lake().read(table);
    }

    private static LoneNight night(
            SparkSession spark, String catalogue, RecommendationsConfig config, String... sales) {
        var lake = new MemoryLake(spark);
        lake.replace(FctOrderLines.TABLE, lines(spark, sales));
        lake.replace(DimProducts.TABLE, catalogue(spark, catalogue));
        var night = new LoneNight(spark, lake, JAN_31);
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
