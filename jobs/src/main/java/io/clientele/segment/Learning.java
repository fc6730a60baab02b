package io.clientele.segment;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.shiftrightunsigned;

import io.clientele.segment.ClusterModel.Choice;
import io.clientele.segment.ClustersJob.Config;
import io.clientele.segment.kmeans.Clustering;
import io.clientele.segment.kmeans.Grid;
import io.clientele.segment.kmeans.Indices;
import io.clientele.segment.kmeans.KMeansFit;
import io.clientele.segment.kmeans.Points;
import io.clientele.segment.kmeans.WeightedPoints;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Learns clusters: features from a sample of the customers, centres from a coreset of them, then from all. Where there are no more
 * customers than the coreset has points, both are all of them.
 */
final class Learning {

    /** Another optimum must be better than by half a percent for customers to change their clusters. */
    private static final double WORTH_STAYING = 1.005;

    /** Distances are told to so many digits; less is arithmetic. */
    private static final double NOISE = 1e-6;

    private final Config config;
    private final KMeansFit.Settings settings;

    /**
     * What was learned.
     *
     * @param model as yet without names, cost and shares; none if customers are all the same
     * @param distinct how many different customers there are, as far as the largest number of clusters
     * @param constant features that are the same for all, or known of nobody
     */
    record Learned(Optional<ClusterModel> model, int distinct, List<String> constant) {}

    Learning(Config config) {
        this.config = config;
        this.settings = new KMeansFit.Settings(config.starts(), config.iterations(), config.tolerance(), config.seed());
    }

    /**
     * Learns from the rows of {@link FeatureColumns#rows}.
     *
     * @param customers how many rows there are; not none
     * @param before the model in force, whose numbers and names are kept
     */
    Learned learn(Dataset<Row> rows, long customers, Optional<ClusterModel> before) {
        List<Row> sample = sample(rows, customers);
        List<FittedFeature> features = features(sample);
        List<String> constant = features.stream()
                .filter(FittedFeature::constant)
                .map(FittedFeature::column)
                .toList();
        FeatureReader reader = new FeatureReader(features, FeatureReader.Values.LEFT_OUT);
        if (customers <= config.coreset()) {
            Grid grid = reader.grid();
            List<double[]> points =
                    sample.stream().map(row -> reader.axes(row, grid)).toList();
            return learn(features, constant, WeightedPoints.of(points, reader.axes()), before, Optional.empty());
        }
        try (Points points =
                Points.of(rows, reader, reader.grid(), reader.axes()).kept()) {
            return learn(features, constant, points.coreset(config.coreset()), before, Optional.of(points));
        }
    }

    private Learned learn(
            List<FittedFeature> features,
            List<String> constant,
            WeightedPoints coreset,
            Optional<ClusterModel> before,
            Optional<Points> all) {
        int distinct = coreset.distinct(config.most());
        if (distinct < 2) {
            return new Learned(Optional.empty(), distinct, constant);
        }
        Map<Integer, Clustering> fits = new TreeMap<>();
        config.numbers()
                .forEach(k ->
                        fits.computeIfAbsent(Math.min(k, distinct), number -> fit(coreset, number, features, before)));
        Map<Integer, Indices> indices = new TreeMap<>();
        fits.forEach((k, fit) -> indices.put(k, Indices.of(coreset, fit, config.resamples(), settings)));
        int chosen = choose(indices, distinct);
        Clustering best =
                all.map(points -> KMeansFit.refine(points, fits.get(chosen))).orElse(fits.get(chosen));
        List<List<Double>> centres = IntStream.range(0, best.k())
                .mapToObj(i -> Arrays.stream(best.centre(i)).boxed().toList())
                .toList();
        ClusterModel model = new ClusterModel(
                config.fingerprint(),
                features,
                Numbering.number(features, centres, limits(coreset, best), config.numberBy(), before),
                0,
                0,
                indices.entrySet().stream()
                        .map(judged -> new Choice(judged.getKey(), judged.getValue(), judged.getKey() == chosen))
                        .toList());
        return new Learned(Optional.of(model), distinct, constant);
    }

