package io.clientele.predict;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The model of spending, fitted.
 *
 * @param model absent if there is none that can be used
 * @param estimates of its parameters; absent if nobody bought again
 * @param median of the customers' average amounts; what everybody is expected to spend where there is no model
 * @param correlation between how often customers buy and what they spend, which the model takes to be none
 * @param findings what somebody should know of it, in words
 */
record SpendFit(
        Optional<GammaGamma> model,
        Optional<Estimates> estimates,
        double median,
        double correlation,
        List<String> findings) {

    /** Correlations beyond this are told. */
    private static final double STRONG = 0.3;

    static SpendFit of(Spends spends) {
        if (spends.size() == 0) {
            return new SpendFit(
                    Optional.empty(),
                    Optional.empty(),
                    0,
                    Double.NaN,
                    List.of("nobody spent anything at a repeat purchase: no spend is expected"));
        }
        List<String> findings = new ArrayList<>();
        double correlation = spends.correlation();
        if (Math.abs(correlation) > STRONG) {
            findings.add(String.format(
                    Locale.ROOT,
                    "who buys more often spends %s at a time (correlation %.2f), which the model of spending takes not to be",
                    correlation > 0 ? "more" : "less",
                    correlation));
        }
        Estimates estimates = GammaGamma.fit(spends);
        GammaGamma model = GammaGamma.of(estimates);
        boolean isUsable = estimates.isConverged() && model.hasMean();
        if (!estimates.isConverged()) {
            findings.add("the fit of spending came to no end in %d steps: the median of all is expected of everybody"
                    .formatted(estimates.steps()));
        } else if (!model.hasMean()) {
            findings.add(String.format(
                    Locale.ROOT,
                    "spending differs so much that it has no mean (q = %.2f): the median of all is expected of everybody",
                    model.q()));
        } else if (!estimates.undetermined().isEmpty()) {
            findings.add("spending differs too little, or too few bought again, to tell %s apart from other values"
                    .formatted(String.join(", ", estimates.undetermined())));
        }
        return new SpendFit(
                isUsable ? Optional.of(model) : Optional.empty(),
                Optional.of(estimates),
                spends.median(),
                correlation,
                List.copyOf(findings));
    }
}
