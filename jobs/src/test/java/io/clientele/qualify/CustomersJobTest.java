package io.clientele.qualify;

import static io.clientele.testing.Rows.completed;
import static io.clientele.testing.Rows.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clientele.config.ConfigFolder;
import io.clientele.failure.Failure;
import io.clientele.lake.Lake;
import io.clientele.lake.Lake.WriteId;
import io.clientele.run.Before;
import io.clientele.schema.CollectedConsents;
import io.clientele.schema.CollectedContacts;
import io.clientele.schema.CollectedEvents;
import io.clientele.schema.CollectedOrderLines;
import io.clientele.schema.ContactGroups;
import io.clientele.schema.Contacts;
import io.clientele.schema.CustomerIdEvents;
import io.clientele.schema.Customers;
import io.clientele.table.Table;
import io.clientele.testing.LoneNight;
import io.clientele.testing.MemoryLake;
import io.clientele.testing.SparkTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@SparkTest
class CustomersJobTest {

    private static final CustomersJob.Settings SETTINGS = new CustomersJob.Settings(
            new CustomersJob.Config("salt of the test", List.of("crm"), Map.of()),
            new ContactsJob.Config("FR", 115, Set.of(), Set.of()));
    private static final LocalDate FIRST = LocalDate.of(2025, 1, 1);
    private static final LocalDate SECOND = LocalDate.of(2025, 1, 2);

    @TempDir
    private Path folder;

    @Test
    void shouldEndAsIfNeverKilledWhicheverWriteWasTheLast(SparkSession spark) {
        MemoryLake undisturbed = new MemoryLake(spark);
        MemoryLake killed = new MemoryLake(spark);
        for (MemoryLake lake : List.of(undisturbed, killed)) {
            deliver(spark, lake, "k2");
            CustomersJob.run(SETTINGS, new LoneNight(spark, lake, FIRST));
            deliver(spark, lake, "k1");
        }
        CustomersJob.run(SETTINGS, new LoneNight(spark, undisturbed, SECOND));

        for (int writes : List.of(1, 3)) {
            LoneNight night = new LoneNight(spark, new KilledLake(killed, writes), SECOND);
            assertThatThrownBy(() -> CustomersJob.run(SETTINGS, night)).isInstanceOf(KilledLake.Killed.class);
        }
        LoneNight last = new LoneNight(spark, killed, SECOND);
        CustomersJob.run(SETTINGS, last);

        assertThat(undisturbed.read(CustomerIdEvents.TABLE).collectAsList()).hasSize(1);
        assertThat(CustomersJob.JOB.writes())
                .allSatisfy(table ->
                        assertThat(lines(killed, table)).as("%s", table).isEqualTo(lines(undisturbed, table)));
        assertThat(last.balances()).hasSize(2);
    }

