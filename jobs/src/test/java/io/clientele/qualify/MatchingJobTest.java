package io.clientele.qualify;

import static io.clientele.testing.Rows.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.clientele.config.ConfigFolder;
import io.clientele.failure.Failure;
import io.clientele.lake.Lake;
import io.clientele.qualify.matching.Decisions;
import io.clientele.qualify.matching.Kind;
import io.clientele.qualify.matching.Learned;
import io.clientele.qualify.matching.Matcher;
import io.clientele.qualify.matching.Rules;
import io.clientele.schema.ContactGroups;
import io.clientele.schema.ContactPairs;
import io.clientele.schema.Contacts;
import io.clientele.schema.MatchingModels;
import io.clientele.schema.ReviewPairs;
import io.clientele.testing.LoneNight;
import io.clientele.testing.MemoryLake;
import io.clientele.testing.SparkTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@SparkTest
class MatchingJobTest {

    private static final LocalDate FIRST = LocalDate.of(2025, 1, 1);
    private static final int PERSONS = 250;
    private static final List<String> SYLLABLES =
            List.of("bar", "mon", "tel", "gui", "ro", "sand", "vi", "lec", "dou", "fer", "quin", "pas", "he", "nor");
    private static final List<String> FIRST_NAMES = List.of(
            "Marie", "Jean", "Camille", "Louis", "Chloé", "Hugo", "Inès", "Paul", "Zoé", "Karim", "Léa", "Bruno");

    @TempDir
    private Path folder;

    /** One contact record; the fields that tests change. */
    private record Person(String id, String ref, String first, String last, String born, String street, String email) {
        Person withStreet(String other) {
            return new Person(id, ref, first, last, born, other, email);
        }
    }

    @Test
    void shouldGiveTheSamePartitionInManyNightsAsInOne(SparkSession spark) {
        List<Person> all = persons(7);
        Learned model = learned(spark, all);
        MemoryLake atOnce = new MemoryLake(spark);
        MemoryLake nightly = new MemoryLake(spark);
        for (int night = 1; night < 6; night++) {
            List<Person> tonight = changing(all.subList(0, all.size() * night / 6), true);
            night(spark, nightly, tonight, settings(Decisions.NONE, model));
        }
        LoneNight last = night(spark, nightly, all, settings(Decisions.NONE, model));

        night(spark, atOnce, all, settings(Decisions.NONE, model));

        assertThat(partition(nightly)).isEqualTo(partition(atOnce));
        assertThat(last.metrics().get("matching_records_changed")).isLessThan(all.size() / 4.0);
        assertThat(last.metrics().get("matching_drift_last_name")).isBetween(0.0, 0.1);
    }

    @Test
    void shouldMeasureHowMuchOtherwiseRecordsAgreeThanTheNightBefore(SparkSession spark) {
        AgreementShares before = AgreementShares.of(rows(spark, ContactPairs.TABLE, """
                contact_id_1 | contact_id_2 | probability | agreement
                a            | b            | 0.5         | name: equal; town: equal
                a            | c            | 0.5         | name: alike
                """));
        AgreementShares now = AgreementShares.of(rows(spark, ContactPairs.TABLE, """
                contact_id_1 | contact_id_2 | probability | agreement
                a            | b            | 0.9         | name: equal; town: equal
                a            | c            | 0.1         | name: different; e-mail: equal
                a            | d            | 0.1         |
                """));

        assertThat(now.distances(now))
                .containsOnlyKeys("e-mail", "name", "town")
                .containsEntry("name", 0.0);
        assertThat(now.distances(before)).containsOnlyKeys("name", "town").containsEntry("town", 0.0);
        assertThat(now.distances(before).get("name")).isCloseTo(0.5, within(1e-9));
    }

    /** On other nights than the last, some records have another street. */
    private static List<Person> changing(List<Person> persons, boolean isBefore) {
        List<Person> changed = new ArrayList<>(persons);
        for (int i = 0; i < changed.size() && isBefore; i += 17) {
            changed.set(i, changed.get(i).withStreet("1 chemin d'Ailleurs"));
        }
        return changed;
    }

    @Test
    void shouldChangeNothingInASecondRunOfTheSameNight(SparkSession spark) {
        MemoryLake lake = new MemoryLake(spark);
        List<Person> persons = persons(3);
        night(spark, lake, persons, settings(Decisions.NONE, null));
        Map<String, String> before = partition(lake);
        long pairs = lake.read(ContactPairs.TABLE).count();

        LoneNight again = night(spark, lake, persons, settings(Decisions.NONE, null));

        assertThat(again.metrics()).containsEntry("matching_records_changed", 0.0);
        assertThat(partition(lake)).isEqualTo(before);
        assertThat(lake.read(ContactPairs.TABLE).count()).isEqualTo(pairs);
    }

