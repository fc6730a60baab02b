package io.clientele.segment;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.clientele.lake.Lake;
import io.clientele.schema.ClusterChoices;
import io.clientele.schema.ClusterProfiles;
import io.clientele.schema.CustomerClusters;
import io.clientele.schema.CustomerRfm;
import io.clientele.schema.DimCustomers;
import io.clientele.schema.Models;
import io.clientele.segment.ClustersJob.Config;
import io.clientele.segment.ClustersJob.Retrain;
import io.clientele.segment.Feature.Step;
import io.clientele.testing.LoneNight;
import io.clientele.testing.MemoryLake;
import io.clientele.testing.SparkTest;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@SparkTest
class ClustersJobTest {

    private static final LocalDate NIGHT = LocalDate.of(2025, 11, 30);
    private static final Retrain RETRAIN = new Retrain(90, 0.25, 0.25);
    private static final Feature NUMBER =
            new Feature(List.of(Step.LOG, Step.STANDARDISE), null, null, null, null, null);
    private static final Map<String, Feature> RFM = features(
            "recency_days",
            new Feature(
                    List.of(Step.LOG, Step.STANDARDISE), null, null, "bought longer ago", "bought more recently", null),
            "frequency",
            new Feature(List.of(Step.LOG, Step.STANDARDISE), null, null, "buys more often", "buys more rarely", null),
            "monetary",
            new Feature(List.of(Step.LOG, Step.STANDARDISE), null, null, "spends more", "spends less", null));

    /** A customer: an identifier, recency, frequency, monetary value. */
    private record Customer(String id, int recency, long frequency, double monetary) {}

    @Test
    void shouldGroupCustomersNumberTheBiggestSpendersFirstAndSayWhatSetsThemApart(SparkSession spark) {
        LoneNight night = night(spark, groups(30), NIGHT);

        ClustersJob.run(config(RFM, 3), night);

        assertThat(clusters(night).entrySet()).allSatisfy(placed -> assertThat(placed.getValue())
                .isEqualTo(1 + Integer.parseInt(placed.getKey().substring(0, 1))));
        List<Row> profiles = profiles(night, "name", "description", "customers", "outliers");
        assertThat(profiles).extracting(row -> row.getLong(2)).containsExactly(30L, 30L, 30L);
        assertThat(profiles).extracting(row -> row.getLong(3)).containsExactly(0L, 0L, 0L);
        assertThat(profiles.get(0).getString(1))
                .contains("spends more (2.9 × the mean)", "buys more often (2.7 × the mean)", "bought more recently");
        assertThat(profiles.get(2).getString(0)).isEqualTo("Bought longer ago");
        assertThat(night.balances()).containsEntry("customer_clusters", 90L);
        assertThat(night.warnings()).isEmpty();
    }

    @Test
    void shouldTellTheFiguresOfEachFeature(SparkSession spark) {
        LoneNight night = night(spark, groups(30), NIGHT);

        ClustersJob.run(config(RFM, 3), night);

        List<Row> figures = night.lake()
                .read(ClusterProfiles.TABLE)
                .select(functions.col("cluster_id"), functions.inline(functions.col("figures")))
                .where("cluster_id = 1 and feature = 'frequency'")
                .collectAsList();
        assertThat(figures).singleElement().satisfies(row -> {
            assertThat(row.getDouble(2)).isEqualTo(100);
            assertThat(row.getDouble(3)).isEqualTo(37);
            assertThat(row.getDouble(4)).isBetween(1.1, 1.3);
        });
    }

    @Test
    void shouldPlaceACustomerWhereTheModelOfSparkMlPlacesIt(SparkSession spark) {
        LoneNight night = night(spark, cloud(3_000, 3), NIGHT);
        ClustersJob.run(config(RFM, 4), night);
        ClusterModel model = ClusterModel.of(
                night.models().champion("clusters").orElseThrow().json());
        FeatureReader reader = new FeatureReader(model.features(), FeatureReader.Values.LEFT_OUT);
        Map<String, Integer> placed = clusters(night);

        List<Row> rows =
                FeatureColumns.rows(night.lake(), RFM.keySet(), NIGHT, 1).collectAsList();

        assertThat(rows).hasSize(3_000).allSatisfy(row -> assertThat(1
                        + model.sparkModel()
                                .predict(org.apache.spark.ml.linalg.Vectors.dense(reader.axes(row, reader.grid()))))
                .isEqualTo(placed.get(row.getString(FeatureColumns.CUSTOMER))));
    }

