package io.clientele;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.clientele.config.ConfigFolder;
import io.clientele.run.Job;
import io.clientele.run.Runner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JobsTest {

    private static final List<Job<?>> JOBS = Jobs.NIGHTLY.jobs();

    @Test
    void shouldRunEachJobAfterThoseWhoseTablesItReads() {
        for (int i = 0; i < JOBS.size(); i++) {
            var later = JOBS.subList(i + 1, JOBS.size());
            var read = JOBS.get(i).reads();
            assertThat(later).allMatch(job -> Collections.disjoint(job.writes(), read));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"conf", "conf/examples/online_retail"})
    void shouldShipAConfigurationThatEveryJobAccepts(String folder) {
        assertThatCode(() ->
                        Runner.configure(JOBS, Jobs.NIGHTLY.tables(), new ConfigFolder(Project.ROOT.resolve(folder))))
                .doesNotThrowAnyException();
    }

    @Test
    void shouldHaveOneConfigurationFileForEachJobAndNoOther() throws IOException {
        try (var files = Files.list(Project.ROOT.resolve("conf"))) {
            assertThat(files.filter(Files::isRegularFile).map(Path::getFileName).map(Path::toString))
                    .containsExactlyInAnyOrderElementsOf(Stream.concat(
                                    JOBS.stream().map(job -> job.name() + ".yaml"),
                                    Stream.of("lake.yaml", "quality.yaml"))
                            .toList());
        }
    }

    @Test
    void shouldHaveALineInTheReadmeForEachJob() throws IOException {
        String readme = Files.readString(Project.ROOT.resolve("README.md"));
        assertThat(JOBS).allSatisfy(job -> assertThat(readme).contains("| `" + job.name() + "` |"));
    }

    @Test
    void shouldKeepTheDataDictionaryTrue() throws IOException {
        assertThat(Files.readString(Project.ROOT.resolve("common/DICTIONARY.md")))
                .as("common/DICTIONARY.md; renew it with: scripts/clientele dictionary > common/DICTIONARY.md")
                .isEqualTo(CommandRun.of("dictionary").out());
    }
}
