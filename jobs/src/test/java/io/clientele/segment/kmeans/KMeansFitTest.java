package io.clientele.segment.kmeans;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.rand;
import static org.apache.spark.sql.functions.xxhash64;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.clientele.testing.SparkTest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.spark.ml.clustering.KMeans;
import org.apache.spark.ml.clustering.KMeansModel;
import org.apache.spark.ml.evaluation.ClusteringEvaluator;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SparkTest
class KMeansFitTest {

    private static final int AXES = 3;
    private static final KMeansFit.Settings SETTINGS = new KMeansFit.Settings(8, 100, 1e-6, 1);

    @TempDir
    private Path folder;

    @Test
    void shouldFindTheGroupsThatPointsWereMadeOf() {
        WeightedPoints points = mixture(2_000, 5, 0.02);

        Clustering found = KMeansFit.best(points, 5, SETTINGS);

        assertThat(found.k()).isEqualTo(5);
        assertThat(Indices.adjustedRand(points, points.labels(found.centres()), groups(2_000, 5)))
                .isEqualTo(1);
    }

    @Test
    void shouldEndWhereNoCentreIsBetterMoved() {
        WeightedPoints points = mixture(3_000, 6, 2);

        Clustering found = KMeansFit.best(points, 6, new KMeansFit.Settings(1, 1000, 1e-12, 3));

        double[] centres = found.centres();
        int[] labels = points.labels(centres);
        double[] sums = new double[centres.length];
        double[] counts = new double[found.k()];
        for (int i = 0; i < labels.length; i++) {
            points.add(i, 1, sums, labels[i]);
            counts[labels[i]]++;
        }
        for (int i = 0; i < sums.length; i++) {
            assertThat(centres[i]).isCloseTo(sums[i] / counts[i / AXES], within(1e-9));
        }
    }

    @Test
    void shouldCountAWeightAsSoManyPoints() {
        WeightedPoints once = mixture(300, 3, 1);
        double[] twice = new double[300];
        Arrays.fill(twice, 2);

        Clustering found = KMeansFit.best(once.times(twice), 3, SETTINGS);

        assertThat(found.cost()).isCloseTo(2 * KMeansFit.best(once, 3, SETTINGS).cost(), within(1e-6));
    }

    @Test
    void shouldFindNoMoreClustersThanThereAreDifferentPoints() {
        WeightedPoints points =
                WeightedPoints.of(List.of(new double[] {1, 1}, new double[] {2, 2}, new double[] {1, 1}), 2);

        Clustering found = KMeansFit.best(points, 3, SETTINGS);

        assertThat(found.k()).isEqualTo(2);
        assertThat(found.cost()).isZero();
        assertThat(points.distinct(9)).isEqualTo(2);
    }

    @Test
    void shouldCostWithinOnePercentOfTheBestFitOfAllPoints(SparkSession spark) {
        WeightedPoints points = mixture(20_000, 6, 1.5);

        try (Points all = points(rows(spark, points)).kept()) {
            WeightedPoints coreset = all.coreset(2_000);
            Clustering found = KMeansFit.best(all, 2_000, 6, SETTINGS);

            assertThat(coreset.size()).isBetween(1_700, 2_300);
            assertThat(coreset.total()).isCloseTo(20_000, within(1e-6));
            assertThat(found.cost())
                    .isCloseTo(points.cost(found.centres()), within(1e-3))
                    .isLessThan(1.01 * KMeansFit.best(points, 6, SETTINGS).cost());
        }
    }

    @Test
    void shouldDrawACoresetWhoseFirstPointsAreLikeTheOthers(SparkSession spark) {
        WeightedPoints coreset = points(rows(spark, mixture(20_000, 6, 1))).coreset(2_000);
        WeightedPoints first = coreset.first(1_000);
        double[] origin = new double[AXES];

        assertThat(first.total() / 1_000).isCloseTo(coreset.total() / coreset.size(), withinPercentage(5));
        assertThat(first.cost(origin) / first.total())
                .isCloseTo(coreset.cost(origin) / coreset.total(), withinPercentage(5));
    }

    @Test
    void shouldGiveTheSameWhateverTheOrderAndThePartitionsOfTheRows(SparkSession spark) {
        Dataset<Row> rows = rows(spark, mixture(5_000, 4, 1));

        Clustering one = KMeansFit.best(points(rows), 1_000, 4, SETTINGS);
        Clustering other = KMeansFit.best(points(rows.orderBy(rand(9)).repartition(7)), 1_000, 4, SETTINGS);

        assertThat(other.centres()).isEqualTo(one.centres());
        assertThat(other.cost()).isEqualTo(one.cost());
    }

