package io.clientele.quality;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.to_date;

import io.clientele.failure.ExitCode;
import io.clientele.failure.Failure;
import io.clientele.lake.Inspector;
import io.clientele.quality.Rules.Bound;
import io.clientele.sql.Tried;
import io.clientele.table.Table;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;
import scala.concurrent.Await;
import scala.concurrent.duration.Duration;

/**
 * Holds the quality rules to what a job writes, in the pass that writes it: predicates, the number of rows and the newest
 * value are counted while the rows go by. Only uniqueness cannot be told from rows that go by: an approximate count proves
 * nothing, an exact one must see equal keys together. It is counted on the key columns alone, from the files just stored.
 *
 * <p>All this is known before the write is committed, so that a rule which stops the night leaves the table as it was.
 */
public final class QualityInspector implements Inspector {

    private static final String ROWS = "rows";

    /** Spark tells what it observed a moment after the write; where that is lost, nothing may pass as good. */
    private static final Duration PATIENCE = Duration.create(5, "minutes");

    private final Rules rules;
    private final NightsBefore nightsBefore;
    private final LocalDate date;
    private final String lakeRoot;
    private final Consumer<Outcome> onOutcome;
    private final Consumer<String> onWarning;
    private final Map<Table, Integer> writes = new HashMap<>();

    /**
     * @param lakeRoot the lake, as in the queries that messages propose
     * @param onOutcome told what each rule found, also if the write is refused
     * @param onWarning told in words what somebody should look at
     */
    public QualityInspector(
            Rules rules,
            NightsBefore nightsBefore,
            LocalDate date,
            String lakeRoot,
            Consumer<Outcome> onOutcome,
            Consumer<String> onWarning) {
        this.rules = rules;
        this.nightsBefore = nightsBefore;
        this.date = date;
        this.lakeRoot = lakeRoot;
        this.onOutcome = onOutcome;
        this.onWarning = onWarning;
    }

    @Override
    public Inspection inspect(Table table, Dataset<Row> rows) {
        List<Bound> ours = rules.of(table);
        if (ours.isEmpty()) {
            return NONE.inspect(table, rows);
        }
        Column[] figures = ours.stream()
                .filter(bound -> bound.rule().unique() == null && bound.rule().leastRows() == null)
                .map(QualityInspector::figure)
                .toArray(Column[]::new);
        Observation observation = new Observation();
        Dataset<Row> observed = rows.observe(observation, count(lit(1)).as(ROWS), figures);
        return new Inspection(observed, stored -> judge(table, ours, observation, stored));
    }

    private static Column figure(Bound bound) {
        Column figure = bound.rule().holds() != null
                ? count_if(not(coalesce(Tried.expr(bound.rule().holds()), lit(false))))
                : max(to_date(col(bound.rule().newest())));
        return figure.as(bound.id());
    }

    private void judge(Table table, List<Bound> ours, Observation observation, Stored stored) {
        // Spark may do away with what no row passes, and with its observation.
        Row figures = stored.count() == 0 ? null : figures(table, observation);
        int write = numbered(table);
        List<Failure> refusals = new ArrayList<>();
        for (Bound bound : ours) {
            Outcome outcome = judged(outcome(bound, write, figures, stored), bound);
            onOutcome.accept(outcome);
            if (outcome.verdict() == Verdict.STOP) {
                refusals.add(new Failure(ExitCode.GATE, Words.refusal(bound, outcome, lakeRoot)));
            } else if (outcome.verdict() == Verdict.WARN) {
                onWarning.accept(Words.warning(bound, outcome, lakeRoot));
            } else if (outcome.verdict() == Verdict.DRIFT) {
                onWarning.accept(Words.drift(bound, outcome, before(bound)));
            }
        }
        if (!refusals.isEmpty()) {
            refusals.stream().skip(1).forEach(refusal -> onWarning.accept(refusal.getMessage()));
            throw refusals.get(0);
        }
    }

    private static Row figures(Table table, Observation observation) {
        try {
            return Await.result(observation.future(), PATIENCE);
        } catch (TimeoutException e) {
            throw new IllegalStateException("what was observed of the rows for " + table + " was lost; run again", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private synchronized int numbered(Table table) {
        return writes.merge(table, 1, Integer::sum);
    }

    private Outcome outcome(Bound bound, int write, Row figures, Stored stored) {
        Rule rule = bound.rule();
        Long failing = null;
        Integer age = null;
        if (rule.holds() != null) {
            failing = figures == null ? 0L : figures.<Long>getAs(bound.id());
        } else if (rule.unique() != null) {
            failing = stored.count() == 0 ? 0L : repeated(rule, stored.rows().get());
        } else if (rule.newest() != null && figures != null) {
            LocalDate newest = figures.getAs(bound.id());
            age = newest == null ? null : (int) ChronoUnit.DAYS.between(newest, date);
        }
        Double share = failing == null || stored.count() == 0 ? null : (double) failing / stored.count();
        return new Outcome(
                bound.id(),
                bound.table().qualifiedName(),
                write,
                rule.dimension(),
                rule.severity(),
                rule.leastRows() != null ? stored.total() : stored.count(),
                failing,
                share,
                age,
                rule.allowed(),
                Verdict.PASS);
    }

    /** Rows beyond the first of each key. */
    private static long repeated(Rule rule, Dataset<Row> rows) {
        Column[] key = rule.unique().stream().map(column -> col(column)).toArray(Column[]::new);
        return rows.groupBy(key)
                .agg(count(lit(1)).as(ROWS))
                .agg(sum(col(ROWS).minus(1)))
                .head()
                .getLong(0);
    }

    private Outcome judged(Outcome found, Bound bound) {
        if (fails(found, bound.rule())) {
            return found.with(found.severity() == Severity.STOP ? Verdict.STOP : Verdict.WARN);
        }
        return found.with(drifts(found, bound) ? Verdict.DRIFT : Verdict.PASS);
    }

    private static boolean fails(Outcome found, Rule rule) {
        if (rule.newest() != null) {
            return found.ageDays() == null || found.ageDays() > found.allowed();
        }
        if (rule.leastRows() != null) {
            return found.rows() < found.allowed();
        }
        return found.share() != null && found.share() > found.allowed();
    }

    private boolean drifts(Outcome found, Bound bound) {
        if (rules.drift().isEmpty() || bound.rule().newest() != null) {
            return false;
        }
        Drift drift = rules.drift().get();
        if (bound.rule().leastRows() != null) {
            return drift.isFarCount((double) found.rows(), before(bound));
        }
        return found.share() != null && drift.isFarShare(found.share(), before(bound));
    }

    /** The figures of the nights before that tonight's is compared with. */
    private List<Double> before(Bound bound) {
        return bound.rule().leastRows() != null ? nightsBefore.rows(bound.id()) : nightsBefore.shares(bound.id());
    }
}
