package io.clientele.qualify;

import static io.clientele.testing.Rows.assertRows;
import static io.clientele.testing.Rows.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clientele.qualify.ContactabilityJob.Config;
import io.clientele.qualify.ContactabilityJob.Config.Basis;
import io.clientele.schema.CallList;
import io.clientele.schema.Consents;
import io.clientele.schema.Contactability;
import io.clientele.schema.Contacts;
import io.clientele.schema.CustomerAttributes;
import io.clientele.schema.Customers;
import io.clientele.schema.FctOrderLines;
import io.clientele.testing.SparkTest;
import java.time.LocalDate;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

@SparkTest
class ContactabilityJobTest {

    private static final LocalDate DATE = LocalDate.of(2025, 1, 31);

    private static final Config CONFIG = new Config(
            new Config.HalfLives(200, 100, 50, 200),
            0.6,
            Map.of("fake_phone", 0.0, "misspelt_email_domain", 0.25, "postcode_town_mismatch", 0.5),
            new Config.Completeness(
                    Map.of("last_name", 2.0, "email", 1.0, "address", 1.0), Map.of("company_name", 3.0, "email", 1.0)),
            new Config.Consent("marketing", Basis.OPT_OUT, Basis.OPT_OUT, Basis.OPT_IN, Basis.OPT_IN),
            calls(10));

    @Test
    void shouldHalveTheScoreOfAValueAfterEachHalfLifeOfItsChannel(SparkSession spark) {
        var scores = score(spark, """
                customer_id | attribute | value      | state   | is_golden | verified_on | contact_id
                ann         | address   | 1 rue X    | current | true      | 2025-01-31  | k1
                ann         | phone     | +331       | current | true      | 2024-10-23  | k1
                ann         | email     | a@b.fr     | current | true      | 2024-10-23  | k1
                bob         | phone     | +332       | current | true      | 2025-03-01  | k1
                """, "", "");

        assertRows(scores, Contactability.TABLE, """
                customer_id | as_of      | post_score | post_verified_on | post_doubt | phone_score | phone_verified_on | phone_doubt | email_score | email_doubt
                ann         | 2025-01-31 | 1.0000     | 2025-01-31       |            | 0.5000      | 2024-10-23        | unverified  | 0.2500      | unverified
                bob         | 2025-01-31 | 0.0000     |                  | missing    | 1.0000      | 2025-03-01        |             | 0.0000      | missing
                cid         | 2025-01-31 | 0.0000     |                  | missing    | 0.0000      |                   | missing     | 0.0000      | missing
                """);
    }

    @Test
    void shouldGiveNothingForValuesProvenWrongAndLookAtGoldenOnesOnly(SparkSession spark) {
        var scores = score(spark, """
                customer_id | attribute | value   | state       | is_golden | verified_on | contact_id
                ann         | address   | 1 rue X | obsolete    | true      | 2025-01-31  | k1
                ann         | email     | a@b.fr  | alternative | false     | 2025-01-31  | k1
                ann         | email     | b@b.fr  | former      | false     | 2025-01-31  | k1
                """, "", "");

        assertRows(scores.where("customer_id = 'ann'"), Contactability.TABLE, """
                customer_id | post_score | post_doubt | email_score | email_doubt | completeness | best_channel
                ann         | 0.0        | obsolete   | 0.0         | missing     | 0.0          |
                """);
    }

