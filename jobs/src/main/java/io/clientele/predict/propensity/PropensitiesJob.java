package io.clientele.predict.propensity;

import static io.clientele.config.Requirement.check;
import static org.apache.spark.sql.functions.approx_count_distinct;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.xxhash64;

import io.clientele.run.Job;
import io.clientele.run.Model;
import io.clientele.run.Run;
import io.clientele.schema.CustomerPropensities;
import io.clientele.schema.Events;
import io.clientele.schema.FctOrderLines;
import io.clientele.schema.LineKind;
import io.clientele.schema.PropensityEvaluations;
import io.clientele.table.Joins;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * How probably each customer buys, or leaves, in the days to come. A night scores with the model in force; when that is old,
 * or the configuration has changed, another is learned, and takes its place only if it is better on later outcomes, to which
 * neither was fitted.
 */
public final class PropensitiesJob {

    public static final Job<Config> JOB = Job.named("propensities", Config.class)
            .reads(FctOrderLines.TABLE, Events.TABLE)
            .writes(CustomerPropensities.TABLE, PropensityEvaluations.TABLE)
            .runs(PropensitiesJob::run);

    /** Examples to a partition; fits go over partitions in a fixed order, so that they give the same each time. */
    private static final long PARTITION_ROWS = 250_000;

    /** Customers are drawn by their digest: in so many parts. */
    private static final int PARTS = 10_000;

    /** The share of sales that may be dated before the data begins: by a wrong clock, or a typing error. */
    private static final double STRAY = 0.001;

    /** Of so many customers it is checked that features know nothing of what comes after. */
    private static final int CHECKED_CUSTOMERS = 500;

    /**
     * {@code conf/propensities.yaml}.
     *
     * @param targets what is predicted, by name
     */
    public record Config(Map<String, Target> targets, FeatureSettings features, Training training) {
        public Config {
            check(targets != null && !targets.isEmpty(), "key 'targets' is missing: what is predicted");
            check(features != null, "key 'features' is missing");
            check(training != null, "key 'training' is missing");
            targets = new TreeMap<>(targets);
            targets.forEach((name, target) -> {
                check(name.matches("[a-z][a-z0-9_]*"), "key 'targets': '%s' is not a name in snake_case", name);
                check(target != null, "key 'targets.%s' says nothing", name);
                check(
                        target.activeDays() == null || target.activeDays() <= features.historyDays(),
                        "key 'targets.%s': 'activeDays' is more than 'historyDays' (%d)",
                        name,
                        features.historyDays());
            });
        }
    }

    /** The day on which the data begins in earnest, and about how many customers there are to learn from. */
    private record Span(LocalDate first, long customers) {}

    private final Config config;
    private final Run run;
    private final Dataset<Row> lines;
    private final Dataset<Row> events;

    private PropensitiesJob(Config config, Run run) {
        this.config = config;
        this.run = run;
        this.lines = run.lake().read(FctOrderLines.TABLE);
        this.events = run.lake().read(Events.TABLE);
    }

    static void run(Config config, Run run) {
        new PropensitiesJob(config, run).run();
    }

    private void run() {
        List<String> due =
                config.targets().keySet().stream().filter(this::isDue).toList();
        if (!due.isEmpty()) {
            learn(due);
        }
        Map<String, Model> champions = new TreeMap<>();
        config.targets().keySet().forEach(name -> champion(name).ifPresent(model -> champions.put(name, model)));
        write(champions);
    }

    private static String modelName(String target) {
        return "propensity_" + target;
    }

    /** The model in force, unless it predicts something else than what is asked for now. */
    private Optional<Model> champion(String name) {
        return run.models().champion(modelName(name)).filter(model -> Propensity.parse(model.json())
                .target()
                .equals(config.targets().get(name)));
    }

    private boolean isDue(String name) {
        return run.models()
                .youngest(modelName(name))
                .filter(model -> model.learnedOn()
                        .plusDays(config.training().retrainAfterDays())
                        .isAfter(run.date()))
                .filter(model -> Propensity.parse(model.json())
                        .isOf(config.targets().get(name), config.features(), config.training()))
                .isEmpty();
    }

