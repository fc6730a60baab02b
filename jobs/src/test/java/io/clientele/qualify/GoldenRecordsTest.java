package io.clientele.qualify;

import static io.clientele.testing.Rows.assertRows;
import static io.clientele.testing.Rows.rows;

import io.clientele.qualify.Survivorship.Rule;
import io.clientele.schema.CollectedConsents;
import io.clientele.schema.CollectedContacts;
import io.clientele.schema.CollectedEvents;
import io.clientele.schema.Consents;
import io.clientele.schema.Contacts;
import io.clientele.schema.CustomerAttributes;
import io.clientele.schema.CustomerContacts;
import io.clientele.schema.CustomerRefs;
import io.clientele.schema.Customers;
import io.clientele.testing.SparkTest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

@SparkTest
class GoldenRecordsTest {

    private static final ContactsJob.Config FRANCE = new ContactsJob.Config("FR", 115, Set.of(), Set.of());
    private static final Survivorship BY_DEFAULT = new Survivorship(List.of(), Map.of());

    @Test
    void shouldTakeOfEachAttributeTheSurvivorWithItsOriginAndKeepAddressesWhole(SparkSession spark) {
        var contacts = rows(spark, Contacts.TABLE, """
                contact_id | source | customer_ref | first_name | birth_date | address      | postcode | town  | country | email           | updated_at           | issues | versions
                k1         | crm    | card:1       | Anne       | 1970-12-24 | 1 rue Haute  | 75001    | PARIS | FR      | old@example.com | 2024-01-01T00:00:00Z | []     | 1
                k2         | web    | card:1       | Annie      |            |              | 69001    | LYON  | FR      |                 | 2025-01-01T00:00:00Z | []     | 1
                k3         | web    | web:3        |            |            |              |          |       | BE      |                 | 2025-01-01T00:00:00Z | []     | 1
                """);
        var members = rows(spark, CustomerContacts.TABLE, """
                contact_id | customer_id
                k1         | C1
                k2         | C1
                k3         | C3
                """);
        var references = rows(spark, CustomerRefs.TABLE, """
                customer_ref | customer_id | has_contact
                card:1       | C1          | true
                web:3        | C3          | true
                card:9       | C9          | false
                """);
        var histories = histories(spark, contacts, members, nothingWrong(spark, contacts, references, members));

        assertRows(GoldenRecords.golden(histories, references), Customers.TABLE, """
                customer_id | first_name | birth_date | address | postcode | town | country | email           | contacts | updated_at           | origins                                                                                                  | obsolete
                C1          | Annie      | 1970-12-24 |         | 69001    | LYON | FR      | old@example.com | 2        | 2025-01-01T00:00:00Z | {address={k2; web}; birth_date={k1; crm}; country={k2; web}; email={k1; crm}; first_name={k2; web}} | []
                C3          |            |            |         |          |      | BE      |                 | 1        | 2025-01-01T00:00:00Z | {country={k3; web}}                                                                                      | []
                C9          |            |            |         |          |      |         |                 | 0        |                      | {}                                                                                                       | []
                """);
    }

