package io.clientele.segment;

import static io.clientele.config.Requirement.check;
import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.log1p;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.sqrt;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import io.clientele.run.AtOnce;
import io.clientele.run.Job;
import io.clientele.run.Run;
import io.clientele.schema.ClusterProfiles;
import io.clientele.schema.CustomerClusters;
import io.clientele.schema.CustomerRfm;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import org.apache.spark.ml.clustering.KMeans;
import org.apache.spark.ml.clustering.KMeansModel;
import org.apache.spark.ml.evaluation.ClusteringEvaluator;
import org.apache.spark.ml.feature.StandardScaler;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.types.DataTypes;

/** Groups customers by K-means on the standardised logarithms of recency, frequency and monetary value. */
public final class ClustersJob {

    public static final Job<Config> JOB = Job.named("clusters", Config.class)
            .reads(CustomerRfm.TABLE)
            .writes(CustomerClusters.TABLE, ClusterProfiles.TABLE)
            .runs(ClustersJob::run);

    private static final String RAW = "raw_features";
    private static final String FEATURES = "features";
    private static final String PREDICTION = "prediction";

    /** Customers to a partition; the fit goes over partitions in a fixed order, so that it gives the same each time. */
    private static final long PARTITION_ROWS = 250_000;

    /**
     * {@code conf/clusters.yaml}.
     *
     * @param k how many clusters: a choice of the business
     * @param starts how many fits, of which the one of lowest cost is kept
     * @param iterations the most iterations of a fit
     * @param tolerance how far, in standardised units, centres may still move when a fit ends
     * @param seed of the first start; the others take the numbers that follow
     */
    public record Config(int k, int starts, int iterations, double tolerance, long seed) {
        public Config {
            check(k >= 2 && k <= 100, "key 'k' must be between 2 and 100, got %d", k);
            check(starts >= 1 && starts <= 100, "key 'starts' must be between 1 and 100, got %d", starts);
            check(iterations >= 1, "key 'iterations' must be positive, got %d", iterations);
            check(tolerance > 0 && tolerance < 1, "key 'tolerance' must be between 0 and 1, got %s", tolerance);
        }
    }

    /**
     * The best of several fits.
     *
     * @param cost sum of squared distances to the centres (the inertia)
     * @param silhouette mean silhouette by squared distance, -1 to 1; not comparable with one by plain distance
     */
    public record Fit(KMeansModel model, double cost, double silhouette) {}

    private ClustersJob() {}

    static void run(Config config, Run run) {
        Dataset<Row> scored = run.lake().read(CustomerRfm.TABLE);
        if (scored.isEmpty()) {
            run.warn("nobody bought: no clusters");
            writeNone(run);
            return;
        }
        Dataset<Row> customers = features(scored).persist();
        try {
            long distinct =
                    customers.select(FEATURES).distinct().limit(config.k()).count();
            run.metric("k", (double) Math.min(config.k(), distinct));
            if (distinct < 2) {
                run.warn("%d different customers: too few to make clusters of", distinct);
                writeNone(run);
                return;
            }
            if (distinct < config.k()) {
                run.warn("%d different customers: as many clusters, not %d", distinct, config.k());
            }
            Fit fit = fit(customers, (int) distinct, config);
            run.metric("cost", fit.cost());
            run.metric("silhouette", fit.silhouette());
            Dataset<Row> assigned = assign(customers, fit.model());
            run.lake().replace(CustomerClusters.TABLE, assigned.select(CustomerClusters.TABLE.columns()));
            run.lake().replace(ClusterProfiles.TABLE, profiles(assigned, numbered(fit.model())));
        } finally {
            customers.unpersist();
        }
    }

    private static void writeNone(Run run) {
        SparkSession spark = run.spark();
        run.lake().replace(CustomerClusters.TABLE, spark.createDataFrame(List.of(), CustomerClusters.TABLE.schema()));
        run.lake().replace(ClusterProfiles.TABLE, spark.createDataFrame(List.of(), ClusterProfiles.TABLE.schema()));
    }

    /** The customers with their standardised features, in an order and in partitions that depend on nothing else. */
    public static Dataset<Row> features(Dataset<Row> scored) {
        int partitions = (int) (1 + scored.count() / PARTITION_ROWS);
        Dataset<Row> logs = new VectorAssembler()
                .setInputCols(new String[] {"log_recency", "log_frequency", "log_monetary"})
                .setOutputCol(RAW)
                .transform(scored.select(
                                CustomerRfm.CUSTOMER_ID.col(),
                                CustomerRfm.RECENCY_DAYS.col(),
                                CustomerRfm.FREQUENCY.col(),
                                CustomerRfm.MONETARY.col(),
                                log1p(CustomerRfm.RECENCY_DAYS.col()).as("log_recency"),
                                log1p(CustomerRfm.FREQUENCY.col()).as("log_frequency"),
                                log1p(CustomerRfm.MONETARY.col().cast(DataTypes.DoubleType))
                                        .as("log_monetary"))
                        .repartition(partitions, CustomerRfm.CUSTOMER_ID.col())
                        .sortWithinPartitions(CustomerRfm.CUSTOMER_ID.col()));
        return new StandardScaler()
                .setWithMean(true)
                .setWithStd(true)
                .setInputCol(RAW)
                .setOutputCol(FEATURES)
                .fit(logs)
                .transform(logs)
                .select(
                        CustomerRfm.CUSTOMER_ID.col(),
                        CustomerRfm.RECENCY_DAYS.col(),
                        CustomerRfm.FREQUENCY.col(),
                        CustomerRfm.MONETARY.col(),
                        col(FEATURES));
    }

