package io.clientele.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clientele.failure.ExitCode;
import io.clientele.failure.Failure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class RoundsTest {

    private static final LocalDate NOV_30 = LocalDate.of(2025, 11, 30);
    private static final LocalDate DEC_1 = LocalDate.of(2025, 12, 1);

    private final Stop stop = new Stop();
    private final List<String> said = new ArrayList<>();
    private final List<LocalDate> rounds = new ArrayList<>();

    /** What is seen at each look; after the last, the rounds are told to stop. */
    private final Deque<Runnable> looks = new ArrayDeque<>();

    private Instant now = Instant.parse("2025-11-30T12:00:00Z");
    private Object files = "none";
    private Optional<LocalDate> lastNight = Optional.empty();

    @Test
    void shouldRunAtOnceAndAgainOnlyWhenSomethingIsNew() {
        looks.add(() -> {});
        looks.add(() -> {});
        looks.add(() -> files = "one");
        looks.add(() -> {});

        assertThat(run(this::succeed)).isEmpty();

        assertThat(rounds).containsExactly(NOV_30, NOV_30);
    }

    @Test
    void shouldRunOnceMoreForWhatComesDuringARound() {
        looks.add(() -> {});
        looks.add(() -> {});
        looks.add(() -> {});

        run(date -> {
            files = "come meanwhile";
            return succeed(date);
        });

        assertThat(rounds).hasSize(2);
    }

    @Test
    void shouldBeginTheDayWhereTheBusinessHasItsMidnight() {
        looks.add(() -> {});
        looks.add(() -> now = Instant.parse("2025-11-30T22:59:59Z"));
        looks.add(() -> now = Instant.parse("2025-11-30T23:00:00Z"));

        run(this::succeed);

        assertThat(rounds).containsExactly(NOV_30, DEC_1);
    }

    @Test
    void shouldLetTheNightGoFirst() {
        lastNight = Optional.of(NOV_30.minusDays(1));
        looks.add(() -> {});
        looks.add(() -> {
            now = Instant.parse("2025-12-01T00:30:00Z");
            files = "first of December";
        });
        looks.add(() -> files = "second of December");
        looks.add(() -> lastNight = Optional.of(NOV_30));
        looks.add(() -> {});

        run(this::succeed);

        assertThat(rounds).containsExactly(NOV_30, DEC_1);
        assertThat(said)
                .containsExactly(
                        "the night of 2025-11-30 comes first: rounds of 2025-12-01 begin when it has succeeded");
    }

    @Test
    void shouldWaitWhileAnotherRunHoldsTheLake() {
        looks.add(() -> {});
        looks.add(() -> {});
        looks.add(() -> {});
        List<LocalDate> refused = new ArrayList<>();

        run(date -> {
            if (refused.size() < 2) {
                refused.add(date);
                throw new Failure(ExitCode.LOCKED, "the lake is being written to");
            }
            return succeed(date);
        });

        assertThat(rounds).containsExactly(NOV_30);
        assertThat(said).containsExactly("the lake is being written to; the next round waits for it");
    }

    @Test
    void shouldEndWithTheRoundThatFails() {
        looks.add(() -> {});
        looks.add(() -> {});

        assertThat(run(date -> ended(date, RunRecord.FAILED, 4)))
                .map(RunRecord::exitCode)
                .contains(4);
    }

    @Test
    void shouldEndWithAFailureToBegin() {
        looks.add(() -> {});

        assertThatThrownBy(() -> run(date -> {
                    throw Failure.input("no such folder");
                }))
                .hasMessage("no such folder");
    }

    @Test
    void shouldNotCallARoundAFailureThatWasToldToStop() {
        looks.add(() -> {});

        assertThat(run(date -> {
                    stop.ask();
                    return ended(date, RunRecord.STOPPED, ExitCode.STOPPED.code());
                }))
                .isEmpty();
    }

    private Optional<RunRecord> run(Function<LocalDate, RunRecord> round) {
        return new Rounds(new AnyTime(), Duration.ofMillis(1), saying(), stop)
                .run(
                        () -> {
                            if (looks.size() == 1) {
                                stop.ask();
                            }
                            looks.remove().run();
                            return files;
                        },
                        () -> lastNight,
                        round,
                        ended -> rounds.add(ended.date()));
    }

    private RunRecord succeed(LocalDate date) {
        return ended(date, RunRecord.SUCCEEDED, 0);
    }

    private static RunRecord ended(LocalDate date, String status, int exitCode) {
        return new RunRecord("run", date, RunRecord.RUNNING, null, Instant.EPOCH, null, List.of(), "1", null, List.of())
                .ended(status, exitCode, 1.0, null);
    }

    private Progress saying() {
        return new Progress() {
            @Override
            public void said(String message) {
                said.add(message);
            }
        };
    }

    /** The clock of Paris, which goes as the test says; a look comes before it is asked. */
    private final class AnyTime extends Clock {
        @Override
        public ZoneId getZone() {
            return ZoneId.of("Europe/Paris");
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return Clock.fixed(now, zone);
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