    @Test
    void shouldDoubtValuesOfWhichSomethingWasNoticed(SparkSession spark) {
        var scores = score(spark, """
                customer_id | attribute | value  | state   | is_golden | verified_on | contact_id
                ann         | address   | X      | current | true      | 2025-01-31  | k1
                ann         | email     | a@b.fr | current | true      | 2025-01-31  | k1
                ann         | phone     | +331   | current | true      | 2025-01-31  | k1
                bob         | phone     | +331   | current | true      | 2025-01-31  | k2
                bob         | mobile    | +336   | current | true      | 2025-01-31  | k2
                """, """
                contact_id | phone_kind | mobile_kind | issues
                k1         | fixed      |             | [{postcode; postcode_town_mismatch; x; y}, {email; misspelt_email_domain; x; y}, {mobile; fake_phone; x; y}, {phone; nickname; x; y}]
                k2         | fixed      | mobile      | [{phone; fake_phone; x; y}]
                """, "");

        assertRows(scores.where("customer_id <> 'cid'"), Contactability.TABLE, """
                customer_id | post_score | post_doubt | email_score | email_doubt | phone_score | phone_doubt | sms_score | sms_doubt
                ann         | 0.50       | doubtful   | 0.25        | doubtful    | 1.00        |             | 0.00      | missing
                bob         | 0.00       | missing    | 0.00        | missing     | 1.00        |             | 1.00      |
                """);
    }

    @Test
    void shouldSendShortMessagesToMobilePhonesOnly(SparkSession spark) {
        var scores = score(spark, """
                customer_id | attribute | value | state   | is_golden | verified_on | contact_id
                ann         | phone     | +337  | current | true      | 2025-01-31  | k1
                bob         | mobile    | +331  | current | true      | 2025-01-31  | k2
                cid         | phone     | +331  | current | true      | 2025-01-31  | k3
                """, """
                contact_id | phone_kind | mobile_kind | issues
                k1         | mobile     |             | []
                k2         |            | fixed       | []
                k3         | fixed      | mobile      | []
                """, "");

        assertRows(scores, Contactability.TABLE, """
                customer_id | phone_score | sms_score
                ann         | 1.0         | 1.0
                bob         | 1.0         | 0.0
                cid         | 1.0         | 0.0
                """);
    }

    @Test
    void shouldAskForConsentWhereTheLawDoesAndForNoObjectionElsewhere(SparkSession spark) {
        var scores = score(spark, """
                customer_id | attribute | value | state   | is_golden | verified_on | contact_id
                ann         | email     | x     | current | true      | 2025-01-31  | k1
                """, "", """
                customer_id | purpose   | channel | is_granted
                ann         | marketing | email   | true
                ann         | marketing | call    | false
                bob         | marketing | post    | true
                bob         | marketing | email   | false
                bob         | surveys   | sms     | true
                """);

        assertRows(scores, Contactability.TABLE, """
                customer_id | is_post_allowed | is_phone_allowed | is_email_allowed | is_sms_allowed
                ann         | true            | false            | true             | false
                bob         | true            | true             | false            | false
                cid         | true            | true             | false            | false
                """);
    }

    @Test
    void shouldFindTheSurestOfTheAllowedChannelsAndOfEqualOnesTheCheapest(SparkSession spark) {
        var scores = score(spark, """
                customer_id | attribute | value | state   | is_golden | verified_on | contact_id
                ann         | email     | x     | current | true      | 2025-01-31  | k1
                ann         | address   | x     | current | true      | 2025-01-31  | k1
                bob         | email     | x     | current | true      | 2025-01-31  | k1
                bob         | address   | x     | current | true      | 2024-10-23  | k1
                bob         | phone     | x     | current | true      | 2024-10-23  | k1
                """, "", """
                customer_id | purpose   | channel | is_granted
                ann         | marketing | email   | true
                """);

        assertRows(scores, Contactability.TABLE, """
                customer_id | best_channel
                ann         | email
                bob         | post
                cid         |
                """);
    }

