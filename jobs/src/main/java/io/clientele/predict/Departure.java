package io.clientele.predict;

import java.util.Arrays;

/**
 * The integral over the time u between two times of s (α + u)^-(r + x) (β + u)^-(s + 1): the weight of having left meanwhile in the
 * likelihood of the Pareto/NBD model. By Gauss and Legendre's rule on the logarithm of u plus the smaller of α and β, on which the
 * integrand is log-concave; where it falls, it is cut off when next to nothing is left of it. With the mean over the integrand of
 * the derivatives of its logarithm, from which the derivatives of the integral follow.
 */
final class Departure {

    private static final int NODES = 32;

    /** The integrand is cut off where its logarithm has fallen by so much. */
    private static final double FALL = 42;

    private static final double[] NODE = new double[NODES];
    private static final double[] WEIGHT = new double[NODES];

    static {
        gaussLegendre();
    }

    private final double[] shares = new double[NODES];
    private final double[] times = new double[NODES];
    private final double[] logsAlpha = new double[NODES];
    private final double[] logsBeta = new double[NODES];
    private final double[] gradient = new double[4];
    private final double[][] second = new double[4][4];
    private double logarithm;
    private double shape;
    private double alpha;
    private double s;
    private double beta;

    /**
     * @param from the earlier time
     * @param to the later time, or the same
     * @param purchaseShape r + x
     */
    void between(
            double from,
            double to,
            double purchaseShape,
            double purchaseRate,
            double dropOutShape,
            double dropOutRate) {
        shape = purchaseShape;
        alpha = purchaseRate;
        s = dropOutShape;
        beta = dropOutRate;
        double smaller = Math.min(alpha, beta);
        double low = Math.log(smaller + from);
        double high = cut(low, low + Math.log1p((to - from) / (smaller + from)), smaller);
        double half = (high - low) / 2;
        double most = Double.NEGATIVE_INFINITY;
        for (int q = 0; q < NODES; q++) {
            double y = low + half * (1 + NODE[q]);
            double u = Math.exp(y) - smaller;
            times[q] = u;
            logsAlpha[q] = alpha <= beta ? y : Math.log(alpha + u);
            logsBeta[q] = alpha <= beta ? Math.log(beta + u) : y;
            shares[q] = y - shape * logsAlpha[q] - (s + 1) * logsBeta[q];
            most = Math.max(most, shares[q]);
        }
        double sum = 0;
        for (int q = 0; q < NODES; q++) {
            shares[q] = WEIGHT[q] * Math.exp(shares[q] - most);
            sum += shares[q];
        }
        for (int q = 0; q < NODES; q++) {
            shares[q] /= sum;
        }
        logarithm = Math.log(s) + Math.log(half) + most + Math.log(sum);
    }

    /** The logarithm of the integrand as a function of y, the logarithm of u plus the smaller rate. */
    private double integrand(double y, double u) {
        return alpha <= beta ? (1 - shape) * y - (s + 1) * Math.log(beta + u) : -s * y - shape * Math.log(alpha + u);
    }

    /** Where the integrand may be cut off: Newton's method from above, which does not overshoot a concave function's fall. */
    private double cut(double low, double high, double smaller) {
        double floor = integrand(low, Math.exp(low) - smaller) - FALL;
        double end = high;
        for (int i = 0; i < 8; i++) {
            double u = Math.exp(end) - smaller;
            double missing = floor - integrand(end, u);
            double slope = alpha <= beta
                    ? 1 - shape - (s + 1) * (u + smaller) / (beta + u)
                    : -s - shape * (u + smaller) / (alpha + u);
            if (missing < 1 || slope >= 0) {
                return end;
            }
            end = Math.max(low, end + missing / slope);
        }
        return end;
    }

    /** Of the integral; minus infinity if the two times are the same. */
    double logarithm() {
        return logarithm;
    }

    /** The gradient of the logarithm of the integral by r, α, s and β; the moments are made at the same time. */
    void gradient(double[] target) {
        Arrays.fill(gradient, 0);
        for (double[] row : second) {
            Arrays.fill(row, 0);
        }
        for (int q = 0; q < NODES; q++) {
            double share = shares[q];
            double atAlpha = alpha + times[q];
            double atBeta = beta + times[q];
            double g0 = -logsAlpha[q];
            double g1 = -shape / atAlpha;
            double g2 = 1 / s - logsBeta[q];
            double g3 = -(s + 1) / atBeta;
            gradient[0] += share * g0;
            gradient[1] += share * g1;
            gradient[2] += share * g2;
            gradient[3] += share * g3;
            second[0][0] += share * g0 * g0;
            second[1][0] += share * (g1 * g0 - 1 / atAlpha);
            second[1][1] += share * (g1 * g1 + shape / (atAlpha * atAlpha));
            second[2][0] += share * g2 * g0;
            second[2][1] += share * g2 * g1;
            second[2][2] += share * (g2 * g2 - 1 / (s * s));
            second[3][0] += share * g3 * g0;
            second[3][1] += share * g3 * g1;
            second[3][2] += share * (g3 * g2 - 1 / atBeta);
            second[3][3] += share * (g3 * g3 + (s + 1) / (atBeta * atBeta));
        }
        System.arraycopy(gradient, 0, target, 0, 4);
    }

    /** The second derivatives of the integral, as a share of it; the lower triangle. */
    double[][] secondMoments() {
        return second;
    }

    /** Nodes and weights, by Newton's method on Legendre's polynomial. */
    private static void gaussLegendre() {
        for (int i = 0; i < NODES; i++) {
            double x = Math.cos(Math.PI * (i + 0.75) / (NODES + 0.5));
            double slope = 1;
            for (int step = 0; step < 12; step++) {
                double value = 1;
                double before = 0;
                for (int k = 1; k <= NODES; k++) {
                    double next = ((2 * k - 1) * x * value - (k - 1) * before) / k;
                    before = value;
                    value = next;
                }
                slope = NODES * (x * value - before) / (x * x - 1);
                x -= value / slope;
            }
            NODE[i] = x;
            WEIGHT[i] = 2 / ((1 - x * x) * slope * slope);
        }
    }
}
