package io.clientele.qualify.matching;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KindTest {

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            FIRST_NAME, Élodie,          ELODIE,         equal
            FIRST_NAME, Elodie,          Elodié-,        equal
            FIRST_NAME, Kathy,           Katherine,      sounds alike or abbreviated
            FIRST_NAME, J,               Jean,           sounds alike or abbreviated
            FIRST_NAME, M,               N,              different
            FIRST_NAME, Paul,            Karim,          different
            FAMILY_NAME, Lefèvre,        Lefebvre,       sounds alike or abbreviated
            FAMILY_NAME, Martin,         Matrin,         very alike
            FULL_NAME,  Dupont Jean,     Jean Dupont,    equal
            FULL_NAME,  Jean Paul Dupont, Jean Dupont,   same words
            FULL_NAME,  Jean Dupond,     Jean Dupont,    all words alike
            DATE,       1980-02-03,      1980-02-03,     equal
            DATE,       1980-02-03,      19800302,       day and month swapped
            DATE,       1980-02-03,      1980-02-08,     one slip
            DATE,       1980-02-03,      1981-02-08,     two slips
            DATE,       1980-02-03,      1980-11-27,     same year
            DATE,       1980-02-03,      1955-11-27,     different
            EMAIL,      a.b@x.example,   A.B@X.example,  equal
            EMAIL,      anne@x.example,  anne@y.example, same before the @
            EMAIL,      jean.martin@x.example, jean.martni@x.example, alike before the @
            EMAIL,      jean.martin75@x.example, jean.martin81@x.example, different
            EMAIL,      jean.martin@x.example, jean.martin81@x.example, different
            EMAIL,      jean.martin1981@x.example, jean.martn1981@x.example, alike before the @
            EMAIL,      jean.martin60895342@x.example, jean.martin60859342@x.example, alike before the @
            EMAIL,      jean.martin60895342@x.example, jean.martin50383297@x.example, different
            PHONE,      +33612345678,    06 12 34 56 78, equal
            PHONE,      0612345678,      0612345679,     one slip
            CODE,       75001,           75010,          one slip
            CODE,       75001,           75234,          same start
            TEXT,       12 rue Neuve,    12 RUE NEUVE,   equal
            TEXT,       rue des Lilas,   allée des Lilas, some words in common
            """)
    void shouldTellHowFarTwoValuesAgree(Kind kind, String one, String other, String level) {
        assertThat(kind.levels().get(compare(kind, one, other) - 1)).isEqualTo(level);
        assertThat(kind.levels().get(compare(kind, other, one) - 1)).isEqualTo(level);
    }

    @Property(tries = 300)
    void shouldTakeAnyText(@ForAll Kind kind, @ForAll String one, @ForAll String other) {
        int level = compare(kind, one, other);

        assertThat(level).isBetween(0, kind.levels().size());
        assertThat(compare(kind, other, one)).isEqualTo(level);
        assertThat(kind.prepared(kind.prepared(one))).isEqualTo(kind.prepared(one));
    }

    private static int compare(Kind kind, String one, String other) {
        return kind.compare(record(kind, one), record(kind, other), 0, new int[0]);
    }

    private static Prepared record(Kind kind, String text) {
        String prepared = kind.prepared(text);
        return new Prepared("id", new String[] {prepared}, kind.sketches(prepared), 1);
    }
}
