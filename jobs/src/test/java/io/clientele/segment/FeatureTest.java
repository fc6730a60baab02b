package io.clientele.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.clientele.segment.Feature.Step;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeatureTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            log log             |         |    | names a step twice
            one_hot log         |         | 3  | one_hot stands alone
            standardise log     |         |    | standardise comes last
            winsorise           |         |    | winsorise needs [lower, upper]
            log                 | 0.1 0.9 |    | 'quantiles' is for the step winsorise
            winsorise           | 0.9 0.1 |    | 0 <= lower < upper <= 1, got [0.9, 0.1]
            one_hot             |         |    | of how many values one_hot makes axes
            one_hot             |         | 99 | 'categories' must be between 1 and 50, got 99
            log                 |         | 3  | 'categories' is for the step one_hot
            """)
    void shouldRefuseStepsThatMakeNoSense(String steps, String quantiles, Integer categories, String complaint) {
        List<Step> parsed = Stream.of(steps.split(" ", -1))
                .map(step -> Step.valueOf(step.toUpperCase(Locale.ROOT)))
                .toList();
        List<Double> bounds = quantiles == null
                ? null
                : Arrays.stream(quantiles.split(" ", -1)).map(Double::valueOf).toList();

        assertThatThrownBy(() -> new Feature(parsed, bounds, categories, null, null, null))
                .hasMessageContaining(complaint);
    }

    @Property(tries = 200)
    void shouldStandardiseToMeanZeroAndDeviationOne(
            @ForAll @Size(min = 2, max = 40) List<@DoubleRange(min = -1e12, max = 1e12) Double> values) {
        double[] all = values.stream().mapToDouble(Double::doubleValue).toArray();

        FittedFeature fitted = FittedFeature.number("monetary", feature(null, Step.LOG, Step.STANDARDISE), false, all);

        double[] places = Arrays.stream(all).map(fitted::place).toArray();
        assertThat(Arrays.stream(places).average().orElseThrow()).isCloseTo(0, within(1e-6));
        assertThat(Arrays.stream(places).map(place -> place * place).average().orElseThrow())
                .isCloseTo(fitted.constant() ? 0 : 1, within(1e-6));
    }

    @Test
    void shouldBringBackWhatIsBeyondTheQuantiles() {
        double[] values = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 1e12};

        FittedFeature fitted =
                FittedFeature.number("monetary", feature(List.of(0.1, 0.9), Step.WINSORISE), false, values);

        assertThat(fitted.place(1)).isEqualTo(2);
        assertThat(fitted.place(5)).isEqualTo(5);
        assertThat(fitted.place(1e12)).isEqualTo(10);
    }

    @Test
    void shouldPlaceAnUnknownValueAtTheMean() {
        FittedFeature fitted = FittedFeature.number(
                "birth_year", feature(null, Step.STANDARDISE), true, new double[] {1950, Double.NaN, 1990});

        assertThat(fitted.place(Double.NaN)).isZero();
        assertThat(fitted.place(1990)).isEqualTo(1);
    }

    @Test
    void shouldFindAPlaceAgainOnTheAxisOfAModelFittedAnew() {
        Feature feature = feature(null, Step.LOG, Step.STANDARDISE);
        FittedFeature before = FittedFeature.number("monetary", feature, false, new double[] {10, 100, 1_000});
        FittedFeature now = FittedFeature.number("monetary", feature, false, new double[] {50, 70, 9_000});
        FittedFeature otherwise =
                FittedFeature.number("monetary", feature(null, Step.STANDARDISE), false, new double[] {50, 70, 9_000});

        assertThat(before.translated(before.place(333), now)).isCloseTo(now.place(333), within(1e-9));
        assertThat(before.translated(before.place(333), otherwise)).isCloseTo(otherwise.place(333), within(1e-9));
        assertThat(otherwise.translated(otherwise.place(-333), before)).isCloseTo(before.place(-333), within(1e-9));
    }

    @Test
    void shouldMakeAxesOfTheMostFrequentValues() {
        FittedFeature fitted = FittedFeature.category(
                "country",
                new Feature(List.of(Step.ONE_HOT), null, 2, null, null, null),
                false,
                List.of("FR", "BE", "FR", "LU", "CH", "BE"));

        assertThat(fitted.axisNames()).containsExactly("country=BE", "country=FR");
    }

    private static Feature feature(List<Double> quantiles, Step... steps) {
        return new Feature(List.of(steps), quantiles, null, null, null, null);
    }
}
