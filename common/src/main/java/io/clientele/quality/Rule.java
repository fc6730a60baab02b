package io.clientele.quality;

import static io.clientele.config.Requirement.check;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What a table must be like, as {@code conf/quality.yaml} says it: exactly one of {@code holds}, {@code unique}, {@code
 * newest} and {@code leastRows}, judged on the rows that a job writes tonight.
 *
 * @param table the table, by its name in SQL
 * @param holds an SQL expression that is true of a good row; a row of which it is null, or on which it fails, is no good one
 * @param unique columns of which no two rows have the same values, nulls included
 * @param newest a column of days or instants, of which the newest must not be old
 * @param leastRows how many rows there must be
 * @param mostFailing for {@code holds} and {@code unique}: the share of rows that may fail, 0 to 1; 0 if not said. Of rows
 *     that are not unique, all but one fail
 * @param days for {@code newest}: how old it may be, in days before the business date
 */
public record Rule(
        String table,
        Dimension dimension,
        Severity severity,
        String holds,
        List<String> unique,
        String newest,
        Long leastRows,
        Double mostFailing,
        Integer days) {

    public Rule {
        check(
                table != null && !table.isBlank(),
                "key 'table' is missing: the name of the table, as in mart.customer_rfm");
        check(
                dimension != null,
                "key 'dimension' is missing: completeness, validity, uniqueness, freshness or consistency");
        check(severity != null, "key 'severity' is missing: warn, or stop");
        long kinds = Stream.of(holds, unique, newest, leastRows)
                .filter(Objects::nonNull)
                .count();
        check(kinds == 1, "a rule has exactly one of holds, unique, newest and leastRows, this one has %d", kinds);
        check(holds == null || !holds.isBlank(), "key 'holds' is empty: an SQL expression that is true of a good row");
        check(unique == null || !unique.isEmpty(), "key 'unique' is empty: the columns that tell rows apart");
        unique = unique == null ? null : List.copyOf(unique);
        check(
                (unique != null) == (dimension == Dimension.UNIQUENESS),
                "key 'dimension' is uniqueness where 'unique' is given, and nowhere else");
        check(
                (newest != null) == (dimension == Dimension.FRESHNESS),
                "key 'dimension' is freshness where 'newest' is given, and nowhere else");
        check((newest != null) == (days != null), "key 'days' is there where 'newest' is, and nowhere else");
        check(days == null || days >= 0, "key 'days' must not be negative, got %d", days);
        check(leastRows == null || leastRows >= 1, "key 'leastRows' must be positive, got %d", leastRows);
        check(
                mostFailing == null || holds != null || unique != null,
                "key 'mostFailing' goes with 'holds' or 'unique' only");
        check(
                mostFailing == null || (mostFailing >= 0 && mostFailing < 1),
                "key 'mostFailing' must be a share from 0 to below 1, got %s",
                mostFailing);
    }

    /** The limit, in the unit of what is measured: a share, days, or rows. */
    double allowed() {
        if (newest != null) {
            return days;
        }
        if (leastRows != null) {
            return leastRows;
        }
        return mostFailing == null ? 0 : mostFailing;
    }
}
