package io.clientele.predict;

import java.util.List;

/**
 * D. Schmittlein, D. Morrison and R. Colombo, Counting Your Customers: Who Are They and What Will They Do Next?, Management
 * Science 33 (1987); formulas as in P. Fader and B. Hardie, A Note on Deriving the Pareto/NBD Model (2005). Purchases are a
 * Poisson process whose rate is gamma distributed among customers; customers leave at any time, at a rate that is gamma
 * distributed among them.
 *
 * @param r shape of the purchase rates
 * @param alpha rate of that distribution, in units of time
 * @param s shape of the drop-out rates
 * @param beta rate of that distribution, in units of time
 */
record ParetoNbd(double r, double alpha, double s, double beta) implements PurchaseModel {

    static ParetoNbd of(Estimates estimates) {
        return new ParetoNbd(estimates.of("r"), estimates.of("alpha"), estimates.of("s"), estimates.of("beta"));
    }

    @Override
    public String name() {
        return "pareto_nbd";
    }

    @Override
    public double probabilityAlive(int repeats, double last, double age) {
        double here = -(r + repeats) * Math.log(alpha + age) - s * Math.log(beta + age);
        Departure departure = new Departure();
        departure.between(last, age, r + repeats, alpha, s, beta);
        return 1 / (1 + Math.exp(departure.logarithm() - here));
    }

    /** Equation (41) of the note, in a form that holds for s = 1 too. */
    @Override
    public double purchasesIfAlive(int repeats, double age, double time) {
        double exponent = (1 - s) * Math.log1p(time / (beta + age));
        double share = exponent == 0 ? 1 : Math.expm1(exponent) / exponent;
        return (r + repeats) * (beta + age) / (alpha + age) * Math.log1p(time / (beta + age)) * share;
    }

    /** The likelihood of what customers did. */
    record Likelihood(Histories histories) implements LogLikelihood {

        @Override
        public List<String> parameters() {
            return List.of("r", "alpha", "s", "beta");
        }

        @Override
        public double[] start() {
            return new double[] {0.5, 0.5 / histories.rate(), 0.5, histories.meanAge() / 2};
        }

        @Override
        public Derivatives at(double[] parameters) {
            RisingFactorials rates = new RisingFactorials(parameters[0], histories.mostRepeats());
            return Derivatives.sum(4, histories.size(), () -> new Term(histories, rates, parameters));
        }
    }

    /**
     * What one history adds: the likelihood is a rising factorial, α^r β^s, and the sum of two weights, that of a customer who is
     * still there and that of one who left between the last purchase and now.
     */
    private static final class Term implements Derivatives.Term {
        private final Histories histories;
        private final RisingFactorials rates;
        private final double r;
        private final double alpha;
        private final double s;
        private final double beta;
        private final Departure departure = new Departure();
        private final double[] here = new double[4];
        private final double[] left = new double[4];

        private Term(Histories histories, RisingFactorials rates, double[] parameters) {
            this.histories = histories;
            this.rates = rates;
            this.r = parameters[0];
            this.alpha = parameters[1];
            this.s = parameters[2];
            this.beta = parameters[3];
        }

        @Override
        public void addTo(Derivatives sum, int index) {
            int x = histories.repeats(index);
            double n = histories.customers(index);
            double age = histories.age(index);
            double shape = r + x;
            double endAlpha = alpha + age;
            double endBeta = beta + age;
            double logEndAlpha = Math.log(endAlpha);
            double logEndBeta = Math.log(endBeta);
            double logHere = -shape * logEndAlpha - s * logEndBeta;
            departure.between(histories.last(index), age, shape, alpha, s, beta);
            double logLeft = departure.logarithm();
            double most = Math.max(logHere, logLeft);
            double total = most + Math.log(Math.exp(logHere - most) + Math.exp(logLeft - most));
            double isHere = Math.exp(logHere - total);
            double isLeft = Math.exp(logLeft - total);
            sum.value += n * (rates.logarithm(x) + r * Math.log(alpha) + s * Math.log(beta) + total);

            here[0] = -logEndAlpha;
            here[1] = -shape / endAlpha;
            here[2] = -logEndBeta;
            here[3] = -s / endBeta;
            departure.gradient(left);
            double[][] second = departure.secondMoments();
            double[] own = {
                rates.first(x) + Math.log(alpha), r / alpha, Math.log(beta), s / beta,
            };
            for (int i = 0; i < 4; i++) {
                double first = isHere * here[i] + isLeft * left[i];
                sum.gradient[i] += n * (own[i] + first);
                for (int j = 0; j <= i; j++) {
                    double other = isHere * here[j] + isLeft * left[j];
                    sum.hessian[i][j] += n * (isHere * here[i] * here[j] + isLeft * second[i][j] - first * other);
                }
            }
            sum.hessian[0][0] += n * rates.second(x);
            sum.hessian[1][0] += n * (1 / alpha - isHere / endAlpha);
            sum.hessian[1][1] += n * (isHere * shape / (endAlpha * endAlpha) - r / (alpha * alpha));
            sum.hessian[3][2] += n * (1 / beta - isHere / endBeta);
            sum.hessian[3][3] += n * (isHere * s / (endBeta * endBeta) - s / (beta * beta));
        }
    }
}
