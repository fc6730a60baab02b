package io.clientele.run;

import io.clientele.failure.ExitCode;
import io.clientele.failure.Failure;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Runs jobs over and over by day, as soon as there is something new for them: each round is a run like any other, of the date of
 * today. It holds the lake for the time of a round only, and lets the night go first: one of yesterday that comes after a round of
 * today could not go on from where that one left the tables.
 */
public final class Rounds {

    /** Others run for longer than it takes to look. */
    private static final int PATIENCE = 6;

    /** What there was to be seen when a round began. */
    private record Sight(LocalDate date, Object delivered) {}

    private final Clock clock;
    private final Duration betweenLooks;
    private final Progress progress;
    private final Stop stop;
    private String lastSaid = "";

    /**
     * @param clock of the place whose days are the business dates
     * @param betweenLooks at what is new
     * @param progress told what is waited for
     * @param stop asked when the rounds are to end; there is no other good end
     */
    public Rounds(Clock clock, Duration betweenLooks, Progress progress, Stop stop) {
        this.clock = clock;
        this.betweenLooks = betweenLooks;
        this.progress = progress;
        this.stop = stop;
    }

    /**
     * Goes on until it is told to stop, or a round fails.
     *
     * @param delivered what jobs find, in a form that is equal as long as there is nothing new
     * @param lastNight the date of the last night that succeeded; empty where no nights are run
     * @param round runs the jobs for a date
     * @param onEnd told how each round ended
     * @return the round that failed
     * @throws Failure if one could not begin, for another reason than that somebody else is writing to the lake
     */
    public Optional<RunRecord> run(
            Supplier<?> delivered,
            Supplier<Optional<LocalDate>> lastNight,
            Function<LocalDate, RunRecord> round,
            Consumer<RunRecord> onEnd) {
        Sight done = null;
        while (!stop.isAsked()) {
            Object there = delivered.get();
            Sight now = new Sight(LocalDate.now(clock), there);
            boolean isOthersTurn = false;
            if (!now.equals(done)) {
                Optional<RunRecord> ended = isNewDay(now, done) && isNightDue(now.date(), lastNight)
                        ? Optional.empty()
                        : unlessLocked(round, now.date());
                ended.ifPresent(onEnd);
                isOthersTurn = ended.isEmpty();
                if (ended.filter(RunRecord::hasSucceeded).isPresent()) {
                    done = now;
                    lastSaid = "";
                } else if (ended.isPresent() && !stop.isAsked()) {
                    return ended;
                }
            }
            stop.await(isOthersTurn ? betweenLooks.multipliedBy(PATIENCE) : betweenLooks);
        }
        return Optional.empty();
    }

    private static boolean isNewDay(Sight now, Sight done) {
        return done == null || !now.date().equals(done.date());
    }

    private boolean isNightDue(LocalDate today, Supplier<Optional<LocalDate>> lastNight) {
        boolean isDue = lastNight
                .get()
                .filter(last -> last.isBefore(today.minusDays(1)))
                .isPresent();
        if (isDue) {
            say("the night of %s comes first: rounds of %s begin when it has succeeded"
                    .formatted(today.minusDays(1), today));
        }
        return isDue;
    }

    private Optional<RunRecord> unlessLocked(Function<LocalDate, RunRecord> round, LocalDate date) {
        try {
            return Optional.of(round.apply(date));
        } catch (Failure e) {
            if (e.exitCode() != ExitCode.LOCKED) {
                throw e;
            }
            say(e.getMessage() + "; the next round waits for it");
            return Optional.empty();
        }
    }

    /** Once, not every minute. */
    private void say(String what) {
        if (!what.equals(lastSaid)) {
            progress.said(what);
            lastSaid = what;
        }
    }
}
