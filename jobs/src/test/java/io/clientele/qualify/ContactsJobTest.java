package io.clientele.qualify;

import static io.clientele.testing.Rows.assertRows;
import static io.clientele.testing.Rows.rows;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.schema.CollectedContacts;
import io.clientele.schema.Contacts;
import io.clientele.testing.SparkTest;
import io.clientele.text.Issue;
import io.clientele.text.PostalLines;
import java.time.LocalDate;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;

@SparkTest
class ContactsJobTest {

    private static final ContactsJob.Config FRENCH =
            new ContactsJob.Config("FR", 115, Set.of(LocalDate.of(1911, 11, 11)), Set.of());

    @Test
    void shouldStandardiseEachValueAndSayWhatIsWrongWithIt(SparkSession spark) {
        var contacts = standardise(spark, """
                contact_ref | civility | first_name | last_name | country | phone          | email
                1           | Mme      | ANNE-LISE  | DURAND    | France  | 01 42 68 53 17 | a.d@Mail.DURAND.fr
                2           | X        | jean       | petit     |         | 12             | nobody@
                """);

        assertRows(contacts, Contacts.TABLE, """
                contact_ref | kind   | civility | first_name | last_name | country | phone        | phone_kind | email              | is_email_role
                1           | person | MRS      | Anne-Lise  | Durand    | FR      | +33142685317 | fixed      | a.d@mail.durand.fr | false
                2           | person |          | Jean       | Petit     | FR      |              |            |                    |
                """);
        assertIssues(contacts, """
                contact_ref | civility | address          | address_extra | company_name
                2           | civility | unknown_civility | X             |
                2           | phone    | invalid_phone    | 12            |
                2           | email    | invalid_email    | nobody@       |
                """);
    }

    @Test
    void shouldReadNamesInPartsWhateverTheField(SparkSession spark) {
        var contacts = standardise(spark, """
                contact_ref | civility | full_name                       | first_name | last_name
                1           |          | Mme DUPONT née MARTIN Claire    |            |
                2           | Dr       |                                 | Paul Henri | DE LA TOUR
                3           |          | Jean Dupont Jr                  |            |
                4           | M.       | Jacques Petit                   | Anne       |
                """);

        assertRows(contacts, Contacts.TABLE, """
                contact_ref | civility | title  | first_name | last_name  | birth_name | name_suffix
                1           | MRS      |        | Claire     | Dupont     | Martin     |
                2           |          | DOCTOR | Paul Henri | de la Tour |            |
                3           |          |        | Jean       | Dupont     |            | Jr
                4           | MR       |        | Anne       |            |            |
                """);
    }

    @Test
    void shouldKeepNamesInTheirFieldsAndProposeTheOtherOrder(SparkSession spark) {
        var contacts = standardise(spark, """
                contact_ref | first_name | last_name
                1           | DUPOND     | Nathalie
                2           | Test       | TEST
                """);

        assertRows(contacts, Contacts.TABLE, """
                contact_ref | first_name | last_name
                1           | Dupond     | Nathalie
                2           |            |
                """);
        assertIssues(contacts, """
                contact_ref | civility  | address       | address_extra   | company_name
                1           | last_name | swapped_names | DUPOND Nathalie | Dupond, Nathalie
                2           | last_name | fake_name     | Test TEST       |
                """);
    }

    @Test
    void shouldTellCompaniesFromPersons(SparkSession spark) {
        var contacts = standardise(spark, """
                contact_ref | last_name               | first_name | company_name  | company_id
                1           |                         |            | SARL DUVAL    | 552 100 554
                2           | Boulangerie Martin SARL |            |               |
                3           | Martin                  | Luc        | Duval & Fils  | FR40303265045
                4           | Martin                  | Luc        |               |
                5           |                         |            | M. Luc Martin |
                6           |                         |            | Duval SAS     | 552100555
                """);

        assertRows(contacts, Contacts.TABLE, """
                contact_ref | kind    | last_name | company_name       | legal_form | siren     | vat_number
                1           | company |           | DUVAL              | SARL       | 552100554 |
                2           | company |           | Boulangerie Martin | SARL       |           |
                3           | company | Martin    | Duval & Fils       |            | 303265045 | FR40303265045
                4           | person  | Martin    |                    |            |           |
                5           | person  |           | M. Luc Martin      |            |           |
                6           | company |           | Duval              | SAS        |           |
                """);
        assertIssues(contacts, """
                contact_ref | civility     | address            | address_extra           | company_name
                2           | last_name    | organisation_name  | Boulangerie Martin SARL | Boulangerie Martin SARL
                5           | company_name | person_name        | M. Luc Martin           |
                6           | siren        | invalid_company_id | 552100555               |
                """);
    }

