package io.clientele.predict.propensity;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The dates as of which customers are looked at, so that no period of outcomes overlaps with one of another purpose: the
 * outcomes that train are known when those that calibrate begin, and these when those that judge begin.
 *
 * @param training the latest first; the outcomes of neighbours may overlap
 * @param calibration what turns scores into probabilities
 * @param evaluation the latest date whose outcomes are known: nothing is learned from it
 */
record CutOffs(List<LocalDate> training, LocalDate calibration, LocalDate evaluation) {

    /** @param first the first day of the data; a cut-off must be able to look back as far as its features do */
    static CutOffs of(LocalDate date, LocalDate first, Target target, int historyDays, Training training) {
        LocalDate evaluation = date.minusDays(target.days());
        LocalDate calibration = evaluation.minusDays(target.days());
        LocalDate earliest = first.plusDays(historyDays - 1L);
        List<LocalDate> dates = new ArrayList<>();
        for (LocalDate day = latestTraining(date, target);
                dates.size() < training.cutOffs() && !day.isBefore(earliest);
                day = day.minusDays(training.stepDays())) {
            dates.add(day);
        }
        return new CutOffs(List.copyOf(dates), calibration, evaluation);
    }

    /** How many days of data are missing to learn anything; 0 if none. */
    static long missingDays(LocalDate date, LocalDate first, Target target, int historyDays) {
        LocalDate earliest = first.plusDays(historyDays - 1L);
        return Math.max(0, ChronoUnit.DAYS.between(latestTraining(date, target), earliest));
    }

    private static LocalDate latestTraining(LocalDate date, Target target) {
        return date.minusDays(3L * target.days());
    }

    List<LocalDate> all() {
        return Stream.concat(training.stream(), Stream.of(calibration, evaluation))
                .toList();
    }
}
