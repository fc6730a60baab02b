package io.clientele.predict.propensity;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.posexplode;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.udf;

import io.clientele.run.AtOnce;
import io.clientele.run.Run;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.stat.Summarizer;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import scala.collection.Seq;

/** Learns one target from examples: both algorithms, each calibrated and then judged on later outcomes; the better one is the challenger. */
final class Learner {

    static final String LABEL = "label";
    static final String FEATURES = "features";

    private static final List<String> LIMITS = List.of(
            "It knows only customers with an order line or an event of the listed types within historyDays.",
            "Probabilities are right on average as long as customers behave as in the evaluation period; a season that is not"
                    + " among the cut-offs, a campaign or a change of prices is not foreseen.",
            "A reason says what the score follows from, not what would change the customer's mind.",
            "It does not know age, sex or income, and is not to decide what a person is refused.");

    private final String name;
    private final Target target;
    private final CutOffs cutOffs;
    private final FeatureSettings settings;
    private final Training training;
    private final Run run;

    Learner(String name, Target target, CutOffs cutOffs, FeatureSettings settings, Training training, Run run) {
        this.name = name;
        this.target = target;
        this.cutOffs = cutOffs;
        this.settings = settings;
        this.training = training;
        this.run = run;
    }

    /**
     * The challenger; none, with a warning, if the outcomes do not allow to learn anything.
     *
     * @param examples features and outcomes of at least the cut-offs of this target, in a fixed order and partitions
     * @param leaking the features that are known to leak
     */
    Optional<Propensity> learn(Dataset<Row> examples, Collection<String> leaking) {
        Dataset<Row> labelled = labelled(examples, target);
        Map<LocalDate, Propensity.Outcome> sizes = sizes(labelled);
        if (!isEnough(sizes, cutOffs.training(), "train")
                || !isEnough(sizes, List.of(cutOffs.calibration()), "calibrate")
                || !isEnough(sizes, List.of(cutOffs.evaluation()), "judge")) {
            return Optional.empty();
        }
        List<String> names = Features.names(settings);
        Dataset<Row> trained =
                labelled.where(Features.CUT_OFF.isin(cutOffs.training().toArray()));
        int[] everyOne = Scorer.positions(names, names);
        Row extremes = trained.select(Scorer.vector(everyOne).as(FEATURES))
                .agg(Summarizer.mean(col(FEATURES)), Summarizer.min(col(FEATURES)), Summarizer.max(col(FEATURES)))
                .head();
        Map<String, String> leftOut = leftOut(trained, names, leaking, extremes);
        List<String> chosen =
                names.stream().filter(feature -> !leftOut.containsKey(feature)).toList();
        if (chosen.isEmpty()) {
            run.warn("%s: no model was learned: nothing tells customers apart", name);
            return Optional.empty();
        }
        int[] positions = Scorer.positions(chosen, names);
        List<Predictor> candidates = fit(trained, positions, ((Vector) extremes.get(0)).toArray());
        return Optional.of(better(labelled, candidates, positions, chosen, sizes, leftOut));
    }

    /** The examples that the target is about, with how it came. */
    static Dataset<Row> labelled(Dataset<Row> examples, Target target) {
        return examples.where(target.isAbout()).withColumn(LABEL, target.label());
    }

    /** How each of the scorers ranks the customers of each cut-off. */
    static Map<LocalDate, List<Ranking>> rankings(Dataset<Row> labelled, List<Scorer> scorers) {
        UDF1<Seq<Double>, long[]> bins = values -> scorers.stream()
                .mapToLong(scorer -> Calibration.bin(scorer.score(values)))
                .toArray();
        Column scores =
                udf(bins, DataTypes.createArrayType(DataTypes.LongType, false)).apply(Features.VALUES);
        Map<LocalDate, List<Ranking>> rankings = new HashMap<>();
        labelled.select(Features.CUT_OFF, col(LABEL), posexplode(scores))
                .groupBy(Features.CUT_OFF, col("pos"), col("col"))
                .agg(sum(col(LABEL)).cast(DataTypes.LongType), count(lit(1)))
                .collectAsList()
                .forEach(row -> rankings.computeIfAbsent(row.getLocalDate(0), day -> scorers.stream()
                                .map(scorer -> new Ranking())
                                .toList())
                        .get(row.getInt(1))
                        .add(row.getLong(2), row.getLong(3), row.getLong(4) - row.getLong(3)));
        return rankings;
    }

