package io.clientele.predict;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A model of buying, fitted.
 *
 * @param model to be used: without drop-out, if none can be seen
 * @param estimates of its parameters
 * @param dropOutGain what leaving explains: twice the difference of log-likelihood between the model with it and without
 * @param findings what somebody should know of it, in words
 */
record PurchaseFit(PurchaseModel model, Estimates estimates, double dropOutGain, List<String> findings) {

    /**
     * Below this gain drop-out is not there, at a level of 5 %: the quantile of an even mixture of nothing and a chi-square of one
     * degree, for a parameter at its bound (S. Self and K.-Y. Liang, JASA 82, 1987).
     */
    private static final double LEAST_GAIN = 2.705;

    /** The models that a configuration can choose. */
    enum Kind {
        BG_NBD,
        PARETO_NBD;

        private LogLikelihood likelihood(Histories histories) {
            return this == BG_NBD ? new BgNbd.Likelihood(histories) : new ParetoNbd.Likelihood(histories);
        }

        private PurchaseModel model(Estimates estimates) {
            return this == BG_NBD ? BgNbd.of(estimates) : ParetoNbd.of(estimates);
        }
    }

    /** Fits the model, and the one without drop-out to compare it with; none if neither has a maximum. */
    static Optional<PurchaseFit> of(Kind kind, Histories histories) {
        Estimates staying = MaximumLikelihood.of(new Nbd.Likelihood(histories));
        Estimates leaving = MaximumLikelihood.of(kind.likelihood(histories));
        double gain = 2 * (leaving.logLikelihood() - staying.logLikelihood());
        List<String> findings = new ArrayList<>();
        if (leaving.isConverged() && gain >= LEAST_GAIN) {
            return Optional.of(new PurchaseFit(kind.model(leaving), leaving, gain, described(leaving, findings)));
        }
        if (!staying.isConverged()) {
            return Optional.empty();
        }
        findings.add(
                leaving.isConverged()
                        ? "no drop-out can be seen in %d days: everybody counts as a customer still"
                                .formatted(histories.longestDays())
                        : "the fit came to no end in %d steps: everybody counts as a customer still"
                                .formatted(leaving.steps()));
        return Optional.of(new PurchaseFit(Nbd.of(staying), staying, gain, described(staying, findings)));
    }

    private static List<String> described(Estimates estimates, List<String> findings) {
        List<String> undetermined = estimates.undetermined();
        if (!undetermined.isEmpty()) {
            findings.add("customers differ too little, or are too few, to tell %s apart from other values"
                    .formatted(String.join(", ", undetermined)));
        }
        return List.copyOf(findings);
    }
}
