package io.clientele.segment;

import static io.clientele.config.Requirement.check;

import io.clientele.run.AtOnce;
import io.clientele.run.Job;
import io.clientele.run.Model;
import io.clientele.run.Run;
import io.clientele.schema.ClusterChoices;
import io.clientele.schema.ClusterProfiles;
import io.clientele.schema.CustomerClusters;
import io.clientele.schema.CustomerRfm;
import io.clientele.schema.DimCustomers;
import io.clientele.segment.Learning.Learned;
import io.clientele.segment.Portraits.Portrait;
import io.clientele.segment.kmeans.Indices;
import io.clientele.segment.kmeans.Pass;
import io.clientele.segment.kmeans.Points;
import io.clientele.table.Table;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Groups customers by K-means on features that the configuration names. Clusters keep their numbers and names from night to
 * night: customers are placed by the saved model until the configuration, its age or a drift asks for a new one.
 */
public final class ClustersJob {

    public static final Job<Config> JOB = Job.named("clusters", Config.class)
            .reads(CustomerRfm.TABLE, DimCustomers.TABLE)
            .writes(CustomerClusters.TABLE, ClusterProfiles.TABLE, ClusterChoices.TABLE)
            .runs(ClustersJob::run);

    private static final String NAME = "clusters";
    private static final int MOST_CLUSTERS = 100;

    /**
     * {@code conf/clusters.yaml}.
     *
     * @param features by the column of a mart that they are made of
     * @param k how many clusters: a choice of the business; if there is none, it is made between the next two
     * @param from the least number of clusters that is judged
     * @param to the largest
     * @param leastStability what a number of clusters must have to be chosen, 0 to 1
     * @param numberBy the feature that is largest in cluster 1, when clusters are first numbered
     * @param names of clusters, by number; the others get one from their traits
     * @param coreset how many points stand for the customers while many starts are tried
     * @param starts how many fits, of which the one of lowest cost is kept
     * @param iterations the most of a fit
     * @param tolerance how far, in standardised units, centres may still move when a fit ends
     * @param resamples how many resamples the stability is measured by
     * @param outlierRanges a customer is an outlier who is farther from the centre than the upper quartile of the cluster and
     *     so many interquartile ranges (3: Tukey's outer fence)
     * @param seed of the first start, of the coreset and of the resamples
     */
    public record Config(
            Map<String, Feature> features,
            Integer k,
            Integer from,
            Integer to,
            double leastStability,
            String numberBy,
            Map<Integer, String> names,
            int coreset,
            int starts,
            int iterations,
            double tolerance,
            int resamples,
            double outlierRanges,
            Retrain retrain,
            long seed) {
        public Config {
            check(features != null && !features.isEmpty(), "key 'features' is missing: what customers are compared by");
            features.forEach((column, feature) -> {
                check(feature != null, "key 'features.%s' says nothing: its steps are missing", column);
                FeatureColumns.checkColumn(column, feature);
            });
            features = new LinkedHashMap<>(features);
            check(
                    k == null || (k >= 2 && k <= MOST_CLUSTERS),
                    "key 'k' must be between 2 and %d, got %d",
                    MOST_CLUSTERS,
                    k);
            check((from == null) == (to == null), "keys 'from' and 'to' come together");
            check(k != null || from != null, "key 'k' is missing, or 'from' and 'to' to choose it between");
            check(
                    from == null || (from >= 2 && from <= to && to <= MOST_CLUSTERS),
                    "keys 'from' and 'to' must be 2 <= from <= to <= %d, got %d and %d",
                    MOST_CLUSTERS,
                    from,
                    to);
            check(
                    leastStability >= 0 && leastStability <= 1,
                    "key 'leastStability' must be between 0 and 1, got %s",
                    leastStability);
            check(
                    features.containsKey(numberBy) && !features.get(numberBy).has(Feature.Step.ONE_HOT),
                    "key 'numberBy' must be one of the features that are numbers, got '%s'",
                    numberBy);
            names = names == null ? Map.of() : Map.copyOf(names);
            check(
                    names.values().stream().distinct().count() == names.size(),
                    "key 'names' gives two clusters the same name");
            check(
                    coreset >= 1000 && coreset <= 1_000_000,
                    "key 'coreset' must be between 1000 and 1000000, got %d",
                    coreset);
            check(starts >= 1 && starts <= 1000, "key 'starts' must be between 1 and 1000, got %d", starts);
            check(iterations >= 1, "key 'iterations' must be positive, got %d", iterations);
            check(tolerance > 0 && tolerance < 1, "key 'tolerance' must be between 0 and 1, got %s", tolerance);
            check(resamples >= 1 && resamples <= 100, "key 'resamples' must be between 1 and 100, got %d", resamples);
            check(outlierRanges > 0, "key 'outlierRanges' must be positive, got %s", outlierRanges);
            check(retrain != null, "key 'retrain' is missing: when a new model is learned");
        }

        /** All numbers of clusters that are judged. */
        TreeSet<Integer> numbers() {
            TreeSet<Integer> numbers = new TreeSet<>();
            if (from != null) {
                IntStream.rangeClosed(from, to).forEach(numbers::add);
            }
            if (k != null) {
                numbers.add(k);
            }
            return numbers;
        }

        int most() {
            return numbers().last();
        }

        /** A digest of all that decides what is learned; what is only said or counted is not in it. */
        String fingerprint() {
            StringBuilder text = new StringBuilder();
            features.forEach((column, feature) -> text.append(column)
                    .append(' ')
                    .append(feature.fingerprint())
                    .append('\n'));
            List<Object> rest = List.of(
                    numbers(),
                    k == null ? 0 : k,
                    leastStability,
                    coreset,
                    starts,
                    iterations,
                    tolerance,
                    resamples,
                    outlierRanges,
                    seed);
            return DigestUtils.md5Hex(text.append(rest).toString());
        }
    }

