package io.clientele.score;

import static io.clientele.testing.Rows.assertRows;
import static io.clientele.testing.Rows.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clientele.schema.Consents;
import io.clientele.schema.CustomerScores;
import io.clientele.schema.Customers;
import io.clientele.schema.Events;
import io.clientele.score.ScoresJob.Config;
import io.clientele.score.ScoresJob.Rating;
import io.clientele.score.ScoresJob.Score;
import io.clientele.score.ScoresJob.Signal;
import io.clientele.testing.SparkTest;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@SparkTest
class ScoresJobTest {

    private static final LocalDate JAN_31 = LocalDate.of(2025, 1, 31);

    private static final Config CONFIG = new Config(
            100,
            "marketing",
            new Score(
                    10,
                    50,
                    signals(Map.of("visit", signal(20, 30), "call", signal(8, 100), "page_view", signal(1, 5)))),
            new Score(
                    10,
                    100,
                    signals(Map.of(
                            "basket", new Signal("page_view", "/panier", 10, 100, null, null),
                            "unwell", new Signal("call", "réclamation", -4, 100, null, null)))),
            new Score(
                    10,
                    100,
                    signals(Map.of(
                            "open", new Signal(null, null, 3, 100, "email", null),
                            "nps_answer", new Signal(null, null, 20, 20, null, new Rating(6, 10)),
                            "referral", signal(30, 100)))));

    @Test
    void shouldHalveAnEventAfterEachHalfLifeAndCapSignalsAndScore(SparkSession spark) {
        var scores = score(spark, """
                customer_id | occurred_on | event_type
                ann         | 2025-01-31  | visit
                ann         | 2025-01-21  | visit
                bob         | 2025-01-31  | visit
                bob         | 2025-01-31  | visit
                bob         | 2025-01-31  | call
                bob         | 2025-01-31  | call
                bob         | 2025-01-31  | call
                bob         | 2025-01-11  | page_view
                """, "");

        assertRows(scores, CustomerScores.TABLE, """
                customer_id | as_of      | behavioural | behavioural_reasons
                ann         | 2025-01-31 | 30.00       | [{visit; 30.0}]
                bob         | 2025-01-31 | 50.00       | [{visit; 30.0}, {call; 24.0}, {page_view; 0.25}]
                cid         | 2025-01-31 | 0.00        | []
                """);
    }

    @Test
    void shouldLookAtSubjectsAndCountWhatSpeaksAgainst(SparkSession spark) {
        var scores = score(spark, """
                customer_id | occurred_on | event_type | subject
                ann         | 2025-01-31  | page_view  | /panier
                ann         | 2025-01-31  | page_view  | /
                ann         | 2025-01-31  | call       | réclamation
                bob         | 2025-01-31  | call       | réclamation
                """, "");

        assertRows(scores.where("customer_id <> 'cid'"), CustomerScores.TABLE, """
                customer_id | lead | lead_reasons
                ann         | 6.00 | [{basket; 10.0}, {unwell; -4.0}]
                bob         | 0.00 | [{unwell; -4.0}]
                """);
    }

    @Test
    void shouldCountOpensWhereConsentStandsOnly(SparkSession spark) {
        var scores = score(spark, """
                customer_id | occurred_on | event_type
                ann         | 2025-01-31  | open
                bob         | 2025-01-31  | open
                cid         | 2025-01-31  | open
                """, """
                customer_id | purpose   | channel | is_granted
                ann         | marketing | email   | true
                bob         | marketing | email   | false
                bob         | marketing | sms     | true
                cid         | surveys   | email   | true
                """);

        assertRows(scores, CustomerScores.TABLE, """
                customer_id | engagement | engagement_reasons
                ann         | 3.00       | [{open; 3.0}]
                bob         | 0.00       | []
                cid         | 0.00       | []
                """);
    }

