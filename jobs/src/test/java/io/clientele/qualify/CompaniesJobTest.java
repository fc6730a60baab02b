package io.clientele.qualify;

import static io.clientele.testing.Rows.assertRows;
import static io.clientele.testing.Rows.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clientele.schema.CollectedCompaniesRegister;
import io.clientele.schema.Companies;
import io.clientele.schema.Contacts;
import io.clientele.testing.SparkTest;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

@SparkTest
class CompaniesJobTest {

    private static final CompaniesJob.Config CONFIG = new CompaniesJob.Config(0.85, 0.05, 20);

    /** Numbers that pass the check: legal units, and establishments of theirs. */
    private static final String REGISTER = """
            record_id | source | delivered_on | file | position | siren     | siret          | name              | other_names   | naf    | naf_2025 | size_band | head_office_siret | is_head_office | is_active | is_restricted | address            | postcode | town
            u1        | units  | 2025-01-31   | f    | 1        | 123456782 |                | BOULANGERIE MARTIN | []           | 10.71C |          | 11        | 12345678200010    |                | true      | false         |                    |          |
            e1        | sites  | 2025-01-31   | f    | 1        | 123456782 | 12345678200010 |                   | []            | 10.71C |          | 03        |                   | true           | true      | false         | 12 RUE DE LA GARE  | 59000    | LILLE
            e2        | sites  | 2025-01-31   | f    | 2        | 123456782 | 12345678200028 |                   | []            | 47.24Z |          | 02        |                   | false          | true      | false         | 3 PL PASTEUR       | 44000    | NANTES
            e3        | sites  | 2025-01-31   | f    | 3        | 123456782 | 12345678200036 |                   | []            | 10.71C |          | NN        |                   | false          | false     | false         | 7 RUE DU FOUR      | 59100    | ROUBAIX
            u2        | units  | 2025-01-31   | f    | 2        | 552100554 |                | DUVAL TRANSPORTS  | []            | 49.41A |          | 12        | 55210055400013    |                | true      | false         |                    |          |
            e4        | sites  | 2025-01-31   | f    | 4        | 552100554 | 55210055400013 |                   | []            | 49.41A |          | 12        |                   | true           | true      | false         | 5 AV VICTOR HUGO   | 59000    | LILLE
            u3        | units  | 2025-01-31   | f    | 3        | 732829320 |                | DUVAL TRANSPORTS  | []            | 49.41A |          | 01        | 73282932000015    |                | true      | false         |                    |          |
            e5        | sites  | 2025-01-31   | f    | 5        | 732829320 | 73282932000015 |                   | []            | 49.41A |          | 01        |                   | true           | true      | false         | 80 RUE DES LILAS   | 59000    | LILLE
            u4        | units  | 2025-01-31   | f    | 4        | 404833048 |                |                   | []            | 56.10A |          | NN        | 40483304800014    |                | true      | true          |                    |          |
            e6        | sites  | 2025-01-31   | f    | 6        | 404833048 | 40483304800014 |                   | []            | 56.10A |          | NN        |                   | true           | true      | true          |                    |          | LILLE
            u5        | units  | 2025-01-31   | f    | 5        | 542051180 |                | ANNE LEROY        | [AU BON PAIN] | 10.71C |          | 00        | 54205118000017    |                | true      | false         |                    |          |
            e7        | sites  | 2025-01-31   | f    | 7        | 542051180 | 54205118000017 |                   | []            | 10.71C |          | 00        |                   | true           | true      | false         | 1 QUAI DU PORT     | 13001    | MARSEILLE 1
            u6        | units  | 2025-01-31   | f    | 6        | 775672272 |                | GARAGE PETIT      | []            | 45.20A |          | NN        | 77567227200011    |                | false     | false         |                    |          |
            e8        | sites  | 2025-01-31   | f    | 8        | 775672272 | 77567227200011 |                   | []            | 45.20A |          | NN        |                   | true           | true      | false         | 9 RUE DU STADE     | 06000    | NICE
            """;