    @Test
    void shouldGiveTheSameWhateverTheOrderOfTheRowsAndWhenANightIsRunAgain(SparkSession spark) {
        LoneNight one = night(spark, cloud(400, 5), NIGHT);
        List<Customer> turned = new ArrayList<>(cloud(400, 5));
        java.util.Collections.reverse(turned);
        LoneNight other = night(spark, turned, NIGHT);
        ClustersJob.run(config(RFM, 4), one);
        ClustersJob.run(config(RFM, 4), other);
        List<Row> first = all(one);

        ClustersJob.run(config(RFM, 4), one);

        assertThat(all(other)).isEqualTo(first);
        assertThat(all(one)).isEqualTo(first);
        assertThat(one.lake().read(Models.TABLE).count()).isEqualTo(1);
    }

    @Test
    void shouldKeepNumbersNamesAndLabelsThroughTenNightsOfDrift(SparkSession spark) {
        Lake lake = new MemoryLake(spark);
        Config config = config(RFM, 4, Map.of(), new Retrain(2, 0.25, 0.25));
        SplittableRandom random = new SplittableRandom(11);
        List<Customer> customers = new ArrayList<>(cloud(2_000, 6));
        Map<String, Integer> before = Map.of();
        List<String> names = List.of();
        double most = 0;
        for (int i = 0; i < 10; i++) {
            List<Customer> moved = new ArrayList<>();
            for (int c = 0; c < customers.size() && i > 0; c++) {
                if (random.nextInt(100) < 2) {
                    Customer old = customers.get(c);
                    Customer now =
                            new Customer(old.id(), random.nextInt(5), old.frequency() + 1, old.monetary() * 1.2 + 10);
                    customers.set(c, now);
                    moved.add(now);
                }
            }
            LoneNight night = night(spark, lake, customers, NIGHT.plusDays(i));

            ClustersJob.run(config, night);

            Map<String, Integer> now = clusters(night);
            Map<String, Integer> last = before;
            moved.forEach(customer -> last.remove(customer.id()));
            long changed = last.entrySet().stream()
                    .filter(placed -> !placed.getValue().equals(now.get(placed.getKey())))
                    .count();
            most = Math.max(most, last.isEmpty() ? 0 : (double) changed / last.size());
            before = now;
            List<String> tonight = profiles(night, "name").stream()
                    .map(row -> row.getString(0))
                    .toList();
            assertThat(names.isEmpty() ? tonight : names).isEqualTo(tonight);
            names = tonight;
        }
        assertThat(lake.read(Models.TABLE).count()).isEqualTo(4);
        assertThat(most).isLessThan(0.01);
    }

    @Test
    void shouldLearnAnewWhenCustomersHaveChangedAndKeepTheNumbersOfTheNearestClusters(SparkSession spark) {
        Lake lake = new MemoryLake(spark);
        ClustersJob.run(config(RFM, 3), night(spark, lake, groups(60), NIGHT));
        List<Customer> grown = groups(60).stream()
                .map(customer -> customer.id().startsWith("2")
                        ? new Customer(customer.id(), customer.recency(), 9_000, 99_999_999)
                        : customer)
                .toList();

        LoneNight night = night(spark, lake, grown, NIGHT.plusDays(1));
        ClustersJob.run(config(RFM, 3), night);

        assertThat(night.warnings()).singleElement().asString().contains("learned anew");
        assertThat(lake.read(Models.TABLE).count()).isEqualTo(2);
        assertThat(clusters(night).entrySet()).allSatisfy(placed -> assertThat(placed.getValue())
                .isEqualTo(1 + Integer.parseInt(placed.getKey().substring(0, 1))));
    }

    @Test
    void shouldLearnAnewWhenTheConfigurationHasChangedAndGiveANewClusterAFreeNumber(SparkSession spark) {
        Lake lake = new MemoryLake(spark);
        LoneNight first = night(spark, lake, cloud(600, 4), NIGHT);
        ClustersJob.run(config(RFM, 3), first);
        List<String> names =
                profiles(first, "name").stream().map(row -> row.getString(0)).toList();

        LoneNight night = night(spark, lake, cloud(600, 4), NIGHT);
        ClustersJob.run(config(RFM, 4), night);

        assertThat(profiles(night, "name")).hasSize(4);
        assertThat(profiles(night, "name").subList(0, 3))
                .extracting(row -> row.getString(0))
                .isEqualTo(names);
    }