    /** Fits from several starts and keeps the fit of lowest cost. */
    public static Fit fit(Dataset<Row> customers, int k, Config config) {
        // Each iteration of a fit is one short job: several fits at once keep all cores busy.
        List<KMeansModel> models = AtOnce.all(LongStream.range(config.seed(), config.seed() + config.starts())
                .<Callable<KMeansModel>>mapToObj(seed -> () -> new KMeans()
                        .setK(k)
                        .setSeed(seed)
                        .setMaxIter(config.iterations())
                        .setTol(config.tolerance())
                        .setFeaturesCol(FEATURES)
                        .setPredictionCol(PREDICTION)
                        .fit(customers))
                .toList());
        KMeansModel best = models.stream()
                .min(Comparator.comparingDouble(model -> model.summary().trainingCost()))
                .orElseThrow();
        double silhouette = new ClusteringEvaluator()
                .setFeaturesCol(FEATURES)
                .setPredictionCol(PREDICTION)
                .evaluate(best.transform(customers));
        return new Fit(best, best.summary().trainingCost(), silhouette);
    }

    /** The centres by the number of their cluster: 1 for the one whose customers spend most, by the model's axis. */
    private static Map<Integer, Integer> numbers(KMeansModel model) {
        Vector[] centres = model.clusterCenters();
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < centres.length; i++) {
            order.add(i);
        }
        order.sort(Comparator.comparingDouble((Integer i) -> -centres[i].apply(2))
                .thenComparingDouble(i -> centres[i].apply(0)));
        Map<Integer, Integer> numbers = new TreeMap<>();
        for (int rank = 0; rank < order.size(); rank++) {
            numbers.put(order.get(rank), rank + 1);
        }
        return numbers;
    }

    private static Map<Integer, Vector> numbered(KMeansModel model) {
        Map<Integer, Vector> centres = new TreeMap<>();
        numbers(model).forEach((index, number) -> centres.put(number, model.clusterCenters()[index]));
        return centres;
    }

    /** Each customer's cluster, and how far from its centre. */
    static Dataset<Row> assign(Dataset<Row> customers, KMeansModel model) {
        Vector[] centres = model.clusterCenters();
        UDF2<Vector, Integer, Double> distance = (point, cluster) -> Vectors.sqdist(point, centres[cluster]);
        Column number = lit(null);
        for (Map.Entry<Integer, Integer> cluster : numbers(model).entrySet()) {
            number = when(col(PREDICTION).equalTo(cluster.getKey()), cluster.getValue())
                    .otherwise(number);
        }
        return model.transform(customers)
                .withColumn(CustomerClusters.CLUSTER_ID.column(), CustomerClusters.CLUSTER_ID.is(number))
                .withColumn(
                        CustomerClusters.DISTANCE.column(),
                        round(sqrt(udf(distance, DataTypes.DoubleType).apply(col(FEATURES), col(PREDICTION))), 6));
    }

    /** What the customers of each cluster have in common. */
    static Dataset<Row> profiles(Dataset<Row> assigned, Map<Integer, Vector> centres) {
        long total = assigned.count();
        return assigned.groupBy(CustomerClusters.CLUSTER_ID.col())
                .agg(
                        ClusterProfiles.CUSTOMERS.is(count(lit(1))),
                        ClusterProfiles.SHARE.is(round(count(lit(1)).divide(total), 6)),
                        ClusterProfiles.RECENCY_DAYS.is(round(avg(CustomerRfm.RECENCY_DAYS.col()), 4)),
                        ClusterProfiles.FREQUENCY.is(round(avg(CustomerRfm.FREQUENCY.col()), 4)),
                        ClusterProfiles.MONETARY.is(round(avg(CustomerRfm.MONETARY.col()), 4)),
                        ClusterProfiles.SALES_AMOUNT.is(sum(CustomerRfm.MONETARY.col())))
                .withColumn(ClusterProfiles.CENTRE_RECENCY.column(), centre(centres, 0))
                .withColumn(ClusterProfiles.CENTRE_FREQUENCY.column(), centre(centres, 1))
                .withColumn(ClusterProfiles.CENTRE_MONETARY.column(), centre(centres, 2))
                .select(ClusterProfiles.TABLE.columns());
    }

    private static Column centre(Map<Integer, Vector> centres, int axis) {
        Column value = lit(null).cast(DataTypes.DoubleType);
        for (Map.Entry<Integer, Vector> centre : centres.entrySet()) {
            value = when(
                            CustomerClusters.CLUSTER_ID.col().equalTo(centre.getKey()),
                            lit(Math.round(centre.getValue().apply(axis) * 1e6) / 1e6))
                    .otherwise(value);
        }
        return value;
    }
}
