package io.clientele;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.bench.Crashes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nights in which something goes wrong at random, as {@code scripts/bench crashes} runs them in larger numbers. */
@Tag("long")
class CrashedNightsTest {

    private static final String NIGHTS = "5";
    private static final String SEED = "7";

    @TempDir
    private Path folder;

    @Test
    void shouldEndAsIfNothingHadGoneWrong() throws IOException, InterruptedException {
        Path log = folder.resolve("crashes.log");

        int exitCode = new ProcessBuilder(OtherProcess.command(
                        Crashes.class, "3g", List.of(folder.resolve("nights").toString(), NIGHTS, SEED)))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();

        assertThat(exitCode).as(Files.readString(log)).isZero();
    }
}
