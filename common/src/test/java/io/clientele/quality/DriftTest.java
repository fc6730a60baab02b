package io.clientele.quality;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DriftTest {

    private static final Drift DRIFT = new Drift(30, 3, 5, 0.05);

    /** Median 0.20, median absolute deviation 0.01: far is beyond 0.20 ± 5 × 0.014826. */
    private static final List<Double> SHARES = List.of(0.19, 0.20, 0.21, 0.20, 0.18, 0.22, 0.90);

    @ParameterizedTest
    @CsvSource({"0.20, false", "0.27, false", "0.28, true", "0.13, false", "0.12, true", "0.90, true"})
    void shouldTellAShareThatIsFarFromMostNights(double share, boolean isFar) {
        assertThat(DRIFT.isFarShare(share, SHARES)).isEqualTo(isFar);
    }

    @ParameterizedTest
    @CsvSource({"0.30, false", "0.349, false", "0.351, true", "0.249, true"})
    void shouldNotCallASmallChangeDriftWhereNothingEverChanged(double share, boolean isFar) {
        assertThat(DRIFT.isFarShare(share, List.of(0.3, 0.3, 0.3, 0.3))).isEqualTo(isFar);
    }

    @ParameterizedTest
    @CsvSource({"1000, false", "1049, false", "1051, true", "949, true", "0, true"})
    void shouldMeasureRowsByTheirUsualNumber(double rows, boolean isFar) {
        assertThat(DRIFT.isFarCount(rows, List.of(1000.0, 1000.0, 1000.0))).isEqualTo(isFar);
    }

    @Test
    void shouldNotCallSteadyGrowthDrift() {
        List<Double> growing =
                IntStream.rangeClosed(1, 30).mapToObj(night -> 100.0 * night).toList();

        assertThat(DRIFT.isFarCount(3_100, growing)).isFalse();
        assertThat(DRIFT.isFarCount(9_000, growing)).isTrue();
    }

    @Test
    void shouldSayNothingAfterTooFewNights() {
        assertThat(DRIFT.isFarShare(1, List.of())).isFalse();
        assertThat(DRIFT.isFarShare(1, List.of(0.0, 0.0))).isFalse();
        assertThat(DRIFT.isFarShare(1, List.of(0.0, 0.0, 0.0))).isTrue();
    }
}
