package io.clientele.qualify.matching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.clientele.testing.SparkTest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

@SparkTest
class MatcherTest {

    private static final StructType SCHEMA = new StructType()
            .add("id", DataTypes.StringType)
            .add("first_name", DataTypes.StringType)
            .add("last_name", DataTypes.StringType)
            .add("born_on", DataTypes.StringType)
            .add("street", DataTypes.StringType)
            .add("email", DataTypes.StringType)
            .add("person", DataTypes.StringType);

    private static final List<String> FIRST = List.of(
            "Marie", "Jean", "Camille", "Louis", "Chloé", "Hugo", "Inès", "Paul", "Zoé", "Karim", "Léa", "Bruno");
    private static final List<String> SYLLABLES = List.of(
            "bar", "mon", "tel", "gui", "ro", "sand", "vi", "lec", "dou", "fer", "quin", "pas", "he", "nor", "ja",
            "cou");

    @Test
    void shouldFindThePersonsBehindTheRecords(SparkSession spark) {
        Matched matched = match(spark, rules(0.5), persons(spark, 400, 1));

        Agreement agreement = agreement(matched, persons(spark, 400, 1));
        assertThat(agreement.precision()).isGreaterThan(0.97);
        assertThat(agreement.recall()).isGreaterThan(0.95);
        assertThat(matched.groups().count()).isEqualTo(matched.records());
        assertThat(matched.candidates()).isLessThan(30 * matched.records());
    }

    @Test
    void shouldGiveTheSameClustersInWhateverOrderTheRecordsCome(SparkSession spark) {
        Dataset<Row> records = persons(spark, 150, 2);
        Dataset<Row> turned = records.orderBy(records.col("street").desc()).repartition(3);

        assertThat(sorted(match(spark, rules(0.5), turned))).isEqualTo(sorted(match(spark, rules(0.5), records)));
    }

    /** A value that a twentieth of the records share is no evidence, and must not make one block of them. */
    @Test
    void shouldNotBeGluedByASharedValue(SparkSession spark) {
        Dataset<Row> clean = persons(spark, 400, 3);
        Dataset<Row> shared = clean.sparkSession()
                .createDataFrame(
                        clean.collectAsList().stream()
                                .map(row -> row.getString(0).hashCode() % 20 == 0
                                        ? RowFactory.create(
                                                row.get(0),
                                                row.get(1),
                                                row.get(2),
                                                row.get(3),
                                                row.get(4),
                                                "contact@boutique.example",
                                                row.get(6))
                                        : row)
                                .toList(),
                        SCHEMA);

        Matched matched = match(spark, rules(0.5), shared);

        assertThat(agreement(matched, shared).precision()).isGreaterThan(0.97);
        assertThat(matched.candidates())
                .isLessThan((long) (1.3 * match(spark, rules(0.5), clean).candidates()));
    }

    /** The same family name, street and e-mail, but another first name and birth date. */
    @Test
    void shouldNotTakeAHouseholdForAPerson(SparkSession spark) {
        List<Row> rows = new ArrayList<>(persons(spark, 300, 4).collectAsList());
        Random homes = new Random(9);
        for (int home = 0; home < 60; home++) {
            String street = (200 + home) + " rue " + word(homes);
            String name = word(homes);
            String email = "famille" + home + "@home.example";
            rows.add(RowFactory.create(
                    "h" + home + "a", pick(FIRST.subList(0, 6), homes), name, born(homes), street, email, "a" + home));
            rows.add(RowFactory.create(
                    "h" + home + "b", pick(FIRST.subList(6, 12), homes), name, born(homes), street, email, "b" + home));
        }

        Matched matched = match(spark, rules(0.5), spark.createDataFrame(rows, SCHEMA));

        assertThat(matched.groups()
                        .where("record_id like 'h%' and group_id <> record_id")
                        .count())
                .isLessThanOrEqualTo(2);
    }

    @Test
    void shouldMakeOneRecordOneCluster(SparkSession spark) {
        Dataset<Row> one = persons(spark, 1, 5).limit(1);

        assertThat(match(spark, rules(0.5), one).groups().count()).isEqualTo(1);
    }

    @Test
    void shouldRefuseRulesThatNameNoColumn() {
        assertThatThrownBy(() ->
                        new Rules("id", columns(), null, null, null, List.of(List.of("~town")), 30, 200, null, 0.5, 1))
                .hasMessageContaining("'~town'");
        assertThatThrownBy(() -> new Rules("first_name", columns(), null, null, null, null, 30, 200, null, 0.5, 1))
                .hasMessageContaining("identifier");
        assertThatThrownBy(() -> rules(1.5)).hasMessageContaining("threshold");
    }

