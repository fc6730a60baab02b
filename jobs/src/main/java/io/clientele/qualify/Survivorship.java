package io.clientele.qualify;

import java.io.Serializable;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Which of several values stays in the golden record.
 *
 * @param trustedSources the most trusted first; those not named come after, alike
 * @param rules those not named keep the most recent value
 */
record Survivorship(List<String> trustedSources, Map<Attribute, Rule> rules) implements Serializable {

    /** What is compared first; then the most recent, the most trusted, the most frequent and the first in order wins. */
    enum Rule {
        /** The value that a record changed last has. */
        MOST_RECENT(Comparator.comparing(Candidate::verifiedAt)),
        /** The value that the most trusted source has. */
        MOST_TRUSTED(Comparator.comparing(Candidate::rank, Comparator.reverseOrder())),
        /** The value with the most parts, then the longest. */
        MOST_COMPLETE(Comparator.comparing((Candidate candidate) -> Attribute.partsOf(candidate.value()))
                .thenComparing(candidate -> candidate.value().length())),
        /** The value that the most contact records have. */
        MOST_FREQUENT(Comparator.comparing(Candidate::contacts));

        private final Comparator<Candidate> order;

        Rule(Comparator<Candidate> order) {
            this.order = order.thenComparing(Candidate::verifiedAt)
                    .thenComparing(Candidate::rank, Comparator.reverseOrder())
                    .thenComparing(Candidate::contacts)
                    .thenComparing(Candidate::value, Comparator.reverseOrder());
        }

        /** Puts the survivor last. */
        Comparator<Candidate> order() {
            return order;
        }
    }

    /**
     * A value that at least one contact record still has.
     *
     * @param rank of the most trusted source that has it, 0 the best
     * @param contacts how many contact records have it
     */
    record Candidate(String value, Instant verifiedAt, int rank, long contacts) {}

    Survivorship {
        trustedSources = List.copyOf(trustedSources);
        rules = Map.copyOf(rules);
    }

    Rule rule(Attribute attribute) {
        return rules.getOrDefault(attribute, Rule.MOST_RECENT);
    }

    int rank(String source) {
        int rank = trustedSources.indexOf(source);
        return rank < 0 ? trustedSources.size() : rank;
    }
}