    /**
     * When a new model is learned, other than when the configuration has changed.
     *
     * @param afterDays how old a model may become, in days
     * @param populationShift the most, see {@link Shift}
     * @param distanceGrowth the most, see {@link Shift}
     */
    public record Retrain(int afterDays, double populationShift, double distanceGrowth) {
        public Retrain {
            check(afterDays >= 1, "key 'afterDays' must be positive, got %d", afterDays);
            check(populationShift > 0, "key 'populationShift' must be positive, got %s", populationShift);
            check(distanceGrowth > 0, "key 'distanceGrowth' must be positive, got %s", distanceGrowth);
        }

        private boolean isOld(LocalDate learnedOn, LocalDate tonight) {
            return ChronoUnit.DAYS.between(learnedOn, tonight) > afterDays;
        }

        private boolean isFar(Shift shift) {
            return shift.population() > populationShift || shift.distanceGrowth() > distanceGrowth;
        }
    }

    /** A model and what it finds in tonight's customers. */
    private record Placed(ClusterModel model, Pass pass) {}

    private ClustersJob() {}

    static void run(Config config, Run run) {
        Dataset<Row> rows =
                FeatureColumns.rows(run.lake(), List.copyOf(config.features().keySet()), run.date(), config.seed());
        long customers = run.lake().read(CustomerRfm.TABLE).count();
        Optional<Placed> placed = customers == 0 ? Optional.empty() : place(config, run, rows, customers);
        if (customers == 0) {
            run.warn("nobody bought: no clusters");
        }
        if (placed.isEmpty()) {
            List<Table> tables = List.of(CustomerClusters.TABLE, ClusterProfiles.TABLE, ClusterChoices.TABLE);
            tables.forEach(
                    table -> run.lake().replace(table, run.spark().createDataFrame(List.<Row>of(), table.schema())));
            return;
        }
        write(config, run, rows, customers, placed.get());
    }

