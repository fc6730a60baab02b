package io.clientele.qualify;

import static io.clientele.testing.Rows.assertRows;
import static io.clientele.testing.Rows.rows;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.schema.CollectedContacts;
import io.clientele.schema.CollectedEvents;
import io.clientele.schema.ContactGroups;
import io.clientele.schema.Contacts;
import io.clientele.schema.CustomerIdEvents;
import io.clientele.schema.CustomerRefs;
import io.clientele.table.Joins;
import io.clientele.testing.SparkTest;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@SparkTest
class IdentifiersTest {

    private static final LocalDate FIRST = LocalDate.of(2025, 1, 1);
    private static final LocalDate SECOND = LocalDate.of(2025, 1, 2);
    private static final LocalDate THIRD = LocalDate.of(2025, 1, 3);

    private static final String SALT = "salt of the test";

    private SparkSession spark;
    private Dataset<Row> references;
    private Dataset<Row> events;

    @BeforeEach
    void startWithNothing(SparkSession session) {
        spark = session;
        references = rows(spark, CustomerRefs.TABLE, "customer_ref");
        events = rows(spark, CustomerIdEvents.TABLE, "event_id");
    }

    @Test
    void shouldKeepTheIdentifierOfTheOldestWhenCustomersMerge() {
        var first = night(FIRST, "a | b | c");
        var second = night(SECOND, "a b | c");

        assertThat(second).containsEntry("a", first.get("a")).containsEntry("b", first.get("a"));
        assertThat(second).containsEntry("c", first.get("c"));
        assertThat(told()).containsExactly("2025-01-02 merged b>a");
    }

    @Test
    void shouldKeepTheIdentifierOfTheMostContactsWhenACustomerIsSplit() {
        var first = night(FIRST, "a b c");
        var second = night(SECOND, "a | b c");

        assertThat(second).containsEntry("b", first.get("a")).containsEntry("c", first.get("a"));
        assertThat(second.get("a")).isNotIn(first.values());
        assertThat(events.collectAsList()).singleElement().satisfies(event -> {
            assertThat(event.<String>getAs("kind")).isEqualTo("split");
            assertThat(event.<String>getAs("old_customer_id")).isEqualTo(first.get("a"));
            assertThat(event.<String>getAs("new_customer_id")).isEqualTo(second.get("a"));
        });
    }

    @Test
    void shouldGiveTheOldestTheIdentifierWhenACustomerIsHalved() {
        var first = night(FIRST, "a b");
        var second = night(SECOND, "a | b");

        assertThat(second).containsEntry("a", first.get("a"));
        assertThat(told()).containsExactly("2025-01-02 split a>b");
    }

    @Test
    void shouldGiveWhatChangesCustomerTheIdentifierOfThoseItComesTo() {
        var first = night(FIRST, "a b c | d");
        var second = night(SECOND, "a b | c d");

        assertThat(second).containsEntry("a", first.get("a")).containsEntry("c", first.get("d"));
        assertThat(told()).containsExactly("2025-01-02 split a>d");
    }

    @Test
    void shouldNeverUseAnIdentifierAgain() {
        night(FIRST, "a | b");
        night(SECOND, "a b");
        var third = night(THIRD, "a | b");

        assertThat(third.get("b")).as("that of b was merged away").isNotEqualTo(pseudonym("b"));
        assertThat(third).containsEntry("a", pseudonym("a"));
        assertThat(events.count()).isEqualTo(2);
    }

    @Test
    void shouldKeepTheIdentifierOfFactsWhenAContactRecordTurnsUp() {
        var first = night(FIRST, "", "z");
        var second = night(SECOND, "a z", "z");

        assertThat(second).containsEntry("z", first.get("z")).containsEntry("a", first.get("z"));
        assertThat(told()).isEmpty();
    }

    @Test
    void shouldChangeNothingWhenNothingChanged() {
        night(FIRST, "a b | c | d e");
        var second = night(SECOND, "a b | c d | e");

        assertThat(night(SECOND, "a b | c d | e")).isEqualTo(second);
        assertThat(night(THIRD, "a b | c d | e")).isEqualTo(second);
        assertThat(events.count()).isEqualTo(2);
    }

    @Test
    void shouldTellWhatANightCouldNotTellBecauseItWasKilled() {
        night(FIRST, "a | b");
        var second = night(SECOND, "a b");
        var told = told();
        events = rows(spark, CustomerIdEvents.TABLE, "event_id");

        assertThat(night(SECOND, "a b")).isEqualTo(second);
        assertThat(told()).isEqualTo(told).isNotEmpty();

        events = rows(spark, CustomerIdEvents.TABLE, "event_id");
        night(THIRD, "a b");

        assertThat(told()).as("with the date of the night that found it").isEqualTo(told);
    }

    @Test
    void shouldNotDependOnTheOrderOfArrival() {
        night(FIRST, "a b c | d e f | g | h");
        Dataset<Row> before = references;
        var expected = night(SECOND, "a d e | b c g | f | h i | j k l");
        var told = told();
        Random random = new Random(1);
        for (int i = 0; i < 4; i++) {
            references = before;
            events = rows(spark, CustomerIdEvents.TABLE, "event_id");

            assertThat(night(SECOND, shuffled("a d e | b c g | f | h i | j k l", random)))
                    .isEqualTo(expected);
            assertThat(told()).isEqualTo(told);
        }
    }

