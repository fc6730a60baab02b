package io.clientele.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompanyIdsTest {

    private static final int HOSTILE_LENGTH = 100_000;

    @ParameterizedTest
    @CsvSource(textBlock = """
                    732829320, 732829320
                    732 829 320, 732829320
                    732.829.320, 732829320
                    732-829-320, 732829320
                    ' 732829320 ', 732829320
                    356000000, 356000000
                    356 000 000, 356000000
                    000000018, 000000018
                    """)
    void shouldReadSirens(String text, String siren) {
        assertThat(CompanyIds.siren(text)).isEqualTo(Reading.of(siren));
    }

    @ParameterizedTest
    @CsvSource(nullValues = "null", textBlock = """
                    732829321, null
                    732829302, null
                    73282932, null
                    7328293200, null
                    000000000, null
                    0, null
                    73282932O, null
                    732829320 RCS Paris, null
                    7.32829E+08, null
                    ７３２８２９３２０, null
                    n/a, null
                    -, null
                    73282932000074, 732829320
                    732 829 320 00074, 732829320
                    5720785, null
                    018, null
                    5720784, 005720784
                    """)
    void shouldRefuseWhatIsNoSiren(String text, String proposal) {
        assertThat(Findings.text(CompanyIds.siren(text)))
                .isEqualTo("INVALID_SIREN" + (proposal == null ? "" : "=" + proposal));
    }

    @Test
    void shouldProposeTheZerosThatASpreadsheetDropped() {
        String siren = withCheckDigit("05572078");
        String siret = withCheckDigit(siren + "0001");

        assertThat(CompanyIds.siren(siren.substring(1)).proposal(Issue.INVALID_SIREN))
                .contains(siren);
        assertThat(CompanyIds.siret(siret.substring(1)).proposal(Issue.INVALID_SIRET))
                .contains(siret);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    73282932000074, 73282932000074
                    732 829 320 00074, 73282932000074
                    732.829.320.00074, 73282932000074
                    35600000000048, 35600000000048
                    356 000 000 00048, 35600000000048
                    35600000009075, 35600000009075
                    35600000000001, 35600000000001
                    """)
    void shouldReadSirets(String text, String siret) {
        assertThat(CompanyIds.siret(text)).isEqualTo(Reading.of(siret));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "73282932000075", "732829320", "7328293200007", "732829320000744", "00000000000000", "35600000000049",
                "35600000009076", "7328293200007A", "7.32829E+13", "50000000000000", "73282932100073", "x"
            })
    void shouldRefuseWhatIsNoSiret(String text) {
        assertThat(CompanyIds.siret(text).value()).isEmpty();
        assertThat(CompanyIds.siret(text).has(Issue.INVALID_SIRET)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    FR44732829320, FR, 44732829320, 732829320
                    FR 44 732 829 320, FR, 44732829320, 732829320
                    fr44732829320, FR, 44732829320, 732829320
                    FR-44-732829320, FR, 44732829320, 732829320
                    FR39356000000, FR, 39356000000, 356000000
                    FRK7399859412, FR, K7399859412, 399859412
                    FR53000004605, FR, 53000004605, 000004605
                    """)
    void shouldReadFrenchVatNumbers(String text, String country, String number, String siren) {
        var vat = new VatNumber(country, number);

        assertThat(CompanyIds.vatNumber(text)).isEqualTo(Reading.of(vat));
        assertThat(vat.siren()).contains(siren);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ATU12345678", "BE0123456789", "BG123456789", "CY12345678X", "CZ12345678", "DE123456789", "DK12345678",
                "EE123456789", "EL123456789", "ESX1234567X", "ESB12345678", "ES12345678Z", "FI12345678",
                        "HR12345678901",
                "HU12345678", "IE1234567WA", "IE1A23456B", "IT12345678901", "LT123456789", "LT123456789012",
                        "LU12345678",
                "LV12345678901", "MT12345678", "NL123456789B01", "PL1234567890", "PT123456789", "RO12", "RO1234567890",
                "SE123456789001", "SI12345678", "SK1234567890", "XI123456789", "DE 123 456 789", "NL 1234.56.789.B01"
            })
    void shouldKnowTheShapesOfTheUnion(String text) {
        var reading = CompanyIds.vatNumber(text);

        assertThat(reading.value().map(VatNumber::text))
                .contains(text.replace(" ", "").replace(".", ""));
        assertThat(reading.value().flatMap(VatNumber::siren)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(nullValues = "null", textBlock = """
                    FR45732829320, null
                    FR44732829321, null
                    FRO4732829320, null
                    FRI4732829320, null
                    FR732829320, null
                    FR4473282932, null
                    DE12345678, null
                    ATX12345678, null
                    BE2123456789, null
                    GB123456789, null
                    CHE123456789, null
                    US123456789, null
                    SE123456789002, null
                    FR, null
                    x, null
                    GR123456789, EL123456789
                    44732829320, FR44732829320
                    44 732 829 320, FR44732829320
                    """)
    void shouldRefuseWhatIsNoVatNumber(String text, String proposal) {
        assertThat(Findings.text(CompanyIds.vatNumber(text)))
                .isEqualTo("INVALID_VAT_NUMBER" + (proposal == null ? "" : "=" + proposal));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                    62.01Z, 6201Z, 62.01Z
                    6201Z, 6201Z, 62.01Z
                    6201z, 6201Z, 62.01Z
                    62.01 Z, 6201Z, 62.01Z
                    62 01 Z, 6201Z, 62.01Z
                    01.11Z, 0111Z, 01.11Z
                    47.11F, 4711F, 47.11F
                    99.00Z, 9900Z, 99.00Z
                    """)
    void shouldReadCodesOfActivity(String text, String code, String dotted) {
        assertThat(CompanyIds.naf(text)).isEqualTo(Reading.of(code));
        assertThat(CompanyIds.dotted(code)).isEqualTo(dotted);
        assertThat(CompanyIds.naf(dotted)).isEqualTo(Reading.of(code));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "6201", "62.01", "722C", "00.01Z", "04.11Z", "62.011Z", "6201ZZ", "Z6201", "62,01Z", "62..01Z", "x",
                "111Z"
            })
    void shouldRefuseWhatIsNoCodeOfActivity(String text) {
        assertThat(CompanyIds.naf(text)).isEqualTo(Reading.failed(Issue.INVALID_NAF_CODE));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "\u00a0"})
    void shouldTellAbsentFromWrong(String text) {
        assertThat(CompanyIds.siren(text)).isEqualTo(Reading.absent());
        assertThat(CompanyIds.siret(text)).isEqualTo(Reading.absent());
        assertThat(CompanyIds.vatNumber(text)).isEqualTo(Reading.absent());
        assertThat(CompanyIds.naf(text)).isEqualTo(Reading.absent());
    }

    @Test
    void shouldAgreeWithNumbersCheckedElsewhere() throws IOException {
        Path file = RealData.folder().resolve("company/siren_siret_checks.csv");
        assumeTrue(Files.exists(file));
        List<String> rows = Files.readAllLines(file).stream().skip(1).toList();

        assertThat(rows).isNotEmpty().allSatisfy(row -> {
            String[] cells = row.split(",", 4);
            boolean isZero = cells[1].chars().allMatch(digit -> digit == '0');
            var reading = cells[0].equals("siren") ? CompanyIds.siren(cells[1]) : CompanyIds.siret(cells[1]);

            assertThat(reading.value().isPresent()).isEqualTo(cells[2].equals("1") && !isZero);
        });
    }

    @Property(tries = 500)
    void shouldCatchEverySingleWrongDigit(
            @ForAll("sirens") String siren,
            @ForAll @IntRange(max = 8) int at,
            @ForAll @IntRange(min = 1, max = 9) int by) {
        int wrong = (siren.charAt(at) - '0' + by) % 10;
        String other = siren.substring(0, at) + wrong + siren.substring(at + 1);

        assertThat(CompanyIds.siren(siren)).isEqualTo(Reading.of(siren));
        assertThat(CompanyIds.siren(other).value()).isEmpty();
    }

    @Property(tries = 500)
    void shouldReadTheVatNumberOfEverySiren(@ForAll("sirens") String siren) {
        VatNumber vat = CompanyIds.vatNumberOf(siren);

        assertThat(CompanyIds.vatNumber(vat.text())).isEqualTo(Reading.of(vat));
        assertThat(vat.siren()).contains(siren);
    }

    @Property(tries = 500)
    void shouldChangeNothingTheSecondTime(@ForAll("hostile") String text) {
        CompanyIds.siren(text).value().ifPresent(siren -> assertThat(CompanyIds.siren(siren))
                .isEqualTo(Reading.of(siren)));
        CompanyIds.siret(text).value().ifPresent(siret -> assertThat(CompanyIds.siret(siret))
                .isEqualTo(Reading.of(siret)));
        CompanyIds.vatNumber(text).value().ifPresent(vat -> assertThat(CompanyIds.vatNumber(vat.text()))
                .isEqualTo(Reading.of(vat)));
        CompanyIds.naf(text).value().ifPresent(naf -> assertThat(CompanyIds.naf(naf))
                .isEqualTo(Reading.of(naf)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "7", " ", "7 ", ".", "FR", "A", "62.01Z", "\u0301"})
    void shouldReadLongText(String part) {
        String text = part.repeat(HOSTILE_LENGTH / part.length());

        assertThat(CompanyIds.siren(text).value()).isEmpty();
        assertThat(CompanyIds.siret(text).value()).isEmpty();
        assertThat(CompanyIds.vatNumber(text).value()).isEmpty();
        assertThat(CompanyIds.naf(text).value()).isEmpty();
    }

    @Provide
    Arbitrary<String> sirens() {
        return Arbitraries.strings()
                .numeric()
                .ofLength(8)
                .filter(digits -> !digits.equals("00000000"))
                .map(CompanyIdsTest::withCheckDigit);
    }

    @Provide
    Arbitrary<String> hostile() {
        return Hostile.strings("0123456789FR. -ZU");
    }

    private static String withCheckDigit(String digits) {
        for (char digit = '0'; digit <= '9'; digit++) {
            if (CompanyIds.passesLuhn(digits + digit)) {
                return digits + digit;
            }
        }
        throw new AssertionError("one of ten digits passes");
    }
}
