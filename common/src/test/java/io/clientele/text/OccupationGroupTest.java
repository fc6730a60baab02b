package io.clientele.text;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OccupationGroupTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            3                                                  | 3
            38                                                 | 3
            374a                                               | 3
            Agriculteurs exploitants                           | 1
            Artisans, commerçants et chefs d'entreprise        | 2
            CHEF D’ENTREPRISE                                  | 2
            Cadres et professions intellectuelles supérieures  | 3
            cadre                                              | 3
            Professions intermédiaires                         | 4
            Employée                                           | 5
            ouvriers                                           | 6
            Retraités                                          | 7
            Autres personnes sans activité professionnelle     | 8
            étudiant                                           | 8
            """)
    void shouldReadCodesAndLabels(String text, String code) {
        assertThat(OccupationGroup.parse(text).value().map(OccupationGroup::code))
                .contains(code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "9", "3 4", "37 ans", "384AB", "astronaute", "sans", "3-4", "?"})
    void shouldRefuseWhatIsNoGroup(String text) {
        Parsed<OccupationGroup> parsed = OccupationGroup.parse(text);

        assertThat(parsed.value()).isEmpty();
        assertThat(parsed.issue()).contains(Issue.UNKNOWN_OCCUPATION);
    }

    @Test
    void shouldTakeAnEmptyFieldForNone() {
        assertThat(OccupationGroup.parse(" ")).isEqualTo(Parsed.absent());
        assertThat(OccupationGroup.parse(null)).isEqualTo(Parsed.absent());
    }

    @Property(tries = 100)
    void shouldTellTheSameGroupAtEveryLevelOfTheClassification(
            @ForAll @IntRange(min = 1, max = 8) int group, @ForAll @IntRange(min = 0, max = 99) int rest) {
        assertThat(OccupationGroup.parse("%d%02dB".formatted(group, rest)))
                .isEqualTo(OccupationGroup.parse(String.valueOf(group)));
    }

    @Property(tries = 300)
    void shouldReadAnyText(@ForAll String text) {
        Parsed<OccupationGroup> parsed = OccupationGroup.parse(text);

        assertThat(parsed.value().isPresent() && parsed.issue().isPresent()).isFalse();
    }
}
