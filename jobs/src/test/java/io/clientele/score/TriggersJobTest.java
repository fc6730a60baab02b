package io.clientele.score;

import static io.clientele.testing.Rows.assertRows;
import static io.clientele.testing.Rows.completed;
import static io.clientele.testing.Rows.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clientele.config.ConfigFolder;
import io.clientele.failure.Failure;
import io.clientele.lake.DeltaLake;
import io.clientele.schema.CustomerScores;
import io.clientele.schema.DimCustomers;
import io.clientele.schema.Events;
import io.clientele.schema.Triggers;
import io.clientele.testing.LoneNight;
import io.clientele.testing.SparkTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@SparkTest
class TriggersJobTest {

    private static final LocalDate JUNE_1 = LocalDate.of(2025, 6, 1);

    private static final String HOT_PROSPECT = """
            triggers:
              hot_prospect_came_three_times:
                tells: A hot prospect visited three times today
                event: event_type = 'visit'
                times: 3
                customer: lead >= 30 and orders = 0
            """;

    private static final String DETRACTOR = """
              detractor:
                tells: A customer would not recommend us
                event: event_type = 'nps_answer' and rating <= 6
                times: 1
            """;

    @TempDir
    private Path folder;

    @Test
    void shouldTellOfAHotProspectWhoVisitedThreeTimesToday(SparkSession spark) throws IOException {
        DeltaLake lake = lake(spark);
        events(lake, spark, """
                event_id | customer_id | occurred_at          | occurred_on | event_type
                1        | hot         | 2025-05-31T22:00:00Z | 2025-06-01  | visit
                2        | hot         | 2025-06-01T21:59:59Z | 2025-06-01  | visit
                3        | hot         | 2025-06-01T12:00:00Z | 2025-06-01  | visit
                4        | hot         | 2025-06-01T13:00:00Z | 2025-06-01  | click
                5        | cold        | 2025-06-01T09:00:00Z | 2025-06-01  | visit
                6        | cold        | 2025-06-01T10:00:00Z | 2025-06-01  | visit
                7        | cold        | 2025-06-01T11:00:00Z | 2025-06-01  | visit
                8        | buyer       | 2025-06-01T09:00:00Z | 2025-06-01  | visit
                9        | buyer       | 2025-06-01T10:00:00Z | 2025-06-01  | visit
                10       | buyer       | 2025-06-01T11:00:00Z | 2025-06-01  | visit
                11       | twice       | 2025-05-31T21:59:59Z | 2025-05-31  | visit
                12       | twice       | 2025-06-01T10:00:00Z | 2025-06-01  | visit
                13       | twice       | 2025-06-01T11:00:00Z | 2025-06-01  | visit
                14       |             | 2025-06-01T09:00:00Z | 2025-06-01  | visit
                15       |             | 2025-06-01T10:00:00Z | 2025-06-01  | visit
                16       |             | 2025-06-01T11:00:00Z | 2025-06-01  | visit
                17       | unscored    | 2025-06-01T09:00:00Z | 2025-06-01  | visit
                18       | unscored    | 2025-06-01T10:00:00Z | 2025-06-01  | visit
                19       | unscored    | 2025-06-01T11:00:00Z | 2025-06-01  | visit
                """);

        TriggersJob.run(read(HOT_PROSPECT), night(spark, lake));

        assertRows(lake.read(Triggers.TABLE), Triggers.TABLE, """
                trigger                       | customer_id | day        | events | first_at             | reached_at           | last_at              | noticed_at
                hot_prospect_came_three_times | hot         | 2025-06-01 | 3      | 2025-05-31T22:00:00Z | 2025-06-01T21:59:59Z | 2025-06-01T21:59:59Z | 1970-01-01T00:00:00Z
                """);
    }

