package io.clientele.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clientele.failure.ExitCode;
import io.clientele.failure.Failure;
import io.clientele.lake.LakeLock.Owner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LakeLockTest {

    @TempDir
    private Path folder;

    @Test
    void shouldLetOneRunInAtATime() {
        try (LakeLock held = acquire("first")) {
            assertThat(held.predecessor()).isEmpty();
            locked("second", "first");
            locked("third", "first");
        }
        try (LakeLock next = acquire("second")) {
            assertThat(next.predecessor()).isEmpty();
        }
    }

    /** Closing any channel to a file drops the locks of the whole process on it, which this process cannot notice. */
    @Test
    void shouldKeepOtherProcessesOut() throws Exception {
        try (LakeLock held = acquire("first")) {
            assertThat(held.predecessor()).isEmpty();
            assertThat(otherProcess()).isEqualTo("locked");
            locked("second", "first");
            assertThat(otherProcess()).isEqualTo("locked");
        }
        assertThat(otherProcess()).isEqualTo("free");
    }

    @Test
    void shouldTakeOverFromADeadRun() throws IOException {
        var dead = new Owner("last-night", Owner.thisProcess("x").host(), 999_999_999L, Instant.EPOCH);
        leave(dead);

        try (LakeLock lock = acquire("tonight")) {
            assertThat(lock.predecessor()).contains(dead);
            locked("third", "tonight");
        }
        try (LakeLock next = acquire("tomorrow")) {
            assertThat(next.predecessor()).isEmpty();
        }
    }

    @Test
    void shouldNotStumbleOverAnUnreadableLock() throws IOException {
        Files.createDirectories(folder.resolve("_clientele"));
        Files.writeString(folder.resolve("_clientele/lock"), "{not json");

        try (LakeLock lock = acquire("tonight")) {
            assertThat(lock.predecessor()).isEmpty();
        }
    }

    @Test
    void shouldSayThatALakeCannotBeWritten() throws IOException {
        Path file = Files.writeString(folder.resolve("lake"), "a file, no folder");

        assertThatThrownBy(() -> LakeLock.acquire(file.toString(), new Configuration(), Owner.thisProcess("run")))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.STORAGE))
                .hasMessageContaining(file.toString());
    }

    private LakeLock acquire(String run) {
        return LakeLock.acquire(folder.toString(), new Configuration(), Owner.thisProcess(run));
    }

    private void locked(String run, String holder) {
        assertThatThrownBy(() -> acquire(run))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.LOCKED))
                .hasMessageContaining("the " + holder + " (process ");
    }

    private void leave(Owner owner) throws IOException {
        Files.createDirectories(folder.resolve("_clientele"));
        Files.writeString(folder.resolve("_clientele/lock"), """
                {"purpose":"%s","host":"%s","pid":%d,"processStartedAt":%d}""".formatted(
                        owner.purpose(),
                        owner.host(),
                        owner.pid(),
                        owner.processStartedAt().getEpochSecond()));
    }

    private String otherProcess() throws Exception {
        Path source = Files.writeString(folder.resolve("Try.java"), """
                class Try {
                    public static void main(String[] file) throws Exception {
                        try (var channel = java.nio.channels.FileChannel.open(
                                java.nio.file.Path.of(file[0]), java.nio.file.StandardOpenOption.WRITE)) {
                            System.out.print(channel.tryLock() == null ? "locked" : "free");
                        }
                    }
                }
                """);
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        source.toString(),
                        folder.resolve("_clientele/lock").toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    }
}