    @Test
    void shouldKeepOnlyPlausibleDatesOfBirth(SparkSession spark) {
        var contacts = standardise(spark, """
                contact_ref | birth_date
                1           | 1980-02-29
                2           | 2025-02-01
                3           | 2025-01-31
                4           | 1909-01-31
                5           | 1911-11-11
                6           | 1910-01-31
                """);

        assertRows(contacts, Contacts.TABLE, """
                contact_ref | birth_date
                1           | 1980-02-29
                2           |
                3           | 2025-01-31
                4           |
                5           |
                6           | 1910-01-31
                """);
        assertIssues(contacts, """
                contact_ref | civility   | address                | address_extra | company_name
                2           | birth_date | future_birth_date      | 2025-02-01    |
                4           | birth_date | implausible_birth_date | 1909-01-31    |
                5           | birth_date | implausible_birth_date | 1911-11-11    |
                """);
    }

    @Test
    void shouldReadOccupations(SparkSession spark) {
        var contacts = standardise(spark, """
                contact_ref | occupation
                1           | Cadre
                2           | 54
                3           | jongleur
                4           |
                """);

        assertRows(contacts, Contacts.TABLE, """
                contact_ref | occupation_group
                1           | 3
                2           | 5
                3           |
                4           |
                """);
        assertIssues(contacts, """
                contact_ref | civility         | address            | address_extra | company_name
                3           | occupation_group | unknown_occupation | jongleur      |
                """);
    }

    @Test
    void shouldReadAddressesInPartsAndWriteTheirLines(SparkSession spark) {
        var contacts = standardise(spark, """
                contact_ref | civility | first_name | last_name | address                       | address_extra   | postcode | town               | country
                1           | M.       | Luc        | Martin    | 12bis, rue de l'Église Apt 3  | Résidence Azur  | 69003    | Lyon               |
                2           |          | Luc        | Martin    | BP 57                         |                 | 75763    | Paris cedex 16     | FR
                3           |          |            |           | 5 rue Haute                   |                 | 75001    | Marseille          |
                4           |          | Ann        | Lee       | 1 High Street                 | Flat 2          | SW1A 1AA | London             | GB
                """);

        assertRows(contacts, Contacts.TABLE, """
                contact_ref | address               | house_number | street          | address_extra          | post_box | postcode | town      | cedex    | country | is_postcode_of_town
                1           | 12 BIS RUE DE L EGLISE | 12 BIS      | RUE DE L EGLISE | APT 3, RESIDENCE AZUR  |          | 69003    | LYON      |          | FR      | true
                2           |                       |              |                 |                        | BP 57    | 75763    | PARIS     | CEDEX 16 | FR      | true
                3           | 5 RUE HAUTE           | 5            | RUE HAUTE       |                        |          | 75001    | MARSEILLE |          | FR      | false
                4           | 1 HIGH STREET         |              |                 | FLAT 2                 |          | SW1A 1AA | LONDON    |          | GB      |
                """);
        assertRows(contacts, Contacts.TABLE, """
                contact_ref | postal_lines
                1           | [M LUC MARTIN, APT 3, RESIDENCE AZUR, 12 B RUE DE L EGLISE, 69003 LYON]
                2           | [LUC MARTIN, BP 57, 75763 PARIS CEDEX 16]
                3           | [5 RUE HAUTE, 75001 MARSEILLE]
                4           | [ANN LEE, 1 HIGH STREET, FLAT 2, LONDON, SW1A 1AA]
                """);
        assertIssues(contacts, """
                contact_ref | civility | address                | company_name
                3           | postcode | postcode_town_mismatch |
                """);
    }

    @Test
    void shouldNeverWriteMoreThanAnEnvelopeHolds(SparkSession spark) {
        var contacts = standardise(spark, """
                contact_ref | company_name                                        | first_name               | last_name                  | address                                                                | address_extra                                          | postcode | town
                1           | Société Générale de Fabrication et de Distribution  | Marie-Charlotte Augustine | de la Rochefoucauld-Montbel | 12 avenue du Maréchal Jean de Lattre de Tassigny et de la Résistance  | Appartement 1234 Bâtiment des Grands Jardins du Parc   | 13100    | Saint-Antonin-sur-Bayon-et-Vauvenargues
                """);

        assertThat(contacts.select(Contacts.POSTAL_LINES.col()).first().<String>getList(0))
                .hasSizeLessThanOrEqualTo(PostalLines.MOST_LINES)
                .allMatch(line -> line.length() <= PostalLines.WIDTH);
        assertThat(issues(contacts).where("issue = 'address_cut'").count()).isOne();
    }