    @Test
    void shouldMeasureCompletenessByWhatOneShouldKnowOfAPersonOrACompany(SparkSession spark) {
        var scores = score(spark, """
                customer_id | attribute    | value | state    | is_golden | verified_on | contact_id
                ann         | last_name    | x     | current  | true      | 2025-01-31  | k1
                ann         | email        | x     | obsolete | true      | 2025-01-31  | k1
                ann         | address      | x     | current  | true      | 2025-01-31  | k1
                ann         | first_name   | x     | current  | true      | 2025-01-31  | k1
                bob         | company_name | x     | current  | true      | 2025-01-31  | k1
                bob         | address      | x     | current  | true      | 2025-01-31  | k1
                """, "", "");

        assertRows(scores, Contactability.TABLE, """
                customer_id | completeness
                ann         | 0.75
                bob         | 0.75
                cid         | 0.00
                """);
    }

    @Test
    void shouldCallThoseWorthMostTimesMostDoubtfulFirst(SparkSession spark) {
        String phones = """
                customer_id | attribute  | value | state   | is_golden | verified_on | contact_id
                ann         | phone      | +331  | current | true      | 2025-01-31  | k1
                ann         | first_name | Ann   | current | true      | 2025-01-31  | k1
                ann         | last_name  | Lee   | current | true      | 2025-01-31  | k1
                bob         | phone      | +332  | current | true      | 2025-01-31  | k1
                bob         | mobile     | +336  | current | true      | 2025-01-31  | k1
                bob         | company_name | Duval | current | true    | 2025-01-31  | k1
                cid         | mobile     | +337  | current | true      | 2025-01-31  | k1
                """;
        String scores = """
                customer_id | as_of      | post_score | post_doubt | email_score | email_doubt | phone_score | phone_doubt | is_phone_allowed
                ann         | 2025-01-31 | 1          |            | 0.5         | unverified  | 0.9         |             | true
                bob         | 2025-01-31 | 0          | obsolete   | 1           |             | 0.9         |             | true
                cid         | 2025-01-31 | 0          | missing    | 0           | missing     | 0.5         | unverified  | true
                """;
        String sales = """
                customer_id | line_kind  | amount
                ann         | sale       | 300.00
                ann         | return     | -20.00
                ann         | gift       | 999.00
                bob         | sale       | 100.00
                bob         | sale       |
                """;

        var calls = call(spark, scores, phones, sales, 10);

        assertRows(calls, CallList.TABLE, """
                customer_id | phone_number | contact     | reason         | objective  | closing | subject | doubt      | doubtfulness | worth    | priority
                ann         | +331         | Hello Ann Lee! | email unverified | email goal | bye     | email   | unverified | 0.1667       | 280.0000 | 46.6760
                bob         | +332         | Hello Duval! | post obsolete | post goal  | bye     | post    | obsolete   | 0.5000       | 100.0000 | 50.0000
                cid         | +337         | Hello!      | post missing   | post goal  | bye     | post    | missing    | 0.9167       | 0.0000   | 0.0000
                """);
        assertRows(call(spark, scores, phones, sales, 1).select("customer_id"), CallList.TABLE, """
                customer_id
                bob
                """);
    }

    @Test
    void shouldCallNobodyWhoObjectsOrCannotBeReachedOrOfWhomNothingIsDoubtful(SparkSession spark) {
        var calls = call(spark, """
                customer_id | as_of      | post_score | post_doubt | email_score | email_doubt | phone_score | phone_doubt | is_phone_allowed
                ann         | 2025-01-31 | 0          | missing    | 0           | missing     | 0.9         |             | false
                bob         | 2025-01-31 | 0          | missing    | 0           | missing     | 0           | obsolete    | true
                cid         | 2025-01-31 | 0.7        |            | 0.7         |             | 0.7         |             | true
                dan         | 2025-01-31 | 1          |            | 1           |             | 0.5         | unverified  | true
                """, """
                customer_id | attribute  | value | state   | is_golden | verified_on | contact_id
                ann         | phone      | +331  | current | true      | 2025-01-31  | k1
                bob         | phone      | +331  | obsolete | true     | 2025-01-31  | k1
                cid         | phone      | +331  | current | true      | 2025-01-31  | k1
                dan         | phone      | +331  | current | true      | 2025-01-31  | k1
                """, "customer_id", 10);

        assertThat(calls.count()).isZero();
    }