    @Test
    void shouldCallClustersAsTheConfigurationDoes(SparkSession spark) {
        LoneNight night = night(spark, groups(20), NIGHT);

        ClustersJob.run(config(RFM, 3, Map.of(2, "Fidèles"), RETRAIN), night);

        assertThat(profiles(night, "name").get(1).getString(0)).isEqualTo("Fidèles");
    }

    @Test
    void shouldTellOutliersApart(SparkSession spark) {
        List<Customer> customers = new ArrayList<>(groups(50));
        customers.add(new Customer("0-far", 3, 100, 1e12));
        LoneNight night = night(spark, customers, NIGHT);

        ClustersJob.run(config(RFM, 3), night);

        assertThat(night.lake()
                        .read(CustomerClusters.TABLE)
                        .where(CustomerClusters.IS_OUTLIER.col())
                        .select(CustomerClusters.CUSTOMER_ID.col())
                        .collectAsList())
                .extracting(row -> row.getString(0))
                .containsExactly("0-far");
        assertThat(night.metrics()).containsEntry("outliers", 1.0);
    }

    @Test
    void shouldReportAllNumbersOfClustersAndChooseByStabilityAndSilhouette(SparkSession spark) {
        SplittableRandom random = new SplittableRandom(3);
        List<Customer> three = IntStream.range(0, 300)
                .mapToObj(i -> new Customer(
                        "c" + i,
                        (int) Math.exp(3 + i % 3 + 0.2 * random.nextGaussian()),
                        (long) Math.exp(8 - 2 * (i % 3) + 0.2 * random.nextGaussian()),
                        Math.exp(6 + 2 * (i % 3) + 0.2 * random.nextGaussian())))
                .toList();
        LoneNight night = night(spark, three, NIGHT);

        ClustersJob.run(chosenBetween(2, 5), night);

        List<Row> choices = night.lake()
                .read(ClusterChoices.TABLE)
                .orderBy(ClusterChoices.K.col())
                .collectAsList();
        assertThat(choices).extracting(row -> row.getInt(0)).containsExactly(2, 3, 4, 5);
        assertThat(choices).extracting(row -> row.getBoolean(5)).containsExactly(false, true, false, false);
        assertThat(choices).extracting(row -> row.getDouble(1)).isSortedAccordingTo((a, b) -> Double.compare(b, a));
        assertThat(night.metrics()).containsEntry("k", 3.0);
    }

    @Test
    void shouldCostOnAllCustomersWhatItCostsOnACoresetOfAll(SparkSession spark) {
        List<Customer> rich = cloud(600, 8).stream()
                .map(customer -> new Customer(
                        customer.id(), customer.recency(), customer.frequency(), 1e6 * customer.monetary()))
                .toList();
        Lake lake = new MemoryLake(spark);
        LoneNight learned = night(spark, lake, rich, NIGHT);
        LoneNight placed = new LoneNight(spark, lake, NIGHT);
        ClustersJob.run(config(RFM, 3), learned);
        ClustersJob.run(config(RFM, 3), placed);

        double cost = lake.read(ClusterChoices.TABLE)
                .select(ClusterChoices.COST.col())
                .head()
                .getDouble(0);
        assertThat(learned.metrics().get("cost")).isCloseTo(cost, within(1e-3));
        assertThat(placed.metrics()).containsEntry("cost", learned.metrics().get("cost"));
        assertThat(placed.metrics()).containsEntry("population_shift", 0.0).containsEntry("distance_growth", 0.0);
    }