    @Test
    void shouldEndAsIfNeverKilledWhicheverWriteWasTheLast(SparkSession spark) {
        List<Person> persons = persons(5);
        List<Person> tonight = changing(persons, true);
        Learned model = learned(spark, persons);
        MemoryLake undisturbed = new MemoryLake(spark);
        MemoryLake killed = new MemoryLake(spark);
        MatchingJob.Settings settings = settings(Decisions.NONE, model);
        for (MemoryLake lake : List.of(undisturbed, killed)) {
            night(spark, lake, persons, settings);
            deliver(spark, lake, tonight);
        }
        MatchingJob.run(settings, new LoneNight(spark, undisturbed, FIRST));

        for (int writes : List.of(0, 1, 2)) {
            LoneNight night = new LoneNight(spark, new KilledLake(killed, writes), FIRST);
            assertThatThrownBy(() -> MatchingJob.run(settings, night)).isInstanceOf(KilledLake.Killed.class);
        }
        MatchingJob.run(settings, new LoneNight(spark, killed, FIRST));

        assertThat(MatchingJob.JOB.writes()).allSatisfy(table -> assertThat(lines(killed.read(table)))
                .as("%s", table)
                .isEqualTo(lines(undisturbed.read(table))));
    }

    @Test
    void shouldHoldToWhatPeopleHaveDecided(SparkSession spark) {
        List<Person> persons = persons(4);
        Learned model = learned(spark, persons);
        MemoryLake lake = new MemoryLake(spark);
        night(spark, lake, persons, settings(Decisions.NONE, model));
        Map<String, String> before = partition(lake);
        String together = before.keySet().stream()
                .filter(id -> !before.get(id).equals(id))
                .findFirst()
                .orElseThrow();
        List<String> strangers = before.values().stream()
                .distinct()
                .filter(id -> !id.equals(before.get(together)))
                .sorted()
                .limit(2)
                .toList();

        Decisions decisions = new Decisions(
                Set.of(new Decisions.Pair(strangers.get(0), strangers.get(1))),
                Set.of(new Decisions.Pair(together, before.get(together))));
        night(spark, lake, persons, settings(decisions, model));
        Map<String, String> decided = partition(lake);
        night(spark, lake, persons, settings(Decisions.NONE, model));

        assertThat(decided.get(strangers.get(0))).isEqualTo(decided.get(strangers.get(1)));
        assertThat(decided.get(together)).isNotEqualTo(decided.get(before.get(together)));
        assertThat(partition(lake)).isEqualTo(before);
    }

    @Test
    void shouldKeepRecordsOfOneReferenceTogether(SparkSession spark) {
        List<Person> persons = new ArrayList<>(persons(6));
        persons.add(new Person("zz1", "card:1", "Aline", "Ober", null, null, null));
        persons.add(new Person("zz2", "card:1", "Werner", "Kant", "19500101", "7 quai Nord", "w@k.example"));
        MemoryLake lake = new MemoryLake(spark);

        night(spark, lake, persons, settings(Decisions.NONE, null));

        assertThat(partition(lake).get("zz2")).isEqualTo("zz1");
    }

