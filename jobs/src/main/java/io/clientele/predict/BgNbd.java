package io.clientele.predict;

import java.util.List;
import org.apache.commons.math3.special.Gamma;

/**
 * P. Fader, B. Hardie and K. Lee, "Counting Your Customers" the Easy Way: An Alternative to the Pareto/NBD Model, Marketing
 * Science 24 (2005). Purchases are a Poisson process whose rate is gamma distributed among customers; after each further
 * purchase a customer leaves for good with a probability that is beta distributed among customers.
 *
 * @param r shape of the rates
 * @param alpha the gamma distribution's rate, in units of time
 * @param a first parameter of the drop-out probabilities
 * @param b second parameter
 */
record BgNbd(double r, double alpha, double a, double b) implements PurchaseModel {

    /** Where a series is cut off: what one more term would add, as a share of the sum. */
    private static final double PRECISION = 1e-13;

    /** Standard deviations below the mean from which a distribution is summed up. */
    private static final double DEVIATIONS = 12;

    /** The least time behind a customer, as a share of the time ahead: with next to nothing to go by, the series would not end. */
    private static final double LEAST_BEHIND = 1e-5;

    static BgNbd of(Estimates estimates) {
        return new BgNbd(estimates.of("r"), estimates.of("alpha"), estimates.of("a"), estimates.of("b"));
    }

    @Override
    public String name() {
        return "bg_nbd";
    }

    /** Always 1 without a further purchase: in this model customers leave only after one. */
    @Override
    public double probabilityAlive(int repeats, double last, double age) {
        if (repeats == 0) {
            return 1;
        }
        return 1 / (1 + a / (b + repeats - 1) * Math.pow((alpha + age) / (alpha + last), r + repeats));
    }

    /**
     * Equation (10) of the article, without its denominator. The function 2F1 is written out: with A = r + x, B = b + x,
     * C = a + B - 1 and z = t / (α + T + t), the numerator is the mean of D(K), where K has the negative binomial distribution
     * of A and z, D(1) = 1 and D(k + 1) = D(k) + B (B + 1) … (B + k - 1) / ((C + 1) … (C + k)). All terms are positive, and
     * a = 1, where the article's form divides nothing by nothing, is like any other value.
     */
    @Override
    public double purchasesIfAlive(int repeats, double age, double time) {
        if (time <= 0) {
            return 0;
        }
        double shape = r + repeats;
        double upper = b + repeats;
        double lower = a + upper - 1;
        double behind = Math.max(alpha + age, LEAST_BEHIND * time);
        double z = time / (behind + time);
        double rest = behind / (behind + time);
        double mean = shape * z / rest;
        int from = (int) Math.max(1, mean - DEVIATIONS * Math.sqrt(mean / rest));
        double weight = 0;
        double value = 1;
        double ratio = upper;
        double sum = 0;
        for (int k = 1; ; k++) {
            if (k == from) {
                weight = Math.exp(Gamma.logGamma(shape + k)
                        - Gamma.logGamma(shape)
                        - Gamma.logGamma(k + 1.0)
                        + k * Math.log(z)
                        + shape * Math.log(rest));
            }
            double term = weight * value;
            sum += term;
            if (k > mean + 1 && !(term > PRECISION * sum * rest)) {
                return sum;
            }
            weight *= (shape + k) / (k + 1) * z;
            value += ratio / (lower + k);
            ratio *= (upper + k) / (lower + k);
        }
    }

    /** The likelihood of what customers did. */
    record Likelihood(Histories histories) implements LogLikelihood {

        @Override
        public List<String> parameters() {
            return List.of("r", "alpha", "a", "b");
        }

        @Override
        public double[] start() {
            return new double[] {0.5, 0.5 / histories.rate(), 0.5, 2};
        }

        /** Equation (6) of the article. */
        @Override
        public Derivatives at(double[] parameters) {
            double r = parameters[0];
            double alpha = parameters[1];
            double a = parameters[2];
            double b = parameters[3];
            int most = histories.mostRepeats();
            RisingFactorials rates = new RisingFactorials(r, most);
            RisingFactorials stays = new RisingFactorials(b, most);
            RisingFactorials both = new RisingFactorials(a + b, most);
            return Derivatives.sum(4, histories.size(), () -> (sum, i) -> {
                int x = histories.repeats(i);
                double n = histories.customers(i);
                double end = alpha + histories.age(i);
                double logEnd = Math.log(end);
                double shape = r + x;
                sum.value += n * (rates.logarithm(x) + r * Math.log(alpha) - shape * logEnd);
                if (x == 0) {
                    sum.gradient[0] += n * (Math.log(alpha) - logEnd);
                    sum.gradient[1] += n * (r / alpha - r / end);
                    sum.hessian[1][0] += n * (1 / alpha - 1 / end);
                    sum.hessian[1][1] += n * (r / (end * end) - r / (alpha * alpha));
                    return;
                }
                double last = alpha + histories.last(i);
                double logRatio = logEnd - Math.log(last);
                double exponent = Math.log(a / (b + x - 1)) + shape * logRatio;
                // The share of the likelihood in which the customer has left, and that in which not.
                double left = 1 / (1 + Math.exp(-exponent));
                double here = 1 / (1 + Math.exp(exponent));
                double spread = left * here;
                double perAlpha = shape * (1 / end - 1 / last);
                double before = b + x - 1;
                sum.value += n * (stays.logarithm(x) - both.logarithm(x) + logOnePlusExp(exponent));
                sum.gradient[0] += n * (rates.first(x) + Math.log(alpha) - logEnd + left * logRatio);
                sum.gradient[1] += n * (r / alpha - shape / end + left * perAlpha);
                sum.gradient[2] += n * (left / a - both.first(x));
                sum.gradient[3] += n * (stays.first(x) - both.first(x) - left / before);
                sum.hessian[0][0] += n * (rates.second(x) + spread * logRatio * logRatio);
                sum.hessian[1][0] +=
                        n * (1 / alpha - 1 / end + left * (1 / end - 1 / last) + spread * logRatio * perAlpha);
                sum.hessian[1][1] += n
                        * (shape / (end * end)
                                - r / (alpha * alpha)
                                + left * shape * (1 / (last * last) - 1 / (end * end))
                                + spread * perAlpha * perAlpha);
                sum.hessian[2][0] += n * spread * logRatio / a;
                sum.hessian[2][1] += n * spread * perAlpha / a;
                sum.hessian[2][2] += n * ((spread - left) / (a * a) - both.second(x));
                sum.hessian[3][0] -= n * spread * logRatio / before;
                sum.hessian[3][1] -= n * spread * perAlpha / before;
                sum.hessian[3][2] -= n * (spread / (a * before) + both.second(x));
                sum.hessian[3][3] += n * (stays.second(x) - both.second(x) + (spread + left) / (before * before));
            });
        }

        private static double logOnePlusExp(double exponent) {
            return exponent > 0 ? exponent + Math.log1p(Math.exp(-exponent)) : Math.log1p(Math.exp(exponent));
        }
    }
}
