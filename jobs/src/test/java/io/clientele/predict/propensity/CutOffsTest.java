package io.clientele.predict.propensity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class CutOffsTest {

    private static final LocalDate FIRST = LocalDate.of(2024, 1, 1);

    @Property(tries = 300)
    void shouldKeepTheOutcomesOfEachPurposeApartAndLookBackAsFarAsTheDataGoes(
            @ForAll @IntRange(min = 1, max = 90) int days,
            @ForAll @IntRange(min = 7, max = 400) int historyDays,
            @ForAll @IntRange(min = 1, max = 60) int step,
            @ForAll @IntRange(min = 1, max = 1500) int length) {
        LocalDate date = FIRST.plusDays(length);
        Target target = new Target(Target.Outcome.PURCHASE, days, null);

        CutOffs cutOffs = CutOffs.of(date, FIRST, target, historyDays, training(step));

        assertThat(cutOffs.evaluation().plusDays(days)).isEqualTo(date);
        assertThat(cutOffs.calibration().plusDays(days)).isEqualTo(cutOffs.evaluation());
        assertThat(cutOffs.training()).allSatisfy(day -> {
            assertThat(day.plusDays(days)).isBeforeOrEqualTo(cutOffs.calibration());
            assertThat(day.minusDays(historyDays - 1L)).isAfterOrEqualTo(FIRST);
        });
        long missing = CutOffs.missingDays(date, FIRST, target, historyDays);
        assertThat(cutOffs.training().isEmpty()).isEqualTo(missing > 0);
        assertThat(CutOffs.of(date.plusDays(missing), FIRST, target, historyDays, training(step))
                        .training())
                .isNotEmpty();
    }

    @Test
    void shouldTakeAsManyDatesAsTheHistoryAllows() {
        Target target = new Target(Target.Outcome.PURCHASE, 30, null);

        CutOffs cutOffs = CutOffs.of(LocalDate.of(2024, 12, 31), FIRST, target, 180, training(15));

        assertThat(cutOffs.training())
                .containsExactly(
                        LocalDate.of(2024, 10, 2),
                        LocalDate.of(2024, 9, 17),
                        LocalDate.of(2024, 9, 2),
                        LocalDate.of(2024, 8, 18));
    }

    private static Training training(int step) {
        return new Training(4, step, 1000, 10, 0.95, 5, 2, 30, 0.001, 1);
    }
}
