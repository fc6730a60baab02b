package io.clientele.qualify;

import static io.clientele.testing.Rows.assertRows;
import static io.clientele.testing.Rows.rows;

import io.clientele.schema.CollectedContacts;
import io.clientele.schema.Contacts;
import io.clientele.schema.CustomerRefs;
import io.clientele.schema.Customers;
import io.clientele.testing.SparkTest;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

@SparkTest
class ContactsJobTest {

    @Test
    void shouldStandardiseEachValueAndSayWhatIsWrongWithIt(SparkSession spark) {
        var collected = rows(spark, CollectedContacts.TABLE, """
                record_id | source | source_key | delivered_on | file | position | contact_ref | customer_ref | civility | first_name | last_name | country | phone          | mobile | email              | issues
                r1        | crm    | 1          | 2025-01-31   | f    | 1        | 1           | crm:1        | Mme      | ANNE-LISE  | DURAND    | France  | 01 99 00 12 34 |        | a.d@Mail.EXAMPLE.com | []
                r2        | crm    | 2          | 2025-01-31   | f    | 2        | 2           | crm:2        | Dr       | jean       | petit     |         | 12             |        | nobody@            | []
                """);

        assertRows(ContactsJob.standardise(collected, new ContactsJob.Config("FR")), Contacts.TABLE, """
                customer_ref | civility | first_name | last_name | country | phone        | email
                crm:1        | MRS      | Anne-Lise  | Durand    | FR      | +33199001234 | a.d@mail.example.com
                crm:2        |          | Jean       | Petit     | FR      |              |
                """);
        assertRows(
                ContactsJob.standardise(collected, new ContactsJob.Config("FR"))
                        .selectExpr("customer_ref", "explode(issues) as found")
                        .selectExpr("customer_ref", "found.issue as source", "found.text as town"),
                Contacts.TABLE,
                """
                customer_ref | source           | town
                crm:2        | unknown_civility | Dr
                crm:2        | invalid_phone    | 12
                crm:2        | invalid_email    | nobody@
                """);
    }

    @Test
    void shouldTakeOfEachAttributeTheValueChangedLastAndKeepAddressesWhole(SparkSession spark) {
        var contacts = rows(spark, Contacts.TABLE, """
                contact_id | source | customer_ref | first_name | address      | postcode | town  | country | email             | updated_at           | issues | versions
                k1         | crm    | card:1       | Anne       | 1 rue Haute  | 75001    | PARIS | FR      | old@example.com   | 2024-01-01T00:00:00Z | []     | 1
                k2         | web    | card:1       | Annie      |              | 69001    | LYON  | FR      |                   | 2025-01-01T00:00:00Z | []     | 1
                """);
        var references = rows(spark, CustomerRefs.TABLE, """
                customer_ref | customer_id | has_contact
                card:1       | C1          | true
                card:9       | C9          | false
                """);

        assertRows(CustomersJob.golden(contacts, references), Customers.TABLE, """
                customer_id | first_name | address | postcode | town | country | email           | contacts
                C1          | Annie      |         | 69001    | LYON | FR      | old@example.com | 2
                C9          |            |         |          |      |         |                 | 0
                """);
    }
}
