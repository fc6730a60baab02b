package io.clientele.predict.propensity;

import static org.apache.spark.sql.functions.array_append;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.table.Joins;
import io.clientele.testing.SparkTest;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

@SparkTest
class LeakageTest {

    private static final FeatureSettings SETTINGS =
            new FeatureSettings(60, List.of(30), List.of(), List.of(), List.of("visit"));
    private static final KnownProcess PROCESS = new KnownProcess(LocalDate.of(2025, 1, 1), 150, 11);
    private static final LocalDate CUT_OFF = LocalDate.of(2025, 4, 30);
    private static final List<String> NAMES = Features.names(SETTINGS);
    private static final List<String> WITH_LEAK =
            Stream.concat(NAMES.stream(), Stream.of("planted")).toList();

    @Test
    void shouldFindThePlantedFeatureThatKnowsWhatComesAfter(SparkSession spark) {
        Dataset<Row> history = history(spark);

        assertThat(Leakage.fromLater(LeakageTest::withLeak, history, CUT_OFF, WITH_LEAK))
                .containsExactly("planted");
        assertThat(Leakage.fromLater((days, cutOffs) -> Features.of(days, cutOffs, SETTINGS), history, CUT_OFF, NAMES))
                .isEmpty();
    }

    @Test
    void shouldSuspectThePlantedFeatureForItTellsTheOutcomeAlone(SparkSession spark) {
        Dataset<Row> history = history(spark);
        Dataset<Row> examples = withLeak(history, List.of(CUT_OFF))
                .join(Outcomes.of(history, List.of(CUT_OFF), 30), Joins.on("customer_id", "cut_off"), Joins.LEFT);

        var areas = Leakage.alone(Learner.labelled(examples, new Target(Target.Outcome.PURCHASE, 30, null)), WITH_LEAK);

        assertThat(areas.get("planted")).isGreaterThan(0.97);
        assertThat(areas.entrySet())
                .filteredOn(area -> !area.getKey().equals("planted"))
                .isNotEmpty()
                .allSatisfy(area -> assertThat(area.getValue()).isBetween(0.5, 0.9));
    }

    private static Dataset<Row> history(SparkSession spark) {
        return History.of(
                        PROCESS.lines(spark, 300),
                        PROCESS.events(spark, 300),
                        LocalDate.EPOCH,
                        PROCESS.last(),
                        SETTINGS)
                .persist();
    }

    /** One feature more: what is spent in the thirty days that follow. */
    private static Dataset<Row> withLeak(Dataset<Row> history, List<LocalDate> cutOffs) {
        Dataset<Row> later = history.where(History.DAY
                        .gt(lit(cutOffs.get(0)))
                        .and(History.DAY.leq(lit(cutOffs.get(0).plusDays(30)))))
                .groupBy(History.CUSTOMER)
                .sum("amount");
        return Features.of(history, cutOffs, SETTINGS)
                .join(later, Joins.on("customer_id"), Joins.LEFT)
                .withColumn(
                        "values",
                        array_append(
                                Features.VALUES, coalesce(col("sum(amount)").cast("double"), lit(0.0))))
                .drop("sum(amount)");
    }
}