    @Test
    void shouldGoOnCountingAndKeepWhatWasTold(SparkSession spark) throws IOException {
        DeltaLake lake = lake(spark);
        events(lake, spark, """
                event_id | customer_id | occurred_at          | occurred_on | event_type | rating
                1        | cold        | 2025-06-01T09:00:00Z | 2025-06-01  | nps_answer | 6
                2        | hot         | 2025-06-01T10:00:00Z | 2025-06-01  | nps_answer | 7
                """);
        lake.replace(Triggers.TABLE, rows(spark, Triggers.TABLE, """
                trigger   | customer_id | day        | events | first_at             | reached_at           | last_at              | noticed_at
                detractor | hot         | 2025-06-01 | 1      | 2025-06-01T10:00:00Z | 2025-06-01T10:00:00Z | 2025-06-01T10:00:00Z | 2025-06-01T10:01:00Z
                detractor | cold        | 2025-05-31 | 1      | 2025-05-31T10:00:00Z | 2025-05-31T10:00:00Z | 2025-05-31T10:00:00Z | 2025-05-31T10:01:00Z
                """));
        TriggersJob.Watch watch = read(HOT_PROSPECT + DETRACTOR);
        TriggersJob.run(watch, night(spark, lake));
        events(lake, spark, """
                event_id | customer_id | occurred_at          | occurred_on | event_type | rating
                1        | cold        | 2025-06-01T09:00:00Z | 2025-06-01  | nps_answer | 6
                2        | hot         | 2025-06-01T10:00:00Z | 2025-06-01  | nps_answer | 7
                3        | cold        | 2025-06-01T08:00:00Z | 2025-06-01  | nps_answer | 0
                """);
        TriggersJob.run(watch, night(spark, lake));
        TriggersJob.run(watch, night(spark, lake));

        assertRows(lake.read(Triggers.TABLE), Triggers.TABLE, """
                trigger   | customer_id | day        | events | first_at             | reached_at           | last_at              | noticed_at
                detractor | hot         | 2025-06-01 | 1      | 2025-06-01T10:00:00Z | 2025-06-01T10:00:00Z | 2025-06-01T10:00:00Z | 2025-06-01T10:01:00Z
                detractor | cold        | 2025-05-31 | 1      | 2025-05-31T10:00:00Z | 2025-05-31T10:00:00Z | 2025-05-31T10:00:00Z | 2025-05-31T10:01:00Z
                detractor | cold        | 2025-06-01 | 2      | 2025-06-01T08:00:00Z | 2025-06-01T08:00:00Z | 2025-06-01T09:00:00Z | 1970-01-01T00:00:00Z
                """);
    }

    @Test
    void shouldSayThatTheMartsAreNotThereYet(SparkSession spark) throws IOException {
        DeltaLake lake = new DeltaLake(spark, folder.resolve("lake").toUri().toString());
        events(lake, spark, """
                event_id | customer_id | occurred_at          | occurred_on | event_type | rating
                1        | cold        | 2025-06-01T09:00:00Z | 2025-06-01  | visit      |
                2        | cold        | 2025-06-01T09:00:00Z | 2025-06-01  | visit      |
                3        | cold        | 2025-06-01T09:00:00Z | 2025-06-01  | visit      |
                4        | cold        | 2025-06-01T09:00:00Z | 2025-06-01  | nps_answer | 1
                """);
        LoneNight night = night(spark, lake);

        TriggersJob.run(read(HOT_PROSPECT + DETRACTOR), night);

        assertThat(lake.read(Triggers.TABLE).select(Triggers.TRIGGER.col()).collectAsList())
                .extracting(row -> row.getString(0))
                .containsExactly("detractor");
        assertThat(night.warnings())
                .containsExactly(
                        "there is no mart.customer_scores yet: triggers that ask it about customers tell nothing",
                        "there is no mart.dim_customers yet: triggers that ask it about customers tell nothing");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {a: {tells: T, event: "typ = 'visit'", times: 1}}                              | qualified.events has no column 'typ'
            {a: {tells: T, event: "lead > 3", times: 1}}                                   | qualified.events has no column 'lead'
            {a: {tells: T, event: "true", times: 1, customer: "leed > 3"}}                 | there is no column 'leed'; did you mean 'lead'?
            {a: {tells: T, event: "true", times: 1, customer: "age_band = '65+'"}}         | dim_customers.age_band tells age, by which nobody
            {a: {tells: T, event: "occurred_at > now()", times: 1}}                        | 'event' must not ask the clock; a trigger looks at the day of the run
            {a: {tells: T, event: "true", times: 0}}                                       | key 'times' of a trigger must be at least 1, got 0
            {a: {tells: T, times: 1}}                                                      | key 'event' of a trigger is missing
            {a: {event: "true", times: 1}}                                                 | key 'tells' of a trigger is missing
            {"A b": {tells: T, event: "true", times: 1}}                                   | a name is made of small letters
            {}                                                                             | key 'triggers' is missing
            """)
    void shouldRefuseATriggerThatCannotBeUsed(String triggers, String complaint) {
        assertThatThrownBy(() -> read("triggers: " + triggers + "\n"))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("triggers.yaml")
                .hasMessageContaining(complaint);
    }

    private TriggersJob.Watch read(String yaml) throws IOException {
        Files.writeString(folder.resolve("triggers.yaml"), yaml);
        return TriggersJob.read(new ConfigFolder(folder));
    }

    private DeltaLake lake(SparkSession spark) {
        DeltaLake lake = new DeltaLake(spark, folder.resolve("lake").toUri().toString());
        lake.replace(CustomerScores.TABLE, completed(spark, CustomerScores.TABLE, """
                customer_id | lead
                hot         | 30
                cold        | 29.99
                buyer       | 80
                twice       | 80
                """));
        lake.replace(DimCustomers.TABLE, completed(spark, DimCustomers.TABLE, """
                customer_id | orders
                hot         | 0
                cold        | 0
                buyer       | 1
                twice       | 0
                unscored    | 0
                """));
        return lake;
    }

    private static void events(DeltaLake lake, SparkSession spark, String text) {
        lake.replace(Events.TABLE, completed(spark, Events.TABLE, text));
    }

    private static LoneNight night(SparkSession spark, DeltaLake lake) {
        return new LoneNight(spark, lake, JUNE_1);
    }
}