    @Test
    void shouldGiveAModelThatTheEcosystemOfSparkMlWorksOn(SparkSession spark) throws Exception {
        WeightedPoints points = mixture(400, 4, 1);
        Dataset<Row> rows = new VectorAssembler()
                .setInputCols(new String[] {"x0", "x1", "x2"})
                .setOutputCol("features")
                .transform(rows(spark, points));
        Clustering found = KMeansFit.best(points, 4, SETTINGS);
        String file = folder.resolve("model").toString();

        found.sparkModel().write().overwrite().save(file);
        KMeansModel loaded = KMeansModel.load(file);
        Dataset<Row> predicted = loaded.transform(rows);

        assertThat(loaded.getK()).isEqualTo(4);
        assertThat(predicted.orderBy("i").select("prediction").collectAsList().stream()
                        .mapToInt(row -> row.getInt(0)))
                .containsExactly(
                        Arrays.stream(points.labels(found.centres())).boxed().toArray(Integer[]::new));
        assertThat(Indices.silhouette(points, points.labels(found.centres()), 4))
                .isCloseTo(new ClusteringEvaluator().evaluate(predicted), within(1e-6));
        assertThat(found.cost())
                .isLessThanOrEqualTo(1.0001
                        * new KMeans().setK(4).setSeed(1).fit(rows).summary().trainingCost());
    }

    @Test
    void shouldJudgeByTheIndicesAsTheyAreDefined() {
        // Two pairs: scatter 1 in both, centres 10 apart.
        WeightedPoints points =
                WeightedPoints.of(List.of(new double[] {-1}, new double[] {1}, new double[] {9}, new double[] {11}), 1);
        int[] labels = {0, 0, 1, 1};

        assertThat(Indices.daviesBouldin(points, new double[] {0, 10}, labels)).isCloseTo(0.2, within(1e-12));
        // Squared distances: 4 to the other of the pair; 122 and 82, on average, to those of the other pair.
        assertThat(Indices.silhouette(points, labels, 2))
                .isCloseTo(((1 - 4 / 122.0) + (1 - 4 / 82.0)) / 2, within(1e-12));
        assertThat(Indices.adjustedRand(points, labels, new int[] {1, 1, 0, 0})).isEqualTo(1);
        assertThat(Indices.adjustedRand(points, labels, new int[] {0, 1, 0, 1})).isCloseTo(-0.5, within(1e-12));
    }

    @Test
    void shouldFindClustersStableThatAreThereAndUnstableThoseThatAreNot() {
        WeightedPoints points = mixture(1_000, 3, 0.3);

        Indices three = Indices.of(points, KMeansFit.best(points, 3, SETTINGS), 5, SETTINGS);
        Indices seven = Indices.of(points, KMeansFit.best(points, 7, SETTINGS), 5, SETTINGS);

        assertThat(three.stability()).isGreaterThan(0.99);
        assertThat(seven.stability()).isLessThan(0.9);
        assertThat(three.silhouette()).isGreaterThan(seven.silhouette());
    }

    private static int[] groups(int size, int groups) {
        return IntStream.range(0, size).map(i -> i % groups).toArray();
    }

    /** Points about as many centres, on the grid. */
    private static WeightedPoints mixture(int size, int groups, double deviation) {
        SplittableRandom random = new SplittableRandom(7);
        double[][] centres = new double[groups][AXES];
        for (int group = 0; group < groups; group++) {
            for (int axis = 0; axis < AXES; axis++) {
                centres[group][axis] = group * 4 % 9 + random.nextDouble(2);
            }
        }
        Grid grid = Grid.of(1, 1, 1);
        List<double[]> points = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            double[] point = new double[AXES];
            for (int axis = 0; axis < AXES; axis++) {
                point[axis] = grid.round(centres[i % groups][axis] + deviation * random.nextGaussian(), axis);
            }
            points.add(point);
        }
        return WeightedPoints.of(points, AXES);
    }

    private static Dataset<Row> rows(SparkSession spark, WeightedPoints points) {
        List<Row> rows = IntStream.range(0, points.size())
                .mapToObj(i -> RowFactory.create(
                        (long) i, points.coordinate(i, 0), points.coordinate(i, 1), points.coordinate(i, 2)))
                .toList();
        StructType schema = new StructType()
                .add("i", DataTypes.LongType)
                .add("x0", DataTypes.DoubleType)
                .add("x1", DataTypes.DoubleType)
                .add("x2", DataTypes.DoubleType);
        return spark.createDataFrame(rows, schema);
    }

    private static Points points(Dataset<Row> rows) {
        return Points.of(
                rows.select(xxhash64(col("i")), col("x0"), col("x1"), col("x2")),
                (row, into, start) -> {
                    for (int axis = 0; axis < AXES; axis++) {
                        into[start + axis] = row.getDouble(1 + axis);
                    }
                },
                Grid.of(1, 1, 1),
                AXES);
    }
}
