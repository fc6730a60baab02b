package io.clientele.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clientele.failure.ExitCode;
import io.clientele.failure.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigFileTest {

    @TempDir
    private Path folder;

    /** How a window is counted. */
    enum Unit {
        DAYS,
        INITIAL_MONTHS
    }

    record Band(String name, int from) {}

    record Window(int windowDays, Unit unit, List<Band> bands) {
        Window {
            Requirement.check(windowDays > 0, "windowDays must be positive, got %s", windowDays);
            bands = bands == null ? List.of() : List.copyOf(bands);
        }
    }

    record Optional(String title) {
        Optional {
            title = title == null ? "untitled" : title;
        }
    }

    @Test
    void shouldReadARecord() throws IOException {
        var window = ConfigFile.read(file("""
                # how far back
                windowDays: 365
                unit: initial_months
                bands:
                  - {name: low, from: 0}
                """), Window.class);

        assertThat(window).isEqualTo(new Window(365, Unit.INITIAL_MONTHS, List.of(new Band("low", 0))));
    }

    @Test
    void shouldSuggestTheKnownKeyNearestToAnUnknownOne() throws IOException {
        failing("""
                windowDays: 3
                unitt: days
                """)
                .hasMessageContaining("rfm.yaml:2: ")
                .hasMessageContaining("unknown key 'unitt'")
                .hasMessageContaining("did you mean 'unit'?")
                .hasMessageContaining("bands, unit, windowDays");
    }

    @Test
    void shouldNotSuggestAnythingFarFetched() throws IOException {
        failing("""
                windowDays: 3
                elephant: true
                """)
                .hasMessageContaining("rfm.yaml:2: unknown key 'elephant'")
                .message()
                .doesNotContain("did you mean");
    }

    @Test
    void shouldGiveThePathOfANestedKey() throws IOException {
        failing("""
                windowDays: 3
                bands:
                  - name: low
                    from: 0
                  - nam: high
                    from: 3
                """)
                .hasMessageContaining("rfm.yaml:5: ")
                .hasMessageContaining("bands.[1].nam")
                .hasMessageContaining("did you mean 'name'?");
    }

    @Test
    void shouldMissARequiredKey() throws IOException {
        failing("unit: days\n").hasMessageContaining("rfm.yaml: key 'windowDays' is missing");
        failing("windowDays: 3\nbands:\n- {name: low}\n")
                .hasMessageContaining("rfm.yaml:3: key 'bands.[0].from' is missing");
    }

    @Test
    void shouldSuspectAMisspeltKeyWhereARequiredOneIsMissing() throws IOException {
        failing("unit: days\nwindowDay: 3\n")
                .hasMessageContaining("rfm.yaml: key 'windowDays' is missing; is 'windowDay' on line 2 meant?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"many", "'3'", "3.5", "true", "[3]", "99999999999"})
    void shouldRefuseAValueOfAnotherType(String value) throws IOException {
        failing("unit: days\nwindowDays: " + value + "\n")
                .hasMessageContaining("rfm.yaml:2: ")
                .hasMessageContaining("windowDays");
    }

    @ParameterizedTest
    @ValueSource(strings = {"weeks", "1"})
    void shouldListTheValuesThatAKeyMayHave(String value) throws IOException {
        failing("windowDays: 3\nunit: " + value + "\n")
                .hasMessageContaining("rfm.yaml:2: ")
                .hasMessageContaining("'unit'")
                .hasMessageContaining("days, initial_months");
    }

    @Test
    void shouldSayWhichValueIsOutOfRange() throws IOException {
        failing("unit: days\nwindowDays: -1\nbands: []\n")
                .hasMessageContaining("rfm.yaml:2: windowDays must be positive, got -1");
    }

    @Test
    void shouldRefuseAKeyGivenTwice() throws IOException {
        failing("""
                windowDays: 3
                unit: days
                windowDays: 4
                """).hasMessageContaining("rfm.yaml:3: ").hasMessageContaining("windowDays");
    }

    @Test
    void shouldSayWhereTheTextStopsBeingYaml() throws IOException {
        failing("""
                windowDays: 3
                bands: [
                """).hasMessageMatching("(?s).*rfm\\.yaml:[23]: .+");
        failing("- windowDays\n").hasMessageContaining("rfm.yaml: is not a mapping of keys to values");
        failing("windowDays: 3\n---\nwindowDays: 4\n").hasMessageContaining("rfm.yaml:");
    }

    @Test
    void shouldNameAFileThatIsNotThere() {
        assertThatThrownBy(() -> ConfigFile.read(folder.resolve("rfm.yaml"), Window.class))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.CONFIGURATION))
                .hasMessageContaining(folder.resolve("rfm.yaml").toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "# nothing to say\n", "---\n", "{}"})
    void shouldTakeDefaultsFromAnEmptyFile(String text) throws IOException {
        assertThat(ConfigFile.read(file(text), Optional.class)).isEqualTo(new Optional("untitled"));
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("rfm.yaml"), text);
    }

    private AbstractThrowableAssert<?, ? extends Throwable> failing(String text) throws IOException {
        Path file = file(text);
        return assertThatThrownBy(() -> ConfigFile.read(file, Window.class))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.CONFIGURATION));
    }
}