    @Test
    void shouldGiveTheSameIdentifiersHoweverManyNightsItTook() {
        night(FIRST, "a | b", "z");
        night(SECOND, "a b | c", "z");
        var nights = night(THIRD, "a b d | c z", "z");

        references = rows(spark, CustomerRefs.TABLE, "customer_ref");

        assertThat(night(THIRD, "a b d | c z", "z")).isEqualTo(nights);
    }

    @Test
    void shouldLeadAReferenceThatARecordBoreOnceToTheSameCustomer() {
        var contacts = rows(spark, Contacts.TABLE, """
                contact_id | customer_ref
                %s         | card:1
                """.formatted(contactId("1")));
        var groups = rows(spark, ContactGroups.TABLE, """
                contact_id | group_id
                %s         | %<s
                """.formatted(contactId("1")));
        var versions = rows(spark, CollectedContacts.TABLE, """
                record_id | source | source_key | customer_ref | delivered_on
                r1        | crm    | 1          | crm:1        | 2025-01-01
                r2        | crm    | 1          | card:1       | 2025-01-02
                """);

        var tonight = Identifiers.references(
                contacts, groups, versions, rows(spark, CollectedEvents.TABLE, "customer_ref | delivered_on"));
        var assigned =
                Identifiers.assign(Identifiers.remembering(tonight, references), references, events, FIRST, SALT);

        assertRows(assigned, CustomerRefs.TABLE, """
                customer_ref | customer_id | has_contact | first_seen_on | id_changes
                card:1       | %s          | true        | 2025-01-02    | []
                crm:1        | %<s         | true        | 2025-01-01    | []
                """.formatted(pseudonym("crm:1")));
    }

    /**
     * A night's groups of contact records, each record with a reference of the same name; those of the first letters are older.
     *
     * @param facts references that order lines or events name
     */
    private Map<String, String> night(LocalDate date, String groups, String... facts) {
        StringBuilder contacts = new StringBuilder("contact_id | customer_ref\n");
        StringBuilder grouped = new StringBuilder("contact_id | group_id\n");
        StringBuilder versions = new StringBuilder("record_id | source | source_key | customer_ref | delivered_on\n");
        for (String group : groups.split("\\|", -1)) {
            List<String> members = members(group);
            for (String name : members) {
                contacts.append("%s | %s%n".formatted(contactId(name), name));
                grouped.append("%s | %s%n".formatted(contactId(name), Collections.min(members)));
                versions.append(
                        "%s | crm | %s | %s | 2024-01-%02d%n".formatted(name, name, name, name.charAt(0) - 'a' + 1));
            }
        }
        String named = Stream.of(facts).map(name -> name + " | 2024-12-01\n").collect(Collectors.joining());
        Dataset<Row> tonight = Identifiers.references(
                rows(spark, Contacts.TABLE, contacts.toString()),
                rows(spark, ContactGroups.TABLE, grouped.toString()),
                rows(spark, CollectedContacts.TABLE, versions.toString()),
                rows(spark, CollectedEvents.TABLE, "customer_ref | delivered_on\n" + named));
        references =
                kept(Identifiers.assign(Identifiers.remembering(tonight, references), references, events, date, SALT));
        events = kept(events.union(
                Identifiers.events(references).join(events.select("event_id"), new String[] {"event_id"}, Joins.ANTI)));
        return references.collectAsList().stream()
                .collect(toMap(row -> row.getAs("customer_ref"), row -> row.getAs("customer_id")));
    }

    private static List<String> members(String group) {
        return Arrays.stream(group.strip().split(" ", -1))
                .filter(name -> !name.isEmpty())
                .toList();
    }

    private static String contactId(String key) {
        return DigestUtils.md5Hex("crm\u001f" + key);
    }

    private static String pseudonym(String reference) {
        return "C"
                + DigestUtils.sha256Hex(SALT + "\u001f" + reference)
                        .substring(0, 20)
                        .toUpperCase(Locale.ROOT);
    }

    private Dataset<Row> kept(Dataset<Row> rows) {
        return spark.createDataFrame(rows.collectAsList(), rows.schema());
    }

    /** The events, with the references that would be given the identifiers. */
    private List<String> told() {
        Map<String, String> names = references.collectAsList().stream()
                .map(row -> row.<String>getAs("customer_ref"))
                .collect(toMap(IdentifiersTest::pseudonym, name -> name));
        return events.collectAsList().stream()
                .map(event -> "%s %s %s>%s"
                        .formatted(
                                event.getAs("occurred_on"),
                                event.getAs("kind"),
                                names.get(event.<String>getAs("old_customer_id")),
                                names.get(event.<String>getAs("new_customer_id"))))
                .sorted()
                .toList();
    }

    private static String shuffled(String groups, Random random) {
        List<String> parts = new ArrayList<>();
        for (String group : groups.split("\\|", -1)) {
            List<String> members = new ArrayList<>(members(group));
            Collections.shuffle(members, random);
            parts.add(String.join(" ", members));
        }
        Collections.shuffle(parts, random);
        return String.join(" | ", parts);
    }
}
