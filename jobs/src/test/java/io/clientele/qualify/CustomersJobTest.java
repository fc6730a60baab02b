package io.clientele.qualify;

import static io.clientele.testing.Rows.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clientele.config.ConfigFolder;
import io.clientele.failure.Failure;
import io.clientele.lake.Lake;
import io.clientele.schema.CollectedConsents;
import io.clientele.schema.CollectedContacts;
import io.clientele.schema.CollectedEvents;
import io.clientele.schema.CollectedOrderLines;
import io.clientele.schema.ContactGroups;
import io.clientele.schema.Contacts;
import io.clientele.schema.CustomerIdEvents;
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
