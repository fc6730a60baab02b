package io.clientele.quality;

import io.clientele.lake.RefusedRows;
import io.clientele.quality.Rules.Bound;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;

/** What a rule found, in words: counts and the query that shows the rows, never their values. */
final class Words {

    private Words() {}

    static String refusal(Bound bound, Outcome outcome, String lakeRoot) {
        return "quality rule '%s' stops the night, %s stays as it was: %s; to see them: %s"
                .formatted(
                        bound.id(),
                        bound.table(),
                        finding(bound, outcome),
                        command(bound, RefusedRows.nameInSql(bound.table()), lakeRoot));
    }

    static String warning(Bound bound, Outcome outcome, String lakeRoot) {
        return "quality rule '%s', %s: %s; to see them: %s"
                .formatted(
                        bound.id(),
                        bound.table(),
                        finding(bound, outcome),
                        command(bound, bound.table().qualifiedName(), lakeRoot));
    }

    static String drift(Bound bound, Outcome outcome, List<Double> before) {
        double median = Drift.median(before);
        String figures = bound.rule().leastRows() != null
                ? String.format(
                        Locale.ROOT,
                        "%,d rows, where %d nights before had about %,.0f",
                        outcome.rows(),
                        before.size(),
                        median)
                : String.format(
                        Locale.ROOT,
                        "%s of the rows fail, where in %d nights before about %s did",
                        percent(outcome.share()),
                        before.size(),
                        percent(median));
        return "quality rule '%s', %s has drifted: %s".formatted(bound.id(), bound.table(), figures);
    }

    private static String finding(Bound bound, Outcome outcome) {
        Rule rule = bound.rule();
        if (rule.newest() != null) {
            return outcome.ageDays() == null
                    ? "column '%s' has no value".formatted(rule.newest())
                    : "the newest %s is %d days old, %d are allowed"
                            .formatted(rule.newest(), outcome.ageDays(), rule.days());
        }
        if (rule.leastRows() != null) {
            return String.format(Locale.ROOT, "%,d rows, at least %,d are needed", outcome.rows(), rule.leastRows());
        }
        return String.format(
                Locale.ROOT,
                "%,d of %,d rows fail (%s), at most %s may",
                outcome.failing(),
                outcome.rows(),
                percent(outcome.share()),
                percent(outcome.allowed()));
    }

    /** What shows the rows; of the table itself, or of those that were refused. */
    private static String command(Bound bound, String from, String lakeRoot) {
        Rule rule = bound.rule();
        String query;
        if (rule.holds() != null) {
            query = "select * from %s where not coalesce(%s, false)".formatted(from, rule.holds());
        } else if (rule.unique() != null) {
            String key = String.join(", ", rule.unique());
            query = "select %s, count(*) from %s group by %s having count(*) > 1".formatted(key, from, key);
        } else if (rule.newest() != null) {
            query = "select max(%s) from %s".formatted(rule.newest(), from);
        } else {
            query = "select count(*) from %s".formatted(from);
        }
        return "scripts/clientele sql --lake %s \"%s\"".formatted(lakeRoot, query.replaceAll("([\"$`\\\\])", "\\\\$1"));
    }

    /** Four digits at the most, for a share may be small. */
    private static String percent(double share) {
        return new BigDecimal(share * 100)
                        .round(new MathContext(4))
                        .stripTrailingZeros()
                        .toPlainString()
                + " %";
    }
}