    /** The best fit; or that which goes on from the clusters before, where it is hardly worse: customers stay where they are. */
    private Clustering fit(WeightedPoints coreset, int k, List<FittedFeature> features, Optional<ClusterModel> before) {
        return before.filter(model -> model.k() == k)
                .flatMap(model -> model.centresOn(features))
                .map(centres -> KMeansFit.continued(coreset, centres, WORTH_STAYING, settings))
                .orElseGet(() -> KMeansFit.best(coreset, k, settings));
    }

    /** What is configured; or else, of the numbers whose clusters are stable, the one of highest silhouette. */
    private int choose(Map<Integer, Indices> indices, int distinct) {
        if (config.k() != null) {
            return Math.min(config.k(), distinct);
        }
        double most =
                indices.values().stream().mapToDouble(Indices::stability).max().orElseThrow();
        double enough = Math.min(most, config.leastStability());
        return indices.entrySet().stream()
                .filter(judged -> judged.getValue().stability() >= enough)
                .max(Comparator.<Map.Entry<Integer, Indices>>comparingDouble(
                                judged -> judged.getValue().silhouette())
                        .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
                .orElseThrow()
                .getKey();
    }

    /** Rows in the order of their hashes: all, or those of the lowest. */
    private List<Row> sample(Dataset<Row> rows, long customers) {
        Dataset<Row> drawn = rows;
        if (customers > config.coreset()) {
            long below = (long) (0x1p53 * config.coreset() / customers);
            drawn = rows.where(shiftrightunsigned(col(rows.columns()[FeatureColumns.HASH]), 11)
                    .lt(lit(below)));
        }
        List<Row> sample = new ArrayList<>(drawn.collectAsList());
        sample.sort(Comparator.comparingLong(row -> row.getLong(FeatureColumns.HASH)));
        return sample;
    }

    private List<FittedFeature> features(List<Row> sample) {
        List<FittedFeature> fitted = new ArrayList<>();
        for (Map.Entry<String, Feature> configured : config.features().entrySet()) {
            String column = configured.getKey();
            int position = FeatureColumns.FIRST + fitted.size();
            Stream<Row> rows = sample.stream();
            fitted.add(
                    configured.getValue().has(Feature.Step.ONE_HOT)
                            ? FittedFeature.category(
                                    column,
                                    configured.getValue(),
                                    FeatureColumns.isFlag(column),
                                    rows.map(row -> row.getString(position)).toList())
                            : FittedFeature.number(
                                    column,
                                    configured.getValue(),
                                    FeatureColumns.mayBeUnknown(column),
                                    rows.mapToDouble(row ->
                                                    row.isNullAt(position) ? Double.NaN : row.getDouble(position))
                                            .toArray()));
        }
        return fitted;
    }

    /** Of each cluster the upper quartile of the distances, and so many interquartile ranges more. */
    private double[] limits(WeightedPoints points, Clustering clustering) {
        int[] labels = points.labels(clustering.centres());
        double[] distances = points.distances(clustering.centres(), labels);
        return IntStream.range(0, clustering.k())
                .mapToDouble(cluster -> {
                    int[] members = IntStream.range(0, labels.length)
                            .filter(i -> labels[i] == cluster)
                            .boxed()
                            .sorted(Comparator.comparingDouble(i -> distances[i]))
                            .mapToInt(Integer::intValue)
                            .toArray();
                    double upper = quantile(members, distances, points, 0.75);
                    double range = upper - quantile(members, distances, points, 0.25);
                    if (range <= NOISE) {
                        range = meanDifference(members, distances, points, upper);
                    }
                    return upper + Math.max(NOISE, config.outlierRanges() * range);
                })
                .toArray();
    }

    /** The distance that a part of the weight does not exceed. */
    private static double quantile(int[] ascending, double[] distances, WeightedPoints points, double part) {
        double left =
                part * Arrays.stream(ascending).mapToDouble(points::weight).sum();
        for (int i : ascending) {
            left -= points.weight(i);
            if (left <= 0) {
                return distances[i];
            }
        }
        return 0;
    }

    private static double meanDifference(int[] members, double[] distances, WeightedPoints points, double from) {
        double sum = 0;
        double total = 0;
        for (int i : members) {
            sum += points.weight(i) * Math.abs(distances[i] - from);
            total += points.weight(i);
        }
        return total == 0 ? 0 : sum / total;
    }
}
