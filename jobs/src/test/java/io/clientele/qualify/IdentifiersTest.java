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
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@SparkTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IdentifiersTest {

    private static final LocalDate FIRST = LocalDate.of(2025, 1, 1);
    private static final LocalDate SECOND = LocalDate.of(2025, 1, 2);
    private static final LocalDate THIRD = LocalDate.of(2025, 1, 3);
    private static final String SALT = "salt of the test";

    /** Groups of references, set apart by bars, on the first night and on the second. */
    private static final String BEFORE = "a | b | c d e | f g | h i j | k | m n | o";

    private static final String AFTER = "a b | c | d e | f | g | h i | j k | l z | m n | o";

    private SparkSession spark;
    private Night first;
    private Night second;

    /** What a night left: where references lead to, and everything that was told. */
    private record Night(Dataset<Row> references, Dataset<Row> events) {

        Map<String, String> ids() {
            return references.collectAsList().stream()
                    .collect(toMap(row -> row.getAs("customer_ref"), row -> row.getAs("customer_id")));
        }

        String id(String reference) {
            return ids().get(reference);
        }

        Night forgettingEvents() {
            return new Night(references, events.limit(0));
        }

        /** The events, with the references that the identifiers were made from, as far as these are known. */
        List<String> told() {
            Map<String, String> names =
                    ids().keySet().stream().collect(toMap(IdentifiersTest::pseudonym, name -> name));
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
    }

    @BeforeAll
    void runTwoNights(SparkSession session) {
        spark = session;
        first = night(FIRST, BEFORE, nothing());
        second = night(SECOND, AFTER, first);
    }

    @Test
    void shouldKeepTheIdentifierOfTheOldestWhenCustomersMerge() {
        assertThat(second.id("a")).isEqualTo(first.id("a"));
        assertThat(second.id("b")).isEqualTo(first.id("a"));
        assertThat(second.told()).contains("2025-01-02 merged b>a");
    }

    @Test
    void shouldKeepTheIdentifierOfTheMostContactsWhenACustomerIsSplit() {
        assertThat(second.id("d")).isEqualTo(first.id("c"));
        assertThat(second.id("e")).isEqualTo(first.id("c"));
        assertThat(first.ids()).doesNotContainValue(second.id("c"));
        assertThat(second.told()).contains("2025-01-02 split c>null");
    }

    @Test
    void shouldGiveTheOldestTheIdentifierWhenACustomerIsHalved() {
        assertThat(second.id("f")).isEqualTo(first.id("f"));
        assertThat(second.told()).contains("2025-01-02 split f>g");
    }

    @Test
    void shouldGiveWhatChangesCustomerTheIdentifierOfThoseItComesTo() {
        assertThat(second.id("h")).isEqualTo(first.id("h"));
        assertThat(second.id("j")).isEqualTo(first.id("k")).isEqualTo(second.id("k"));
        assertThat(second.told()).contains("2025-01-02 split h>k");
    }

    @Test
    void shouldKeepTheIdentifierOfFactsWhenAContactRecordTurnsUp() {
        assertThat(second.id("z")).isEqualTo(first.id("z")).isEqualTo(pseudonym("z"));
        assertThat(second.id("l")).isEqualTo(first.id("z"));
    }

    @Test
    void shouldTellNothingOfCustomersThatDidNotChange() {
        assertThat(second.id("m")).isEqualTo(first.id("m")).isEqualTo(second.id("n"));
        assertThat(second.id("o")).isEqualTo(first.id("o"));
        assertThat(first.told()).isEmpty();
        assertThat(second.told()).hasSize(4);
    }

    @Test
    void shouldChangeNothingWhenTheDateIsRunAgain() {
        Night again = night(SECOND, AFTER, second);

        assertThat(again.ids()).isEqualTo(second.ids());
        assertThat(again.told()).isEqualTo(second.told());
    }

    @Test
    void shouldTellLaterWhatANightCouldNotTellBecauseItWasKilled() {
        Night third = night(THIRD, AFTER, second.forgettingEvents());

        assertThat(third.ids()).isEqualTo(second.ids());
        assertThat(third.told()).as("with the date of the night that found it").isEqualTo(second.told());
    }

    @Test
    void shouldNeverUseAnIdentifierAgain() {
        Night third = night(THIRD, AFTER.replace("a b", "a | b"), second);

        assertThat(third.id("a")).isEqualTo(pseudonym("a"));
        assertThat(third.id("b")).as("its own was merged away").isNotEqualTo(pseudonym("b"));
        assertThat(third.ids()).doesNotContainValue(pseudonym("b"));
    }

    @Test
    void shouldNotDependOnTheOrderOfArrival() {
        Random random = new Random(1);
        for (int i = 0; i < 2; i++) {
            Night shuffled = night(SECOND, shuffled(AFTER, random), first);

            assertThat(shuffled.ids()).isEqualTo(second.ids());
            assertThat(shuffled.told()).isEqualTo(second.told());
        }
    }

    @Test
    void shouldGiveTheSameIdentifiersInOneNightWhereTheOldestKeptThem() {
        Night once = night(SECOND, AFTER, nothing());

        assertThat(List.of("a", "b", "f", "g", "h", "i", "m", "n", "o"))
                .allSatisfy(reference -> assertThat(once.id(reference)).isEqualTo(second.id(reference)));
    }

    @Test
    void shouldLeadAReferenceThatARecordBoreOnceToTheSameCustomer() {
        var tonight = Identifiers.references(
                rows(spark, Contacts.TABLE, """
                        contact_id | customer_ref
                        %s         | card:1
                        """.formatted(contactId("1"))),
                rows(spark, ContactGroups.TABLE, """
                        contact_id | group_id
                        %s         | %<s
                        """.formatted(contactId("1"))),
                rows(spark, CollectedContacts.TABLE, """
                        record_id | source | source_key | customer_ref | delivered_on
                        r1        | crm    | 1          | crm:1        | 2025-01-01
                        r2        | crm    | 1          | card:1       | 2025-01-02
                        """),
                rows(spark, CollectedEvents.TABLE, "customer_ref | delivered_on"));
        Night none = nothing();
        var assigned = Identifiers.assign(
                Identifiers.remembering(tonight, none.references()), none.references(), none.events(), FIRST, SALT);

        assertRows(assigned, CustomerRefs.TABLE, """
                customer_ref | customer_id | has_contact | first_seen_on | id_changes
                card:1       | %s          | true        | 2025-01-02    | []
                crm:1        | %<s         | true        | 2025-01-01    | []
                """.formatted(pseudonym("crm:1")));
    }

    /**
     * A night's groups of contact records, each record with a reference of the same name; those of the first letters are older.
     * Facts name z.
     */
    private Night night(LocalDate date, String groups, Night before) {
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
        Dataset<Row> tonight = Identifiers.references(
                rows(spark, Contacts.TABLE, contacts.toString()),
                rows(spark, ContactGroups.TABLE, grouped.toString()),
                rows(spark, CollectedContacts.TABLE, versions.toString()),
                rows(spark, CollectedEvents.TABLE, """
                        customer_ref | delivered_on
                        z            | 2024-01-31
                                     | 2024-01-01
                        """));
        Dataset<Row> remembering = Identifiers.remembering(tonight, before.references());
        Dataset<Row> references =
                kept(Identifiers.assign(remembering, before.references(), before.events(), date, SALT));
        Dataset<Row> untold = Identifiers.events(references)
                .join(
                        before.events().select(CustomerIdEvents.EVENT_ID.col()),
                        Joins.on(CustomerIdEvents.EVENT_ID),
                        Joins.ANTI);
        return new Night(references, kept(before.events().union(untold)));
    }

    private Night nothing() {
        return new Night(
                rows(spark, CustomerRefs.TABLE, "customer_ref"), rows(spark, CustomerIdEvents.TABLE, "event_id"));
    }

    private Dataset<Row> kept(Dataset<Row> rows) {
        return spark.createDataFrame(rows.collectAsList(), rows.schema());
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
