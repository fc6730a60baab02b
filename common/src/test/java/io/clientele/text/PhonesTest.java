package io.clientele.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.text.Phones.Kind;
import io.clientele.text.Phones.Phone;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhonesTest {

    private static final int HOSTILE_LENGTH = 100_000;

    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', textBlock = """
                    06 47 82 15 39, FR, +33647821539, MOBILE
                    07 83 41 29 60, FR, +33783412960, MOBILE
                    06.47.82.15.39, FR, +33647821539, MOBILE
                    06-47-82-15-39, FR, +33647821539, MOBILE
                    06/47/82/15/39, FR, +33647821539, MOBILE
                    0647821539, FR, +33647821539, MOBILE
                    647821539, FR, +33647821539, MOBILE
                    +33 6 47 82 15 39, GB, +33647821539, MOBILE
                    +33 (0)6 47 82 15 39, FR, +33647821539, MOBILE
                    0033647821539, FR, +33647821539, MOBILE
                    (06) 47 82 15 39, FR, +33647821539, MOBILE
                    Tél. 06 47 82 15 39, FR, +33647821539, MOBILE
                    ０６４７８２１５３９, FR, +33647821539, MOBILE
                    01 42 68 53 17, FR, +33142685317, FIXED
                    02 99 28 41 73, FR, +33299284173, FIXED
                    05 56 91 48 27, FR, +33556914827, FIXED
                    09 72 45 81 36, FR, +33972458136, VOIP
                    0 800 94 71 58, FR, +33800947158, TOLL_FREE
                    0 892 70 51 46, FR, +33892705146, PREMIUM
                    0590 82 41 97, GP, +590590824197, FIXED
                    0692 84 17 53, RE, +262692841753, MOBILE
                    0476 83 19 42, BE, +32476831942, MOBILE
                    079 648 31 57, CH, +41796483157, MOBILE
                    07912 384756, GB, +447912384756, MOBILE
                    020 7183 8750, GB, +442071838750, FIXED
                    (212) 683-4917, US, +12126834917, FIXED_OR_MOBILE
                    0151 46837291, DE, +4915146837291, MOBILE
                    06 8374 9152, IT, +390683749152, FIXED
                    """)
    void shouldSayWhatANumberIsFor(String text, String country, String e164, Kind kind) {
        assertThat(Phones.read(text, country)).isEqualTo(Reading.of(new Phone(e164, kind)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "01 23 45 67 89",
                "0123456789",
                "06 12 34 56 78",
                "01 02 03 04 05",
                "0102030405",
                "06 06 06 06 06",
                "0606060606",
                "06 66 66 66 66",
                "0600000000",
                "0611111111",
                "0611223344",
                "01 11 11 11 11",
                "0698765432",
                "06 10 20 30 40",
                "+33 6 12 34 56 78",
                "06 12 12 12 12"
            })
    void shouldNoticeValidFillers(String text) {
        var reading = Phones.read(text, "FR");

        assertThat(reading.value()).isPresent();
        assertThat(Findings.text(reading)).isEqualTo("FAKE_PHONE");
        assertThat(reading.value()).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000000000",
                "00 00 00 00 00",
                "1111111111",
                "9999999999",
                "1234567890",
                "000000",
                "123456789012345"
            })
    void shouldNoticeFillersThatAreNotValidEither(String text) {
        assertThat(Findings.text(Phones.read(text, "FR"))).isEqualTo("INVALID_PHONE; FAKE_PHONE");
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', textBlock = """
                    01 99 00 48 37, FR
                    06 39 98 41 72, FR
                    020 7946 0318, GB
                    07700 900461, GB
                    01632 960947, GB
                    (212) 555-0147, US
                    """)
    void shouldNoticeNumbersKeptForFiction(String text, String country) {
        assertThat(Findings.text(Phones.read(text, country))).isEqualTo("RESERVED_PHONE");
        assertThat(Phones.read(text, country).value()).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"06 00 00 00 17", "06 12 34 65 87", "01 40 40 41 40", "06 22 33 44 56", "04 91 00 00 01"})
    void shouldNotTakeRegularNumbersForFillers(String text) {
        assertThat(Phones.read(text, "FR").has(Issue.FAKE_PHONE)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', nullValues = "null", textBlock = """
                    06 47 82 15 39 / 01 42 68 53 17, +33647821539
                    06 47 82 15 39 ou 01 42 68 53 17, +33647821539
                    0612, null
                    no phone, null
                    06 47 82 15, null
                    06 47 82 15 39 39 39, null
                    +999 12345698, null
                    15, null
                    a/b, null
                    """)
    void shouldProposeTheFirstOfSeveral(String text, String proposal) {
        assertThat(Findings.text(Phones.read(text, "FR")))
                .isEqualTo("INVALID_PHONE" + (proposal == null ? "" : "=" + proposal));
    }

    @ParameterizedTest
    @ValueSource(strings = {"01 42 68 53 17 ext. 12", "01 42 68 53 17 x12", "01 42 68 53 17;0647821539"})
    void shouldSayThatAnExtensionIsLeftAside(String text) {
        var reading = Phones.read(text, "FR");

        assertThat(reading.value()).contains(new Phone("+33142685317", Kind.FIXED));
        assertThat(Findings.text(reading)).isEqualTo("UNREAD_TEXT");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "\u00a0"})
    void shouldTellAbsentFromWrong(String text) {
        assertThat(Phones.read(text, "FR")).isEqualTo(Reading.absent());
    }

    @Property(tries = 500)
    void shouldReadAPhoneItWroteAsItself(@ForAll("hostile") String text) {
        Phones.read(text, "FR").value().ifPresent(phone -> assertThat(
                        Phones.read(phone.e164(), "GB").value())
                .contains(phone));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "+", "06 ", "a", "/", "(", "٣", "\u0301"})
    void shouldReadLongText(String part) {
        assertThat(Phones.read(part.repeat(HOSTILE_LENGTH / part.length()), "FR")
                        .value())
                .isEmpty();
    }

    @Provide
    Arbitrary<String> hostile() {
        return Hostile.strings("0123456789+ ().-;/xe");
    }
}