    @Test
    void shouldMatchNothingWhereThereIsNothing(SparkSession spark) {
        MemoryLake lake = new MemoryLake(spark);

        night(spark, lake, List.of(), settings(Decisions.NONE, null));
        assertThat(MatchingJob.JOB.writes()).contains(ReviewPairs.TABLE).allMatch(lake::has);
        night(spark, lake, persons(2).subList(0, 1), settings(Decisions.NONE, null));

        assertThat(partition(lake)).hasSize(1);
        assertThat(lake.read(ReviewPairs.TABLE).count()).isZero();
        assertThat(lake.read(MatchingModels.TABLE).count()).isEqualTo(1);
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', textBlock = """
            a,b                    | line 2: must have two identifiers of contact records and a decision
            a,b,maybe              | line 2: the decision must be 'same' or 'different', got 'maybe'
            a,a,same               | line 2: names one contact record twice
            a,b,same;b,a,different | the records a and b are decided to be the same and to be different
            """)
    void shouldSayWhatIsWrongWithDecisions(String lines, String message) throws IOException {
        Path file = Files.writeString(
                folder.resolve("decisions.csv"), "contact_id_1,contact_id_2,decision,by\n" + lines.replace(';', '\n'));

        assertThatThrownBy(() -> DecisionsFile.read(file))
                .isInstanceOf(Failure.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', textBlock = """
            columns: {first_name: first_name, surname: family_name} | key 'rules' names 'surname', which qualified.contacts does not have
            columns: {first_name: first_name, email: mail}          | 'mail'
            different: [siren]                                      | key 'different' names 'siren', which is not among 'columns'
            """)
    void shouldSayWhatIsWrongInTheConfiguration(String line, String message) throws IOException {
        String columns = line.startsWith("columns") ? "" : "  columns: {first_name: first_name, email: email}\n";
        Files.writeString(folder.resolve("matching.yaml"), """
                rules:
                  id: contact_id
                  pairsPerRecord: 30
                  largestBlock: 200
                  threshold: 0.5
                  seed: 1
                %s  %s
                relearnAtGrowth: 2.0
                review: {from: 0.2, to: 0.8, most: 10}
                """.formatted(columns, line));

        assertThatThrownBy(() -> MatchingJob.JOB.configured(new ConfigFolder(folder)))
                .isInstanceOf(Failure.class)
                .hasMessageContaining(message);
    }

    private static LoneNight night(
            SparkSession spark, MemoryLake lake, List<Person> persons, MatchingJob.Settings settings) {
        deliver(spark, lake, persons);
        LoneNight night = new LoneNight(spark, lake, FIRST);
        MatchingJob.run(settings, night);
        return night;
    }

    private static void deliver(SparkSession spark, MemoryLake lake, List<Person> persons) {
        lake.replace(Contacts.TABLE, contacts(spark, persons));
    }

    private static Dataset<Row> contacts(SparkSession spark, List<Person> persons) {
        List<String> columns =
                Contacts.TABLE.fields().stream().map(field -> field.column()).toList();
        List<Row> rows = persons.stream()
                .map(person -> {
                    Map<String, Object> values = Map.of(
                            "contact_id",
                            person.id(),
                            "source",
                            "crm",
                            "contact_ref",
                            person.id(),
                            "customer_ref",
                            person.ref(),
                            "kind",
                            "person",
                            "updated_at",
                            Instant.EPOCH,
                            "issues",
                            new Row[0],
                            "versions",
                            1L);
                    return RowFactory.create(columns.stream()
                            .map(column -> switch (column) {
                                case "first_name" -> person.first();
                                case "last_name" -> person.last();
                                case "birth_date" -> person.born() == null ? null : day(person.born());
                                case "address" -> person.street();
                                case "email" -> person.email();
                                default -> values.get(column);
                            })
                            .toArray());
                })
                .toList();
        return spark.createDataFrame(rows, Contacts.TABLE.schema());
    }

    private static LocalDate day(String digits) {
        return LocalDate.parse(digits, DateTimeFormatter.BASIC_ISO_DATE);
    }

    private static Learned learned(SparkSession spark, List<Person> persons) {
        try (Matcher matcher = new Matcher(spark, rules(), contacts(spark, persons))) {
            return matcher.learn();
        }
    }

    private static Rules rules() {
        Map<String, Kind> columns = new LinkedHashMap<>();
        columns.put("first_name", Kind.FIRST_NAME);
        columns.put("last_name", Kind.FAMILY_NAME);
        columns.put("birth_date", Kind.DATE);
        columns.put("address", Kind.TEXT);
        columns.put("email", Kind.EMAIL);
        return new Rules(
                "contact_id",
                columns,
                List.of("customer_ref"),
                List.of("birth_date"),
                null,
                null,
                30,
                60,
                null,
                0.5,
                1);
    }

    private static MatchingJob.Settings settings(Decisions decisions, Learned model) {
        return new MatchingJob.Settings(
                new MatchingJob.Config(rules(), null, 2, new MatchingJob.Review(0.2, 0.8, 100)),
                decisions,
                Optional.ofNullable(model));
    }

    private static Map<String, String> partition(Lake lake) {
        return lake
                .read(ContactGroups.TABLE)
                .select(ContactGroups.CONTACT_ID.col(), ContactGroups.GROUP_ID.col())
                .collectAsList()
                .stream()
                .collect(Collectors.toMap(row -> row.getString(0), row -> row.getString(1), (a, b) -> a, TreeMap::new));
    }

    private static List<String> lines(Dataset<Row> rows) {
        return rows.collectAsList().stream().map(Row::toString).sorted().toList();
    }

    /** Two records of each person, the second with a slip, a move or a missing value; in an order that mixes persons. */
    private static List<Person> persons(long seed) {
        Random random = new Random(seed);
        List<Person> persons = new ArrayList<>();
        for (int person = 0; person < PERSONS; person++) {
            String first = FIRST_NAMES.get(random.nextInt(FIRST_NAMES.size()));
            String last = word(random);
            String born =
                    "19%02d%02d%02d".formatted(random.nextInt(100), 1 + random.nextInt(12), 1 + random.nextInt(28));
            String street = random.nextInt(90) + " rue " + word(random);
            String email = last + random.nextInt(1000) + "@mail.example";
            persons.add(new Person("a" + person, "crm:a" + person, first, last, born, street, email));
            String slipped = last.substring(0, 2) + last.substring(3);
            persons.add(
                    switch (random.nextInt(3)) {
                        case 0 -> new Person("b" + person, "crm:b" + person, first, slipped, born, street, null);
                        case 1 -> new Person("b" + person, "crm:b" + person, last, first, born, null, email);
                        default -> new Person("b" + person, "crm:b" + person, first, last, null, street, email);
                    });
        }
        Collections.shuffle(persons, random);
        return persons;
    }

    private static String word(Random random) {
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < 3; i++) {
            word.append(SYLLABLES.get(random.nextInt(SYLLABLES.size())));
        }
        return word.toString();
    }
}