    @Test
    void shouldWeighAnswersByTheirMark(SparkSession spark) {
        var scores = score(spark, """
                customer_id | occurred_on | event_type | rating
                ann         | 2025-01-31  | nps_answer | 9
                bob         | 2025-01-31  | nps_answer | 0
                bob         | 2025-01-31  | referral   |
                cid         | 2025-01-31  | nps_answer |
                """, "");

        assertRows(scores, CustomerScores.TABLE, """
                customer_id | engagement | engagement_reasons
                ann         | 15.00      | [{nps_answer; 15.0}]
                bob         | 10.00      | [{referral; 30.0}, {nps_answer; -20.0}]
                cid         | 0.00       | []
                """);
    }

    @Test
    void shouldIgnoreEventsOfTomorrowOfNobodyAndOfLongAgo(SparkSession spark) {
        var scores = score(spark, """
                customer_id | occurred_on | event_type
                ann         | 2025-02-01  | visit
                ann         | 2024-10-23  | visit
                            | 2025-01-31  | visit
                bob         | 2025-01-31  | unheard_of
                """, "");

        assertThat(scores.where("behavioural <> 0").count()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 16})
    void shouldNotDependOnTheOrderOfTheEventsNorOnPartitions(int partitions, SparkSession spark) {
        var events = spark.range(600)
                .selectExpr(
                        "concat('e', id) as event_id",
                        "array('ann', 'bob', 'cid')[int(id % 3)] as customer_id",
                        "to_date(timestamp_seconds(1738300000 - id * id * 20)) as occurred_on",
                        "array('visit', 'call', 'referral')[int(id % 7 % 3)] as event_type",
                        "cast(null as string) as subject",
                        "cast(null as decimal(4,1)) as rating");
        var consents = rows(spark, Consents.TABLE, "customer_id");
        var shuffled = events.orderBy(functions.rand(partitions)).repartition(partitions);

        assertThat(ScoresJob.score(customers(spark), shuffled, consents, JAN_31, CONFIG)
                        .orderBy("customer_id")
                        .collectAsList())
                .isEqualTo(ScoresJob.score(customers(spark), events, consents, JAN_31, CONFIG)
                        .orderBy("customer_id")
                        .collectAsList());
    }

    @Test
    void shouldRefuseEventTypesThatNobodyKnows() {
        assertThatThrownBy(() -> new Score(1, 1, signals(Map.of("visitt", signal(1, 1)))))
                .hasMessageContaining("no event type 'visitt'; did you mean 'visit'?");
        assertThatThrownBy(() -> new Score(1, 1, Map.of())).hasMessageContaining("signals");
        assertThatThrownBy(() -> signal(0, 1)).hasMessageContaining("weight");
        assertThatThrownBy(() -> new Signal("open", null, 1, 1, "emial", null))
                .hasMessageContaining("no channel 'emial'; did you mean 'email'?");
        assertThatThrownBy(() -> signal(1, 0)).hasMessageContaining("cap");
        assertThatThrownBy(() -> new Rating(5, 5)).hasMessageContaining("best");
        assertThatThrownBy(() -> new Score(0, 1, signals(Map.of("visit", signal(1, 1)))))
                .hasMessageContaining("halfLifeDays");
    }

    private static Dataset<Row> score(SparkSession spark, String events, String consents) {
        return ScoresJob.score(
                customers(spark),
                rows(spark, Events.TABLE, events),
                rows(spark, Consents.TABLE, consents.isEmpty() ? "customer_id" : consents),
                JAN_31,
                CONFIG);
    }

    private static Dataset<Row> customers(SparkSession spark) {
        return rows(spark, Customers.TABLE, """
                customer_id
                ann
                bob
                cid
                """);
    }

    private static Signal signal(double weight, double cap) {
        return new Signal(null, null, weight, cap, null, null);
    }

    private static Map<String, Signal> signals(Map<String, Signal> signals) {
        return new LinkedHashMap<>(signals);
    }
}
