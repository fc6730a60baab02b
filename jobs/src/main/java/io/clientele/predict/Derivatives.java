package io.clientele.predict;

import java.util.function.Supplier;
import java.util.stream.IntStream;

/** The value of a function of some parameters, with its gradient and its matrix of second derivatives. */
final class Derivatives {

    /** Terms to a chunk: chunks are summed at the same time, and their sums added in order, so that the bits never differ. */
    private static final int CHUNK = 8_192;

    double value;
    final double[] gradient;

    /** Symmetric; only the lower triangle is kept. */
    final double[][] hessian;

    Derivatives(int parameters) {
        this.gradient = new double[parameters];
        this.hessian = new double[parameters][];
        for (int i = 0; i < parameters; i++) {
            hessian[i] = new double[i + 1];
        }
    }

    /** One term of a sum: adds itself. An instance is used by one thread. */
    interface Term {
        void addTo(Derivatives sum, int index);
    }

    /** The sum of so many terms, on all cores. */
    static Derivatives sum(int parameters, int terms, Supplier<Term> term) {
        int chunks = (terms + CHUNK - 1) / CHUNK;
        Derivatives[] sums = new Derivatives[chunks];
        IntStream.range(0, chunks).parallel().forEach(chunk -> {
            Derivatives sum = new Derivatives(parameters);
            Term each = term.get();
            for (int i = chunk * CHUNK; i < Math.min(terms, (chunk + 1) * CHUNK); i++) {
                each.addTo(sum, i);
            }
            sums[chunk] = sum;
        });
        Derivatives total = new Derivatives(parameters);
        for (Derivatives sum : sums) {
            total.add(sum);
        }
        return total;
    }

    private void add(Derivatives other) {
        value += other.value;
        for (int i = 0; i < gradient.length; i++) {
            gradient[i] += other.gradient[i];
            for (int j = 0; j <= i; j++) {
                hessian[i][j] += other.hessian[i][j];
            }
        }
    }

    /** The same function, of the logarithms of its parameters. */
    Derivatives ofLogarithms(double[] parameters) {
        Derivatives logs = new Derivatives(parameters.length);
        logs.value = value;
        for (int i = 0; i < parameters.length; i++) {
            logs.gradient[i] = parameters[i] * gradient[i];
            for (int j = 0; j <= i; j++) {
                logs.hessian[i][j] = parameters[i] * parameters[j] * hessian[i][j];
            }
            logs.hessian[i][i] += logs.gradient[i];
        }
        return logs;
    }

    boolean isFinite() {
        double all = value;
        for (int i = 0; i < gradient.length; i++) {
            all += gradient[i];
            for (double second : hessian[i]) {
                all += second;
            }
        }
        return Double.isFinite(all);
    }
}