    @Test
    void shouldLookForReferencesInWhatHasComeAndEndAsIfInAllOfIt(SparkSession spark) {
        MemoryLake goingOn = new MemoryLake(spark);
        MemoryLake all = new MemoryLake(spark);
        Map<String, Long> reads = new HashMap<>();
        for (MemoryLake lake : List.of(goingOn, all)) {
            firstNight(spark, lake);
            CustomersJob.run(SETTINGS, new LoneNight(spark, lake, FIRST));
            CustomersJob.JOB.reads().forEach(table -> reads.put(table.qualifiedName(), lake.version(table)));
            secondNight(spark, lake);
        }
        LoneNight night = new LoneNight(
                spark, goingOn, SECOND, Optional.of(new Before("the last run", FIRST, "", reads, Map.of())));
        CustomersJob.run(SETTINGS, night);
        CustomersJob.run(SETTINGS, new LoneNight(spark, all, SECOND));

        assertThat(night.warnings()).isEmpty();
        assertThat(CustomersJob.JOB.writes())
                .allSatisfy(table -> assertThat(lines(goingOn, table)).isEqualTo(lines(all, table)));
        assertThat(all.read(CustomerIdEvents.TABLE).select("kind").collectAsList())
                .hasToString("[[merged], [merged]]");
        assertThat(all.read(Customers.TABLE)
                        .selectExpr("last_name", "email", "contacts", "obsolete")
                        .orderBy("last_name", "email", "contacts")
                        .collectAsList())
                .hasToString(
                        "[[null,null,0,ArraySeq()], [null,null,0,ArraySeq()], [Bernard,d@example.com,1,ArraySeq(email)],"
                                + " [Dubois,a@example.com,3,ArraySeq()], [Moreau,e@example.com,1,ArraySeq()],"
                                + " [Petit,f@example.com,1,ArraySeq()]]");
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', textBlock = """
            trustedSources: [crm, crm]             | customers.yaml:2: key 'trustedSources' names 'crm' twice
            survivorship: {emial: most_recent}     | customers.yaml:2: key 'survivorship.emial': there is no such attribute; there are civility, title, first_name
            survivorship: {email: newest}          | customers.yaml:2: key 'survivorship.email' is 'newest', expected one of most_recent, most_trusted, most_complete, most_frequent
            """)
    void shouldSayWhatIsWrongInTheConfiguration(String line, String message) throws IOException {
        Files.writeString(folder.resolve("customers.yaml"), "pseudonymSalt: salt of the test\n" + line + "\n");
        Files.writeString(folder.resolve("contacts.yaml"), "country: FR\noldestAge: 115\n");
        for (String source : List.of("web", "crm")) {
            Files.writeString(Files.createDirectories(folder.resolve("sources")).resolve(source + ".yaml"), "");
        }

        assertThatThrownBy(() -> CustomersJob.JOB.configured(new ConfigFolder(folder)))
                .isInstanceOf(Failure.class)
                .hasMessageContaining(message);
    }

    /** Six records of five customers, and a card that is known by an order alone. */
    private static void firstNight(SparkSession spark, MemoryLake lake) {
        collect(spark, lake, """
                record_id | source | source_key | file | position | delivered_on | contact_ref | customer_ref | full_name    | email         | updated_at
                r1        | crm    | 1          | f    | 1        | 2025-01-01   | 1           | card:1       | Anne Martin  | a@example.com | 2025-01-01T00:00:00Z
                r2        | crm    | 2          | f    | 2        | 2025-01-01   | 2           | card:2       | Anne Dubois  | b@example.com | 2025-01-01T00:00:00Z
                r3        | crm    | 3          | f    | 3        | 2025-01-01   | 3           | card:3       | Ann Dubois   | b@example.com | 2024-01-01T00:00:00Z
                r4        | crm    | 4          | f    | 4        | 2025-01-01   | 4           | card:4       | Luc Bernard  | d@example.com | 2025-01-01T00:00:00Z
                r5        | crm    | 5          | f    | 5        | 2025-01-01   | 5           | card:5       | Zoé Moreau   | e@example.com | 2025-01-01T00:00:00Z
                """);
        group(spark, lake, "1", "2", "3", "4", "5");
        lake.replace(CollectedOrderLines.TABLE, completed(spark, CollectedOrderLines.TABLE, """
                record_id | source | customer_ref | delivered_on
                o1        | shop   | card:6       | 2025-01-01
                o2        | shop   | card:5       | 2025-01-01
                """));
        lake.replace(CollectedEvents.TABLE, completed(spark, CollectedEvents.TABLE, """
                record_id | source | customer_ref | delivered_on | event_type    | occurred_at
                e1        | mail   | card:2       | 2025-01-01   | email_bounced | 2024-06-01T00:00:00Z
                """));
        lake.createIfAbsent(CollectedConsents.TABLE);
    }

    /**
     * A record takes another card, one is found to be of the customer of another, an address bounces, the card that was known
     * by an order gets a record, a card comes by an order.
     */
    private static void secondNight(SparkSession spark, MemoryLake lake) {
        collect(spark, lake, """
                record_id | source | source_key | file | position | delivered_on | contact_ref | customer_ref | full_name    | email         | updated_at
                r6        | crm    | 1          | g    | 1        | 2025-01-02   | 1           | card:2       | Anne Dubois  | a@example.com | 2025-01-02T00:00:00Z
                r7        | crm    | 6          | g    | 2        | 2025-01-02   | 6           | card:6       | Ève Petit    | f@example.com | 2025-01-02T00:00:00Z
                """);
        group(spark, lake, "1", "1", "1", "4", "5", "6");
        lake.append(
                CollectedOrderLines.TABLE, completed(spark, CollectedOrderLines.TABLE, """
                        record_id | source | customer_ref | delivered_on
                        o3        | shop   | card:7       | 2025-01-02
                        """), new WriteId("second", 1));
        lake.append(CollectedEvents.TABLE, completed(spark, CollectedEvents.TABLE, """
                        record_id | source | customer_ref        | delivered_on | event_type    | occurred_at
                        e2        | mail   | email:d@example.com | 2025-01-02   | email_bounced | 2025-01-02T00:00:00Z
                        """), new WriteId("second", 1));
    }

    private static void collect(SparkSession spark, MemoryLake lake, String records) {
        lake.append(
                CollectedContacts.TABLE,
                completed(spark, CollectedContacts.TABLE, records),
                new WriteId("first or second", lake.has(CollectedContacts.TABLE) ? 2 : 1));
        lake.replace(Contacts.TABLE, ContactsJob.standardise(lake.read(CollectedContacts.TABLE), SETTINGS.contacts()));
    }

    /** Says to which group the records of the keys 1, 2, 3 and so on belong. */
    private static void group(SparkSession spark, MemoryLake lake, String... groups) {
        StringBuilder lines = new StringBuilder("contact_id | group_id | component_id | fingerprint\n");
        for (int i = 0; i < groups.length; i++) {
            String group = contactId("crm", groups[i]);
            lines.append("%s | %s | %s | f%n".formatted(contactId("crm", "" + (i + 1)), group, group));
        }
        lake.replace(ContactGroups.TABLE, rows(spark, ContactGroups.TABLE, lines.toString()));
    }

    /** Two contact records, of which the second is in the given group. */
    private static void deliver(SparkSession spark, MemoryLake lake, String group) {
        lake.replace(Contacts.TABLE, rows(spark, Contacts.TABLE, """
                contact_id | source | contact_ref | customer_ref | kind   | email         | updated_at           | issues | versions
                %s         | crm    | 1           | card:1       | person | a@example.com | 2025-01-01T00:00:00Z | []     | 1
                %s         | web    | 2           | web:2        | person | b@example.com | 2025-01-01T00:00:00Z | []     | 1
                """.formatted(
                        contactId("crm", "1"), contactId("web", "2"))));
        lake.replace(ContactGroups.TABLE, rows(spark, ContactGroups.TABLE, """
                contact_id | group_id | component_id | fingerprint
                %s         | k1       | k1           | f
                %s         | %s       | k1           | f
                """.formatted(
                        contactId("crm", "1"), contactId("web", "2"), group)));
        lake.replace(CollectedContacts.TABLE, rows(spark, CollectedContacts.TABLE, """
                record_id | source | source_key | file | delivered_on | collected_at         | run_id | contact_ref | customer_ref
                r1        | crm    | 1          | f    | 2025-01-01   | 2025-01-01T00:00:00Z | r      | 1           | card:1
                r2        | web    | 2          | f    | 2025-01-01   | 2025-01-01T00:00:00Z | r      | 2           | web:2
                """));
        List.of(CollectedOrderLines.TABLE, CollectedEvents.TABLE, CollectedConsents.TABLE)
                .forEach(lake::createIfAbsent);
    }

    private static String contactId(String source, String key) {
        return DigestUtils.md5Hex(source + "\u001f" + key);
    }

    private static List<String> lines(Lake lake, Table table) {
        return lake.read(table).collectAsList().stream()
                .map(Row::toString)
                .sorted()
                .collect(Collectors.toList());
    }
}
