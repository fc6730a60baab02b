package io.clientele.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.clientele.generate.Draws.Purpose;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BuyingGenerationTest {

    private static final int CUSTOMERS = 40_000;
    private static final double HORIZON = 150;
    private static final BuyingProcess PROCESS = BuyingProcess.USUAL;

    @Test
    void shouldLeaveAsManyOneTimeBuyersAsTheBgNbdModelExpects() {
        double oneTime = IntStream.range(0, CUSTOMERS)
                        .filter(i -> purchases(i).size() == 1)
                        .count()
                / (double) CUSTOMERS;

        double expected = Math.pow(PROCESS.alpha() / (PROCESS.alpha() + HORIZON), PROCESS.r());
        assertThat(oneTime).isCloseTo(expected, within(0.01));
    }

    @Test
    void shouldGiveAsManyRepeatPurchasesAsTheBgNbdModelExpects() {
        double repeats = IntStream.range(0, CUSTOMERS)
                .mapToDouble(i -> purchases(i).size() - 1)
                .average()
                .orElseThrow();

        assertThat(repeats).isCloseTo(expectedRepeats(), within(0.03 * expectedRepeats()));
    }

    @Test
    void shouldDrawGammaBetaAndPoissonOfTheRightMeanAndVariance() {
        Draws draws = new Draws(3, Purpose.PERSON, 1);

        assertMoments(() -> draws.gamma(0.4, 2), 0.2, 0.1);
        assertMoments(() -> draws.gamma(5, 0.5), 10, 20);
        assertMoments(() -> draws.beta(0.8, 3.2), 0.2, 0.032);
        assertMoments(() -> draws.poisson(4), 4, 4);
        assertMoments(() -> draws.exponential(3), 3, 9);
    }

    @Test
    void shouldSellMoreInDecemberThanInFebruary() {
        Season season = new Season(new Days(LocalDate.of(2025, 12, 31), 365, 1));
        int[] months = new int[12];
        Draws draws = new Draws(5, Purpose.PERSON, 1);
        for (int i = 0; i < CUSTOMERS; i++) {
            int day = season.day(draws.unit() * season.end());
            months[LocalDate.of(2025, 1, 1).plusDays(day).getMonthValue() - 1]++;
        }

        assertThat(season.end()).isCloseTo(365, within(6.0));
        assertThat((double) months[11] / months[1]).isCloseTo(1.76 * 31 / (0.72 * 28), within(0.3));
    }

    @Test
    void shouldSplitAnOrderIntoLinesThatAddUpToTheCent() {
        Catalogue catalogue = new Catalogue(1);
        Draws draws = new Draws(1, Purpose.ORDERS, 1);
        Basket basket = new Basket(catalogue, 3);
        for (long cents = 100; cents < 60_000; cents += 37) {
            List<Basket.Line> lines = basket.lines(draws, cents);
            assertThat(lines.stream()
                            .mapToLong(line -> line.quantity() * line.unitCents())
                            .sum())
                    .isEqualTo(cents);
            assertThat(lines).allMatch(line -> line.unitCents() > 0);
        }
    }

    @Test
    void shouldNeverGiveTwoPersonsTheSameIdentifier() {
        for (Numbers numbers : Numbers.values()) {
            Set<Long> seen = new HashSet<>();
            for (long rank = 0; rank < 100_000; rank++) {
                assertThat(seen.add(numbers.of(rank))).isTrue();
            }
        }
    }

    private static List<Double> purchases(int customer) {
        return PROCESS.purchases(new Draws(11, Purpose.PURCHASES, customer), HORIZON);
    }

    /** Equation (9) of Fader, Hardie and Lee (2005). */
    private static double expectedRepeats() {
        double r = PROCESS.r();
        double a = PROCESS.a();
        double b = PROCESS.b();
        double z = HORIZON / (PROCESS.alpha() + HORIZON);
        double term = 1;
        double hypergeometric = 1;
        for (int k = 0; k < 2_000; k++) {
            term *= (r + k) * (b + k) / ((a + b - 1 + k) * (k + 1)) * z;
            hypergeometric += term;
        }
        return (a + b - 1) / (a - 1) * (1 - Math.pow(1 - z, r) * hypergeometric);
    }

    private static void assertMoments(DoubleSupplier draw, double mean, double variance) {
        int count = 200_000;
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < count; i++) {
            double value = draw.getAsDouble();
            sum += value;
            squares += value * value;
        }
        double found = sum / count;
        assertThat(found).isCloseTo(mean, within(6 * Math.sqrt(variance / count)));
        assertThat(squares / count - found * found).isCloseTo(variance, within(0.05 * variance));
    }
}
