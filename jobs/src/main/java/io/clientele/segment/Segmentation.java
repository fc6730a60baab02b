package io.clientele.segment;

import static io.clientele.config.Requirement.check;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One way to put customers into segments: exactly one of the four.
 *
 * @param everyOf segments that a customer may be in several of, each by its own rule
 * @param firstOf segments in order; a customer is in the first whose rule holds
 * @param valueOf an SQL expression whose value, a text, is the segment
 * @param byShare segments by the share of an amount that the largest customers make
 * @param justification why {@code valueOf} or {@code byShare} may use columns by which persons are discriminated against
 */
public record Segmentation(
        Map<String, Rule> everyOf, Map<String, Rule> firstOf, String valueOf, Shares byShare, String justification) {

    public Segmentation {
        long kinds = Stream.of(everyOf, firstOf, valueOf, byShare)
                .filter(kind -> kind != null)
                .count();
        check(
                kinds == 1,
                "a segmentation has exactly one of everyOf, firstOf, valueOf, byShare; this one has %d",
                kinds);
        everyOf = everyOf == null ? Map.of() : checked("everyOf", everyOf);
        firstOf = firstOf == null ? Map.of() : checked("firstOf", firstOf);
        check(valueOf == null || !valueOf.isBlank(), "key 'valueOf' is empty");
    }

    /**
     * Who is in a segment.
     *
     * @param holds an SQL expression over the columns of the marts
     * @param justification why it may use columns by which persons are discriminated against
     */
    public record Rule(String holds, String justification) {
        public Rule {
            check(holds != null && !holds.isBlank(), "key 'holds' is missing: the condition of the segment, in SQL");
        }
    }

    /**
     * Segments by shares of an amount.
     *
     * @param of an SQL expression that gives a number
     * @param upTo by segment, the largest first, the share of the amount that is reached with it, above 0, the last one 1;
     *     who makes nothing is in none
     */
    public record Shares(String of, Map<String, BigDecimal> upTo) {
        public Shares {
            check(of != null && !of.isBlank(), "key 'of' is missing: the amount, in SQL");
            check(
                    upTo != null && !upTo.isEmpty(),
                    "key 'upTo' is missing: the share that is reached with each segment");
            upTo = Collections.unmodifiableMap(new LinkedHashMap<>(upTo));
            BigDecimal before = BigDecimal.ZERO;
            for (Map.Entry<String, BigDecimal> segment : upTo.entrySet()) {
                BigDecimal share = segment.getValue();
                check(
                        share != null && share.compareTo(before) > 0 && share.compareTo(BigDecimal.ONE) <= 0,
                        "key 'upTo.%s' must be a share above that before it, %s, and at most 1, got %s",
                        segment.getKey(),
                        before,
                        share);
                before = share;
            }
            check(before.compareTo(BigDecimal.ONE) == 0, "key 'upTo': the last segment ends at 1, not at %s", before);
        }

        List<BigDecimal> shares() {
            return List.copyOf(upTo.values());
        }

        List<String> segments() {
            return new ArrayList<>(upTo.keySet());
        }
    }

    private static Map<String, Rule> checked(String kind, Map<String, Rule> rules) {
        check(!rules.isEmpty(), "key '%s' has no segment", kind);
        rules.forEach((segment, rule) -> {
            check(!segment.isBlank(), "key '%s': a segment without a name", kind);
            check(rule != null, "key '%s.%s' says nothing", kind, segment);
        });
        return Collections.unmodifiableMap(new LinkedHashMap<>(rules));
    }

    /** Whether a customer is in one segment of it at most. */
    boolean isExclusive() {
        return everyOf.isEmpty();
    }

    /** The names of its segments, if the configuration tells them all. */
    Optional<Set<String>> segments() {
        if (valueOf != null) {
            return Optional.empty();
        }
        if (byShare != null) {
            return Optional.of(byShare.upTo().keySet());
        }
        return Optional.of(isExclusive() ? firstOf.keySet() : everyOf.keySet());
    }
}
