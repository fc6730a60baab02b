package io.clientele.score;

import static io.clientele.config.Requirement.check;
import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_contains;
import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_set;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pow;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.slice;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.when;

import io.clientele.config.Suggestion;
import io.clientele.run.Job;
import io.clientele.run.Run;
import io.clientele.schema.Consents;
import io.clientele.schema.CustomerScores;
import io.clientele.schema.Customers;
import io.clientele.schema.EventType;
import io.clientele.schema.Events;
import io.clientele.table.Field;
import io.clientele.table.Joins;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * Scores customers by what they do: each event is worth the weight of its signal, half of it after each half-life; a signal
 * is worth no more than its cap, and the score is the sum, between 0 and a cap. Each score comes with its reasons.
 */
public final class ScoresJob {

    public static final Job<Config> JOB = Job.named("scores", Config.class)
            .reads(Customers.TABLE, Events.TABLE, Consents.TABLE)
            .writes(CustomerScores.TABLE)
            .runs(ScoresJob::run);

    private static final int REASONS = 3;
    private static final String GRANTED = "granted";

    /** Sums of whole numbers do not depend on the order of their terms. */
    private static final double PARTS_OF_POINT = 1e6;

    /**
     * {@code conf/scores.yaml}.
     *
     * @param windowDays how old an event may be, in days
     * @param purpose of the consents that signals may need
     */
    public record Config(int windowDays, String purpose, Score behavioural, Score lead, Score engagement) {
        public Config {
            check(windowDays > 0, "key 'windowDays' must be positive, got %d", windowDays);
            check(purpose != null && !purpose.isBlank(), "key 'purpose' is missing: that of the consents that count");
            check(behavioural != null, "key 'behavioural' is missing: halfLifeDays, cap and signals");
            check(lead != null, "key 'lead' is missing: halfLifeDays, cap and signals");
            check(engagement != null, "key 'engagement' is missing: halfLifeDays, cap and signals");
        }

        private Map<CustomerScores, Score> scores() {
            Map<CustomerScores, Score> scores = new LinkedHashMap<>();
            scores.put(CustomerScores.BEHAVIOURAL, behavioural);
            scores.put(CustomerScores.LEAD, lead);
            scores.put(CustomerScores.ENGAGEMENT, engagement);
            return scores;
        }
    }

    /**
     * One score.
     *
     * @param halfLifeDays after so many days an event is worth half
     * @param cap the highest score
     * @param signals what counts, by the name that reasons give it
     */
    public record Score(double halfLifeDays, double cap, Map<String, Signal> signals) {
        public Score {
            check(halfLifeDays > 0, "key 'halfLifeDays' must be positive, got %s", halfLifeDays);
            check(cap > 0, "key 'cap' of a score must be positive, got %s", cap);
            check(signals != null && !signals.isEmpty(), "key 'signals' is missing: what counts, by name");
            signals.forEach((name, signal) -> {
                check(signal != null, "key 'signals.%s' says nothing", name);
                String event = signal.eventOr(name);
                check(
                        EventType.codes().contains(event),
                        "key 'signals.%s': no event type '%s'%s (there are %s)",
                        name,
                        event,
                        Suggestion.question(event, EventType.codes()),
                        String.join(", ", EventType.codes()));
            });
            signals = Collections.unmodifiableMap(new LinkedHashMap<>(signals));
        }
    }

    /**
     * A kind of events.
     *
     * @param event its type; the signal's name if absent
     * @param subject counts only events about this; all if absent
     * @param weight points of an event of today; negative for what speaks against
     * @param cap the most points, up or down, that all its events are worth together
     * @param consent a channel: without consent to it, the events count for nothing
     * @param rating what the mark that an event gives makes of the weight
     */
    public record Signal(String event, String subject, double weight, double cap, String consent, Rating rating) {
        public Signal {
            check(weight != 0, "key 'weight' of a signal must not be 0");
            check(cap > 0, "key 'cap' of a signal must be positive, got %s", cap);
            check(
                    consent == null || Consents.CHANNELS.contains(consent),
                    "key 'consent' of a signal: no channel '%s'%s (there are %s)",
                    consent,
                    Suggestion.question(String.valueOf(consent), Consents.CHANNELS),
                    String.join(", ", Consents.CHANNELS));
        }

        private String eventOr(String name) {
            return event == null ? name : event;
        }
    }

    /**
     * Which mark is worth nothing and which the whole weight; below neutral an event speaks against, by the whole weight at
     * most.
     */
    public record Rating(double neutral, double best) {
        public Rating {
            check(best > neutral, "key 'rating': best must be above neutral, got %s and %s", best, neutral);
        }
    }

    private ScoresJob() {}

    static void run(Config config, Run run) {
        Dataset<Row> customers = run.lake().read(Customers.TABLE);
        Dataset<Row> events = run.lake().read(Events.TABLE);
        if (inWindow(events, run.date(), config).isEmpty()) {
            run.warn("no event in the last %d days: all scores are 0", config.windowDays());
        }
        long scored = run.lake()
                .replace(
                        CustomerScores.TABLE,
                        score(customers, events, run.lake().read(Consents.TABLE), run.date(), config))
                .rows();
        run.balance(CustomerScores.TABLE, customers.count(), scored, 0, 0);
    }

