package io.clientele.predict;

import java.util.List;

/**
 * Buying without leaving: A. Ehrenberg, The Pattern of Consumer Purchases, Applied Statistics 8 (1959). Purchases of a customer
 * are a Poisson process whose rate is gamma distributed among customers. It is what the other models become where no drop-out
 * can be seen.
 *
 * @param r shape of the rates
 * @param alpha the gamma distribution's rate, in units of time
 */
record Nbd(double r, double alpha) implements PurchaseModel {

    static Nbd of(Estimates estimates) {
        return new Nbd(estimates.of("r"), estimates.of("alpha"));
    }

    @Override
    public String name() {
        return "nbd";
    }

    @Override
    public double probabilityAlive(int repeats, double last, double age) {
        return 1;
    }

    @Override
    public double purchasesIfAlive(int repeats, double age, double time) {
        return (r + repeats) / (alpha + age) * time;
    }

    /** The likelihood of what customers did. */
    record Likelihood(Histories histories) implements LogLikelihood {

        @Override
        public List<String> parameters() {
            return List.of("r", "alpha");
        }

        @Override
        public double[] start() {
            return new double[] {0.5, 0.5 / histories.rate()};
        }

        @Override
        public Derivatives at(double[] parameters) {
            double r = parameters[0];
            double alpha = parameters[1];
            RisingFactorials shape = new RisingFactorials(r, histories.mostRepeats());
            return Derivatives.sum(2, histories.size(), () -> (sum, i) -> {
                int x = histories.repeats(i);
                double n = histories.customers(i);
                double end = alpha + histories.age(i);
                double log = Math.log(alpha / end);
                sum.value += n * (shape.logarithm(x) + r * log - x * Math.log(end));
                sum.gradient[0] += n * (shape.first(x) + log);
                sum.gradient[1] += n * (r / alpha - (r + x) / end);
                sum.hessian[0][0] += n * shape.second(x);
                sum.hessian[1][0] += n * (1 / alpha - 1 / end);
                sum.hessian[1][1] += n * ((r + x) / (end * end) - r / (alpha * alpha));
            });
        }
    }
}
