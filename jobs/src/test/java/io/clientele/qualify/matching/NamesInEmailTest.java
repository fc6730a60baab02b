package io.clientele.qualify.matching;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamesInEmailTest {

    private static final List<Kind> KINDS = List.of(Kind.FIRST_NAME, Kind.FAMILY_NAME, Kind.EMAIL);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Lena      |             | lena.morvel@example.com         | LENA       | MORVEL
            Lena      |             | MORVEL-LENA83@example.com       | LENA       | MORVEL
            Léna      |             | lenna_morvel.1@example.com      | LENA       | MORVEL
                      | Le Goarnig  | yann.legoarnig@example.com      | YANN       | LE GOARNIG
            Beth      |             | elisabeth.morvel@example.com    | BETH       | MORVEL
            Lena      | Morvel      | anne.durbec@example.com         | LENA       | MORVEL
            Lena      |             | anne.morvel@example.com         | LENA       |
            Lena      |             | lmorvel@example.com             | LENA       |
            Lena      |             | lena.l@example.com              | LENA       |
            Lena      |             | lena.de.morvel@example.com      | LENA       | MORVEL
            Lena      |             | lena.anne.morvel@example.com    | LENA       |
            Martin    |             | martin.martin@example.com       | MARTIN     |
                      |             | lena.morvel@example.com         |            |
            Lena      |             |                                 | LENA       |
            """)
    void shouldCompleteANameThatIsKnownByHalf(
            String first, String last, String email, String firstThen, String lastThen) {
        String[] given = {first, last, email};

        String[] values = Prepared.values(KINDS, column -> given[column]);

        assertThat(values[0]).isEqualTo(firstThen);
        assertThat(values[1]).isEqualTo(lastThen);
    }
}
