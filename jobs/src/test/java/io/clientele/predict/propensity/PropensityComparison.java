package io.clientele.predict.propensity;

import static org.apache.spark.sql.functions.col;

import io.clientele.lake.Lake;
import io.clientele.schema.Events;
import io.clientele.schema.FctOrderLines;
import io.clientele.table.Joins;
import io.clientele.testing.LoneNight;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/** What both algorithms reach in one night, beside what is simplest and what is best possible. */
public final class PropensityComparison {

    static final String BEST = "best_possible";

    private static final String RECENCY = "days_since_purchase";

    /** One line of a comparison. */
    public record Line(String target, String model, LocalDate cutOff, Map<String, Double> metrics, long customers) {}

    private final SparkSession spark;
    private final Lake lake;
    private final PropensitiesJob.Config config;

    PropensityComparison(SparkSession spark, Lake lake, PropensitiesJob.Config config) {
        this.spark = spark;
        this.lake = lake;
        this.config = config;
    }

    /** The customers of a known process, of whom all that they did in three years is in the lake. */
    public static List<Line> onKnownProcess(SparkSession spark, Lake lake, long customers) {
        KnownProcess process = new KnownProcess(LocalDate.of(2023, 1, 1), 1095, 7);
        process.fill(spark, lake, customers);
        PropensityComparison comparison = new PropensityComparison(
                spark,
                lake,
                new PropensitiesJob.Config(
                        Map.of(
                                "purchase", new Target(Target.Outcome.PURCHASE, 30, null),
                                "churn", new Target(Target.Outcome.CHURN, 60, 120)),
                        new FeatureSettings(540, List.of(30, 90, 180), List.of("web"), List.of("FR"), List.of("visit")),
                        new Training(6, 15, Integer.MAX_VALUE, 100, 0.97, 60, 5, 30, 0.001, 1)));
        List<Line> lines = comparison.night(process.last());
        comparison.config.targets().forEach((name, target) -> lines.add(comparison.best(name, process, customers)));
        return lines;
    }

    /** Real order lines, at some dates. */
    public static List<Line> onOrderLines(SparkSession spark, Lake lake, List<LocalDate> dates) {
        PropensityComparison comparison = new PropensityComparison(
                spark,
                lake,
                new PropensitiesJob.Config(
                        Map.of(
                                "purchase", new Target(Target.Outcome.PURCHASE, 30, null),
                                "churn", new Target(Target.Outcome.CHURN, 45, 90)),
                        new FeatureSettings(120, List.of(30, 60), List.of(), List.of("United Kingdom"), List.of()),
                        new Training(6, 15, Integer.MAX_VALUE, 100, 0.97, 40, 4, 1, 0, 1)));
        return dates.stream().flatMap(date -> comparison.night(date).stream()).toList();
    }

    /** What a night learned, by target and algorithm. */
    List<Line> night(LocalDate date) {
        LoneNight night = new LoneNight(spark, lake, date);
        PropensitiesJob.run(config, night);
        List<Line> lines = new ArrayList<>();
        config.targets().keySet().forEach(name -> {
            Propensity model = learned(night, name);
            model.evaluations().forEach((algorithm, evaluation) -> lines.add(line(name, algorithm, model, evaluation)));
            lines.add(line(name, "recency_only", model, recencyOnly(model)));
        });
        return lines;
    }

    private static Propensity learned(LoneNight night, String name) {
        return night.models()
                .youngest("propensity_" + name)
                .map(model -> Propensity.parse(model.json()))
                .orElseThrow(() -> new IllegalStateException(String.join("; ", night.warnings())));
    }

    private static Line line(String target, String name, Propensity model, Evaluation evaluation) {
        return new Line(
                target,
                name,
                model.cutOffs().evaluation(),
                new LinkedHashMap<>(evaluation.metrics()),
                evaluation.customers());
    }

    private Dataset<Row> labelled(Propensity model, List<LocalDate> cutOffs) {
        FeatureSettings settings = model.featureSettings();
        Dataset<Row> history = History.of(
                lake.read(FctOrderLines.TABLE),
                lake.read(Events.TABLE),
                LocalDate.EPOCH,
                LocalDate.of(9999, 1, 1),
                settings);
        Dataset<Row> examples = Features.of(history, cutOffs, settings)
                .join(
                        Outcomes.of(history, cutOffs, model.target().days()),
                        Joins.on("customer_id", "cut_off"),
                        Joins.LEFT);
        return Learner.labelled(examples, model.target());
    }

    /** The only feature is how long ago the last purchase was, calibrated as the models are. */
    private Evaluation recencyOnly(Propensity model) {
        double direction = model.target().predicts() == Target.Outcome.PURCHASE ? -1 : 1;
        List<String> names = Features.names(model.featureSettings());
        Scorer scorer = new Scorer(
                Scorer.positions(List.of(RECENCY), names), new Linear(0, new double[] {direction}, new double[] {0}));
        LocalDate calibration = model.cutOffs().calibration();
        LocalDate evaluation = model.cutOffs().evaluation();
        Map<LocalDate, List<Ranking>> rankings =
                Learner.rankings(labelled(model, List.of(calibration, evaluation)), List.of(scorer));
        return Evaluation.of(
                rankings.get(evaluation).get(0),
                Calibration.of(rankings.get(calibration).get(0)));
    }

    private Line best(String name, KnownProcess process, long customers) {
        Propensity model = learned(new LoneNight(spark, lake, process.last()), name);
        LocalDate cutOff = model.cutOffs().evaluation();
        boolean isPurchase = model.target().predicts() == Target.Outcome.PURCHASE;
        UDF1<Double, Long> bin = chance -> Calibration.bin((isPurchase ? 1 : -1) * Math.log(chance / (1 - chance)));
        Ranking ranking = new Ranking();
        labelled(model, List.of(cutOff))
                .join(
                        process.chances(spark, customers, cutOff, model.target().days()),
                        History.CUSTOMER.equalTo(col("customer")))
                .groupBy(functions.udf(bin, DataTypes.LongType).apply(col("chance")), col(Learner.LABEL))
                .count()
                .collectAsList()
                .forEach(row -> {
                    long positives = row.getDouble(1) > 0 ? row.getLong(2) : 0;
                    ranking.add(row.getLong(0), positives, row.getLong(2) - positives);
                });
        return line(name, BEST, model, Evaluation.of(ranking, Calibration.NONE));
    }
}