    private void learn(List<String> due) {
        Optional<Span> span = span();
        if (span.isEmpty()) {
            run.warn("nobody bought: no propensities");
            return;
        }
        Map<String, CutOffs> plans = new TreeMap<>();
        for (String name : due) {
            Target target = config.targets().get(name);
            int historyDays = config.features().historyDays();
            long missing = CutOffs.missingDays(run.date(), span.get().first(), target, historyDays);
            if (missing > 0) {
                run.warn("%s: no model was learned: %d more days of order lines are needed", name, missing);
            } else {
                plans.put(name, CutOffs.of(run.date(), span.get().first(), target, historyDays, config.training()));
            }
        }
        if (!plans.isEmpty()) {
            learn(plans, span.get().customers());
        }
    }

    private void learn(Map<String, CutOffs> plans, long customers) {
        FeatureSettings settings = config.features();
        List<LocalDate> cutOffs = plans.values().stream()
                .flatMap(plan -> plan.all().stream())
                .distinct()
                .sorted()
                .toList();
        double share = Math.min(1, (double) config.training().customers() / customers);
        Dataset<Row> history = history(settings, share, cutOffs.get(0)).persist();
        Dataset<Row> examples = examples(history, settings, cutOffs)
                .repartition((int) (1 + share * customers * cutOffs.size() / PARTITION_ROWS), History.CUSTOMER)
                .sortWithinPartitions(History.CUSTOMER, Features.CUT_OFF)
                .persist();
        try {
            List<String> leaking = Leakage.fromLater(
                    (days, dates) -> Features.of(days, dates, settings),
                    history.where(isDrawn(History.CUSTOMER, Math.min(share, (double) CHECKED_CUSTOMERS / customers))),
                    cutOffs.get(0),
                    Features.names(settings));
            plans.forEach((name, plan) -> new Learner(
                            name, config.targets().get(name), plan, settings, config.training(), run)
                    .learn(examples, leaking)
                    .ifPresent(challenger -> judge(name, challenger, examples, share)));
        } finally {
            examples.unpersist();
            history.unpersist();
        }
    }

    /** Puts the challenger in force if there is no champion that is as good on the same outcomes of the same customers. */
    private void judge(String name, Propensity challenger, Dataset<Row> examples, double share) {
        LocalDate day = challenger.cutOffs().evaluation();
        Dataset<Row> known = examples.where(Features.CUT_OFF.equalTo(lit(day)));
        Optional<Propensity> before = champion(name).map(model -> Propensity.parse(model.json()));
        Optional<Evaluation> champion = Optional.empty();
        boolean wins = true;
        if (before.isPresent()) {
            FeatureSettings settings = before.get().featureSettings();
            boolean isAlike = settings.equals(config.features());
            Dataset<Row> other = isAlike ? known : examples(history(settings, share, day), settings, List.of(day));
            champion = evaluation(before.get(), isAlike ? other : ofThose(known, other));
            Optional<Evaluation> own =
                    isAlike ? Optional.of(challenger.evaluation()) : evaluation(challenger, ofThose(other, known));
            wins = champion.isEmpty()
                    || own.isEmpty()
                    || own.get().logLoss()
                            < champion.get().logLoss() * (1 - config.training().leastGain());
        }
        Propensity compared = champion.map(challenger::beside).orElse(challenger);
        run.models()
                .keep(new Model(
                        modelName(name),
                        run.date(),
                        wins,
                        config.training().seed(),
                        compared.metrics(),
                        compared.json()));
        compared.metrics().forEach((metric, value) -> run.metric(name + "." + metric, value));
    }

    /** The rows of customers that are among those, too: features that look back less far know fewer customers. */
    private static Dataset<Row> ofThose(Dataset<Row> those, Dataset<Row> rows) {
        return rows.join(those.select(History.CUSTOMER), Joins.on(History.CUSTOMER.toString()), Joins.SEMI);
    }

    /** How a model fares on examples of one cut-off; nothing if they are all alike. */
    private static Optional<Evaluation> evaluation(Propensity model, Dataset<Row> examples) {
        return Learner.rankings(Learner.labelled(examples, model.target()), List.of(model.scorer())).values().stream()
                .map(rankings -> rankings.get(0))
                .filter(ranking -> ranking.positives() > 0 && ranking.positives() < ranking.size())
                .findFirst()
                .map(ranking -> Evaluation.of(ranking, model.calibration()));
    }

