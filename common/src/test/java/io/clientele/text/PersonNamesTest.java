package io.clientele.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class PersonNamesTest {

    private static final int HOSTILE_LENGTH = 100_000;

    /** The name as {@code MRS DOCTOR: Marie Anne / Durand (Martin)}. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', emptyValue = "", nullValues = "null", textBlock = """
                    # Usual order
                    Jean Dupont                     | Jean / Dupont
                    jean dupont                     | Jean / Dupont
                    JEAN DUPONT                     | Jean / Dupont
                    Élodie Lefèvre                  | Élodie / Lefèvre
                    ÉLODIE LEFÈVRE                  | Élodie / Lefèvre
                    Jean-Pierre Durand              | Jean-Pierre / Durand
                    JEAN-PIERRE DURAND              | Jean-Pierre / Durand
                    Jean - Pierre Durand            | Jean-Pierre / Durand
                    Jean‑Pierre Durand              | Jean-Pierre / Durand
                    jean-pierre durand              | Jean-Pierre / Durand
                    Jean Pierre Durand              | Jean Pierre / Durand
                    Marie Anne Thérèse Bonnet       | Marie Anne Thérèse / Bonnet
                    Pierre Martin                   | Pierre / Martin
                    Sophie Bernard                  | Sophie / Bernard
                    Lucie Petit-Durand              | Lucie / Petit-Durand
                    Lucie PETIT-DURAND              | Lucie / Petit-Durand
                    J. Dupont                       | J. / Dupont
                    J.-P. Dupont                    | J.-P. / Dupont
                    JP Dupont                       | JP / Dupont
                    John F. Kennet                  | John F. / Kennet
                    # Forms of address and titles
                    M. Jean Dupont                  | MR: Jean / Dupont
                    M Jean Dupont                   | MR: Jean / Dupont
                    M.Jean Dupont                   | MR: Jean / Dupont
                    Mr Jean Dupont                  | MR: Jean / Dupont
                    Monsieur Jean DUPONT            | MR: Jean / Dupont
                    MONSIEUR JEAN DUPONT            | MR: Jean / Dupont
                    Mme Marie Dupont                | MRS: Marie / Dupont
                    Mme. Marie Dupont               | MRS: Marie / Dupont
                    MME MARIE DUPONT                | MRS: Marie / Dupont
                    Madame Marie Dupont             | MRS: Marie / Dupont
                    Mlle Marie Dupont               | MRS: Marie / Dupont
                    Melle Marie Dupont              | MRS: Marie / Dupont
                    Mademoiselle Marie Dupont       | MRS: Marie / Dupont
                    Mrs Mary Smith                  | MRS: Mary / Smith
                    Ms. Mary Smith                  | MRS: Mary / Smith
                    Dr Claire Morvan                | DOCTOR: Claire / Morvan
                    Docteur Claire Morvan           | DOCTOR: Claire / Morvan
                    Mme le Dr Claire Morvan         | MRS DOCTOR: Claire / Morvan
                    Madame la Docteure Claire Morvan | MRS DOCTOR: Claire / Morvan
                    M. le Professeur Luc Ferrand    | MR PROFESSOR: Luc / Ferrand
                    Pr Luc Ferrand                  | PROFESSOR: Luc / Ferrand
                    Me Anne Cordier                 | MAITRE: Anne / Cordier
                    Maître Anne Cordier             | MAITRE: Anne / Cordier
                    DUPONT Jean (M.)                | MR: Jean / Dupont
                    Dupont, Mme Marie               | MRS: Marie / Dupont
                    DUPONT Marie Mme                | MRS: Marie / Dupont
                    # Last name first
                    DUPONT Jean                     | Jean / Dupont
                    DUPONT Jean-Pierre              | Jean-Pierre / Dupont
                    Dupont, Jean                    | Jean / Dupont
                    Dupont,Jean                     | Jean / Dupont
                    DUPONT, JEAN PIERRE             | Jean Pierre / Dupont
                    Martin, Thomas                  | Thomas / Martin
                    MARTIN Thomas                   | Thomas / Martin
                    M. DUPONT Jean                  | MR: Jean / Dupont
                    DE LA TOUR Jean                 | Jean / de la Tour
                    de LA TOUR Jean                 | Jean / de la Tour
                    NKOMO Thandiwe                  | Thandiwe / Nkomo
                    Thandiwe NKOMO                  | Thandiwe / Nkomo
                    LE GOFF Yann                    | Yann / Le Goff
                    NG Minh                         | Minh / Ng
                    # Particles
                    Jean de La Tour                 | Jean / de La Tour
                    JEAN DE LA TOUR                 | Jean / de la Tour
                    jean de la tour                 | Jean / de la Tour
                    Jeanne d'Arcy                   | Jeanne / d'Arcy
                    JEANNE D'ARCY                   | Jeanne / d'Arcy
                    Jeanne d’Arcy                   | Jeanne / d'Arcy
                    Charles De Gorse                | Charles / De Gorse
                    Marie du Bellay                 | Marie / du Bellay
                    MARIE DU BELLAY                 | Marie / du Bellay
                    JAN VAN DER MEER                | Jan / van der Meer
                    Jan van der Meer                | Jan / van der Meer
                    OTTO VON STEIN                  | Otto / von Stein
                    Karim Ben Salem                 | Karim / Ben Salem
                    KARIM BEN SALEM                 | Karim / Ben Salem
                    Nadia El Khatib                 | Nadia / El Khatib
                    NADIA EL KHATIB                 | Nadia / El Khatib
                    Ali Al-Rashid                   | Ali / Al-Rashid
                    YANN LE GOFF                    | Yann / Le Goff
                    Maria da Costa                  | Maria / da Costa
                    MARIA DOS SANTOS                | Maria / dos Santos
                    PAUL DE L'ISLE                  | Paul / de l'Isle
                    FATOU N'DIAYE                   | Fatou / N'Diaye
                    SEAN O'BRIEN                    | Sean / O'Brien
                    FIONA MCALLISTER                | Fiona / McAllister
                    Fiona MacAllister               | Fiona / MacAllister
                    Jean Dupont de Nérac            | Jean / Dupont de Nérac
                    Anne-Marie de Saint-Leu         | Anne-Marie / de Saint-Leu
                    # Birth name and name of use
                    Marie Dupont née Martin         | Marie / Dupont (Martin)
                    Marie DUPONT née MARTIN         | Marie / Dupont (Martin)
                    MARIE DUPONT NEE MARTIN         | Marie / Dupont (Martin)
                    Marie Dupont (née Martin)       | Marie / Dupont (Martin)
                    Marie Dupont né(e) Martin       | Marie / Dupont (Martin)
                    Marie Martin épouse Dupont      | Marie / Dupont (Martin)
                    Marie Martin ép. Dupont         | Marie / Dupont (Martin)
                    Marie Martin épse Dupont        | Marie / Dupont (Martin)
                    MARTIN Marie ep DUPONT          | Marie / Dupont (Martin)
                    Mme Marie Martin veuve Dupont   | MRS: Marie / Dupont (Martin)
                    Mme Marie Martin vve Dupont     | MRS: Marie / Dupont (Martin)
                    Marie Dupont née de La Tour     | Marie / Dupont (de La Tour)
                    Jean Dupont né Martin           | Jean / Dupont (Martin)
                    Mme Dupont née Marie Roussel    | MRS: Marie / Dupont (Roussel)
                    Mme DUPONT Marie-Christine épouse LEROY | MRS: Marie-Christine / Leroy (Dupont)
                    Madame veuve DUPONT Marie née MARTIN | MRS: Marie / Dupont (Martin)
                    Mme DUPONT (née MARTIN) Marie   | MRS: Marie / Dupont (Martin)
                    # Suffixes
                    à l'attention de M. Jean Dupont | MR: Jean / Dupont
                    À l’attention d'Anne Dupont     | Anne / Dupont
                    John Smith Jr.                  | John / Smith Jr
                    John Smith III                  | John / Smith III
                    """)
    void shouldReadFullNamesWithoutDoubt(String text, String expected) {
        var reading = PersonNames.read(text);

        assertThat(shown(reading)).isEqualTo(expected);
        assertThat(Findings.text(reading)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    # Known first names say that the last name comes first
                    DUPONT JEAN            | Jean / Dupont | SWAPPED_NAMES=Dupont, Jean
                    Dupont Jean            | Jean / Dupont | SWAPPED_NAMES=Dupont, Jean
                    dupont jean            | Jean / Dupont | SWAPPED_NAMES=Dupont, Jean
                    DUPONT JEAN PIERRE     | Jean Pierre / Dupont | SWAPPED_NAMES=Dupont, Jean Pierre
                    LEFÈVRE ÉLODIE         | Élodie / Lefèvre | SWAPPED_NAMES=Lefèvre, Élodie
                    DE LA TOUR JEAN        | Jean / de la Tour | SWAPPED_NAMES=de la Tour, Jean
                    D'ARCY JEANNE          | Jeanne / d'Arcy | SWAPPED_NAMES=d'Arcy, Jeanne
                    LE GOFF YANN           | Yann / Le Goff | SWAPPED_NAMES=Le Goff, Yann
                    DUPONT DE NERAC JEAN   | Jean / Dupont de Nerac | SWAPPED_NAMES=Dupont de Nerac, Jean
                    Dupont J.              | J. / Dupont | SWAPPED_NAMES=Dupont, J.
                    # Nothing tells, or too much does
                    Martin Pierre          | Pierre / Martin | AMBIGUOUS_NAME=Pierre, Martin
                    Bernard Thomas         | Bernard / Thomas | AMBIGUOUS_NAME=Bernard, Thomas
                    Jean Marie             | Jean / Marie | AMBIGUOUS_NAME=Jean, Marie
                    Thandiwe Nkomo         | Thandiwe / Nkomo | AMBIGUOUS_NAME=Thandiwe, Nkomo
                    JEAN Dupont            | Dupont / Jean | AMBIGUOUS_NAME=Dupont, Jean
                    Jean, Dupont           | Dupont / Jean | AMBIGUOUS_NAME=Dupont, Jean
                    NKOMO Thandiwe Nomsa   | Thandiwe Nomsa / Nkomo | AMBIGUOUS_NAME=Nkomo Thandiwe Nomsa
                    Nkomo Thomas           | Nkomo / Thomas | AMBIGUOUS_NAME=Nkomo, Thomas
                    Maria Garcia Lopez     | Maria / Garcia Lopez | AMBIGUOUS_NAME=Lopez, Maria Garcia
                    Jean Martin Dupont     | Jean Martin / Dupont | AMBIGUOUS_NAME=Martin Dupont, Jean
                    Thandiwe de Nérac      | Thandiwe / de Nérac | AMBIGUOUS_NAME=Thandiwe de Nérac
                    # Short forms
                    Jean-Mi Dupont         | Jean-Mi / Dupont | NICKNAME=Jean-Michel
                    Jean Mi Dupont         | Jean / Mi Dupont | AMBIGUOUS_NAME=Dupont, Jean Mi
                    Beth Smith             | Beth / Smith | NICKNAME=Élisabeth; NICKNAME=Elizabeth
                    Bob Smith              | Bob / Smith | NICKNAME=Robert
                    Fred Dupont            | Fred / Dupont | NICKNAME=Frédéric; NICKNAME=Alfred
                    Véro Dupont            | Véro / Dupont | NICKNAME=Véronique
                    VERO DUPONT            | Vero / Dupont | NICKNAME=Véronique
                    # Parts that are missing
                    Mme Dupont             | MRS: / Dupont | INCOMPLETE_NAME
                    Dupont                 | / Dupont | INCOMPLETE_NAME
                    Marie                  | Marie / | INCOMPLETE_NAME
                    Martin                 | / Martin | INCOMPLETE_NAME
                    Me Durand              | MAITRE: / Durand | INCOMPLETE_NAME
                    Mme Van Damme          | MRS: / Van Damme | INCOMPLETE_NAME
                    Veuve Dupont           | / Dupont | INCOMPLETE_NAME
                    Mme Vve Dupont         | MRS: / Dupont | INCOMPLETE_NAME
                    Mme Martin ép. Dupont  | MRS: / Dupont (Martin) | INCOMPLETE_NAME
                    Marie née Martin       | Marie / Martin (Martin) | null
                    張偉                     | / 張偉 | INCOMPLETE_NAME
                    # Couples
                    M. et Mme Dupont       | MR: / Dupont + MRS: / Dupont | SEVERAL_PERSONS
                    M et Mme Jean Dupont   | MR: Jean / Dupont + MRS: / Dupont | SEVERAL_PERSONS
                    M. & Mme DUPONT Jean   | MR: Jean / Dupont + MRS: / Dupont | SEVERAL_PERSONS
                    Mr et Mme Dupont       | MR: / Dupont + MRS: / Dupont | SEVERAL_PERSONS
                    M./Mme Dupont          | MR: / Dupont + MRS: / Dupont | SEVERAL_PERSONS
                    M. ou Mme Dupont       | MR: / Dupont + MRS: / Dupont | SEVERAL_PERSONS
                    M. Mme Dupont          | MR: / Dupont + MRS: / Dupont | SEVERAL_PERSONS
                    Monsieur et Madame Jean et Marie Dupont | MR: Jean / Dupont + MRS: Marie / Dupont | SEVERAL_PERSONS
                    Jean et Marie Dupont   | Jean / Dupont + Marie / Dupont | SEVERAL_PERSONS
                    Jean & Marie DUPONT    | Jean / Dupont + Marie / Dupont | SEVERAL_PERSONS
                    Jean Dupont et Marie Roussel | Jean / Dupont + Marie / Roussel | SEVERAL_PERSONS
                    M. Jean Dupont et Mme Marie Roussel | MR: Jean / Dupont + MRS: Marie / Roussel | SEVERAL_PERSONS
                    DUPONT Jean et Marie   | Jean / Dupont + Marie / Dupont | SEVERAL_PERSONS
                    MM. Dupont             | MR: / Dupont | SEVERAL_PERSONS
                    MM. Dupont et Durand   | MR: / Dupont + / Durand | SEVERAL_PERSONS
                    M. et Mme DUPONT Jean et Marie | MR: Jean / Dupont + MRS: Marie / Dupont | SEVERAL_PERSONS
                    M. Jean Dupont et Mme Marie | MR: Jean / Dupont + MRS: Marie / Dupont | SEVERAL_PERSONS
                    Dupont M. et Mme       | MR: / Dupont + MRS: / Dupont | SEVERAL_PERSONS
                    DUPONT M ET MME        | MR: / Dupont + MRS: / Dupont | SEVERAL_PERSONS
                    Famille Dupont         | / Dupont | SEVERAL_PERSONS
                    Succession DUPONT Jean | Jean / Dupont | SEVERAL_PERSONS
                    # Oddities
                    "Jean Dupont"          | Jean / Dupont | null
                    (Jean Dupont)          | Jean / Dupont | null
                    "Jean Dupont           | Jean / Dupont | null
                    Jean Dupont (          | Jean / Dupont | null
                    Jean (Dupont           | Jean / Dupont | null
                    Mme la Présidente Durand | MRS: / Durand | UNREAD_TEXT; INCOMPLETE_NAME
                    DUPONT Marie (née le 12/03/1960) | Marie / Dupont | UNREAD_TEXT
                    Marie DUPONT NE PAS APPELER | Marie / Dupont | UNREAD_TEXT
                    Jean.Dupont            | / Jean.Dupont | UNUSUAL_NAME; INCOMPLETE_NAME
                    Dupont/Roussel Anne    | Anne / Dupont Roussel | UNUSUAL_NAME; SWAPPED_NAMES=Dupont Roussel, Anne
                    Jean Dupont (voisin)   | Jean / Dupont | UNREAD_TEXT
                    Jean « Jojo » Dupont   | Jean / Dupont | UNREAD_TEXT
                    Jean Dup0nt            | Jean / Dup0nt | UNUSUAL_NAME
                    Jean Dupont 2          | Jean / Dupont 2 | AMBIGUOUS_NAME=2, Jean Dupont; UNUSUAL_NAME
                    Jean Test              | Jean / Test | FAKE_NAME
                    Azerty Dupont          | Azerty / Dupont | AMBIGUOUS_NAME=Azerty, Dupont; FAKE_NAME
                    """, nullValues = "null")
    void shouldSayWhatIsNotCertain(String text, String expected, String findings) {
        var reading = PersonNames.read(text);

        assertThat(shown(reading)).isEqualTo(expected);
        assertThat(Findings.text(reading)).isEqualTo(findings == null ? "" : findings);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "test",
                "TEST TEST",
                "azerty",
                "AZERTY Azerty",
                "qwerty",
                "qsdfgh",
                "wxcvbn",
                "N/A",
                "n.a.",
                "NA",
                "xxx",
                "XX",
                "X",
                "aaaa",
                "zzz",
                "inconnu",
                "Inconnue",
                "INCONNU INCONNU",
                "M. Inconnu",
                "Mme Test",
                "toto",
                "toto titi",
                "John Doe",
                "null",
                "NULL NULL",
                "undefined",
                "anonyme",
                "client comptoir",
                "Client de passage",
                "à compléter",
                "non renseigné",
                "NE PAS UTILISER",
                "sans nom",
                "blabla",
                "lalalala",
                "abcdef",
                "nom prénom",
                "xxx xxx",
                "Mme XXX",
                "essai"
            })
    void shouldRefuseFillers(String text) {
        assertThat(PersonNames.read(text)).isEqualTo(Reading.failed(Issue.FAKE_NAME));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Reza Karimi", "Na Li", "Toto Cutugno", "Azer Aliyev", "Lola Lolo", "Anna Aa", "Hannah Otto"})
    void shouldNotTakeRealNamesForFillers(String text) {
        assertThat(PersonNames.read(text).value()).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-",
                "...",
                "12345",
                "?",
                "06 12 34 56 78",
                "ann@example.com",
                "www.example.com",
                "'",
                "M.",
                "Mme"
            })
    void shouldRefuseWhatIsNoName(String text) {
        assertThat(PersonNames.read(text)).isEqualTo(Reading.failed(Issue.NOT_A_NAME));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SARL Dupont",
                "DUPONT SARL",
                "Dupont S.A.R.L.",
                "S.A.R.L. DUPONT",
                "SAS JEAN DUPONT",
                "Durand SA",
                "SCI du Moulin",
                "EURL Martin",
                "Mairie de Nérac",
                "MAIRIE DE NERAC",
                "Association des Parents",
                "Syndicat des copropriétaires",
                "Pharmacie Durand",
                "Dupont & Fils",
                "Dupont et Fils",
                "Durand Frères",
                "Garage Martin",
                "Cabinet Dupont",
                "Ets Durand",
                "Société Durand",
                "SELARL Dr Morvan",
                "Smith Ltd",
                "Müller GmbH",
                "Hôtel du Parc",
                "École Jean Moulin",
                "GAEC des Trois Chênes",
                "M. Dupont SARL"
            })
    void shouldTellOrganisationsFromPersons(String text) {
        assertThat(PersonNames.read(text).value()).isEmpty();
        assertThat(PersonNames.read(text).proposal(Issue.ORGANISATION_NAME)).contains(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Sas Jean", "Earl Jones", "Jean Dupont EI", "M. Garage", "Jean Sa", "Paul Hotel", "Hotel Paul"})
    void shouldNotTakePersonsForOrganisations(String text) {
        assertThat(PersonNames.read(text).value()).isPresent();
        assertThat(PersonNames.read(text).has(Issue.ORGANISATION_NAME)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', nullValues = "null", textBlock = """
                    Jean       | Dupont             | Jean / Dupont | null
                    JEAN       | DUPONT             | Jean / Dupont | null
                    jean-marc  | de la tour         | Jean-Marc / de la Tour | null
                    Jean Pierre | Dupont            | Jean Pierre / Dupont | null
                    Jean, Pierre, Marie | Dupont    | Jean Pierre Marie / Dupont | null
                    Thandiwe   | Nkomo              | Thandiwe / Nkomo | null
                    Marie      | Dupont née Martin  | Marie / Dupont (Martin) | null
                    Marie née Martin | Dupont       | Marie / Dupont (Martin) | null
                    Marie      | Martin épouse Dupont | Marie / Dupont (Martin) | null
                    Marie      | Mme Dupont         | MRS: Marie / Dupont | null
                    Mme Marie  | Dupont             | MRS: Marie / Dupont | null
                    Marie      | VAN DER MEER       | Marie / van der Meer | null
                    Martin     | Thomas             | Martin / Thomas | null
                    Nkomo      | Martin             | Nkomo / Martin | null
                    DUPONT     | JEAN               | Dupont / Jean | SWAPPED_NAMES=Dupont, Jean
                    Dupont     | Jean-Pierre        | Dupont / Jean-Pierre | SWAPPED_NAMES=Dupont, Jean-Pierre
                    Jean       | Jean Dupont        | Jean / Jean Dupont | REPEATED_NAME=Dupont, Jean
                    Jean       | DUPONT JEAN        | Jean / Dupont Jean | REPEATED_NAME=Dupont, Jean
                    Dupont     | Dupont Jean        | Dupont / Dupont Jean | REPEATED_NAME=Dupont, Jean
                    Dupont     | Dupont             | Dupont / Dupont | REPEATED_NAME
                    Jean et Marie | Dupont          | Jean / Dupont + Marie / Dupont | SEVERAL_PERSONS
                    Jean et Marie | Dupont et Roussel | Jean / Dupont + Marie / Roussel | SEVERAL_PERSONS
                    M. et Mme  | Dupont             | MR: / Dupont + MRS: / Dupont | SEVERAL_PERSONS
                    Beth       | Smith              | Beth / Smith | NICKNAME=Élisabeth; NICKNAME=Elizabeth
                    Jean Mi    | Dupont             | Jean Mi / Dupont | NICKNAME=Jean-Michel
                    null       | Dupont             | / Dupont | INCOMPLETE_NAME
                    null       | DUPONT Jean        | Jean / Dupont | null
                    null       | Dupont Roussel     | / Dupont Roussel | AMBIGUOUS_NAME=Dupont, Roussel; INCOMPLETE_NAME
                    null       | Pierre             | / Pierre | INCOMPLETE_NAME
                    Marie      | null               | Marie / | INCOMPLETE_NAME
                    Thandiwe   | null               | Thandiwe / | INCOMPLETE_NAME
                    Jean Pierre | null              | Jean Pierre / | AMBIGUOUS_NAME=Jean, Pierre; INCOMPLETE_NAME
                    Jean Dupont | null              | Jean / Dupont | null
                    Jean       | -                  | Jean / | INCOMPLETE_NAME
                    -          | Dupont             | / Dupont | INCOMPLETE_NAME
                    Jean       | xxx                | Jean / Xxx | FAKE_NAME
                    """)
    void shouldReadSeparateFields(String first, String last, String expected, String findings) {
        var reading = PersonNames.read(first, last);

        assertThat(shown(reading)).isEqualTo(expected);
        assertThat(Findings.text(reading)).isEqualTo(findings == null ? "" : findings);
    }

    @ParameterizedTest
    @CsvSource({
        "test, test, FAKE_NAME",
        "xxx, inconnu, FAKE_NAME",
        "Jean, SARL Dupont, ORGANISATION_NAME",
        "SARL, Dupont, ORGANISATION_NAME",
        "1, 2, NOT_A_NAME",
        "Jean, jean@example.com, NOT_A_NAME",
    })
    void shouldRefuseFieldsThatNameNobody(String first, String last, Issue issue) {
        var reading = PersonNames.read(first, last);

        assertThat(reading.value()).isEmpty();
        assertThat(reading.has(issue)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            value = {
                "Élodie, ELODIE",
                "Jean-Marc, JEAN MARC",
                "d’Arcy, D ARCY",
                "L'Œuf, L OEUF",
                "O'Brien, O BRIEN",
                "J.-P., J P",
                "Çelik, CELIK",
                "Muñoz, MUNOZ",
                "Straße, STRASSE"
            })
    void shouldFoldNamesForMatching(String name, String key) {
        assertThat(PersonNames.key(name)).isEqualTo(key);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "\u00a0\u200b"})
    void shouldTellAbsentFromWrong(String text) {
        assertThat(PersonNames.read(text)).isEqualTo(Reading.absent());
        assertThat(PersonNames.read(text, text)).isEqualTo(Reading.absent());
        assertThat(PersonNames.key(text)).isNull();
        assertThat(PersonNames.display(text)).isNull();
    }

    @Test
    void shouldGiveKeysOfItsParts() {
        var name = PersonNames.read("Élodie D'ARCY").value().orElseThrow();

        assertThat(name.firstNameKey()).contains("ELODIE");
        assertThat(name.lastNameKey()).contains("D ARCY");
        assertThat(name.display()).isEqualTo("Élodie d'Arcy");
    }

    @Property(tries = 1000)
    void shouldNeverThrow(@ForAll("hostile") String text, @ForAll("hostile") String other) {
        assertThat(PersonNames.read(text)).isNotNull();
        assertThat(PersonNames.read(text, other)).isNotNull();
    }

    @Property(tries = 1000)
    void shouldChangeNothingTheSecondTime(@ForAll("hostile") String text) {
        String key = PersonNames.key(text);
        String display = PersonNames.display(text);

        assertThat(PersonNames.key(key)).isEqualTo(key);
        assertThat(PersonNames.display(display)).isEqualTo(display);
    }

    @Property(tries = 1000)
    void shouldReadItsOwnFieldsAsTheyAre(@ForAll("names") String first, @ForAll("names") String last) {
        PersonNames.read(first, last)
                .value()
                .filter(name -> name.partner().isEmpty())
                .filter(name -> !name.firstNames().isEmpty() && name.lastName().isPresent())
                .ifPresent(name -> {
                    var again = PersonNames.read(
                            name.firstName().orElse(null), name.lastName().orElse(null));

                    assertThat(again.value().flatMap(PersonName::firstName)).isEqualTo(name.firstName());
                    assertThat(again.value().flatMap(PersonName::lastName)).isEqualTo(name.lastName());
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a", " a", "Jean ", "M. ", "et ", "(", "((", "\"", "-", " - ", "'", ",", "née ", "a.", "M.a", "\u0301",
                "SA ", "S.A.", "de ", "&", "/"
            })
    void shouldReadLongText(String part) {
        String text = part.repeat(HOSTILE_LENGTH / part.length());

        assertThat(PersonNames.read(text)).isNotNull();
        assertThat(PersonNames.read(text, text)).isNotNull();
        PersonNames.display(text);
        PersonNames.key(text);
    }

    @Provide
    Arbitrary<String> hostile() {
        return Hostile.strings("MmedDrRnéeétEÉ JeanABZ-'’.,&/()+\"«»");
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.strings()
                .withChars("jeanDUPOTéÉ-' ".toCharArray())
                .ofMinLength(1)
                .ofMaxLength(16);
    }

    private static String shown(Reading<PersonName> reading) {
        return reading.value()
                .map(name -> shown(name)
                        + name.partner().map(partner -> " + " + shown(partner)).orElse(""))
                .orElse("");
    }

    private static String shown(PersonName name) {
        String called = Stream.of(name.civility(), name.title())
                .flatMap(Optional::stream)
                .map(Object::toString)
                .collect(Collectors.joining(" "));
        return Stream.of(
                        called.isEmpty() ? "" : called + ":",
                        name.firstName().orElse(""),
                        "/",
                        name.lastName().orElse(""),
                        name.birthName().map(birth -> "(" + birth + ")").orElse(""),
                        name.suffix().orElse(""))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" "));
    }
}
