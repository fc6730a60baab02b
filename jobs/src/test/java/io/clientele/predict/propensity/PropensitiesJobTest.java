package io.clientele.predict.propensity;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.lake.Lake;
import io.clientele.run.Model;
import io.clientele.schema.CustomerPropensities;
import io.clientele.schema.Events;
import io.clientele.schema.FctOrderLines;
import io.clientele.schema.Models;
import io.clientele.schema.PropensityEvaluations;
import io.clientele.testing.LoneNight;
import io.clientele.testing.MemoryLake;
import io.clientele.testing.SparkTest;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@SparkTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PropensitiesJobTest {

    private static final KnownProcess PROCESS = new KnownProcess(LocalDate.of(2025, 1, 1), 90, 2);
    private static final LocalDate LAST = PROCESS.last();
    private static final long CUSTOMERS = 400;

    private Dataset<Row> lines;
    private Dataset<Row> events;

    /** After a night on good input. */
    private Lake good;

    @BeforeAll
    void makeUpCustomers(SparkSession spark) {
        lines = local(spark, PROCESS.lines(spark, CUSTOMERS));
        events = local(spark, PROCESS.events(spark, CUSTOMERS));
        good = lake(spark);
        night(spark, good, LAST, config(3, 0.001));
    }

    /** What may come in, and what the job makes of it: a warning and no row, or rows. */
    private enum BadInput {
        NO_LINE(rows -> rows.where(lit(false)), "nobody bought: no propensities"),
        NOBODY_BOUGHT(rows -> rows.withColumn("line_kind", lit("gift")), "nobody bought: no propensities"),
        TOO_SHORT(
                rows -> rows.where(col("ordered_on").geq(lit(LAST.minusDays(40)))),
                "purchase: no model was learned: 10 more days of order lines are needed"),
        TOO_SHORT_BUT_FOR_A_WRONG_DATE(
                // Two thousand lines and more, of which one may stray.
                rows -> rows.where(col("ordered_on").geq(lit(LAST.minusDays(40))))
                        .crossJoin(rows.sparkSession().range(20))
                        .drop("id")
                        .union(rows.limit(1).withColumn("ordered_on", lit(LocalDate.EPOCH))),
                "purchase: no model was learned: 10 more days of order lines are needed"),
        ONE_CUSTOMER(
                rows -> rows.withColumn("customer_id", lit("c1")),
                "purchase: no model was learned: to train it, there are 3 outcomes, of which 3 came true; 'leastOutcomes'"
                        + " asks for 10 that did and as many that did not"),
        EVERYBODY_BUYS_EVERY_WEEK(
                rows -> rows.select("customer_id")
                        .distinct()
                        .crossJoin(rows.drop("customer_id").limit(1))
                        .withColumn(
                                "ordered_on",
                                functions.explode(
                                        expr("sequence(date'2025-01-01', date'2025-03-31', interval 6 days)"))),
                "purchase: no model was learned: to train it,"),
        NO_AMOUNT(rows -> rows.withColumn("amount", lit(null)), null),
        NEGATIVE_TOTALS(
                rows -> rows.union(rows.withColumn("line_kind", lit("return"))
                        .withColumn("amount", col("amount").multiply(-50))),
                null),
        HUGE_AMOUNTS(
                rows -> rows.withColumn("amount", expr("if(right(customer_id, 1) = '7', 1000000000000, amount)")),
                null),
        FUTURE_DATES(
                rows -> rows.orderBy(functions.rand(5))
                        .union(rows.withColumn("ordered_on", lit(LAST.plusDays(1))))
                        .union(rows.withColumn("ordered_on", lit(LocalDate.of(2099, 1, 1)))),
                null);

        private final UnaryOperator<Dataset<Row>> damage;
        private final String warning;

        BadInput(UnaryOperator<Dataset<Row>> damage, String warning) {
            this.damage = damage;
            this.warning = warning;
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldMakeTheBestOfBadInput(BadInput input, SparkSession spark) {
        Lake lake = new MemoryLake(spark);
        lake.replace(FctOrderLines.TABLE, contract(local(spark, contract(input.damage.apply(lines)))));
        lake.replace(
                Events.TABLE,
                input == BadInput.ONE_CUSTOMER
                        ? events.where(Events.CUSTOMER_ID.col().equalTo("c1"))
                        : events);

        LoneNight night = night(spark, lake, LAST, config(3, 0.001));

        List<Row> rows = lake.read(CustomerPropensities.TABLE).collectAsList();
        if (input.warning != null) {
            assertThat(night.warnings()).singleElement().asString().startsWith(input.warning);
            assertThat(rows).isEmpty();
            assertThat(lake.read(PropensityEvaluations.TABLE).count()).isZero();
        } else {
            assertThat(night.warnings()).isEmpty();
            assertThat(rows).hasSizeGreaterThan(100).allSatisfy(row -> assertThat(
                            row.<Double>getAs(CustomerPropensities.PROBABILITY.column()))
                    .isBetween(0.0, 1.0));
        }
        if (input == BadInput.FUTURE_DATES) {
            // Neither what is dated later nor the order of the rows has a say.
            assertThat(rows(lake)).isEqualTo(rows(good));
        }
    }

    @Test
    void shouldLearnAsConfiguredScoreWithTheModelInForceAndReplaceItOnlyByABetterOne(SparkSession spark) {
        Lake lake = lake(spark);
        lake.replace(Models.TABLE, good.read(Models.TABLE));
        Model first = champion(spark, lake, LAST);

        // The next night it is young: it scores, and nothing is learned.
        LoneNight next = night(spark, lake, LAST.plusDays(1), config(3, 0.001));
        assertThat(next.metrics()).isEmpty();
        assertThat(models(lake)).isEqualTo(1);
        assertThat(usedModels(lake)).containsExactly(first.id());

        // Another configuration: a challenger, which is no better by half.
        LoneNight tried = night(spark, lake, LAST.plusDays(2), config(4, 0.5));
        assertThat(tried.metrics()).containsKeys("purchase.log_loss", "purchase.champion_before.log_loss");
        assertThat(models(lake)).isEqualTo(2);
        assertThat(champion(spark, lake, LAST.plusDays(2)).id()).isEqualTo(first.id());
        assertThat(usedModels(lake)).containsExactly(first.id());
        List<Row> rows = rows(lake);

        // The same night again learns nothing more and gives the same rows.
        night(spark, lake, LAST.plusDays(2), config(4, 0.5));
        assertThat(models(lake)).isEqualTo(2);
        assertThat(rows(lake)).isEqualTo(rows);

        // A champion that ranks the wrong way round, by another feature alone, gives way.
        next.models().keep(worse(first));
        night(spark, lake, LAST.plusDays(2), config(5, 0.001));
        assertThat(models(lake)).isEqualTo(4);
        Model last = champion(spark, lake, LAST.plusDays(2));
        assertThat(last.learnedOn()).isEqualTo(LAST.plusDays(2));
        assertThat(last.metrics().get("champion_before.auc"))
                .isLessThan(last.metrics().get("auc"));
        assertThat(usedModels(lake)).containsExactly(last.id());
    }

    @Test
    void shouldScoreAgainFromTheModelThatTheLakeKeeps(SparkSession spark) {
        Propensity model = Propensity.parse(champion(spark, good, LAST).json());

        Dataset<Row> features = Features.of(
                History.of(lines, events, LocalDate.EPOCH, LAST, model.featureSettings()),
                List.of(LAST),
                model.featureSettings());
        List<Row> again = Scores.ranked(
                        Scores.of(
                                features,
                                model,
                                "purchase",
                                champion(spark, good, LAST).id()),
                        LAST)
                .orderBy("customer_id")
                .collectAsList();

        assertThat(again).isEqualTo(rows(good));
        assertThat(model.json()).isEqualTo(champion(spark, good, LAST).json());
        assertThat(again).allSatisfy(row -> {
            List<Row> reasons = row.getList(row.fieldIndex("reasons"));
            assertThat(reasons).hasSizeBetween(1, 3);
            assertThat(reasons)
                    .extracting(reason -> -Math.abs(reason.getDouble(2)))
                    .isSorted();
            assertThat(model.features())
                    .containsAll(
                            reasons.stream().map(reason -> reason.getString(0)).toList());
        });
    }

    @Test
    void shouldRefuseAFeatureThatIsTooGoodToBeTrue(SparkSession spark) {
        Lake lake = lake(spark);
        PropensitiesJob.Config strict = config(3, 0.001);
        Training training = new Training(3, 7, 1_000, 10, 0.6, 3, 2, 30, 0.001, 1);

        LoneNight night =
                night(spark, lake, LAST, new PropensitiesJob.Config(strict.targets(), strict.features(), training));

        assertThat(night.warnings()).isNotEmpty().allSatisfy(warning -> assertThat(warning)
                .contains("is refused: it leaks, as it seems"));
        strict.targets().keySet().forEach(target -> {
            Propensity model = Propensity.parse(night.models()
                    .youngest("propensity_" + target)
                    .orElseThrow()
                    .json());
            assertThat(model.leftOut().values())
                    .anySatisfy(why -> assertThat(why).contains("as it seems"));
            assertThat(model.features())
                    .isNotEmpty()
                    .doesNotContainAnyElementsOf(model.leftOut().keySet());
        });
    }

    private Lake lake(SparkSession spark) {
        Lake lake = new MemoryLake(spark);
        lake.replace(FctOrderLines.TABLE, lines);
        lake.replace(Events.TABLE, events);
        return lake;
    }

    private static LoneNight night(SparkSession spark, Lake lake, LocalDate date, PropensitiesJob.Config config) {
        LoneNight night = new LoneNight(spark, lake, date);
        PropensitiesJob.run(config, night);
        return night;
    }

    private static PropensitiesJob.Config config(int trees, double leastGain) {
        return new PropensitiesJob.Config(
                Map.of("purchase", new Target(Target.Outcome.PURCHASE, 7, null)),
                new FeatureSettings(30, List.of(7), List.of("web"), List.of(), List.of("visit")),
                new Training(3, 7, 1_000, 10, 0.97, trees, 2, 30, leastGain, 1));
    }

    private static Model champion(SparkSession spark, Lake lake, LocalDate date) {
        return new LoneNight(spark, lake, date)
                .models()
                .champion("propensity_purchase")
                .orElseThrow();
    }

    private static Model worse(Model champion) {
        Propensity model = Propensity.parse(champion.json());
        Propensity reversed = new Propensity(
                model.target(),
                new FeatureSettings(28, List.of(), List.of(), List.of(), List.of()),
                model.training(),
                model.cutOffs(),
                model.examples(),
                List.of("days_since_purchase"),
                new Linear(0, new double[] {1}, new double[] {0}),
                Calibration.NONE,
                Map.of(Linear.ALGORITHM, model.evaluation()),
                Map.of(),
                List.of());
        return new Model(champion.name(), LAST.plusDays(1), true, null, Map.of(), reversed.json());
    }

    private static long models(Lake lake) {
        return lake.read(Models.TABLE).count();
    }

    private static Set<String> usedModels(Lake lake) {
        Set<String> ids = new HashSet<>();
        lake.read(CustomerPropensities.TABLE)
                .select(CustomerPropensities.MODEL_ID.col())
                .distinct()
                .collectAsList()
                .forEach(row -> ids.add(row.getString(0)));
        return ids;
    }

    private static List<Row> rows(Lake lake) {
        return lake.read(CustomerPropensities.TABLE).orderBy("customer_id").collectAsList();
    }

    private static Dataset<Row> contract(Dataset<Row> rows) {
        return rows.select(FctOrderLines.TABLE.fields().stream()
                .map(field -> field.is(field.col()))
                .toArray(org.apache.spark.sql.Column[]::new));
    }

    private static Dataset<Row> local(SparkSession spark, Dataset<Row> rows) {
        return spark.createDataFrame(rows.collectAsList(), rows.schema());
    }
}