    /** One row per customer. */
    public static Dataset<Row> score(
            Dataset<Row> customers, Dataset<Row> events, Dataset<Row> consents, LocalDate date, Config config) {
        Dataset<Row> granted = consents.where(
                        Consents.PURPOSE.col().equalTo(config.purpose()).and(Consents.IS_GRANTED.col()))
                .groupBy(Consents.CUSTOMER_ID.col())
                .agg(collect_set(Consents.CHANNEL.col()).as(GRANTED));
        Dataset<Row> summed = customers
                .select(Customers.CUSTOMER_ID.col())
                .join(sums(inWindow(events, date, config), date, config), Joins.on(Customers.CUSTOMER_ID), Joins.LEFT)
                .join(granted, Joins.on(Customers.CUSTOMER_ID), Joins.LEFT);
        List<Column> columns = new ArrayList<>(List.of(
                CustomerScores.CUSTOMER_ID.is(Customers.CUSTOMER_ID.col()), CustomerScores.AS_OF.is(lit(date))));
        config.scores().forEach((score, rules) -> {
            Map<String, Column> points = points(score, rules);
            Column all = points.values().stream().reduce(lit(0.0), Column::plus);
            columns.add(score.is(round(greatest(lit(0.0), least(lit(rules.cap()), all)), 2)));
            columns.add(reasonsOf(score).is(reasons(points)));
        });
        return summed.select(columns.toArray(Column[]::new));
    }

    private static Dataset<Row> inWindow(Dataset<Row> events, LocalDate date, Config config) {
        Object[] types = config.scores().values().stream()
                .flatMap(score -> score.signals().entrySet().stream())
                .map(signal -> signal.getValue().eventOr(signal.getKey()))
                .distinct()
                .toArray();
        return events.where(Events.CUSTOMER_ID
                .col()
                .isNotNull()
                .and(Events.EVENT_TYPE.col().isin(types))
                .and(Events.OCCURRED_ON.col().between(lit(date.minusDays(config.windowDays() - 1L)), lit(date))));
    }

    /** For each customer and signal the worth of its events, from one pass over them. */
    private static Dataset<Row> sums(Dataset<Row> events, LocalDate date, Config config) {
        Column age = datediff(lit(date), Events.OCCURRED_ON.col());
        List<Column> sums = new ArrayList<>();
        config.scores().forEach((score, rules) -> {
            Column decay = pow(lit(0.5), age.divide(rules.halfLifeDays()));
            rules.signals().forEach((name, signal) -> {
                Column isIt = Events.EVENT_TYPE.col().equalTo(signal.eventOr(name));
                if (signal.subject() != null) {
                    isIt = isIt.and(Events.SUBJECT.col().equalTo(signal.subject()));
                }
                Column worth = decay.multiply(signal.weight() * PARTS_OF_POINT);
                if (signal.rating() != null) {
                    worth = worth.multiply(share(signal.rating()));
                }
                sums.add(sum(when(isIt, round(worth).cast(DataTypes.LongType))).as(sumOf(score, name)));
            });
        });
        return events.groupBy(Events.CUSTOMER_ID.col())
                .agg(sums.get(0), sums.subList(1, sums.size()).toArray(Column[]::new));
    }

    /** -1 to 1; nothing for an event without a mark. */
    private static Column share(Rating rating) {
        Column share = Events.RATING
                .col()
                .cast(DataTypes.DoubleType)
                .minus(rating.neutral())
                .divide(rating.best() - rating.neutral());
        // The least and the greatest of a null and a number is the number.
        return when(Events.RATING.col().isNull(), 0.0).otherwise(greatest(lit(-1.0), least(lit(1.0), share)));
    }

    /** What each signal of a score is worth, capped, to a hundredth. */
    private static Map<String, Column> points(CustomerScores score, Score rules) {
        Map<String, Column> points = new LinkedHashMap<>();
        rules.signals().forEach((name, signal) -> {
            Column worth = coalesce(col(sumOf(score, name)).divide(PARTS_OF_POINT), lit(0.0));
            Column capped = greatest(lit(-signal.cap()), least(lit(signal.cap()), worth));
            Column counts = signal.consent() == null
                    ? lit(true)
                    : coalesce(array_contains(col(GRANTED), signal.consent()), lit(false));
            points.put(name, round(when(counts, capped).otherwise(0.0), 2));
        });
        return points;
    }

    private static Column reasons(Map<String, Column> points) {
        Column all = array(points.entrySet().stream()
                .map(signal -> struct(
                        abs(signal.getValue()).multiply(-1).as("rank"),
                        lit(signal.getKey()).as(CustomerScores.REASON),
                        signal.getValue().as(CustomerScores.POINTS)))
                .toArray(Column[]::new));
        Column strongest = slice(
                array_sort(filter(
                        all, reason -> reason.getField(CustomerScores.POINTS).notEqual(0.0))),
                1,
                REASONS);
        return transform(
                strongest,
                reason -> struct(
                        reason.getField(CustomerScores.REASON).as(CustomerScores.REASON),
                        reason.getField(CustomerScores.POINTS).as(CustomerScores.POINTS)));
    }

    private static Field reasonsOf(CustomerScores score) {
        return CustomerScores.valueOf(score.name() + "_REASONS");
    }

    private static String sumOf(CustomerScores score, String signal) {
        return score.column() + "_" + signal;
    }
}