    @Test
    void shouldTakeDaysTextsAndFlagsAndBringBackWhatIsFarOut(SparkSession spark) {
        LoneNight night = night(spark, groups(30), NIGHT);
        Config config = config(
                features(
                        "monetary",
                        new Feature(
                                List.of(Step.WINSORISE, Step.LOG, Step.STANDARDISE),
                                List.of(0.0, 0.9),
                                null,
                                null,
                                null,
                                null),
                        "first_order_on",
                        NUMBER,
                        "country",
                        new Feature(List.of(Step.ONE_HOT), null, 2, null, null, null),
                        "has_email",
                        new Feature(List.of(Step.ONE_HOT), null, 1, null, null, null)),
                3);

        ClustersJob.run(config, night);

        List<Row> figures = night.lake()
                .read(ClusterProfiles.TABLE)
                .select(functions.col("cluster_id"), functions.inline(functions.col("figures")))
                .where("cluster_id = 1")
                .collectAsList();
        assertThat(figures)
                .extracting(row -> row.getString(1))
                .containsExactly("monetary", "first_order_on", "country=(unknown)", "country=BE", "has_email=true");
        assertThat(figures.get(1).getDouble(2)).isEqualTo(100);
        assertThat(figures.get(3).getDouble(2)).isEqualTo(1);
        assertThat(figures.get(3).getDouble(3)).isCloseTo(1 / 3.0, within(1e-5));
        assertThat(profiles(night, "description").get(0).getString(0))
                .contains("more often country BE (100 %, all: 33 %)");
    }

    /** What comes in, how many clusters come out, and what is said of it. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            nobody          | 0 | nobody bought: no clusters
            one customer    | 0 | 1 different customers: too few to make clusters of
            all the same    | 0 | 1 different customers: too few to make clusters of
            two customers   | 2 | 2 different customers: as many clusters, not 4; the model is not kept
            same frequency  | 4 | feature 'frequency' is the same for all customers: it sets nobody apart
            huge amounts    | 4 |
            """)
    void shouldMakeTheBestOfPoorData(String input, int clusters, String warning, SparkSession spark) {
        List<Customer> cloud = cloud(200, 2);
        Customer one = cloud.get(0);
        List<Customer> customers =
                switch (input) {
                    case "nobody" -> List.of();
                    case "one customer" -> List.of(one);
                    case "all the same" ->
                        IntStream.range(0, 50)
                                .mapToObj(i -> new Customer("c" + i, one.recency(), one.frequency(), one.monetary()))
                                .toList();
                    case "two customers" -> cloud.subList(0, 2);
                    case "same frequency" ->
                        cloud.stream()
                                .map(customer ->
                                        new Customer(customer.id(), customer.recency(), 1, customer.monetary()))
                                .toList();
                    case "huge amounts" ->
                        cloud.stream()
                                .map(customer -> new Customer(
                                        customer.id(),
                                        customer.recency(),
                                        customer.frequency(),
                                        customer.monetary() * 1e12))
                                .toList();
                    default -> throw new IllegalArgumentException(input);
                };
        LoneNight night = night(spark, customers, NIGHT);

        ClustersJob.run(config(RFM, 4), night);

        assertThat(profiles(night, "name")).hasSize(clusters);
        assertThat(clusters(night)).hasSize(clusters == 0 ? 0 : customers.size());
        assertThat(night.warnings())
                .containsExactlyElementsOf(warning == null ? List.of() : List.of(warning.replace("''", "'")));
        assertThat(night.lake().has(ClusterChoices.TABLE)).isTrue();
    }

    @Test
    void shouldTakeAColumnOfWhichNothingIsKnown(SparkSession spark) {
        LoneNight night = night(spark, groups(20), NIGHT);
        Map<String, Feature> features = new LinkedHashMap<>(RFM);
        features.put(
                "birth_year",
                new Feature(
                        List.of(Step.STANDARDISE), null, null, null, null, "A study of ages, of nobody in particular"));

        ClustersJob.run(config(features, 3), night);

        assertThat(clusters(night)).hasSize(60);
        assertThat(night.warnings())
                .containsExactly("feature 'birth_year' is the same for all customers: it sets nobody apart");
    }

    @Test
    void shouldNotLearnFromANightOnWhichNearlyAllIsMissing(SparkSession spark) {
        Lake lake = new MemoryLake(spark);
        ClustersJob.run(config(RFM, 3), night(spark, lake, groups(40), NIGHT));

        LoneNight poor = night(spark, lake, groups(40).subList(0, 1), NIGHT.plusDays(1));
        ClustersJob.run(config(RFM, 3), poor);

        assertThat(clusters(poor)).containsOnly(Map.entry("0-0", 1));
        assertThat(poor.warnings()).singleElement().asString().contains("placed by the saved model");
        assertThat(profiles(poor, "description").get(1).getString(0)).isEqualTo("nobody tonight");
        assertThat(lake.read(Models.TABLE).count()).isEqualTo(1);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            monetery    | standardise | neither mart.customer_rfm nor mart.dim_customers has such a column; did you mean 'monetary'?
            customer_id | one_hot     | the column tells who a customer is
            birth_year  | standardise | the column tells age, by which nobody is to be treated otherwise
            segment     | standardise | the column is no number (string), its step is one_hot
            frequency   | one_hot     | the column is a number (bigint), one_hot is for texts and flags
            """)
    void shouldRefuseAColumnThatIsNoFeature(String column, String step, String complaint) {
        Feature feature = step.equals("one_hot")
                ? new Feature(List.of(Step.ONE_HOT), null, 3, null, null, null)
                : new Feature(List.of(Step.STANDARDISE), null, null, null, null, null);

        assertThatThrownBy(() -> config(features("monetary", NUMBER, column, feature), 3))
                .hasMessageContaining("'features." + column + "'")
                .hasMessageContaining(complaint);
    }

    private static Map<String, Feature> features(Object... columnsAndFeatures) {
        Map<String, Feature> features = new LinkedHashMap<>();
        for (int i = 0; i < columnsAndFeatures.length; i += 2) {
            features.put((String) columnsAndFeatures[i], (Feature) columnsAndFeatures[i + 1]);
        }
        return features;
    }

    private static Config config(Map<String, Feature> features, int k) {
        return config(features, k, Map.of(), RETRAIN);
    }

    private static Config config(Map<String, Feature> features, int k, Map<Integer, String> names, Retrain retrain) {
        return new Config(features, k, null, null, 0.8, "monetary", names, 2000, 5, 100, 1e-6, 3, 3, retrain, 1);
    }

    private static Config chosenBetween(int from, int to) {
        return new Config(RFM, null, from, to, 0.8, "monetary", null, 100_000, 5, 100, 1e-6, 3, 3, RETRAIN, 1);
    }

    /** Three groups, far apart; the group is the first letter of the identifier. */
    private static List<Customer> groups(int each) {
        return IntStream.range(0, 3 * each)
                .mapToObj(i -> new Customer(
                        i % 3 + "-" + i / 3,
                        (int) Math.pow(20, i % 3) + i % 2,
                        (long) Math.pow(10, 2 - i % 3),
                        Math.pow(30, 3 - i % 3) + i % 5))
                .toList();
    }

