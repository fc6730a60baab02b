package io.clientele.predict.propensity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.clientele.testing.SparkTest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.spark.ml.classification.GBTClassificationModel;
import org.apache.spark.ml.classification.GBTClassifier;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;

@SparkTest
class TreesTest {

    @Test
    void shouldScoreAsSparkDoesAndAddUpTheContributions(SparkSession spark) {
        Random random = new Random(1);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            double a = random.nextDouble();
            double b = random.nextDouble();
            rows.add(RowFactory.create(Vectors.dense(a, b, random.nextDouble()), a * b > 0.3 ? 1.0 : 0.0));
        }
        var examples = spark.createDataFrame(
                rows,
                DataTypes.createStructType(List.of(
                        DataTypes.createStructField("features", SQLDataTypes.VectorType(), false),
                        DataTypes.createStructField("label", DataTypes.DoubleType, false))));
        GBTClassificationModel model =
                new GBTClassifier().setMaxIter(4).setMaxDepth(3).setSeed(1).fit(examples);

        Trees trees = Trees.of(model);

        double atRoots =
                trees.trees().stream().mapToDouble(tree -> tree.values()[0]).sum();
        for (Row row : rows) {
            Vector features = row.getAs(0);
            double score = trees.score(features.toArray());
            assertThat(Calibration.logistic(score))
                    .isCloseTo(model.predictProbability(features).apply(1), within(1e-7));
            assertThat(atRoots
                            + Arrays.stream(trees.contributions(features.toArray()))
                                    .sum())
                    .isCloseTo(score, within(1e-9));
        }
        assertThat(trees.contributions(new double[] {0.9, 0.9, 0.5})[0]).isPositive();
    }
}