    @Test
    void shouldBreakTiesByDoubtAndThenByCustomer(SparkSession spark) {
        var calls = call(spark, """
                customer_id | as_of      | post_score | post_doubt | email_score | email_doubt | phone_score | phone_doubt | is_phone_allowed
                bob         | 2025-01-31 | 0          | missing    | 1           |             | 0.9         |             | true
                ann         | 2025-01-31 | 0          | missing    | 1           |             | 0.9         |             | true
                cid         | 2025-01-31 | 0          | missing    | 0           | missing     | 0.9         |             | true
                """, """
                customer_id | attribute  | value | state   | is_golden | verified_on | contact_id
                ann         | phone      | +331  | current | true      | 2025-01-31  | k1
                bob         | phone      | +331  | current | true      | 2025-01-31  | k1
                cid         | phone      | +331  | current | true      | 2025-01-31  | k1
                """, "customer_id", 2);

        assertRows(calls.select("customer_id"), CallList.TABLE, """
                customer_id
                ann
                cid
                """);
    }

    @Test
    void shouldRefuseAConfigurationThatMakesNoSense() {
        assertThatThrownBy(() -> new Config.HalfLives(1, 0, 1, 1)).hasMessageContaining("halfLives");
        assertThatThrownBy(() -> new Config.Completeness(Map.of("shoe_size", 1.0), Map.of("email", 1.0)))
                .hasMessageContaining("completeness.person.shoe_size");
        assertThatThrownBy(() -> new Config(
                        CONFIG.halfLives(),
                        0.5,
                        Map.of("fake_fone", 0.0),
                        CONFIG.completeness(),
                        CONFIG.consent(),
                        CONFIG.callList()))
                .hasMessageContaining("issues.fake_fone");
        assertThatThrownBy(() -> new Calls(
                        5,
                        new Calls.Weights(1, 1, 1),
                        0,
                        "Hello!",
                        "Hello!",
                        "bye",
                        script("post"),
                        script("email"),
                        script("phone")))
                .hasMessageContaining("{name}");
        assertThatThrownBy(() -> calls(0)).hasMessageContaining("callList.size");
    }

    private static Dataset<Row> score(SparkSession spark, String attributes, String contacts, String consents) {
        return ContactabilityJob.score(
                rows(spark, Customers.TABLE, """
                        customer_id
                        ann
                        bob
                        cid
                        """),
                rows(spark, CustomerAttributes.TABLE, attributes),
                rows(spark, Contacts.TABLE, contacts.isEmpty() ? "contact_id" : contacts),
                rows(spark, Consents.TABLE, consents.isEmpty() ? "customer_id" : consents),
                DATE,
                CONFIG);
    }

    private static Dataset<Row> call(
            SparkSession spark, String contactability, String attributes, String orderLines, int size) {
        return CallSelection.of(
                rows(spark, Contactability.TABLE, contactability),
                rows(spark, CustomerAttributes.TABLE, attributes),
                rows(spark, Contacts.TABLE, "contact_id"),
                rows(spark, FctOrderLines.TABLE, orderLines),
                DATE,
                new Config(
                        CONFIG.halfLives(),
                        CONFIG.unverifiedBelow(),
                        CONFIG.issues(),
                        CONFIG.completeness(),
                        CONFIG.consent(),
                        calls(size)));
    }

    private static Calls calls(int size) {
        return new Calls(
                size,
                new Calls.Weights(3, 2, 1),
                0.1,
                "Hello {name}!",
                "Hello!",
                "bye",
                script("post"),
                script("email"),
                script("phone"));
    }

    private static Calls.Script script(String subject) {
        return new Calls.Script(
                subject + " missing",
                subject + " obsolete",
                subject + " doubtful",
                subject + " unverified",
                subject + " goal");
    }
}