    /** Customers of four kinds that run into each other. */
    private static List<Customer> cloud(int size, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return IntStream.range(0, size)
                .mapToObj(i -> new Customer(
                        "c" + i,
                        (int) Math.exp(1 + i % 2 * 3 + random.nextGaussian() * 0.5),
                        (long) Math.ceil(Math.exp(i % 4 + random.nextGaussian() * 0.4)),
                        Math.exp(3 + i % 4 + random.nextGaussian() * 0.5)))
                .toList();
    }

    private static LoneNight night(SparkSession spark, List<Customer> customers, LocalDate date) {
        return night(spark, new MemoryLake(spark), customers, date);
    }

    private static LoneNight night(SparkSession spark, Lake lake, List<Customer> customers, LocalDate date) {
        lake.replace(CustomerRfm.TABLE, scored(spark, customers, date));
        lake.replace(DimCustomers.TABLE, described(spark, customers, date));
        return new LoneNight(spark, lake, date);
    }

    private static Dataset<Row> scored(SparkSession spark, List<Customer> customers, LocalDate date) {
        List<Row> rows = customers.stream()
                .map(customer ->
                        RowFactory.create(customer.id(), customer.recency(), customer.frequency(), customer.monetary()))
                .toList();
        StructType schema = new StructType()
                .add("customer_id", DataTypes.StringType)
                .add("recency_days", DataTypes.IntegerType)
                .add("frequency", DataTypes.LongType)
                .add("monetary", DataTypes.DoubleType);
        return spark.createDataFrame(rows, schema)
                .select(
                        CustomerRfm.CUSTOMER_ID.is(CustomerRfm.CUSTOMER_ID.col()),
                        CustomerRfm.AS_OF.is(lit(date)),
                        CustomerRfm.RECENCY_DAYS.is(CustomerRfm.RECENCY_DAYS.col()),
                        CustomerRfm.FREQUENCY.is(CustomerRfm.FREQUENCY.col()),
                        CustomerRfm.MONETARY.is(CustomerRfm.MONETARY.col()),
                        CustomerRfm.R.is(lit(1)),
                        CustomerRfm.F.is(lit(1)),
                        CustomerRfm.M.is(lit(1)),
                        CustomerRfm.CODE.is(lit("111")),
                        CustomerRfm.SEGMENT.is(lit("Lost")),
                        CustomerRfm.SCORE.is(lit(1.0)),
                        CustomerRfm.RECENCY_POINTS.is(lit(0)),
                        CustomerRfm.FREQUENCY_POINTS.is(lit(0)),
                        CustomerRfm.MONETARY_POINTS.is(lit(0)),
                        CustomerRfm.POINTS.is(lit(0)),
                        CustomerRfm.SALES_IN_WINDOW.is(CustomerRfm.MONETARY.col()));
    }

