package io.clientele.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.text.Phones.Phone;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Flags, phones, e-mail addresses, countries and forms of address. */
class ValuesTest {

    @ParameterizedTest
    @CsvSource({
        "1, true",
        "oui, true",
        "Oui, true",
        "O, true",
        "YES, true",
        "true, true",
        "vrai, true",
        "t, true",
        "0, false",
        "non, false",
        "N, false",
        "no, false",
        "FALSE, false",
        "faux, false",
        "f, false"
    })
    void shouldReadYesAndNo(String text, boolean expected) {
        assertThat(Flags.parse(text)).isEqualTo(Parsed.of(expected));
        assertThat(Flags.parse("  " + text + "\u00a0")).isEqualTo(Parsed.of(expected));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "maybe", "ouinon", "-", "01", "null"})
    void shouldRefuseWhatIsNeitherYesNorNo(String text) {
        assertThat(Flags.parse(text)).isEqualTo(Parsed.failed(Issue.NOT_A_FLAG));
    }

    @ParameterizedTest
    @CsvSource({
        "06 12 34 56 78, FR, +33612345678, MOBILE",
        "06.12.34.56.78, FR, +33612345678, MOBILE",
        "+33 6 12 34 56 78, GB, +33612345678, MOBILE",
        "0033 612345678, FR, +33612345678, MOBILE",
        "+33 (0)1 42 68 53 00, FR, +33142685300, FIXED",
        "01 42 68 53 00, FR, +33142685300, FIXED",
        "020 7946 0018, GB, +442079460018, FIXED",
        "(212) 555-2368, US, +12125552368, FIXED_OR_MOBILE",
    })
    void shouldReadPhonesAsTheyAreDialled(String text, String country, String e164, Phones.Kind kind) {
        assertThat(Phones.read(text, country).value()).contains(new Phone(e164, kind));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0612", "00 00 00 00 00", "no phone", "+", "+999 12345678", "061234567890123", "12"})
    void shouldRefuseWhatNobodyCanDial(String text) {
        assertThat(Phones.read(text, "FR").value()).isEmpty();
        assertThat(Phones.read(text, "FR").has(Issue.INVALID_PHONE)).isTrue();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "XX", "France"})
    void shouldReadAPrefixedPhoneWhateverTheCountry(String country) {
        assertThat(Phones.read("+33612345678", country).value())
                .contains(new Phone("+33612345678", Phones.Kind.MOBILE));
        assertThat(Phones.read("0612345678", country).value()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "ann@example.com, ann@example.com",
        "Ann.Lee@EXAMPLE.COM, Ann.Lee@example.com",
        "INFO@MAIL.FI, INFO@mail.fi",
        "' ann+tag@example.co.uk ', ann+tag@example.co.uk",
    })
    void shouldReadAddressesAndLowerTheirDomain(String text, String expected) {
        assertThat(Emails.read(text).map(Emails.Address::text).value()).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ann",
                "ann@",
                "@example.com",
                "ann@example",
                "ann@@example.com",
                "ann lee@example.com",
                "ann@[127.0.0.1]",
                ".ann@example.com",
                "ann@-example.com",
                "a@b.c@d.com",
                "ann@example..com",
                "Ann <ann@example.com>"
            })
    void shouldRefuseWhatIsNoAddress(String text) {
        assertThat(Emails.read(text).value()).isEmpty();
        assertThat(Emails.read(text).has(Issue.INVALID_EMAIL)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "fr, FR",
                "FRA, FR",
                "france, FR",
                "Italie, IT",
                "INDIA, IN",
                "Inde, IN",
                "Allemagne, DE",
                "germany, DE",
                "ÉTATS-UNIS, US",
                "usa, US",
                "UK, GB",
                "Royaume Uni, GB",
                "Pays-Bas, NL",
                "Côte d'Ivoire, CI",
                "Côte d’Ivoire, CI",
            })
    void shouldReadCountriesByCodeOrName(String text, String code) {
        assertThat(Countries.parse(text)).isEqualTo(Parsed.of(code));
    }

    @ParameterizedTest
    @ValueSource(strings = {"XX", "Atlantis", "F", "FRANCE FRANCE", "-"})
    void shouldRefuseUnknownCountries(String text) {
        assertThat(Countries.parse(text)).isEqualTo(Parsed.failed(Issue.UNKNOWN_COUNTRY));
    }

    @ParameterizedTest
    @CsvSource({
        "M., MR",
        "monsieur, MR",
        "Mr, MR",
        "MR., MR",
        "Mme, MRS",
        "madame, MRS",
        "Mlle, MRS",
        "miss, MRS",
        "Mrs, MRS"
    })
    void shouldReadFormsOfAddress(String text, Civility expected) {
        assertThat(Civility.parse(text)).isEqualTo(Parsed.of(expected));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Dr", "X", "Mme Mr", "."})
    void shouldRefuseUnknownFormsOfAddress(String text) {
        assertThat(Civility.parse(text)).isEqualTo(Parsed.failed(Issue.UNKNOWN_CIVILITY));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "  ", "\u00a0"})
    void shouldTellAbsentFromWrong(String text) {
        assertThat(Flags.parse(text)).isEqualTo(Parsed.absent());
        assertThat(Phones.read(text, "FR")).isEqualTo(Reading.absent());
        assertThat(Emails.read(text)).isEqualTo(Reading.absent());
        assertThat(Countries.parse(text)).isEqualTo(Parsed.absent());
        assertThat(Civility.parse(text)).isEqualTo(Parsed.absent());
    }

    @Property(tries = 500)
    void shouldNeverThrowOnFlagsCountriesAndCivilities(@ForAll("words") String text) {
        assertThat(Flags.parse(text)).isNotNull();
        assertThat(Civility.parse(text)).isNotNull();
        Countries.parse(text).value().ifPresent(code -> assertThat(Countries.parse(code))
                .isEqualTo(Parsed.of(code)));
    }

    @Property(tries = 500)
    void shouldReadAPhoneItWroteAsItself(@ForAll("phones") String text) {
        Phones.read(text, "FR").value().ifPresent(phone -> assertThat(
                        Phones.read(phone.e164(), "FR").value())
                .contains(phone));
    }

    @Property(tries = 500)
    void shouldReadAnAddressItWroteAsItself(@ForAll("addresses") String text) {
        Emails.read(text).value().ifPresent(address -> assertThat(
                        Emails.read(address.text()).value())
                .contains(address));
    }

    @Provide
    Arbitrary<String> words() {
        return Hostile.strings("OUINYESTRVAXMRLFGB01. ");
    }

    @Provide
    Arbitrary<String> phones() {
        return Hostile.strings("0123456789+ ().-;/xe");
    }

    @Provide
    Arbitrary<String> addresses() {
        return Hostile.strings("abIİ@.-_+()\"\\[]<>: 0é");
    }
}