    private Map<LocalDate, Propensity.Outcome> sizes(Dataset<Row> labelled) {
        Map<LocalDate, Propensity.Outcome> sizes = new TreeMap<>();
        labelled.where(Features.CUT_OFF.isin(cutOffs.all().toArray()))
                .groupBy(Features.CUT_OFF)
                .agg(count(lit(1)), sum(col(LABEL)).cast(DataTypes.LongType))
                .collectAsList()
                .forEach(row -> sizes.put(row.getLocalDate(0), new Propensity.Outcome(row.getLong(1), row.getLong(2))));
        return sizes;
    }

    private boolean isEnough(Map<LocalDate, Propensity.Outcome> sizes, List<LocalDate> days, String purpose) {
        long customers = 0;
        long cameTrue = 0;
        for (LocalDate day : days) {
            Propensity.Outcome outcome = sizes.getOrDefault(day, new Propensity.Outcome(0, 0));
            customers += outcome.customers();
            cameTrue += outcome.cameTrue();
        }
        boolean isEnough = Math.min(cameTrue, customers - cameTrue) >= training.leastOutcomes();
        if (!isEnough) {
            run.warn(
                    "%s: no model was learned: to %s it, there are %d outcomes, of which %d came true; 'leastOutcomes' asks for"
                            + " %d that did and as many that did not",
                    name, purpose, customers, cameTrue, training.leastOutcomes());
        }
        return isEnough;
    }

    private Map<String, String> leftOut(
            Dataset<Row> trained, List<String> names, Collection<String> leaking, Row extremes) {
        Map<String, String> leftOut = new TreeMap<>();
        Vector lowest = (Vector) extremes.get(1);
        Vector highest = (Vector) extremes.get(2);
        for (int i = 0; i < names.size(); i++) {
            if (lowest.apply(i) == highest.apply(i)) {
                leftOut.put(names.get(i), "the same for all");
            }
        }
        leaking.forEach(feature -> refuse(leftOut, feature, "leaks: it knows what comes after the cut-off"));
        Leakage.alone(trained, names).forEach((feature, area) -> {
            if (area > training.leakageAuc()) {
                refuse(
                        leftOut,
                        feature,
                        String.format(
                                Locale.ROOT,
                                "leaks, as it seems: alone it tells the outcome with an AUC of %.3f, more than 'leakageAuc'",
                                area));
            }
        });
        return leftOut;
    }

    private void refuse(Map<String, String> leftOut, String feature, String why) {
        leftOut.put(feature, why);
        run.warn("%s: feature '%s' is refused: it %s", name, feature, why);
    }

    private List<Predictor> fit(Dataset<Row> trained, int[] positions, double[] means) {
        Dataset<Row> vectors = trained.select(Scorer.vector(positions).as(FEATURES), col(LABEL))
                .persist();
        try {
            double[] chosenMeans = new double[positions.length];
            for (int i = 0; i < positions.length; i++) {
                chosenMeans[i] = means[positions[i]];
            }
            return AtOnce.all(List.of(() -> Linear.fit(vectors, chosenMeans), () -> Trees.fit(vectors, training)));
        } finally {
            vectors.unpersist();
        }
    }

    private Propensity better(
            Dataset<Row> labelled,
            List<Predictor> candidates,
            int[] positions,
            List<String> chosen,
            Map<LocalDate, Propensity.Outcome> sizes,
            Map<String, String> leftOut) {
        Map<LocalDate, List<Ranking>> rankings = rankings(
                labelled.where(Features.CUT_OFF.isin(cutOffs.calibration(), cutOffs.evaluation())),
                candidates.stream()
                        .map(candidate -> new Scorer(positions, candidate))
                        .toList());
        Map<String, Evaluation> evaluations = new TreeMap<>();
        List<Calibration> calibrations = new ArrayList<>();
        for (int i = 0; i < candidates.size(); i++) {
            Calibration calibration =
                    Calibration.of(rankings.get(cutOffs.calibration()).get(i));
            calibrations.add(calibration);
            evaluations.put(
                    candidates.get(i).algorithm(),
                    Evaluation.of(rankings.get(cutOffs.evaluation()).get(i), calibration));
        }
        // Trees must earn that they are harder to read.
        double linear = evaluations.get(Linear.ALGORITHM).logLoss();
        double trees = evaluations.get(Trees.ALGORITHM).logLoss();
        int best = trees < linear * (1 - training.leastGain()) ? 1 : 0;
        return new Propensity(
                target,
                settings,
                training,
                cutOffs,
                sizes,
                chosen,
                candidates.get(best),
                calibrations.get(best),
                evaluations,
                leftOut,
                LIMITS);
    }
}