    /** The first group lives in Belgium, of the others nothing is known; all ordered first 100 days ago. */
    private static Dataset<Row> described(SparkSession spark, List<Customer> customers, LocalDate date) {
        List<Row> rows = customers.stream()
                .map(customer -> RowFactory.create(customer.id(), customer.id().startsWith("0-") ? "BE" : null))
                .toList();
        StructType schema =
                new StructType().add("customer_id", DataTypes.StringType).add("country", DataTypes.StringType);
        return spark.createDataFrame(rows, schema)
                .select(
                        DimCustomers.CUSTOMER_ID.is(DimCustomers.CUSTOMER_ID.col()),
                        DimCustomers.KIND.is(lit("person")),
                        DimCustomers.CIVILITY.isNull(),
                        DimCustomers.BIRTH_YEAR.isNull(),
                        DimCustomers.AGE_BAND.isNull(),
                        DimCustomers.OCCUPATION_GROUP.isNull(),
                        DimCustomers.COUNTRY.is(DimCustomers.COUNTRY.col()),
                        DimCustomers.DEPARTMENT.isNull(),
                        DimCustomers.TOWN.isNull(),
                        DimCustomers.NAF.isNull(),
                        DimCustomers.NAF_LABEL.isNull(),
                        DimCustomers.SIZE_BAND.isNull(),
                        DimCustomers.SOURCES.is(array(lit("crm"))),
                        DimCustomers.HAS_EMAIL.is(DimCustomers.COUNTRY.col().isNotNull()),
                        DimCustomers.HAS_PHONE.is(lit(false)),
                        DimCustomers.IS_EMAIL_ALLOWED.is(lit(false)),
                        DimCustomers.IS_SMS_ALLOWED.is(lit(false)),
                        DimCustomers.CONTACTS.is(lit(1)),
                        DimCustomers.ORDERS.is(lit(1)),
                        DimCustomers.SALES_AMOUNT.is(lit(1)),
                        DimCustomers.FIRST_ORDER_ON.is(lit(date.minusDays(100))),
                        DimCustomers.LAST_ORDER_ON.is(lit(date)));
    }

    private static Map<String, Integer> clusters(LoneNight night) {
        return night.lake().read(CustomerClusters.TABLE).collectAsList().stream()
                .collect(Collectors.toMap(row -> row.getString(0), row -> row.getInt(1), (a, b) -> a, TreeMap::new));
    }

    private static List<Row> profiles(LoneNight night, String first, String... columns) {
        return night.lake()
                .read(ClusterProfiles.TABLE)
                .orderBy(ClusterProfiles.CLUSTER_ID.col())
                .select(first, columns)
                .collectAsList();
    }

    private static List<Row> all(LoneNight night) {
        List<Row> rows = new ArrayList<>();
        rows.addAll(
                night.lake().read(CustomerClusters.TABLE).orderBy("customer_id").collectAsList());
        rows.addAll(
                night.lake().read(ClusterProfiles.TABLE).orderBy("cluster_id").collectAsList());
        rows.addAll(night.lake().read(ClusterChoices.TABLE).orderBy("k").collectAsList());
        return rows;
    }
}
