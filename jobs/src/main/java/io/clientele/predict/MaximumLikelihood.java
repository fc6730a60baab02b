package io.clientele.predict;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;

/**
 * Finds the greatest likelihood by Newton's method on the logarithms of the parameters, with exact derivatives. Where the
 * likelihood is not concave, the step goes up along each axis of its curvature; a step that gains nothing is shortened (J. Nocedal
 * and S. Wright, Numerical Optimization, 2006, sections 3.4 and 4.1).
 */
final class MaximumLikelihood {

    private static final int MOST_STEPS = 200;

    /** A parameter is at least e^-16 and at most e^16: beyond that it is nothing, or without end. */
    private static final double FARTHEST = 16;

    /** The longest step along an axis, in units of the logarithms. */
    private static final double LONGEST = 2;

    /** A step that promises to gain less than this of log-likelihood is the last one. */
    private static final double SMALLEST_GAIN = 1e-8;

    /** Rounding errors of a long sum, as a share of it. */
    private static final double ROUNDING = 1e-13;

    private static final MathContext DIGITS = new MathContext(10);

    private final LogLikelihood likelihood;

    private MaximumLikelihood(LogLikelihood likelihood) {
        this.likelihood = likelihood;
    }

    static Estimates of(LogLikelihood likelihood) {
        return new MaximumLikelihood(likelihood).climb();
    }

    private Estimates climb() {
        double[] here = Arrays.stream(likelihood.start())
                .map(Math::log)
                .map(MaximumLikelihood::clamped)
                .toArray();
        Derivatives now = at(here);
        double damping = 0;
        int steps = 0;
        boolean isLast = false;
        while (steps < MOST_STEPS && !isLast && damping < 1e8) {
            Curvature curvature = new Curvature(now, free(here, now));
            double[] step = curvature.step(damping);
            isLast = curvature.gain(step) < SMALLEST_GAIN;
            double[] there = new double[here.length];
            for (int i = 0; i < here.length; i++) {
                there[i] = clamped(here[i] + step[i]);
            }
            Derivatives then = at(there);
            steps++;
            if (then.isFinite() && then.value >= now.value - ROUNDING * Math.abs(now.value)) {
                here = there;
                now = then;
                damping = damping < 1e-6 ? 0 : damping / 10;
            } else if (!isLast) {
                damping = damping == 0 ? 1e-4 : damping * 10;
            }
        }
        return estimates(here, now, steps, isLast);
    }

    private Derivatives at(double[] logarithms) {
        double[] parameters = Arrays.stream(logarithms).map(Math::exp).toArray();
        return likelihood.at(parameters).ofLogarithms(parameters);
    }

    private static double clamped(double logarithm) {
        return Math.max(-FARTHEST, Math.min(FARTHEST, logarithm));
    }

    /** The parameters that may move: not those which are at their bound and would go beyond. */
    private static int[] free(double[] here, Derivatives now) {
        return IntStream.range(0, here.length)
                .filter(i -> Math.abs(here[i]) < FARTHEST || here[i] * now.gradient[i] < 0)
                .toArray();
    }

    private Estimates estimates(double[] here, Derivatives now, int steps, boolean isConverged) {
        double[] errors = new Curvature(now, free(here, now)).standardErrors(here.length);
        List<Double> values = new ArrayList<>();
        List<Double> standardErrors = new ArrayList<>();
        for (int i = 0; i < here.length; i++) {
            double value = Math.exp(here[i]);
            values.add(rounded(value));
            standardErrors.add(Double.isFinite(errors[i]) ? rounded(value * errors[i]) : null);
        }
        return new Estimates(likelihood.parameters(), values, standardErrors, rounded(now.value), steps, isConverged);
    }

    /** To as many digits as mean anything, and fewer than differ between machines. */
    static double rounded(double value) {
        return Double.isFinite(value) ? new BigDecimal(value).round(DIGITS).doubleValue() : value;
    }

    /** How the likelihood bends around a point, along the axes of its curvature. */
    private static final class Curvature {
        private final Derivatives point;
        private final int[] free;
        private final EigenDecomposition axes;

        Curvature(Derivatives point, int[] free) {
            this.point = point;
            this.free = free;
            this.axes = free.length == 0 ? null : new EigenDecomposition(information());
        }

        private Array2DRowRealMatrix information() {
            Array2DRowRealMatrix information = new Array2DRowRealMatrix(free.length, free.length);
            for (int i = 0; i < free.length; i++) {
                for (int j = 0; j <= i; j++) {
                    double second = -point.hessian[free[i]][free[j]];
                    information.setEntry(i, j, second);
                    information.setEntry(j, i, second);
                }
            }
            return information;
        }

        /** The way up: Newton's step where the likelihood is concave. */
        double[] step(double damping) {
            double[] step = new double[point.gradient.length];
            double steepest = steepest();
            for (int axis = 0; axis < free.length; axis++) {
                double slope = slope(axis);
                double bend = Math.abs(axes.getRealEigenvalue(axis)) + (damping + 1e-14) * steepest;
                double length = bend == 0 ? 0 : Math.max(-LONGEST, Math.min(LONGEST, slope / bend));
                for (int i = 0; i < free.length; i++) {
                    step[free[i]] += length * axes.getEigenvector(axis).getEntry(i);
                }
            }
            return step;
        }

        /** What a step should gain, if the likelihood went on as it begins. */
        double gain(double[] step) {
            double gain = 0;
            for (int i : free) {
                gain += step[i] * point.gradient[i];
            }
            return gain / 2;
        }

        /** Of the logarithms; infinite where the likelihood is flat or has no maximum. */
        double[] standardErrors(int parameters) {
            double[] variances = new double[parameters];
            Arrays.fill(variances, Double.POSITIVE_INFINITY);
            for (int i = 0; i < free.length; i++) {
                variances[free[i]] = 0;
                for (int axis = 0; axis < free.length; axis++) {
                    double bend = axes.getRealEigenvalue(axis);
                    double share = axes.getEigenvector(axis).getEntry(i);
                    boolean isFlat = bend <= 1e-12 * steepest();
                    variances[free[i]] +=
                            isFlat ? (Math.abs(share) < 1e-6 ? 0 : Double.POSITIVE_INFINITY) : share * share / bend;
                }
            }
            return Arrays.stream(variances).map(Math::sqrt).toArray();
        }

        private double slope(int axis) {
            double slope = 0;
            for (int i = 0; i < free.length; i++) {
                slope += axes.getEigenvector(axis).getEntry(i) * point.gradient[free[i]];
            }
            return slope;
        }

        private double steepest() {
            return axes == null
                    ? 0
                    : Arrays.stream(axes.getRealEigenvalues())
                            .map(Math::abs)
                            .max()
                            .orElse(0);
        }
    }
}
