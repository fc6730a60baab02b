package io.clientele.generate;

import java.util.ArrayList;
import java.util.List;

/**
 * When one customer buys: P. Fader, B. Hardie and K. Lee, Counting Your Customers the Easy Way: An Alternative to the
 * Pareto/NBD Model, Marketing Science 24 (2005). After the first purchase the gaps are exponential with the customer's own
 * rate, gamma distributed; after each further one the customer leaves for good with the customer's own probability, beta
 * distributed.
 *
 * @param r shape of the rates
 * @param alpha the gamma distribution's rate, in days: the mean rate is r / alpha purchases a day
 * @param a first parameter of the drop-out probabilities
 * @param b second parameter
 */
record BuyingProcess(double r, double alpha, double a, double b) {

    static final BuyingProcess USUAL = new BuyingProcess(0.75, 28, 0.8, 3.2);

    /**
     * The purchases of one customer.
     *
     * @param horizon how long to watch, in days from the first purchase on
     * @return days since the first purchase, which is the first element, ascending
     */
    List<Double> purchases(Draws draws, double horizon) {
        double rate = draws.gamma(r, alpha);
        double dropOut = draws.beta(a, b);
        List<Double> times = new ArrayList<>();
        times.add(0.0);
        if (rate == 0) {
            return times;
        }
        for (double time = draws.exponential(1 / rate); time < horizon; time += draws.exponential(1 / rate)) {
            times.add(time);
            if (draws.chance(dropOut)) {
                break;
            }
        }
        return times;
    }
}
