package io.clientele.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/** Likelihoods, whatever the data and the parameters. */
class LikelihoodTest {

    private static final BgNbd BG_NBD = new BgNbd(0.6, 6, 0.8, 3);
    private static final GammaGamma SPENDING = new GammaGamma(6, 4, 15);

    @Property(tries = 40)
    void shouldKnowTheirDerivatives(
            @ForAll @Size(4) List<@DoubleRange(min = -2.5, max = 2.5) Double> logarithms,
            @ForAll @LongRange(min = 0, max = 20) long seed) {
        List<SimulatedCustomers.Customer> customers = new SimulatedCustomers(BG_NBD, SPENDING, 400).draw(60, seed);
        Histories histories = SimulatedCustomers.histories(customers);

        assertDerivatives(new BgNbd.Likelihood(histories), logarithms);
        assertDerivatives(new ParetoNbd.Likelihood(histories), logarithms);
        assertDerivatives(new Nbd.Likelihood(histories), logarithms);
        assertDerivatives(new GammaGamma.Likelihood(SimulatedCustomers.spends(customers)), logarithms);
    }

    /** Rows come in any order; the bits of a sum would depend on it. */
    @Property(tries = 5)
    void shouldBeTheSameInWhateverOrderCustomersCome(@ForAll @LongRange(min = 0, max = 99) long seed) {
        List<SimulatedCustomers.Customer> customers = new SimulatedCustomers(BG_NBD, SPENDING, 400).draw(3_000, seed);
        List<SimulatedCustomers.Customer> shuffled = new ArrayList<>(customers);
        Collections.shuffle(shuffled, new Random(seed));

        assertThat(MaximumLikelihood.of(new BgNbd.Likelihood(SimulatedCustomers.histories(shuffled))))
                .isEqualTo(MaximumLikelihood.of(new BgNbd.Likelihood(SimulatedCustomers.histories(customers))));
        assertThat(GammaGamma.fit(SimulatedCustomers.spends(shuffled)))
                .isEqualTo(GammaGamma.fit(SimulatedCustomers.spends(customers)));
    }

    private static void assertDerivatives(LogLikelihood likelihood, List<Double> logarithms) {
        int count = likelihood.parameters().size();
        double[] start = likelihood.start();
        double[] here = new double[count];
        for (int i = 0; i < count; i++) {
            here[i] = start[i] * Math.exp(logarithms.get(i));
        }
        Derivatives derivatives = likelihood.at(here);
        for (int i = 0; i < count; i++) {
            double step = 1e-4 * here[i];
            Derivatives above = likelihood.at(moved(here, i, step));
            Derivatives below = likelihood.at(moved(here, i, -step));
            assertClose(
                    here[i] * derivatives.gradient[i],
                    here[i] * (above.value - below.value) / (2 * step),
                    derivatives.value);
            for (int j = 0; j < count; j++) {
                double second = derivatives.hessian[Math.max(i, j)][Math.min(i, j)];
                assertClose(
                        here[i] * here[j] * second,
                        here[i] * here[j] * (above.gradient[j] - below.gradient[j]) / (2 * step),
                        derivatives.value);
            }
        }
    }

    private static double[] moved(double[] point, int axis, double step) {
        double[] moved = point.clone();
        moved[axis] += step;
        return moved;
    }

    private static void assertClose(double exact, double difference, double scale) {
        double most = DoubleStream.of(1, Math.abs(exact), Math.abs(scale)).max().orElseThrow();
        // The digamma function of Commons Math has jumps of some 1e-10, which a difference makes larger.
        assertThat(exact).isCloseTo(difference, within(1e-5 * most));
    }
}