    /** Since when there are sales to customers, but for the few that are dated long before; none if there is no sale. */
    private Optional<Span> span() {
        Dataset<Row> sales = lines.where(LineKind.SALE
                .is(FctOrderLines.LINE_KIND.col())
                .and(FctOrderLines.CUSTOMER_ID.col().isNotNull())
                .and(FctOrderLines.ORDERED_ON.col().leq(lit(run.date()))));
        NavigableMap<LocalDate, Long> days = new TreeMap<>();
        sales.groupBy(FctOrderLines.ORDERED_ON.col())
                .count()
                .collectAsList()
                .forEach(row -> days.put(row.getLocalDate(0), row.getLong(1)));
        long stray = (long)
                (STRAY * days.values().stream().mapToLong(Long::longValue).sum());
        for (Map.Entry<LocalDate, Long> day : days.entrySet()) {
            stray -= day.getValue();
            if (stray < 0) {
                return Optional.of(new Span(day.getKey(), customers()));
            }
        }
        return Optional.empty();
    }

    /** About how many customers there are, buyers or not. */
    private long customers() {
        return lines.select(FctOrderLines.CUSTOMER_ID.col())
                .union(events.where(Events.EVENT_TYPE
                                .col()
                                .isin(config.features().eventTypes().toArray()))
                        .select(Events.CUSTOMER_ID.col()))
                .agg(approx_count_distinct(FctOrderLines.CUSTOMER_ID.col()))
                .head()
                .getLong(0);
    }

    /** @param earliest cut-off that looks back at it */
    private Dataset<Row> history(FeatureSettings settings, double share, LocalDate earliest) {
        return History.of(
                lines.where(isDrawn(FctOrderLines.CUSTOMER_ID.col(), share)),
                events.where(isDrawn(Events.CUSTOMER_ID.col(), share)),
                earliest.minusDays(settings.historyDays()),
                run.date(),
                settings);
    }

    private Column isDrawn(Column customer, double share) {
        Column part = pmod(xxhash64(customer, lit(config.training().seed())), lit(PARTS));
        return share >= 1 ? lit(true) : part.lt(Math.ceil(share * PARTS));
    }

    private Dataset<Row> examples(Dataset<Row> history, FeatureSettings settings, List<LocalDate> cutOffs) {
        int days =
                config.targets().values().stream().mapToInt(Target::days).max().orElseThrow();
        return Features.of(history, cutOffs, settings)
                .join(
                        Outcomes.of(history, cutOffs, days),
                        Joins.on(History.CUSTOMER.toString(), Features.CUT_OFF.toString()),
                        Joins.LEFT);
    }

    private void write(Map<String, Model> champions) {
        Map<FeatureSettings, Dataset<Row>> features = new HashMap<>();
        List<Row> evaluations = new ArrayList<>();
        Dataset<Row> scored = null;
        for (Map.Entry<String, Model> champion : champions.entrySet()) {
            Propensity model = Propensity.parse(champion.getValue().json());
            String id = champion.getValue().id();
            Dataset<Row> known = features.computeIfAbsent(
                    model.featureSettings(),
                    settings -> Features.of(history(settings, 1, run.date()), List.of(run.date()), settings));
            Dataset<Row> scores = Scores.of(known, model, champion.getKey(), id);
            scored = scored == null ? scores : scored.union(scores);
            model.evaluation().deciles().forEach(decile -> evaluations.add(row(champion.getKey(), id, model, decile)));
        }
        if (scored == null) {
            run.lake()
                    .replace(
                            CustomerPropensities.TABLE,
                            run.spark().createDataFrame(List.of(), CustomerPropensities.TABLE.schema()));
        } else {
            Dataset<Row> kept = scored.persist();
            try {
                run.lake().replace(CustomerPropensities.TABLE, Scores.ranked(kept, run.date()));
            } finally {
                kept.unpersist();
            }
        }
        run.lake()
                .replace(
                        PropensityEvaluations.TABLE,
                        run.spark().createDataFrame(evaluations, PropensityEvaluations.TABLE.schema()));
    }

    private static Row row(String target, String modelId, Propensity model, Evaluation.Decile decile) {
        return RowFactory.create(
                target,
                decile.decile(),
                modelId,
                model.cutOffs().evaluation(),
                decile.customers(),
                decile.meanProbability(),
                decile.actualShare(),
                decile.lift());
    }
}
