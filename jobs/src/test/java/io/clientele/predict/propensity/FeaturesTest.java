package io.clientele.predict.propensity;

import static io.clientele.testing.Rows.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.clientele.schema.Events;
import io.clientele.schema.FctOrderLines;
import io.clientele.testing.SparkTest;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;

@SparkTest
class FeaturesTest {

    private static final LocalDate MARCH_31 = LocalDate.of(2025, 3, 31);
    private static final FeatureSettings SETTINGS =
            new FeatureSettings(90, List.of(30), List.of("web"), List.of("FR"), List.of("click"));

    @Test
    void shouldKnowACustomerByWhatWasDoneInTheDaysUpToTheCutOff(SparkSession spark) {
        var lines = rows(spark, FctOrderLines.TABLE, """
                customer_id | ordered_on | line_kind    | channel | country | amount
                ann         | 2024-12-31 | sale         | web     | FR      | 1000.00
                ann         | 2025-01-20 | sale         | web     | FR      | 10.00
                ann         | 2025-01-20 | sale         | web     | FR      | 20.00
                ann         | 2025-01-25 | return       | web     | FR      | -10.00
                ann         | 2025-03-11 | sale         | shop    | BE      | 40.00
                ann         | 2025-03-21 | sale         | shop    | FR      |
                ann         | 2025-04-01 | sale         | web     | FR      | 500.00
                            | 2025-03-21 | sale         | shop    | FR      | 70.00
                """);
        var events = rows(spark, Events.TABLE, """
                customer_id | occurred_on | event_type
                ann         | 2025-03-31  | click
                ann         | 2025-04-01  | click
                ann         | 2025-02-01  | click
                ann         | 2025-03-01  | other
                bob         | 2025-03-01  | click
                """);

        var features = features(lines, events);

        assertThat(features.keySet()).containsExactly("ann", "bob");
        assertThat(features.get("ann"))
                .containsAllEntriesOf(Map.ofEntries(
                        Map.entry("days_since_purchase", 10.0),
                        Map.entry("days_since_first_purchase", 70.0),
                        Map.entry("days_between_purchases", 30.0),
                        Map.entry("returns", 1.0),
                        Map.entry("days_since_event", 0.0),
                        Map.entry("events_since_purchase", 1.0),
                        Map.entry("purchases_30_days", 2.0),
                        Map.entry("purchases_90_days", 3.0),
                        Map.entry("amount_30_days", 40.0),
                        Map.entry("amount_90_days", 70.0),
                        Map.entry("click_30_days", 1.0),
                        Map.entry("click_90_days", 2.0)));
        assertThat(features.get("ann").get("overdue")).isCloseTo(10 * 3 / 70.0, within(1e-9));
        assertThat(features.get("ann").get("share_of_channel_web")).isCloseTo(1 / 3.0, within(1e-9));
        assertThat(features.get("ann").get("share_of_country_FR")).isCloseTo(2 / 3.0, within(1e-9));
        assertThat(features.get("bob"))
                .containsAllEntriesOf(Map.of("days_since_purchase", 90.0, "purchases_90_days", 0.0, "overdue", 0.0));
    }

    @Test
    void shouldFindWhoBoughtAfterTheCutOff(SparkSession spark) {
        var lines = rows(spark, FctOrderLines.TABLE, """
                customer_id | ordered_on | line_kind | amount
                ann         | 2025-03-31 | sale      | 1.00
                ann         | 2025-04-02 | return    | -1.00
                ann         | 2025-04-05 | sale      | 1.00
                ann         | 2025-04-06 | sale      | 1.00
                bob         | 2025-03-01 | sale      | 1.00
                bob         | 2025-05-01 | sale      | 1.00
                """);
        Dataset<Row> history = history(lines, rows(spark, Events.TABLE, "customer_id"));

        assertThat(Outcomes.of(history, List.of(MARCH_31), 30)
                        .select("customer_id", "days_to_purchase")
                        .collectAsList())
                .extracting(Row::toString)
                .containsExactly("[ann,5]");
    }

    /** Whatever the customers, and whenever the cut-off is: what comes after it has no say. */
    @Test
    void shouldBeTheSameWhenAllThatComesAfterTheCutOffIsTakenAway(SparkSession spark) {
        var process = new KnownProcess(LocalDate.of(2025, 1, 1), 120, 4);
        var lines = process.lines(spark, 100).persist();
        var events = process.events(spark, 100).persist();
        List<LocalDate> cutOffs =
                List.of(LocalDate.of(2025, 1, 9), LocalDate.of(2025, 2, 28), LocalDate.of(2025, 3, 30), process.last());
        var all = values(
                Features.of(History.of(lines, events, LocalDate.EPOCH, process.last(), SETTINGS), cutOffs, SETTINGS));

        for (LocalDate cutOff : cutOffs) {
            var before = History.of(
                    lines.where(FctOrderLines.ORDERED_ON.col().leq(functions.lit(cutOff))),
                    events.where(Events.OCCURRED_ON.col().leq(functions.lit(cutOff))),
                    cutOff.minusDays(SETTINGS.historyDays()),
                    process.last(),
                    SETTINGS);

            assertThat(values(Features.of(before, List.of(cutOff), SETTINGS)))
                    .isNotEmpty()
                    .isEqualTo(all.entrySet().stream()
                            .filter(entry -> entry.getKey().startsWith(cutOff.toString()))
                            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
        }
    }

    private static Map<String, Object> values(Dataset<Row> features) {
        return features.select(Features.CUT_OFF, History.CUSTOMER, Features.VALUES).collectAsList().stream()
                .collect(Collectors.toMap(row -> row.get(0) + " " + row.get(1), row -> row.getList(2)));
    }

    private static Dataset<Row> history(Dataset<Row> lines, Dataset<Row> events) {
        return History.of(lines, events, LocalDate.EPOCH, LocalDate.of(2025, 6, 1), SETTINGS);
    }

    private static Map<String, Map<String, Double>> features(Dataset<Row> lines, Dataset<Row> events) {
        List<String> names = Features.names(SETTINGS);
        Map<String, Map<String, Double>> features = new TreeMap<>();
        Features.of(history(lines, events), List.of(MARCH_31), SETTINGS)
                .select(History.CUSTOMER, Features.VALUES)
                .collectAsList()
                .forEach(row -> {
                    List<Double> values = row.getList(1);
                    Map<String, Double> named = new TreeMap<>();
                    for (int i = 0; i < values.size(); i++) {
                        named.put(names.get(i), values.get(i));
                    }
                    features.put(row.getString(0), named);
                });
        return features;
    }
}
