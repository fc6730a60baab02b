package io.clientele.quality;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * What one rule found in one write: a row of {@code ops.quality}.
 *
 * @param write which write of the run to the table, from 1
 * @param rows rows written
 * @param failing rows that fail; null for a rule on the whole table
 * @param share failing rows per row; null without rows, and for a rule on the whole table
 * @param ageDays days from the newest value to the business date; null but for freshness, and where there is no value
 * @param allowed the most that share or age may be; for a number of rows the least
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Outcome(
        String rule,
        String table,
        int write,
        Dimension dimension,
        Severity severity,
        long rows,
        Long failing,
        Double share,
        Integer ageDays,
        double allowed,
        Verdict verdict) {

    Outcome with(Verdict other) {
        return new Outcome(rule, table, write, dimension, severity, rows, failing, share, ageDays, allowed, other);
    }
}