    @Test
    void shouldMeasureAgreementWithATruthOfPairs(SparkSession spark) {
        StructType clusters =
                new StructType().add(Matcher.ID, DataTypes.StringType).add(Matcher.GROUP, DataTypes.StringType);
        StructType pairs =
                new StructType().add(Matcher.ONE, DataTypes.StringType).add(Matcher.TWO, DataTypes.StringType);
        Agreement agreement = Agreement.withPairs(
                spark.createDataFrame(
                        List.of(
                                RowFactory.create("a", "a"),
                                RowFactory.create("b", "a"),
                                RowFactory.create("c", "a"),
                                RowFactory.create("d", "d"),
                                RowFactory.create("e", "e")),
                        clusters),
                spark.createDataFrame(List.of(RowFactory.create("b", "a"), RowFactory.create("d", "c")), pairs));

        assertThat(agreement).isEqualTo(new Agreement(3, 2, 1, 3, 3, 1));
        assertThat(agreement.f1()).isCloseTo(0.4, within(1e-9));
        assertThat(agreement.groupF1()).isCloseTo(1.0 / 3, within(1e-9));
    }

    private record Matched(Dataset<Row> groups, long records, long candidates) {}

    private static Matched match(SparkSession spark, Rules rules, Dataset<Row> records) {
        try (Matcher matcher = new Matcher(spark, rules, records)) {
            Learned learned = matcher.learn();
            Dataset<Row> pairs = matcher.pairs(learned, Optional.empty()).localCheckpoint();
            Dataset<Row> groups = matcher.groups(
                            learned,
                            records.select(records.col(rules.id()).as(Matcher.ID)),
                            pairs,
                            matcher.certain(Decisions.NONE),
                            Decisions.NONE)
                    .localCheckpoint();
            return new Matched(groups, matcher.size(), matcher.compared());
        }
    }

    private static Agreement agreement(Matched matched, Dataset<Row> records) {
        return Agreement.withLabels(
                matched.groups(),
                records.select(
                        records.col("id").as(Matcher.ID), records.col("person").as("truth")));
    }

    private static List<Row> sorted(Matched matched) {
        return matched.groups().orderBy(Matcher.ID).collectAsList();
    }

    private static Rules rules(double threshold) {
        return new Rules("id", columns(), null, null, null, null, 30, 60, null, threshold, 1);
    }

    private static Map<String, Kind> columns() {
        Map<String, Kind> columns = new LinkedHashMap<>();
        columns.put("first_name", Kind.FIRST_NAME);
        columns.put("last_name", Kind.FAMILY_NAME);
        columns.put("born_on", Kind.DATE);
        columns.put("street", Kind.TEXT);
        columns.put("email", Kind.EMAIL);
        return columns;
    }

    /** Two records of each person, the second with a slip, a move or a missing value. */
    private static Dataset<Row> persons(SparkSession spark, int persons, long seed) {
        Random random = new Random(seed);
        List<Row> rows = new ArrayList<>();
        for (int person = 0; person < persons; person++) {
            String first = pick(FIRST, random);
            String last = word(random);
            String born = born(random);
            String street = random.nextInt(90) + " rue " + word(random);
            String email = (first.charAt(0) + last).toLowerCase(Locale.ROOT) + random.nextInt(1000) + "@mail.example";
            rows.add(RowFactory.create("p" + person + "-1", first, last, born, street, email, "p" + person));
            String slipped = last.substring(0, 2) + last.substring(3);
            rows.add(
                    switch (random.nextInt(4)) {
                        case 0 ->
                            RowFactory.create("p" + person + "-2", first, slipped, born, street, null, "p" + person);
                        case 1 -> RowFactory.create("p" + person + "-2", last, first, born, null, email, "p" + person);
                        case 2 ->
                            RowFactory.create(
                                    "p" + person + "-2", first, last, born, "7 place Neuve", email, "p" + person);
                        default ->
                            RowFactory.create(
                                    "p" + person + "-2",
                                    first.toUpperCase(Locale.ROOT),
                                    last,
                                    null,
                                    street,
                                    email,
                                    "p" + person);
                    });
        }
        return spark.createDataFrame(rows, SCHEMA);
    }

    private static String born(Random random) {
        return (1940 + random.nextInt(60)) + "-0" + (1 + random.nextInt(9)) + "-" + (10 + random.nextInt(18));
    }

    private static String word(Random random) {
        String word = pick(SYLLABLES, random) + pick(SYLLABLES, random) + pick(SYLLABLES, random);
        return Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }

    private static String pick(List<String> from, Random random) {
        return from.get(random.nextInt(from.size()));
    }
}
