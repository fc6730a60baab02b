package io.clientele.quality;

import io.clientele.lake.Lake;
import io.clientele.schema.Quality;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Row;

/**
 * What the rules found in the nights before the business date: for each date what its last run published. It is read from the
 * lake once a night, when it is first asked for.
 */
public final class NightsBefore {

    /** What a rule found in one night, over all writes. */
    record Found(String runId, long rows, long failing) {

        /** Runs of one date come after each other in the order of their ids; writes of one run add up. */
        private Found and(Found other) {
            if (!runId.equals(other.runId)) {
                return runId.compareTo(other.runId) > 0 ? this : other;
            }
            return new Found(runId, rows + other.rows, failing + other.failing);
        }
    }

    private final Lake lake;
    private final LocalDate date;
    private final Optional<Drift> drift;
    private Map<String, Map<LocalDate, Found>> byRule;

    /** @param rules say how far back to look */
    public NightsBefore(Lake lake, LocalDate date, Rules rules) {
        this.lake = lake;
        this.date = date;
        this.drift = rules.drift();
    }

    /** The number of rows in each night. */
    List<Double> rows(String rule) {
        return of(rule).stream().map(found -> (double) found.rows()).toList();
    }

    /** The share of failing rows in each night that had rows. */
    List<Double> shares(String rule) {
        return of(rule).stream()
                .filter(found -> found.rows() > 0)
                .map(found -> (double) found.failing() / found.rows())
                .toList();
    }

    private synchronized Collection<Found> of(String rule) {
        if (byRule == null) {
            byRule =
                    drift.filter(any -> lake.has(Quality.TABLE)).map(this::read).orElse(Map.of());
        }
        return byRule.getOrDefault(rule, Map.of()).values();
    }

    /** As many rows as there are rules and runs in that time. */
    private Map<String, Map<LocalDate, Found>> read(Drift settings) {
        Map<String, Map<LocalDate, Found>> found = new HashMap<>();
        List<Row> rows = lake.read(Quality.TABLE)
                .where(Quality.BUSINESS_DATE
                        .col()
                        .lt(date)
                        .and(Quality.BUSINESS_DATE.col().geq(date.minusDays(settings.days())))
                        .and(Quality.VERDICT.col().notEqual(Verdict.STOP.code())))
                .select(
                        Quality.RULE_ID.col(),
                        Quality.BUSINESS_DATE.col(),
                        Quality.RUN_ID.col(),
                        Quality.ROWS.col(),
                        Quality.FAILING.col())
                .collectAsList();
        for (Row row : rows) {
            found.computeIfAbsent(row.getString(0), rule -> new TreeMap<>())
                    .merge(
                            row.getLocalDate(1),
                            new Found(row.getString(2), row.getLong(3), row.isNullAt(4) ? 0 : row.getLong(4)),
                            Found::and);
        }
        return found;
    }
}
