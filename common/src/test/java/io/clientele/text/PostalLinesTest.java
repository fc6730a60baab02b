package io.clientele.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.text.StreetLabel.Fitted;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostalLinesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    AVENUE DES FLEURS                                   | AVENUE DES FLEURS
                    AVENUE DES ANCIENS ETABLISSEMENTS                   | AV DES ANCIENS ETABLISSEMENTS
                    BOULEVARD DU GENERAL BARTHELEMY DURAND              | BD DU GENERAL BARTHELEMY DURAND
                    AVENUE DU COMMANDANT ALPHONSE LHERMITTE DURAND      | AVENUE DU CDT A LHERMITTE DURAND
                    PLACE DU PROFESSEUR JEAN BAPTISTE LAMOTHE           | PL DU PR JEAN BAPTISTE LAMOTHE
                    ALLEE DE LA PETITE FORET DES GRANDS CHENES          | ALL DE LA PTE FOR DES GDS CHENES
                    RUE DE LA REPUBLIQUE ET DES ANCIENS COMBATTANTS     | RUE REP ET DES ANC COMBATTANTS
                    RUE DE LA FONTAINE SAINT MARTIN DES VIGNES          | RUE LA FONT ST MARTIN DES VIGNES
                    IMPASSE DES PEUPLIERS ET DES AUBEPINES BLANCHES     | IMP PEUPLIERS AUBEPINES BLANCHES
                    CHEMIN DES TROUBADOURS DE LA HAUTE VALLEE           | CHEMIN TROUBADOURS LA HTE VALLEE
                    """)
    void shouldAbbreviateStreetsInTheOrderOfTheNorm(String label, String expected) {
        Fitted fitted = StreetLabel.fit(label, PostalLines.LABEL);

        assertThat(fitted).isEqualTo(new Fitted(expected, false));
        assertThat(expected).hasSizeLessThanOrEqualTo(PostalLines.LABEL);
    }

    @Test
    void shouldKeepTheLastWordByWhichTheStreetIsSorted() {
        assertThat(StreetLabel.fit("RUE DES EXTRAORDINAIRES AVENTURIERS INCONSOLABLES", 32)
                        .text())
                .startsWith("RUE ")
                .endsWith(" INCONSOLABLES");
    }

    @Test
    void shouldSayThatAWordWasCut() {
        Fitted fitted = StreetLabel.fit("X".repeat(50), 32);

        assertThat(fitted).isEqualTo(new Fitted("X".repeat(32), true));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    Mme Anne Martin / 12 bis, rue de l'Église / 57000 Metz | MME ANNE MARTIN / 12 B RUE DE L EGLISE / 57000 METZ
                    M. Jean-Luc D'Arc / Appt 4, 2e étage / Résidence Les Ormes / 2-4 av. Foch / Le Bourg / 57000 Metz | M. JEAN-LUC D'ARC / APPT 4 2E ETAGE / RESIDENCE LES ORMES / 2 AVENUE FOCH / LE BOURG / 57000 METZ
                    SARL L'Épi / M. Paul Roux / Bât. B / 5 rue Haute / BP 12 / 57001 Metz Cedex 1 | SARL L'EPI / M. PAUL ROUX / BAT B / 5 RUE HAUTE / BP 12 / 57001 METZ CEDEX 1
                    12 rue Neuve / 97200 Fort-de-France / Martinique | 12 RUE NEUVE / 97200 FORT DE FRANCE
                    12 rue Neuve / 33000 Saint-Germain-du-Val-des-Grandes-Bruyères | 12 RUE NEUVE / 33000 ST GERMAIN VAL DES GDES BRUYERES
                    Rue de la Loi 16 / 1000 Bruxelles / Belgique | RUE DE LA LOI 16 / 1000 BRUXELLES / BELGIQUE
                    10 High Street / London SW1A 2AA / Royaume-Uni | 10 HIGH STREET / LONDON / SW1A 2AA / ROYAUME UNI
                    """)
    void shouldWriteAddressesAsTheNormDoes(String text, String expected) {
        PostalLines lines = linesOf(text.split(" / ", -1));

        assertThat(String.join(" / ", lines.printed())).isEqualTo(expected);
        assertThat(lines.isCut()).isFalse();
    }

    @Test
    void shouldSayThatLinesWereLeftOut() {
        PostalLines lines = linesOf("a1", "b2", "c3", "d4", "e5", "f6", "1000 Bruxelles", "Belgique");

        assertThat(lines.lines()).hasSize(PostalLines.MOST_LINES);
        assertThat(lines.country()).isEqualTo("BELGIQUE");
        assertThat(lines.isCut()).isTrue();
    }

    @Property(tries = 2000)
    void shouldNeverWriteALineThatAnEnvelopeRefuses(
            @ForAll("hostile") String first, @ForAll("hostile") String second, @ForAll("hostile") String third) {
        Addresses.parse(first, second, third).value().map(PostalLines::of).ifPresent(this::assertPrintable);
        Addresses.parse(List.of(first, second), third, second, first)
                .value()
                .map(PostalLines::of)
                .ifPresent(this::assertPrintable);
    }

    private void assertPrintable(PostalLines lines) {
        assertThat(lines.lines()).hasSizeLessThanOrEqualTo(PostalLines.MOST_LINES);
        for (int i = 0; i < lines.printed().size(); i++) {
            String line = lines.printed().get(i);
            assertThat(line).isNotBlank().hasSizeLessThanOrEqualTo(PostalLines.WIDTH);
            assertThat(line).isEqualTo(line.strip()).isEqualTo(line.toUpperCase(Locale.ROOT));
            if (i >= 3) {
                assertThat(line.codePoints()).allMatch(letter -> letter == ' ' || Character.isLetterOrDigit(letter));
            }
        }
    }

    @Property(tries = 3000)
    void shouldWriteTheSameLinesFromItsOwnLines(@ForAll("addresses") List<String> typed) {
        List<String> once = linesOf(typed.toArray(String[]::new)).printed();
        List<String> twice = linesOf(once.toArray(String[]::new)).printed();

        assertThat(twice).isEqualTo(once);
    }

    private static PostalLines linesOf(String... lines) {
        return PostalLines.of(Addresses.parse(lines).value().orElseThrow());
    }

    @Provide
    Arbitrary<List<String>> addresses() {
        Arbitrary<String> names = Arbitraries.of("", "Mme Anne Martin", "SARL Durand & Fils", "M. Jean-Luc d'Arc");
        Arbitrary<String> inside =
                Arbitraries.of("", "Appartement 12, 3e étage", "appt n° 4 escalier B", "RDC", "Hall 2 porte 5");
        Arbitrary<String> buildings =
                Arbitraries.of("", "Résidence Les Ormes", "Bât. C", "Immeuble Le Phare", "Tour B");
        Arbitrary<String> numbers = Arbitraries.of("", "12 ", "12 bis, ", "9999T ", "2-4 ", "n° 7 ", "1 quinquies ");
        Arbitrary<String> types = Arbitraries.of(
                "rue",
                "av.",
                "BOULEVARD",
                "chem.",
                "Place",
                "Rond-point",
                "sentier",
                "impasse",
                "Grande Rue",
                "voie",
                "rte");
        Arbitrary<String> phrases = Arbitraries.of(
                "du Général Leclerc",
                "de l'Église Saint-Martin",
                "Jean Marie Hauteclocque",
                "de la Petite Fontaine",
                "des Anciens Combattants",
                "et de la Résistance",
                "du 8 Mai 1945",
                "Notre-Dame des Vents",
                "de la Forêt",
                "Maréchal Philippe de Montmirail",
                "au Chemin des Écoliers",
                "d'Estienne",
                "Anticonstitutionnellement");
        Arbitrary<String> streetNames = phrases.list().ofMinSize(1).ofMaxSize(4).map(list -> String.join(" ", list));
        Arbitrary<String> streets =
                Combinators.combine(numbers, types, streetNames).as((number, type, name) -> number + type + " " + name);
        Arbitrary<String> places = Arbitraries.of("", "Lieu-dit Les Charmes", "BP 57", "Le Hameau", "CS 50123");
        Arbitrary<String> towns = Arbitraries.of(
                "57000 Metz",
                "75014 Paris 14e",
                "57001 METZ CEDEX 1",
                "33000 Saint-Germain-du-Val-des-Grandes-Bruyères",
                "F-57000 Metz",
                "97200 Fort-de-France");
        return Combinators.combine(names, inside, buildings, streets, places, towns)
                .as((name, detail, building, street, place, town) ->
                        List.of(name, detail, building, street, place, town));
    }

    @Provide
    Arbitrary<String> hostile() {
        return new AddressesTest().hostile();
    }
}
