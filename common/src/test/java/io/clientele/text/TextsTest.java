package io.clientele.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextsTest {

    private static final int MILLION = 1_000_000;

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "\t\r\n", "\u00a0\u202f", "\u200b\ufeff\u2060"})
    void shouldFindNothingInBlanks(String text) {
        assertThat(Texts.clean(text)).isNull();
        assertThat(Texts.fold(text)).isNull();
        assertThat(Texts.capitalise(text)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {" a  b ", "a\u00a0b", "\ufeffa\u200b \tb\n", "a\u2003b"})
    void shouldMakeEveryRunOfBlanksOneSpace(String text) {
        assertThat(Texts.clean(text)).isEqualTo("a b");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "Élodie  Lefèvre, ELODIE LEFEVRE",
                "Cœur, COEUR",
                "cæsium, CAESIUM",
                "straße, STRASSE",
                "istanbul, ISTANBUL",
                "Ça, CA",
                "Côte d’Ivoire, COTE D'IVOIRE",
            })
    void shouldFoldForComparison(String text, String expected) {
        assertThat(Texts.fold(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "JEAN-MARC, Jean-Marc",
                "jean-marc, Jean-Marc",
                "d'arc, D'Arc",
                "D'ARC, D'Arc",
                "de la TOUR, de la TOUR",
                "McDonald, McDonald",
                "van der Berg, van der Berg",
                "ÉLODIE, Élodie",
                "INES, Ines",
                "louis 2nd, Louis 2nd",
                "x, X",
                "張, 張",
            })
    void shouldCapitaliseOnlyWhatNobodyChose(String text, String expected) {
        assertThat(Texts.capitalise(text)).isEqualTo(expected);
    }

    @Property(tries = 1000)
    void shouldChangeNothingTheSecondTime(@ForAll("hostile") String text) {
        String clean = Texts.clean(text);
        String folded = Texts.fold(text);
        String capitalised = Texts.capitalise(text);

        assertThat(Texts.clean(clean)).isEqualTo(clean);
        assertThat(Texts.fold(folded)).isEqualTo(folded);
        assertThat(Texts.capitalise(capitalised)).isEqualTo(capitalised);
    }

    @Property(tries = 500)
    void shouldNeverGiveAnEmptyText(@ForAll("hostile") String text) {
        assertThat(Texts.clean(text)).isNotEqualTo("");
        assertThat(Texts.fold(text)).isNotEqualTo("");
        assertThat(Texts.capitalise(text)).isNotEqualTo("");
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "a ", "é", "\u0301", "a\u0301", "\u0316\u0301", "İ", "œ", "\u200b", "-", "'a"})
    void shouldReadLongTextInLittleTime(String part) {
        String text = part.repeat(MILLION / part.length());

        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            Texts.clean(text);
            Texts.fold(text);
            Texts.capitalise(text);
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldReadManyMarksOnOneLetterInLittleTime(boolean isOrdered) {
        String above = "\u0301".repeat(MILLION / 2);
        String below = "\u0316".repeat(MILLION / 2);

        assertThatCode(() -> assertTimeoutPreemptively(
                        Duration.ofSeconds(10), () -> Texts.fold("a" + (isOrdered ? below + above : above + below))))
                .doesNotThrowAnyException();
    }

    @Provide
    Arbitrary<String> hostile() {
        return Hostile.strings("aéÉïŒ ß'’-\u0301\u200b\u00a0ıİÅΑΣς");
    }
}
