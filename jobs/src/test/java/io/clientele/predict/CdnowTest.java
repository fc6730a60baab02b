package io.clientele.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The CDNOW sample, against what was published on it and recomputed elsewhere. */
class CdnowTest {

    private static Cdnow cdnow;
    private static BgNbd bgNbd;

    @BeforeAll
    static void read() {
        cdnow = Cdnow.read();
        bgNbd = BgNbd.of(MaximumLikelihood.of(new BgNbd.Likelihood(cdnow.histories())));
    }

    /** Fader, Hardie and Lee (2005), to three figures, and the log-likelihood to a hundredth. */
    @Test
    void shouldFindTheParametersOfBgNbd() {
        Estimates found = MaximumLikelihood.of(new BgNbd.Likelihood(cdnow.histories()));

        assertThat(found.isConverged()).isTrue();
        assertThat(found.of("r")).isCloseTo(.2425945, within(.0005));
        assertThat(found.of("alpha")).isCloseTo(4.4136019, within(.005));
        assertThat(found.of("a")).isCloseTo(.7929199, within(.0005));
        assertThat(found.of("b")).isCloseTo(2.4258881, within(.005));
        assertThat(found.logLikelihood()).isCloseTo(-9582.429, within(.01));
        assertThat(found.undetermined()).isEmpty();
    }

    /** Fader and Hardie, A Note on Deriving the Pareto/NBD Model (2005). */
    @Test
    void shouldFindTheParametersOfParetoNbd() {
        Estimates found = MaximumLikelihood.of(new ParetoNbd.Likelihood(cdnow.histories()));

        assertThat(found.isConverged()).isTrue();
        assertThat(found.of("r")).isCloseTo(.5533, within(.0005));
        assertThat(found.of("alpha")).isCloseTo(10.578, within(.005));
        assertThat(found.of("s")).isCloseTo(.6061, within(.0005));
        assertThat(found.of("beta")).isCloseTo(11.669, within(.005));
        assertThat(found.logLikelihood()).isCloseTo(-9594.98, within(.01));
    }

    /** Fader and Hardie, The Gamma-Gamma Model of Monetary Value (2013): the repeat purchases only. */
    @Test
    void shouldFindTheParametersOfGammaGamma() {
        Spends spends = cdnow.spends();

        Estimates found = GammaGamma.fit(spends);

        assertThat(spends.totalBuyers()).isEqualTo(946);
        assertThat(found.of("p")).isCloseTo(6.2496, within(.005));
        assertThat(found.of("q")).isCloseTo(3.7442, within(.005));
        assertThat(found.of("v")).isCloseTo(15.4435, within(.05));
        assertThat(found.logLikelihood()).isCloseTo(-4055.918, within(.01));
    }

    @Test
    void shouldExpectThePurchasesThatWerePublished() {
        assertThat(bgNbd.expectedRepeats(52)).isCloseTo(1.444, within(.0005));
        assertThat(bgNbd.expectedPurchases(2, 30.43, 38.86, 39)).isCloseTo(1.226, within(.0005));
        assertThat(bgNbd.expectedPurchases(26, 30.857, 31, 52)).isCloseTo(25.76, within(.005));
        assertThat(bgNbd.probabilityAlive(26, 30.857, 31)).isCloseTo(.96885, within(.00005));
    }

    @Test
    void shouldForetellTheHoldOutAsPublished() {
        Histories histories = cdnow.histories();

        double predicted = IntStream.range(0, histories.size())
                .mapToDouble(i -> histories.customers(i)
                        * bgNbd.expectedPurchases(histories.repeats(i), histories.last(i), histories.age(i), 39))
                .sum();

        assertThat(predicted).isCloseTo(1653.4, within(.05));
        assertThat(cdnow.purchasesAfterTheCut()).isEqualTo(1882);
    }

    /** The unit of time changes what is a rate, and nothing else. */
    @ParameterizedTest
    @EnumSource(PurchaseFit.Kind.class)
    void shouldFindTheSameCustomersInDaysAsInWeeks(PurchaseFit.Kind kind) {
        PurchaseFit weeks =
                PurchaseFit.of(kind, cdnow.histories(TimeUnit.WEEKS)).orElseThrow();
        PurchaseFit days = PurchaseFit.of(kind, cdnow.histories(TimeUnit.DAYS)).orElseThrow();

        assertThat(days.estimates().of("alpha")).isCloseTo(7 * weeks.estimates().of("alpha"), within(1e-4));
        assertThat(days.model().expectedPurchases(2, 213, 272, 273))
                .isCloseTo(weeks.model().expectedPurchases(2, 213 / 7.0, 272 / 7.0, 39), within(1e-6));
    }
}