    @Test
    void shouldFindCompaniesByNumberAndByNameAndPlaceAndSayWhyOthersAreNot(SparkSession spark) {
        var contacts = rows(spark, Contacts.TABLE, """
                contact_id          | company_name           | siren     | siret          | address              | postcode | town
                siret               | Whatever               | 123456782 | 12345678200028 |                      |          |
                siret of closed     | Martin                 | 123456782 | 12345678200036 |                      |          |
                siren               |                        | 123456782 |                |                      |          |
                siren and postcode  |                        | 123456782 |                |                      | 44000    | NANTES
                siret unknown       | Boulangerie Martin     | 123456782 | 12345678200044 | 12 rue de la Gare    | 59000    | LILLE
                siren unknown       | Boulangerie Martin     | 380129866 |                | 12 rue de la Gare    | 59000    | LILLE
                siren of withheld   | Chez Luc               | 404833048 |                | 2 rue du Port        | 59000    | LILLE
                exact               | Boulangerie Martin     |           |                | 12 rue de la Gare    | 59000    | LILLE
                legal form in front | SARL Boulangerie Martin |          |                | 12, r. de la gare    | 59000    | Lille
                misspelt            | Boulangrie Martin      |           |                | 12 rue de la Gare    | 59000    | LILLE
                words joined        | BoulangerieMartin      |           |                | 12 rue de la Gare    | 59000    | LILLE
                no address          | Boulangerie Martin     |           |                |                      | 59000    | LILLE
                cedex               | Boulangerie Martin     |           |                | 12 rue de la Gare    | 59045    | LILLE CEDEX
                another street      | Boulangerie Martin     |           |                | 99 quai Gambetta     | 59000    | LILLE
                another town        | Boulangerie Martin     |           |                | 12 rue de la Gare    | 62000    | ARRAS
                another name        | Boulangerie Bertin     |           |                | 12 rue de la Gare    | 59000    | LILLE
                namesake here       | Transports Duval       |           |                | 5 avenue Victor-Hugo | 59000    | LILLE
                namesake somewhere  | Transports Duval       |           |                |                      | 59000    | LILLE
                closed here         | Boulangerie Martin     |           |                | 7 rue du Four        | 59100    | ROUBAIX
                unit closed         | Garage Petit           |           |                | 9 rue du Stade       | 6000     | NICE
                sign                | Au Bon Pain            |           |                | 1 quai du Port       | 13001    | MARSEILLE
                owner               | Leroy Anne             |           |                | 1 quai du Port       | 13001    | MARSEILLE
                withheld            | [ND]                   |           |                |                      | 59000    | LILLE
                nobody              | Hôtel du Nord          |           |                | 1 rue de Paris       | 59000    | LILLE
                no postcode         | Boulangerie Martin     |           |                | 12 rue de la Gare    |          |
                not a company       |                        |           |                | 12 rue de la Gare    | 59000    | LILLE
                """);

        assertRows(
                CompaniesJob.enrich(contacts, rows(spark, CollectedCompaniesRegister.TABLE, REGISTER), CONFIG),
                Companies.TABLE,
                """
                contact_id          | match_kind       | siret          | naf    | size_band | is_head_office | is_active | unmatched_reason
                siret               | siret            | 12345678200028 | 47.24Z | 11        | false          | true      |
                siret of closed     | siret            | 12345678200036 | 10.71C | 11        | false          | false     |
                siren               | siren            | 12345678200010 | 10.71C | 11        | true           | true      |
                siren and postcode  | siren            | 12345678200028 | 47.24Z | 11        | false          | true      |
                siret unknown       | siren            | 12345678200010 | 10.71C | 11        | true           | true      |
                siren unknown       |                  |                |        |           |                |           | none
                siren of withheld   | siren            | 40483304800014 | 56.10A | NN        | true           | true      |
                exact               | name and address | 12345678200010 | 10.71C | 11        | true           | true      |
                legal form in front | name and address | 12345678200010 | 10.71C | 11        | true           | true      |
                misspelt            | name and address | 12345678200010 | 10.71C | 11        | true           | true      |
                words joined        | name and address | 12345678200010 | 10.71C | 11        | true           | true      |
                no address          | name and town    | 12345678200010 | 10.71C | 11        | true           | true      |
                cedex               | name and address | 12345678200010 | 10.71C | 11        | true           | true      |
                another street      |                  |                |        |           |                |           | none
                another town        |                  |                |        |           |                |           | none
                another name        |                  |                |        |           |                |           | none
                namesake here       | name and address | 55210055400013 | 49.41A | 12        | true           | true      |
                namesake somewhere  |                  |                |        |           |                |           | ambiguous
                closed here         |                  |                |        |           |                |           | closed
                unit closed         |                  |                |        |           |                |           | closed
                sign                | name and address | 54205118000017 | 10.71C | 00        | true           | true      |
                owner               | name and address | 54205118000017 | 10.71C | 00        | true           | true      |
                withheld            |                  |                |        |           |                |           | none
                nobody              |                  |                |        |           |                |           | none
                no postcode         |                  |                |        |           |                |           | none
                """);
    }

