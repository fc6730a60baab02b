package io.clientele.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.apache.commons.math3.special.Beta;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PurchaseModelTest {

    /** By definition: the mean over the drop-out probabilities, cut into fine pieces. */
    @Property(tries = 60)
    void shouldExpectWhatTheDefinitionOfBgNbdSays(
            @ForAll @DoubleRange(min = 0.1, max = 3) double r,
            @ForAll @DoubleRange(min = 0.5, max = 20) double alpha,
            @ForAll @DoubleRange(min = 1, max = 3) double a,
            @ForAll @DoubleRange(min = 1, max = 5) double b,
            @ForAll @IntRange(max = 60) int repeats,
            @ForAll @DoubleRange(min = 0, max = 100) double age,
            @ForAll @DoubleRange(min = 0.5, max = 200) double time) {
        double growth = time / (alpha + age);
        double upper = b + repeats;
        double expected = integral(
                p -> Math.exp((a - 1) * Math.log(p) + (upper - 1) * Math.log1p(-p) - Beta.logBeta(a, upper))
                        * -Math.expm1(-(r + repeats) * Math.log1p(p * growth))
                        / p,
                0,
                1);

        assertThat(new BgNbd(r, alpha, a, b).purchasesIfAlive(repeats, age, time))
                .isCloseTo(expected, within(1e-3 * expected));
    }

    /** By definition: the weight of having left, cut into fine pieces. */
    @Property(tries = 60)
    void shouldTellWhoIsAliveAsTheDefinitionOfParetoNbdSays(
            @ForAll @DoubleRange(min = 0.1, max = 3) double r,
            @ForAll @DoubleRange(min = 0.05, max = 50) double alpha,
            @ForAll @DoubleRange(min = 0.1, max = 3) double s,
            @ForAll @DoubleRange(min = 0.05, max = 50) double beta,
            @ForAll @IntRange(max = 80) int repeats,
            @ForAll @DoubleRange(min = 0.5, max = 60) double last,
            @ForAll @DoubleRange(min = 0.5, max = 100) double since) {
        double age = last + since;
        double left = integral(
                u -> s
                        * Math.exp((r + repeats) * Math.log((alpha + age) / (alpha + u))
                                + s * Math.log((beta + age) / (beta + u))
                                - Math.log(beta + u)),
                last,
                age);

        assertThat(new ParetoNbd(r, alpha, s, beta).probabilityAlive(repeats, last, age))
                .isCloseTo(1 / (1 + left), within(1e-6));
    }

    /** Where the usual formulas divide nothing by nothing. */
    @Test
    void shouldBeSmoothWhereOneParameterIsOne() {
        assertThat(new BgNbd(.24, 4.4, 1, 2.4).purchasesIfAlive(3, 20, 52))
                .isCloseTo(new BgNbd(.24, 4.4, 1 + 1e-7, 2.4).purchasesIfAlive(3, 20, 52), within(1e-6));
        assertThat(new ParetoNbd(.55, 10, 1, 11).purchasesIfAlive(3, 20, 52))
                .isCloseTo(new ParetoNbd(.55, 10, 1 + 1e-7, 11).purchasesIfAlive(3, 20, 52), within(1e-6));
    }

    @Test
    void shouldBecomeTheModelWithoutDropOutWhenNobodyLeaves() {
        Nbd staying = new Nbd(.5, 8);
        for (PurchaseModel model : List.of(new BgNbd(.5, 8, 1e-9, 2), new ParetoNbd(.5, 8, 1e-9, 5))) {
            assertThat(model.probabilityAlive(4, 10, 30)).isCloseTo(1, within(1e-6));
            assertThat(model.expectedPurchases(4, 10, 30, 52))
                    .isCloseTo(staying.expectedPurchases(4, 10, 30, 52), within(1e-5));
        }
    }

    /** Numbers in whose formulas a power or a gamma function leaves the range of floating point. */
    @ParameterizedTest
    @CsvSource({"4000, 5100, 5200, 520", "0, 0, 0, 1040", "1, 0, 7000, 0.1", "900, 10, 5000, 52", "0, 0, 0, 0"})
    void shouldStayWithinReasonAtTheExtremes(int repeats, double last, double age, double time) {
        for (PurchaseModel model :
                List.of(new BgNbd(.2, .001, .7, 2), new BgNbd(9, 500, 3, .1), new ParetoNbd(.2, .001, .6, 800))) {
            assertThat(model.probabilityAlive(repeats, last, age)).isBetween(0.0, 1.0);
            assertThat(model.expectedPurchases(repeats, last, age, time)).isBetween(0.0, 200 * time + 100);
        }
    }

    /** The rule of the midpoints, on a grid that is finer where the beginning is. */
    private static double integral(DoubleUnaryOperator function, double from, double to) {
        int pieces = 20_000;
        double sum = 0;
        double before = 0;
        for (int i = 1; i <= pieces; i++) {
            double next = Math.pow((double) i / pieces, 3);
            double low = from + (to - from) * before;
            double high = from + (to - from) * next;
            sum += (high - low) * function.applyAsDouble((low + high) / 2);
            before = next;
        }
        return sum;
    }
}
