package io.clientele.generate;

import java.util.List;
import java.util.SplittableRandom;

/**
 * Random draws from one stream. A stream is named by what it is for, never shared between customers: so nothing depends on
 * who is simulated before whom. {@link StrictMath} gives the same bits on every machine.
 */
final class Draws {

    /** What a stream is for; the number keeps two of the same person apart. */
    enum Purpose {
        PERSON(1),
        HOUSEHOLD(2),
        RECORD(3),
        PURCHASES(4),
        ORDERS(5),
        JOURNEY(6),
        ANONYMOUS(7),
        CONSENTS(8),
        CATALOGUE(9),
        REGISTER(10),
        RETURNS(11),
        FORWARDING(12),
        FEEDBACK(13),
        OCCUPATION(14);

        private final long number;

        Purpose(long number) {
            this.number = number;
        }
    }

    private final SplittableRandom random;

    Draws(long seed, Purpose purpose, long number) {
        this.random = new SplittableRandom(mixed(mixed(seed * 31 + purpose.number) + number));
    }

    /** Stafford's mix 13: seeds that are near each other give streams that have nothing in common. */
    static long mixed(long value) {
        long z = value + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** Uniform in [0, 1). */
    double unit() {
        return random.nextDouble();
    }

    /** Whether something of this probability, 0 to 1, comes to pass. */
    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    /** Uniform in 0 to bound - 1. */
    int below(int bound) {
        return random.nextInt(bound);
    }

    /** Uniform in from to to, both included. */
    int between(int from, int to) {
        return from + random.nextInt(to - from + 1);
    }

    <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** One of the first more often than one of the last: the place is the square of a uniform draw. */
    <T> T pickEarly(List<T> choices) {
        double u = unit();
        return choices.get((int) (u * u * choices.size()));
    }

    /** An exponential draw of the given mean. */
    double exponential(double mean) {
        return -mean * StrictMath.log(1 - unit());
    }

    /** A normal draw of mean 0 and variance 1: G. Marsaglia and T. A. Bray's polar method, SIAM Review 6 (1964). */
    double normal() {
        while (true) {
            double x = 2 * unit() - 1;
            double y = 2 * unit() - 1;
            double s = x * x + y * y;
            if (s > 0 && s < 1) {
                return x * StrictMath.sqrt(-2 * StrictMath.log(s) / s);
            }
        }
    }

    /**
     * A gamma draw: G. Marsaglia and W. W. Tsang, A simple method for generating gamma variables, ACM TOMS 26 (2000).
     *
     * @param shape positive
     * @param rate positive; the mean is shape / rate
     */
    double gamma(double shape, double rate) {
        if (shape < 1) {
            return gamma(shape + 1, rate) * StrictMath.pow(1 - unit(), 1 / shape);
        }
        double d = shape - 1.0 / 3;
        double c = 1 / StrictMath.sqrt(9 * d);
        while (true) {
            double x = normal();
            double v = 1 + c * x;
            if (v > 0) {
                v = v * v * v;
                if (StrictMath.log(1 - unit()) < 0.5 * x * x + d - d * v + d * StrictMath.log(v)) {
                    return d * v / rate;
                }
            }
        }
    }

    /** A beta draw, from two gammas. */
    double beta(double a, double b) {
        double x = gamma(a, 1);
        double y = gamma(b, 1);
        return x + y == 0 ? 0.5 : x / (x + y);
    }

    /** A Poisson draw, by counting exponential gaps: made for means of a few tens at most. */
    int poisson(double mean) {
        int count = 0;
        for (double time = exponential(1); time < mean; time += exponential(1)) {
            count++;
        }
        return count;
    }
}
