package io.clientele.predict.propensity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.clientele.testing.SparkTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.apache.spark.ml.evaluation.BinaryClassificationEvaluator;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;

@SparkTest
class RankingTest {

    @Test
    void shouldMeasureTheAreaThatSparkMeasures(SparkSession spark) {
        Random random = new Random(3);
        List<Row> rows = new ArrayList<>();
        Ranking ranking = new Ranking();
        for (int i = 0; i < 2_000; i++) {
            long bin = Math.round(random.nextGaussian() * 10);
            boolean cameTrue = random.nextDouble() < Calibration.logistic(bin / 10.0 - 1);
            ranking.add(bin, cameTrue ? 1 : 0, cameTrue ? 0 : 1);
            rows.add(RowFactory.create(Vectors.dense((double) -bin, (double) bin), cameTrue ? 1.0 : 0.0));
        }
        double expected = new BinaryClassificationEvaluator()
                .setNumBins(0)
                .evaluate(spark.createDataFrame(
                        rows,
                        DataTypes.createStructType(List.of(
                                DataTypes.createStructField("rawPrediction", SQLDataTypes.VectorType(), false),
                                DataTypes.createStructField("label", DataTypes.DoubleType, false)))));

        assertThat(ranking.auc()).isCloseTo(expected, within(1e-9));
    }

    @Test
    void shouldAverageThePrecisionAtEachThatCameTrue() {
        Ranking ranking = new Ranking();
        ranking.add(4, 1, 0);
        ranking.add(3, 0, 1);
        ranking.add(2, 1, 0);
        ranking.add(1, 0, 1);

        assertThat(ranking.precisionRecallArea()).isCloseTo((1 + 2 / 3.0) / 2, within(1e-12));
        assertThat(ranking.auc()).isCloseTo(0.75, within(1e-12));
    }

    @Test
    void shouldCutIntoTenthsTheHighestFirstAndKeepEqualScoresTogether() {
        Ranking even = new Ranking();
        for (int bin = 0; bin < 100; bin++) {
            even.add(bin, 0, 7);
        }
        Ranking equal = new Ranking();
        equal.add(0, 5, 5);

        assertThat(even.bins().keySet().stream()
                        .collect(Collectors.groupingBy(
                                bin -> Ranking.decile(bin, even.decileCuts()), Collectors.counting()))
                        .values())
                .hasSize(10)
                .containsOnly(10L);
        assertThat(Ranking.decile(99, even.decileCuts())).isEqualTo(1);
        assertThat(Ranking.decile(0, equal.decileCuts())).isBetween(5, 6);
    }

    @Test
    void shouldFindTheCurveByWhichOutcomesCame() {
        Ranking outcomes = new Ranking();
        for (int score = -300; score <= 300; score++) {
            long bin = Calibration.bin(score / 100.0);
            long positives = Math.round(1_000_000 * Calibration.logistic(2 * score / 100.0 - 1));
            outcomes.add(bin, positives, 1_000_000 - positives);
        }

        Calibration calibration = Calibration.of(outcomes);

        assertThat(calibration.slope()).isCloseTo(2, within(1e-3));
        assertThat(calibration.intercept()).isCloseTo(-1, within(1e-3));
        Evaluation evaluation = Evaluation.of(outcomes, calibration);
        assertThat(evaluation.calibrationError()).isLessThan(1e-3);
        assertThat(Evaluation.of(outcomes, Calibration.NONE).calibrationError()).isGreaterThan(0.05);
        assertThat(Evaluation.of(outcomes, Calibration.NONE).auc()).isEqualTo(evaluation.auc());
    }

    @Test
    void shouldNotTurnARankingRoundThatLaterOutcomesContradict() {
        Ranking outcomes = new Ranking();
        outcomes.add(Calibration.bin(-1), 90, 10);
        outcomes.add(Calibration.bin(1), 30, 70);

        Calibration calibration = Calibration.of(outcomes);

        assertThat(calibration.slope()).isPositive();
        assertThat(calibration.probability(0)).isCloseTo(0.6, within(0.01));
    }

    @Test
    void shouldCalibrateScoresThatTellTheOutcomePerfectly() {
        Ranking outcomes = new Ranking();
        outcomes.add(Calibration.bin(-30), 0, 50);
        outcomes.add(Calibration.bin(30), 50, 0);

        Calibration calibration = Calibration.of(outcomes);

        assertThat(calibration.probability(30)).isBetween(0.95, 0.999);
        assertThat(calibration.probability(-30)).isBetween(0.001, 0.05);
    }
}
