package io.clientele.generate;

/**
 * What one customer's orders amount to: P. Fader and B. Hardie, The Gamma-Gamma Model of Monetary Value (2013). Amounts are
 * gamma distributed around the customer's own mean, whose scale is gamma distributed among customers.
 */
final class Spending {

    private static final double P = 5.0;
    private static final double Q = 4.5;
    private static final double GAMMA = 36.0;

    private final Draws draws;
    private final double rate;

    Spending(Draws draws) {
        this.draws = draws;
        this.rate = Math.max(draws.gamma(Q, GAMMA), 1e-4);
    }

    /** The amount of the next order, in cents, at least one euro. */
    long nextCents() {
        return Math.max(100, Math.min(5_000_000, Math.round(100 * draws.gamma(P, rate))));
    }
}