    @Test
    void shouldTellEveryVersionOfARecordThatWasDelivered(SparkSession spark) {
        var collected = rows(spark, CollectedContacts.TABLE, """
                record_id | source | source_key | delivered_on | file | position | contact_ref | customer_ref | town  | updated_at           | issues
                r1        | crm    | 1          | 2025-01-01   | f1   | 1        | 1           | crm:1        | Paris | 2025-01-01T08:00:00Z | []
                r2        | crm    | 1          | 2025-01-02   | f2   | 1        | 1           | crm:1        | Paris | 2025-01-01T08:00:00Z | []
                r3        | crm    | 1          | 2025-01-03   | f3   | 1        | 1           | crm:1        | Lyon  | 2025-01-03T08:00:00Z | []
                r4        | crm    | 1          | 2025-01-04   | f4   | 1        | 1           | card:1       | Lyon  | 2025-01-04T08:00:00Z | []
                r5        | crm    | 2          | 2025-01-05   | f4   | 2        | 2           | crm:2        | Nice  | 2025-01-05T08:00:00Z | []
                """);
        var contacts = ContactsJob.standardise(collected, FRANCE);
        var versions = GoldenRecords.versions(contacts, collected, FRANCE);

        assertRows(versions, Contacts.TABLE, """
                customer_ref | town  | updated_at           | versions
                crm:1        | PARIS | 2025-01-01T08:00:00Z | 1
                crm:1        | LYON  | 2025-01-03T08:00:00Z | 3
                card:1       | LYON  | 2025-01-04T08:00:00Z | 4
                crm:2        | NICE  | 2025-01-05T08:00:00Z | 1
                """);

        var references = rows(spark, CustomerRefs.TABLE, "customer_ref");
        var members = contacts.selectExpr("contact_id", "'C1' as customer_id");
        var histories = GoldenRecords.histories(
                versions, members, nothingWrong(spark, contacts, references, members), BY_DEFAULT);

        assertRows(
                GoldenRecords.attributes(histories)
                        .where("attribute = 'address'")
                        .withColumn("value", org.apache.spark.sql.functions.expr("translate(value, '\n', ',')")),
                CustomerAttributes.TABLE,
                """
                customer_id | attribute | value      | valid_from           | valid_to             | source | contacts | state       | is_golden | verified_on
                C1          | address   | ,,LYON,,FR | 2025-01-03T08:00:00Z |                      | crm    | 1        | alternative | false     | 2025-01-04
                C1          | address   | ,,NICE,,FR | 2025-01-05T08:00:00Z |                      | crm    | 1        | current     | true      | 2025-01-05
                C1          | address   | ,,PARIS,,FR | 2025-01-01T08:00:00Z | 2025-01-03T08:00:00Z | crm   | 1        | former      | false     | 2025-01-01
                """);
    }

    @Test
    void shouldTurnAwayFromWhatEventsProveWrong(SparkSession spark) {
        var contacts = rows(spark, Contacts.TABLE, """
                contact_id | source | customer_ref | postcode | mobile       | email         | updated_at           | issues | versions
                k1         | crm    | card:1       | 75001    | +33600000001 | A@example.com | 2025-01-01T00:00:00Z | []     | 1
                k2         | web    | web:2        | 69001    |              | b@example.com | 2024-01-01T00:00:00Z | []     | 1
                k3         | web    | web:3        |          |              | c@example.com | 2024-01-01T00:00:00Z | []     | 1
                """);
        var members = rows(spark, CustomerContacts.TABLE, """
                contact_id | customer_id
                k1         | C1
                k2         | C1
                k3         | C3
                """);
        var references = rows(spark, CustomerRefs.TABLE, """
                customer_ref        | customer_id | has_contact
                card:1              | C1          | true
                web:2               | C1          | true
                web:3               | C3          | true
                email:a@example.com | C8          | false
                """);
        var events = rows(spark, CollectedEvents.TABLE, """
                customer_ref        | event_type    | occurred_at
                email:a@example.com | Email_Bounced | 2025-02-01T00:00:00Z
                web:3               | email_bounced | 2025-02-01T00:00:00Z
                card:1              | phone_dead    | 2025-02-02T00:00:00Z
                card:1              | mail_returned | 2024-06-01T00:00:00Z
                web:2               | mail_returned | 2024-06-01T00:00:00Z
                web:2               | open          | 2025-02-03T00:00:00Z
                                    | email_bounced | 2025-02-03T00:00:00Z
                """);
        var histories =
                histories(spark, contacts, members, GoldenRecords.incidents(events, contacts, references, members));

        assertRows(GoldenRecords.golden(histories, references), Customers.TABLE, """
                customer_id | postcode | mobile       | email         | obsolete
                C1          | 75001    | +33600000001 | b@example.com | [mobile]
                C3          |          |              | c@example.com | [email]
                C8          |          |              |               | []
                """);
        assertRows(
                GoldenRecords.attributes(histories).where("obsolete_reason is not null"),
                CustomerAttributes.TABLE,
                """
                customer_id | attribute | state    | is_golden | obsolete_reason | obsolete_at          | contact_id
                C1          | email     | obsolete | false     | email_bounced   | 2025-02-01T00:00:00Z | k1
                C1          | mobile    | obsolete | true      | phone_dead      | 2025-02-02T00:00:00Z | k1
                C1          | address   | obsolete | false     | mail_returned   | 2024-06-01T00:00:00Z | k2
                C3          | email     | obsolete | true      | email_bounced   | 2025-02-01T00:00:00Z | k3
                """);
    }

