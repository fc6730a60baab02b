package io.clientele.predict;

import java.io.Serializable;
import java.util.List;
import org.apache.commons.math3.special.Gamma;

/**
 * P. Fader and B. Hardie, The Gamma-Gamma Model of Monetary Value (2013). What a customer spends at a purchase is gamma
 * distributed around the customer's own mean, whose scale is gamma distributed among customers; how often a customer buys says
 * nothing about how much.
 *
 * @param p shape of the amounts
 * @param q shape of the distribution of the scales
 * @param v its rate, in money
 */
record GammaGamma(double p, double q, double v) implements Serializable {

    /** With q at 1 or below the distribution of the means among customers has none. */
    boolean hasMean() {
        return q > 1;
    }

    /**
     * What such a customer spends at a purchase.
     *
     * @param repeats how many purchases are known, the first one left out
     * @param average amount of these; any number if there are none
     */
    double expectedSpend(int repeats, double average) {
        return p * (v + repeats * (repeats == 0 ? 0 : average)) / (p * repeats + q - 1);
    }

    /** Fits the model; amounts are divided by the usual one on the way, so that any currency will do. */
    static Estimates fit(Spends spends) {
        double unit = spends.median();
        return MaximumLikelihood.of(new Likelihood(spends.dividedBy(unit)))
                .times("v", unit, (double) -spends.totalBuyers());
    }

    static GammaGamma of(Estimates estimates) {
        return new GammaGamma(estimates.of("p"), estimates.of("q"), estimates.of("v"));
    }

    /** The likelihood of what repeat buyers spent on average. */
    record Likelihood(Spends spends) implements LogLikelihood {

        @Override
        public List<String> parameters() {
            return List.of("p", "q", "v");
        }

        @Override
        public double[] start() {
            return new double[] {3, 4, spends.median()};
        }

        /** Equation (1a) of the note. */
        @Override
        public Derivatives at(double[] parameters) {
            double p = parameters[0];
            double q = parameters[1];
            double v = parameters[2];
            double logGammaQ = Gamma.logGamma(q);
            double digammaQ = Gamma.digamma(q);
            double trigammaQ = Gamma.trigamma(q);
            GammaFunctions[] functions = new GammaFunctions[spends.groups()];
            for (int group = 0; group < functions.length; group++) {
                functions[group] = new GammaFunctions(p * spends.repeatsOfGroup(group), q);
            }
            return Derivatives.sum(3, spends.size(), () -> (sum, i) -> {
                int x = spends.repeats(i);
                double n = spends.buyers(i);
                double end = v + x * spends.average(i);
                double logShare = Math.log(v / end);
                double logX = Math.log(x * spends.average(i) / end);
                GammaFunctions gamma = functions[spends.group(i)];
                sum.value += n * (gamma.logarithm - logGammaQ + q * logShare + p * x * logX)
                        - spends.logarithms(i)
                        + p * x * (spends.logarithms(i) - n * Math.log(spends.average(i)));
                sum.gradient[0] +=
                        x * (n * (gamma.first + logX) + spends.logarithms(i) - n * Math.log(spends.average(i)));
                sum.gradient[1] += n * (gamma.digamma - digammaQ + logShare);
                sum.gradient[2] += n * (q / v - (p * x + q) / end);
                sum.hessian[0][0] += n * x * x * gamma.second;
                sum.hessian[1][0] += n * x * gamma.trigamma;
                sum.hessian[1][1] += n * (gamma.trigamma - trigammaQ);
                sum.hessian[2][0] -= n * x / end;
                sum.hessian[2][1] += n * (1 / v - 1 / end);
                sum.hessian[2][2] += n * ((p * x + q) / (end * end) - q / (v * v));
            });
        }
    }

    /** Gamma functions that depend on the number of purchases only. */
    private static final class GammaFunctions {
        private final double logarithm;
        private final double first;
        private final double second;
        private final double digamma;
        private final double trigamma;

        GammaFunctions(double shape, double q) {
            digamma = Gamma.digamma(shape + q);
            trigamma = Gamma.trigamma(shape + q);
            logarithm = Gamma.logGamma(shape + q) - Gamma.logGamma(shape);
            first = digamma - Gamma.digamma(shape);
            second = trigamma - Gamma.trigamma(shape);
        }
    }
}
