package io.clientele.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalsTest {

    private static final int PRECISION = 12;
    private static final int SCALE = 2;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    1 234,50      | 1234.50
                    1234,5        | 1234.50
                    12,00-        | -12.00
                    -12           | -12.00
                    −12           | -12.00
                    +3,2          | 3.20
                    ,5            | 0.50
                    007           | 7.00
                    12,5000       | 12.50
                    1'234'567,89  | 1234567.89
                    1 234 567     | 1234567.00
                    -0            | 0.00
                    9999999999,99 | 9999999999.99
                    """)
    void shouldReadNumbersAsFilesWriteThem(String text, BigDecimal expected) {
        assertThat(Decimals.parse(text, ',', PRECISION, SCALE)).isEqualTo(Parsed.of(expected));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1\u00a0234,50", "1\u202f234,50", " 1234,50 ", "\t1 234,50\n"})
    void shouldTakeAnyBlankForABlank(String text) {
        assertThat(Decimals.parse(text, ',', PRECISION, SCALE)).isEqualTo(Parsed.of(new BigDecimal("1234.50")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1e5",
                "--1",
                "1,2,3",
                "-5-",
                "+",
                "-",
                ",",
                "5,",
                "- 5",
                "1.5",
                "12 34",
                "1234 567",
                "1 23,00",
                "1 234 5",
                "1,234 567",
                "1 ,5",
                "NaN",
                "0x10",
                "1_000",
                "١٢",
                "12€",
                "(5)",
                "1  - 2"
            })
    void shouldRefuseWhatIsNotANumber(String text) {
        assertThat(Decimals.parse(text, ',', PRECISION, SCALE)).isEqualTo(Parsed.failed(Issue.NOT_A_NUMBER));
    }

    @ParameterizedTest
    @CsvSource({
        "0.001, TOO_MANY_DECIMALS",
        "1.999, TOO_MANY_DECIMALS",
        "10000000000, NUMBER_OUT_OF_RANGE",
        "99999999999999999999999999999999999999, NUMBER_OUT_OF_RANGE",
    })
    void shouldSayWhyANumberDoesNotFit(String text, Issue issue) {
        assertThat(Decimals.parse(text, '.', PRECISION, SCALE)).isEqualTo(Parsed.failed(issue));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\u00a0\ufeff"})
    void shouldTellAbsentFromWrong(String text) {
        assertThat(Decimals.parse(text, ',', PRECISION, SCALE)).isEqualTo(Parsed.absent());
    }

    @Property(tries = 300)
    void shouldReadBackEveryNumberThatFits(@ForAll("fitting") BigDecimal number) {
        String text = number.toPlainString();
        String grouped = "%,.2f".formatted(number).replaceAll("[^0-9-](?=.*[^0-9-])", " ");

        assertThat(Decimals.parse(text, '.', PRECISION, SCALE)).isEqualTo(Parsed.of(number));
        assertThat(Decimals.parse(text.replace('.', ','), ',', PRECISION, SCALE))
                .isEqualTo(Parsed.of(number));
        assertThat(Decimals.parse(grouped.replaceAll("[^0-9 -]", ","), ',', PRECISION, SCALE))
                .isEqualTo(Parsed.of(number));
    }

    @Property(tries = 500)
    void shouldNeverThrow(@ForAll("hostile") String text) {
        assertThat(Decimals.parse(text, ',', PRECISION, SCALE)).isNotNull();
    }

    @Provide
    Arbitrary<BigDecimal> fitting() {
        BigDecimal limit = new BigDecimal("9999999999.99");
        return Arbitraries.bigDecimals()
                .between(limit.negate(), limit)
                .ofScale(SCALE)
                .map(number -> number.setScale(SCALE));
    }

    @Provide
    Arbitrary<String> hostile() {
        return Hostile.strings("0123456789,.-+' e\u2212");
    }
}
