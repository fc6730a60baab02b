package io.clientele.bench;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.randn;
import static org.apache.spark.sql.functions.xxhash64;

import io.clientele.run.Session;
import io.clientele.segment.kmeans.Clustering;
import io.clientele.segment.kmeans.Grid;
import io.clientele.segment.kmeans.KMeansFit;
import io.clientele.segment.kmeans.Points;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.spark.ml.clustering.KMeans;
import org.apache.spark.ml.clustering.KMeansModel;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/**
 * K-means by way of a coreset beside Spark ML's own, on the same points in memory, with as many starts, in one run. The arguments: how
 * many starts, then sizes such as {@code 2000000x3}.
 */
public final class KMeansBench {

    private static final int CLUSTERS = 5;
    private static final int CORESET = 100_000;
    private static final int ITERATIONS = 20;
    private static final int WARM_UP = 20_000;

    /** What came of one size. */
    private record Comparison(
            long rows, int axes, int starts, double seconds, double sparkSeconds, double cost, double sparkCost) {

        String json() {
            return String.format(
                    Locale.ROOT,
                    "{\"data\":\"mixture_%dx%d\",\"k\":%d,\"starts\":%d,\"seconds\":%.2f,\"spark_seconds\":%.2f,"
                            + "\"speedup\":%.1f,\"cost\":%.1f,\"spark_cost\":%.1f,\"cost_ratio\":%.5f}",
                    rows,
                    axes,
                    CLUSTERS,
                    starts,
                    seconds,
                    sparkSeconds,
                    sparkSeconds / seconds,
                    cost,
                    sparkCost,
                    cost / sparkCost);
        }

        String line() {
            return String.format(
                    Locale.ROOT,
                    "%,12d  %4d  %6d  %9.2f  %14.2f  %6.1f  %10.5f",
                    rows,
                    axes,
                    starts,
                    seconds,
                    sparkSeconds,
                    sparkSeconds / seconds,
                    cost / sparkCost);
        }
    }

    private KMeansBench() {}

    @SuppressWarnings("SystemOut") // what it measures is told there
    public static void main(String[] arguments) {
        int starts = Integer.parseInt(arguments[0]);
        SparkSession spark = Session.start(Map.of("spark.master", "local[*]", "spark.ui.enabled", "false"));
        compare(spark, WARM_UP, 3, starts);
        List<Comparison> comparisons = Stream.of(arguments)
                .skip(1)
                .map(size -> size.split("x", -1))
                .map(size -> compare(spark, Long.parseLong(size[0]), Integer.parseInt(size[1]), starts))
                .toList();
        comparisons.forEach(comparison -> System.out.println(comparison.json()));
        System.out.println("        rows  axes  starts  seconds s  Spark ML's s  faster  cost ratio");
        comparisons.forEach(comparison -> System.out.println(comparison.line()));
    }

    private static Comparison compare(SparkSession spark, long rows, int axes, int starts) {
        Dataset<Row> mixture = mixture(spark, rows, axes).persist(StorageLevel.MEMORY_AND_DISK());
        mixture.count();
        long begin = System.nanoTime();
        Clustering ours;
        try (Points points = points(mixture, axes).kept()) {
            ours = KMeansFit.best(points, CORESET, CLUSTERS, new KMeansFit.Settings(starts, 100, 1e-4, 1));
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        begin = System.nanoTime();
        KMeansModel theirs = fitOfSpark(mixture, axes, starts);
        double sparkSeconds = (System.nanoTime() - begin) / 1e9;
        double[] none = new double[CLUSTERS];
        Arrays.fill(none, Double.POSITIVE_INFINITY);
        double sparkCost =
                points(mixture, axes).pass(flat(theirs.clusterCenters()), none).cost();
        mixture.unpersist(true);
        return new Comparison(rows, axes, starts, seconds, sparkSeconds, ours.cost(), sparkCost);
    }

    private static Points points(Dataset<Row> mixture, int axes) {
        double[] deviations = new double[axes];
        Arrays.fill(deviations, 1);
        return Points.of(
                mixture,
                (row, into, start) -> {
                    for (int axis = 0; axis < axes; axis++) {
                        into[start + axis] = row.getDouble(1 + axis);
                    }
                },
                Grid.of(deviations),
                axes);
    }

    private static KMeansModel fitOfSpark(Dataset<Row> mixture, int axes, int starts) {
        Dataset<Row> vectors = new VectorAssembler()
                .setInputCols(names(axes).toArray(String[]::new))
                .setOutputCol("features")
                .transform(mixture)
                .select("features")
                .persist(StorageLevel.MEMORY_AND_DISK());
        try {
            return LongStream.rangeClosed(1, starts)
                    .mapToObj(seed -> new KMeans()
                            .setK(CLUSTERS)
                            .setSeed(seed)
                            .setMaxIter(ITERATIONS)
                            .fit(vectors))
                    .min(Comparator.comparingDouble(model -> model.summary().trainingCost()))
                    .orElseThrow();
        } finally {
            vectors.unpersist(true);
        }
    }

    private static double[] flat(Vector[] centres) {
        return Stream.of(centres)
                .flatMapToDouble(centre -> Arrays.stream(centre.toArray()))
                .toArray();
    }

    private static Stream<String> names(int axes) {
        return IntStream.range(0, axes).mapToObj(axis -> "x" + axis);
    }

    /** A hash, and points about eight centres that overlap: there is no obvious number of clusters. */
    private static Dataset<Row> mixture(SparkSession spark, long rows, int axes) {
        SplittableRandom random = new SplittableRandom(1);
        int groups = 8;
        Column group =
                pmod(xxhash64(col("id"), lit(1)), lit(groups)).cast("int").plus(1);
        Column[] columns = new Column[1 + axes];
        columns[0] = xxhash64(col("id")).as("hash");
        for (int axis = 0; axis < axes; axis++) {
            Column[] centres = new Column[groups];
            for (int i = 0; i < groups; i++) {
                centres[i] = lit(random.nextDouble(-2, 2));
            }
            columns[1 + axis] = element_at(array(centres), group)
                    .plus(randn(axis).multiply(0.6))
                    .as("x" + axis);
        }
        return spark.range(0, rows, 1, 16).select(columns);
    }
}
