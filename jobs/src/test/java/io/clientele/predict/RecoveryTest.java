package io.clientele.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Customers whose parameters are known, and what is found of them. */
class RecoveryTest {

    private static final int CUSTOMERS = 40_000;
    private static final GammaGamma SPENDING = new GammaGamma(6, 4, 15);

    @Test
    void shouldFindTheParametersOfSimulatedCustomers() {
        SimulatedCustomers world = new SimulatedCustomers(new BgNbd(0.6, 6, 0.8, 3), SPENDING, 500);
        List<SimulatedCustomers.Customer> customers = world.draw(CUSTOMERS, 1);

        PurchaseFit fit = PurchaseFit.of(PurchaseFit.Kind.BG_NBD, SimulatedCustomers.histories(customers))
                .orElseThrow();

        assertThat(fit.findings()).isEmpty();
        assertFound(fit.estimates(), Map.of("r", 0.6, "alpha", 6.0, "a", 0.8, "b", 3.0));
        assertFound(GammaGamma.fit(SimulatedCustomers.spends(customers)), Map.of("p", 6.0, "q", 4.0, "v", 15.0));
    }

    @Test
    void shouldFindTheParametersOfCustomersWhoLeaveAtAnyTime() {
        SimulatedCustomers world = new SimulatedCustomers(new ParetoNbd(0.6, 6, 0.7, 10), SPENDING, 500);

        PurchaseFit fit = PurchaseFit.of(
                        PurchaseFit.Kind.PARETO_NBD, SimulatedCustomers.histories(world.draw(CUSTOMERS, 2)))
                .orElseThrow();

        assertThat(fit.findings()).isEmpty();
        assertFound(fit.estimates(), Map.of("r", 0.6, "alpha", 6.0, "s", 0.7, "beta", 10.0));
    }

    /** The drop-out of a young shop: customers who leave so rarely that nobody can see it. */
    @Test
    void shouldSayWhenNoDropOutCanBeSeen() {
        SimulatedCustomers world = new SimulatedCustomers(new BgNbd(0.6, 20, 1e-6, 1), SPENDING, 90);
        Histories histories = SimulatedCustomers.histories(world.draw(2_000, 3));

        for (PurchaseFit.Kind kind : PurchaseFit.Kind.values()) {
            PurchaseFit fit = PurchaseFit.of(kind, histories).orElseThrow();
            assertThat(fit.model()).isInstanceOf(Nbd.class);
            assertThat(fit.findings()).anyMatch(finding -> finding.contains("no drop-out can be seen in 90 days"));
            assertThat(fit.model().probabilityAlive(1, 3, 12)).isEqualTo(1);
        }
    }

    /** All buy at one rate: the gamma distribution shrinks to a point, and its parameters grow without end. */
    @Test
    void shouldSayWhenCustomersDoNotDiffer() {
        long[] keys = {Histories.key(2, 89, 90), Histories.key(2, 87, 90)};
        Histories twins = Histories.of(TimeUnit.WEEKS, keys, new long[] {50, 50});

        PurchaseFit fit = PurchaseFit.of(PurchaseFit.Kind.BG_NBD, twins).orElseThrow();

        assertThat(fit.findings()).anyMatch(finding -> finding.contains("customers differ too little"));
        assertThat(fit.model().expectedPurchases(2, 89 / 7.0, 90 / 7.0, 90 / 7.0))
                .isCloseTo(2, within(0.3));
    }

    @Test
    void shouldSayWhenSpendingHasNoMean() {
        SimulatedCustomers world = new SimulatedCustomers(new BgNbd(2, 4, 0.5, 5), new GammaGamma(2, 0.6, 5), 300);

        SpendFit fit = SpendFit.of(SimulatedCustomers.spends(world.draw(5_000, 4)));

        assertThat(fit.model()).isEmpty();
        assertThat(fit.findings()).anyMatch(finding -> finding.contains("it has no mean (q = 0."));
    }

    @Test
    void shouldSayWhenThoseWhoBuyOftenSpendLess() {
        Spends spends = Spends.of(List.of(
                new Spends.Count(1, 40, 90, 40 * Math.log(90)),
                new Spends.Count(1, 40, 70, 40 * Math.log(70)),
                new Spends.Count(5, 30, 30, 30 * Math.log(30)),
                new Spends.Count(9, 30, 8, 30 * Math.log(8))));

        assertThat(SpendFit.of(spends).findings())
                .anyMatch(finding -> finding.contains("who buys more often spends less at a time"));
    }

    @Test
    void shouldTakeAmountsOfAnySize() {
        SimulatedCustomers world = new SimulatedCustomers(new BgNbd(2, 4, 0.5, 5), SPENDING, 300);
        Spends spends = SimulatedCustomers.spends(world.draw(3_000, 5));

        Estimates usual = GammaGamma.fit(spends);
        Estimates huge = GammaGamma.fit(spends.dividedBy(1e-12));

        assertThat(huge.of("p")).isCloseTo(usual.of("p"), within(1e-6));
        assertThat(huge.of("v")).isCloseTo(1e12 * usual.of("v"), within(1e6));
    }

    private static void assertFound(Estimates found, Map<String, Double> truth) {
        truth.forEach((name, value) -> assertThat(found.of(name))
                .as("%s of %s", name, found)
                .isCloseTo(value, within(4 * found.standardErrorOf(name))));
    }
}