    /** By the model in force, or by a new one. */
    private static Optional<Placed> place(Config config, Run run, Dataset<Row> rows, long customers) {
        Optional<Model> champion = run.models().champion(NAME);
        Optional<ClusterModel> inForce = champion.map(model -> ClusterModel.of(model.json()));
        if (inForce.isEmpty() || !inForce.get().configuration().equals(config.fingerprint())) {
            return learn(config, run, rows, customers, inForce);
        }
        Placed placed = new Placed(inForce.get(), pass(inForce.get(), rows));
        Shift shift = Shift.of(placed.model(), placed.pass());
        run.metric("population_shift", shift.population());
        run.metric("distance_growth", shift.distanceGrowth());
        boolean isFar = config.retrain().isFar(shift);
        if (!isFar && !config.retrain().isOld(champion.get().learnedOn(), run.date())) {
            return Optional.of(placed);
        }
        Optional<Placed> learned = customers < config.most()
                ? Optional.empty()
                : learn(config, run, rows, customers, inForce).filter(next -> isWhole(next.model(), config));
        String reason = isFar
                ? String.format(
                        Locale.ROOT,
                        "customers are not those that the clusters were learned from (population shift %.3f, distance"
                                + " growth %.3f)",
                        shift.population(),
                        shift.distanceGrowth())
                : "the clusters are old";
        if (learned.isEmpty()) {
            run.warn("%s, and too few are different to learn anew: placed by the saved model", reason);
        } else if (isFar) {
            run.warn("%s: learned anew", reason);
        }
        return learned.or(() -> Optional.of(placed));
    }

    private static Optional<Placed> learn(
            Config config, Run run, Dataset<Row> rows, long customers, Optional<ClusterModel> before) {
        Learned learned = new Learning(config).learn(rows, customers, before);
        if (learned.model().isEmpty()) {
            run.warn("%d different customers: too few to make clusters of", learned.distinct());
            return Optional.empty();
        }
        learned.constant()
                .forEach(
                        column -> run.warn("feature '%s' is the same for all customers: it sets nobody apart", column));
        Pass pass = pass(learned.model().get(), rows);
        ClusterModel measured = learned.model().get().measured(pass);
        ClusterModel model = measured.named(Portraits.names(Portraits.of(measured, pass, config.features()), Map.of()));
        if (isWhole(model, config)) {
            run.models().keep(registered(config, run, model));
        } else {
            run.warn(
                    "%d different customers: as many clusters, not %d; the model is not kept",
                    learned.distinct(), config.k() == null ? config.from() : config.k());
        }
        return Optional.of(new Placed(model, pass));
    }

    /** Whether it has as many clusters as it should; one that has fewer is for one night only. */
    private static boolean isWhole(ClusterModel model, Config config) {
        return model.k() >= (config.k() == null ? config.from() : config.k());
    }

    private static Model registered(Config config, Run run, ClusterModel model) {
        Indices indices = model.indices();
        return new Model(
                NAME,
                run.date(),
                true,
                config.seed(),
                Map.of(
                        "k", (double) model.k(),
                        "cost", model.cost(),
                        "silhouette", indices.silhouette(),
                        "davies_bouldin", indices.daviesBouldin(),
                        "stability", indices.stability()),
                model.json());
    }

    private static Pass pass(ClusterModel model, Dataset<Row> rows) {
        FeatureReader reader = new FeatureReader(model.features(), FeatureReader.Values.WRITTEN);
        return Points.of(rows, reader, reader.grid(), reader.axes()).pass(model.centres(), model.limits());
    }

    private static void write(Config config, Run run, Dataset<Row> rows, long customers, Placed placed) {
        ClusterModel model = placed.model();
        List<Portrait> portraits = Portraits.of(model, placed.pass(), config.features());
        List<String> names = Portraits.names(portraits, config.names());
        long outliers = portraits.stream().mapToLong(Portrait::outliers).sum();
        Indices indices = model.indices();
        run.metric("k", model.k());
        run.metric("cost", placed.pass().cost());
        run.metric("silhouette", indices.silhouette());
        run.metric("davies_bouldin", indices.daviesBouldin());
        run.metric("stability", indices.stability());
        run.metric("outliers", (double) outliers);
        long written = AtOnce.all(List.<Callable<Long>>of(
                        () -> run.lake()
                                .replace(CustomerClusters.TABLE, ClusterRows.customers(run.spark(), rows, model))
                                .rows(),
                        () -> run.lake()
                                .replace(ClusterProfiles.TABLE, ClusterRows.profiles(run.spark(), portraits, names))
                                .rows(),
                        () -> run.lake()
                                .replace(ClusterChoices.TABLE, ClusterRows.choices(run.spark(), model.choices()))
                                .rows()))
                .get(0);
        run.balance(CustomerClusters.TABLE, customers, written, 0, 0);
    }
}
