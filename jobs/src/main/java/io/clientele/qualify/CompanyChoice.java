package io.clientele.qualify;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Which of the establishments that are like a contact record it is of, if one stands out.
 *
 * @param siret the one; null when there is none
 * @param score how like it is
 * @param reason why there is none; null when there is one
 */
record CompanyChoice(String siret, Double score, String reason) {

    static final String NONE = "none";
    static final String AMBIGUOUS = "ambiguous";
    static final String CLOSED = "closed";

    /** An establishment of the register, and how like the contact record it is, 0 to 1. */
    record Candidate(String siren, String siret, boolean isActive, double score) {}

    private static final Comparator<Candidate> BEST_FIRST =
            Comparator.comparingDouble(Candidate::score).reversed().thenComparing(Candidate::siret);

    /** The company first, then its establishment: each must be like enough, and ahead of the next by the margin. */
    static CompanyChoice of(List<Candidate> candidates, double threshold, double margin) {
        Map<String, Candidate> firms = candidates.stream()
                .collect(Collectors.toMap(
                        Candidate::siren, candidate -> candidate, (a, b) -> BEST_FIRST.compare(a, b) <= 0 ? a : b));
        List<Candidate> ranked = firms.values().stream().sorted(BEST_FIRST).toList();
        if (ranked.isEmpty() || ranked.get(0).score() < threshold) {
            return new CompanyChoice(null, null, NONE);
        }
        if (isClose(ranked, margin)) {
            return new CompanyChoice(null, null, AMBIGUOUS);
        }
        List<Candidate> open = candidates.stream()
                .filter(candidate -> candidate.siren().equals(ranked.get(0).siren()))
                .filter(Candidate::isActive)
                .sorted(BEST_FIRST)
                .toList();
        if (open.isEmpty() || open.get(0).score() < threshold) {
            return new CompanyChoice(null, null, CLOSED);
        }
        return isClose(open, margin)
                ? new CompanyChoice(null, null, AMBIGUOUS)
                : new CompanyChoice(open.get(0).siret(), open.get(0).score(), null);
    }

    private static boolean isClose(List<Candidate> ranked, double margin) {
        return ranked.size() > 1 && ranked.get(0).score() - ranked.get(1).score() < margin;
    }
}