    @Test
    void shouldTakeTheLatestVersionWhicheverSourceDeliversIt(SparkSession spark) {
        var register = rows(spark, CollectedCompaniesRegister.TABLE, REGISTER + """
                u7        | units of today | 2025-02-28 | g  | 1        | 123456782 |                | BOULANGERIE MARTIN | []           | 10.71D | 10.71Y   | 21        | 12345678200028    |                | true      | false         |                    |          |
                e9        | sites of today | 2025-02-28 | g  | 1        | 123456782 | 12345678200028 |                   | []            | 10.71D | 10.71Y   | 12        |                   | true           | true      | false         | 3 PL PASTEUR       | 44000    | NANTES
                """);
        var contacts = rows(spark, Contacts.TABLE, """
                contact_id | company_name       | siren     | siret | address      | postcode | town
                a          | Boulangerie Martin |           |       | 3 pl Pasteur | 44000    | NANTES
                b          |                    | 123456782 |       |              |          |
                """);

        assertRows(CompaniesJob.enrich(contacts, register, CONFIG), Companies.TABLE, """
                contact_id | siren     | siret          | register_name      | naf    | naf_label               | naf_2025 | size_band | is_head_office | head_office_siret | is_restricted
                a          | 123456782 | 12345678200028 | BOULANGERIE MARTIN | 10.71D | Industries alimentaires | 10.71Y   | 21        | true           | 12345678200028    | false
                b          | 123456782 | 12345678200028 | BOULANGERIE MARTIN | 10.71D | Industries alimentaires | 10.71Y   | 21        | true           | 12345678200028    | false
                """);
    }

    @Test
    void shouldNotCompareWithinBlocksThatAreTooLarge(SparkSession spark) {
        String header = REGISTER.lines().findFirst().orElseThrow() + "\n";
        StringBuilder many = new StringBuilder(header);
        for (int i = 0; i < 30; i++) {
            many.append(
                    "e | sites | 2025-01-31 | f | 1 | %09d | %014d | BOULANGERIE NORD%s | [] | | | | | true | true | false | %d RUE PASTEUR | 59000 | LILLE%n"
                            .formatted(i, i, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcd".charAt(i), i));
        }
        var contacts = rows(spark, Contacts.TABLE, """
                contact_id | company_name     | address       | postcode | town
                frequent   | Boulangerie      | 1 rue Pasteur | 59000    | LILLE
                rare       | Boulangerie NordB | 1 rue Pasteur | 59000    | LILLE
                """);

        Dataset<Row> register = rows(spark, CollectedCompaniesRegister.TABLE, many.toString());
        assertRows(CompaniesJob.enrich(contacts, register, CONFIG), Companies.TABLE, """
                contact_id | siret          | unmatched_reason
                frequent   |                | none
                rare       | 00000000000001 |
                """);
    }

    @Test
    void shouldRefuseSettingsOutOfRange() {
        assertThatThrownBy(() -> new CompaniesJob.Config(1.2, 0.05, 20)).hasMessageContaining("threshold");
        assertThatThrownBy(() -> new CompaniesJob.Config(0.85, 0, 20)).hasMessageContaining("margin");
        assertThatThrownBy(() -> new CompaniesJob.Config(0.85, 0.05, 0)).hasMessageContaining("largestBlock");
    }

    @Test
    void shouldNotCompareWhatTheRegisterWithholds() {
        CompanyTraits withheld = CompanyTraits.of(List.of("[ND]", "[ND] [ND]"), "[ND] [ND]", "[ND]", "LILLE");

        assertThat(withheld.names()).isEmpty();
        assertThat(withheld.blocks()).isEmpty();
        assertThat(withheld.likeness(withheld)).isZero();
    }
}