    @Test
    void shouldPutEachNumberWhereItsKindBelongs(SparkSession spark) {
        var contacts = standardise(spark, """
                contact_ref | phone          | mobile         | country
                1           | 06 47 82 15 39 |                |
                2           |                | 01 42 68 53 17 |
                3           | 06 47 82 15 39 | 07 47 82 15 40 |
                4           | 06 47 82 15 39 | 0647821539     |
                5           | 020 7946 1234  | 12             | GB
                """);

        assertRows(contacts, Contacts.TABLE, """
                contact_ref | phone         | phone_kind | mobile       | mobile_kind
                1           |               |            | +33647821539 | mobile
                2           | +33142685317  | fixed      |              |
                3           | +33647821539  | mobile     | +33747821540 | mobile
                4           |               |            | +33647821539 | mobile
                5           | +442079461234 | fixed      |              |
                """);
    }

    @Test
    void shouldProposeTheDomainThatWasMeantAndKeepTheAddress(SparkSession spark) {
        var contacts = standardise(spark, """
                contact_ref | email
                1           | anne@gmial.com
                2           | contact@yopmail.com
                """);

        assertRows(contacts, Contacts.TABLE, """
                contact_ref | email               | is_email_disposable | is_email_role
                1           | anne@gmial.com      | false               | false
                2           | contact@yopmail.com | true                | true
                """);
        assertIssues(contacts, """
                contact_ref | civility | address               | address_extra       | company_name
                1           | email    | misspelt_email_domain | anne@gmial.com      | anne@gmail.com
                2           | email    | disposable_email      | contact@yopmail.com |
                2           | email    | role_email            | contact@yopmail.com |
                """);
    }

    @Test
    void shouldNotRecordIssuesThatAreIgnored(SparkSession spark) {
        var collected = collected(spark, """
                contact_ref | phone          | email
                1           | 01 99 00 48 37 | ann@example.com
                """);
        var config = new ContactsJob.Config("FR", 115, Set.of(), Set.of(Issue.RESERVED_PHONE));

        assertIssues(ContactsJob.standardise(collected, config), """
                contact_ref | civility | address
                1           | email    | reserved_email
                """);
    }

    @Test
    void shouldKeepWhatCollectingNoticed(SparkSession spark) {
        var collected = rows(spark, CollectedContacts.TABLE, """
                record_id | source | source_key | delivered_on | file | position | contact_ref | customer_ref | issues
                r1        | crm    | 1          | 2025-01-31   | f    | 1        | 1           | c            | [{birth_date; not_a_date; 31.02}]
                """);

        assertIssues(ContactsJob.standardise(collected, FRENCH), """
                contact_ref | civility   | address    | address_extra | company_name
                1           | birth_date | not_a_date | 31.02         |
                """);
    }

    private static Dataset<Row> standardise(SparkSession spark, String text) {
        return ContactsJob.standardise(collected(spark, text), FRENCH);
    }

    /** Contacts as the CRM would deliver them on 31 January 2025. */
    private static Dataset<Row> collected(SparkSession spark, String text) {
        Dataset<Row> rows = rows(spark, CollectedContacts.TABLE, text);
        return rows.withColumn("record_id", col("contact_ref"))
                .withColumn("source", functions.lit("crm"))
                .withColumn("customer_ref", functions.concat(functions.lit("crm:"), col("contact_ref")))
                .withColumn("delivered_on", functions.lit(LocalDate.of(2025, 1, 31)))
                .select(CollectedContacts.TABLE.columns());
    }

    private static Dataset<Row> issues(Dataset<Row> contacts) {
        return contacts.select(
                        Contacts.CONTACT_REF.col(),
                        explode(Contacts.ISSUES.col()).as("found"))
                .select("contact_ref", "found.*");
    }

    /** Issues, in columns of text that the table lends: of which column, which, the text, the proposal. */
    private static void assertIssues(Dataset<Row> contacts, String text) {
        assertRows(
                issues(contacts)
                        .where("issue not in ('incomplete_name', 'nickname')")
                        .toDF("contact_ref", "civility", "address", "address_extra", "company_name"),
                Contacts.TABLE,
                text);
    }
}