    @Test
    void shouldChooseByTheRuleOfTheConfiguration(SparkSession spark) {
        var contacts = rows(spark, Contacts.TABLE, """
                contact_id | source  | customer_ref | first_name | last_name | updated_at           | issues | versions
                k1         | crm     | card:1       | Anne       | Durand    | 2024-01-01T00:00:00Z | []     | 1
                k2         | contest | card:1       | Ann        | Durant    | 2025-01-01T00:00:00Z | []     | 1
                """);
        var members = contacts.selectExpr("contact_id", "'C1' as customer_id");
        var references = rows(spark, CustomerRefs.TABLE, "customer_ref");
        var config =
                new CustomersJob.Config("salt of the test", List.of("crm"), Map.of("last_name", Rule.MOST_TRUSTED));
        var versions = GoldenRecords.versions(contacts, rows(spark, CollectedContacts.TABLE, "record_id"), FRANCE);
        var histories = GoldenRecords.histories(
                versions, members, nothingWrong(spark, contacts, references, members), config.rules());

        assertRows(GoldenRecords.golden(histories, references), Customers.TABLE, """
                first_name | last_name
                Ann        | Durand
                """);
    }

    @Test
    void shouldNotMakeAPermissionByMerging(SparkSession spark) {
        var references = rows(spark, CustomerRefs.TABLE, """
                customer_ref | customer_id
                card:1       | C1
                web:1        | C1
                card:2       | C2
                web:2        | C2
                """);
        var collected = rows(spark, CollectedConsents.TABLE, """
                customer_ref | purpose   | channel | is_granted | decided_at
                card:1       | marketing | email   | false      | 2024-01-01T00:00:00Z
                web:1        | marketing | Email   | true       | 2025-01-01T00:00:00Z
                card:1       | marketing | sms     | false      | 2024-01-01T00:00:00Z
                card:1       | marketing | sms     | true       | 2025-01-01T00:00:00Z
                web:1        | marketing | post    | true       | 2025-01-01T00:00:00Z
                web:1        | marketing | post    | false      | 2025-01-01T00:00:00Z
                card:2       | marketing | email   | true       | 2024-01-01T00:00:00Z
                web:2        | marketing | email   | true       | 2025-01-01T00:00:00Z
                card:2       | marketing | call    | false      | 2024-01-01T00:00:00Z
                web:2        | marketing | call    | false      | 2024-02-01T00:00:00Z
                """);

        assertRows(ConsentsJob.standing(collected, references), Consents.TABLE, """
                customer_id | purpose   | channel | is_granted | decided_at           | decisions
                C1          | marketing | email   | false      | 2024-01-01T00:00:00Z | 2
                C1          | marketing | sms     | true       | 2025-01-01T00:00:00Z | 2
                C1          | marketing | post    | false      | 2025-01-01T00:00:00Z | 2
                C2          | marketing | email   | true       | 2025-01-01T00:00:00Z | 2
                C2          | marketing | call    | false      | 2024-02-01T00:00:00Z | 2
                """);
    }

    private static Dataset<Row> histories(
            SparkSession spark, Dataset<Row> contacts, Dataset<Row> members, Dataset<Row> incidents) {
        return GoldenRecords.histories(
                GoldenRecords.versions(contacts, rows(spark, CollectedContacts.TABLE, "record_id"), FRANCE),
                members,
                incidents,
                BY_DEFAULT);
    }

    private static Dataset<Row> nothingWrong(
            SparkSession spark, Dataset<Row> contacts, Dataset<Row> references, Dataset<Row> members) {
        return GoldenRecords.incidents(
                rows(spark, CollectedEvents.TABLE, "customer_ref"), contacts, references, members);
    }
}
