package io.clientele.predict;

/**
 * The logarithm of Γ(c + x) / Γ(c) for whole numbers x from 0 on, and its derivatives by c: sums of few terms, which keep the
 * digits that differences of gamma functions lose.
 */
final class RisingFactorials {

    private final double[] logarithm;
    private final double[] first;
    private final double[] second;

    RisingFactorials(double c, int most) {
        logarithm = new double[most + 1];
        first = new double[most + 1];
        second = new double[most + 1];
        for (int x = 0; x < most; x++) {
            double inverse = 1 / (c + x);
            logarithm[x + 1] = logarithm[x] + Math.log(c + x);
            first[x + 1] = first[x] + inverse;
            second[x + 1] = second[x] - inverse * inverse;
        }
    }

    double logarithm(int x) {
        return logarithm[x];
    }

    double first(int x) {
        return first[x];
    }

    double second(int x) {
        return second[x];
    }
}
