package io.clientele.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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

class AddressesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    12 rue des Lilas 75012 Paris | n 12; type rue; name des Lilas; code 75012; town Paris
                    12, rue des Lilas, 75012 PARIS | n 12; type rue; name des Lilas; code 75012; town PARIS
                    12 bis rue des Lilas 75012 Paris | n 12; suffix bis; type rue; name des Lilas; code 75012; town Paris
                    12bis, RUE DES LILAS 75012 PARIS | n 12; suffix BIS; type RUE; name DES LILAS; code 75012; town PARIS
                    12 ter rue des Lilas 75012 Paris | n 12; suffix ter; type rue; name des Lilas; code 75012; town Paris
                    12 quater rue des Lilas 75012 Paris | n 12; suffix quater; type rue; name des Lilas; code 75012; town Paris
                    12 B rue des Lilas 75012 Paris | n 12; suffix B; type rue; name des Lilas; code 75012; town Paris
                    12B rue des Lilas 75012 Paris | n 12; suffix B; type rue; name des Lilas; code 75012; town Paris
                    12 r des Lilas 75012 Paris | n 12; type Rue; name des Lilas; code 75012; town Paris
                    12 R rue des Lilas 75012 Paris | n 12; suffix R; type rue; name des Lilas; code 75012; town Paris
                    N° 12 rue des Lilas 75012 Paris | n 12; type rue; name des Lilas; code 75012; town Paris
                    n°12, rue des Lilas 75012 Paris | n 12; type rue; name des Lilas; code 75012; town Paris
                    012 rue des Lilas 75012 Paris | n 12; type rue; name des Lilas; code 75012; town Paris
                    2-4 rue des Lilas 75012 Paris | n 2-4; type rue; name des Lilas; code 75012; town Paris
                    2/4 rue des Lilas 75012 Paris | n 2-4; type rue; name des Lilas; code 75012; town Paris
                    2 et 4 rue des Lilas 75012 Paris | n 2-4; type rue; name des Lilas; code 75012; town Paris
                    12 av. du Général Leclerc 31000 Toulouse | n 12; type Avenue; name du Général Leclerc; code 31000; town Toulouse
                    12 bd Voltaire 21000 Dijon | n 12; type Boulevard; name Voltaire; code 21000; town Dijon
                    12 Bld Voltaire 21000 Dijon | n 12; type Boulevard; name Voltaire; code 21000; town Dijon
                    5 pl. de l'Église 56000 Vannes | n 5; type Place; name de l'Église; code 56000; town Vannes
                    5 allée des Tilleuls 44000 Nantes | n 5; type allée; name des Tilleuls; code 44000; town Nantes
                    5 ALL DES TILLEULS 44000 NANTES | n 5; type Allée; name DES TILLEULS; code 44000; town NANTES
                    3 imp des Roses 67000 Strasbourg | n 3; type Impasse; name des Roses; code 67000; town Strasbourg
                    3 chem. du Moulin 83000 Toulon | n 3; type Chemin; name du Moulin; code 83000; town Toulon
                    7 sq. Lamartine 71000 Mâcon | n 7; type Square; name Lamartine; code 71000; town Mâcon
                    7 rte de Nevers 18000 Bourges | n 7; type Route; name de Nevers; code 18000; town Bourges
                    9 rond-point des Pins 40000 Mont-de-Marsan | n 9; type rond-point; name des Pins; code 40000; town Mont-de-Marsan
                    9 rond point des Pins 40000 Mont-de-Marsan | n 9; type rond point; name des Pins; code 40000; town Mont-de-Marsan
                    4 Grande Rue 25000 Besançon | n 4; type Grande Rue; code 25000; town Besançon
                    4 Grand'Rue 68000 Colmar | n 4; type Grand'Rue; code 68000; town Colmar
                    18 Les Bruyères 35000 Rennes | n 18; name Les Bruyères; code 35000; town Rennes
                    rue du 8 mai 1945 36000 Châteauroux | type rue; name du 8 mai 1945; code 36000; town Châteauroux
                    8 rue du 8 mai 1945 36000 Châteauroux | n 8; type rue; name du 8 mai 1945; code 36000; town Châteauroux
                    1 rue du 11 Novembre 36000 Châteauroux | n 1; type rue; name du 11 Novembre; code 36000; town Châteauroux
                    Lieu-dit Les Charmes 24000 Périgueux | place Les Charmes; code 24000; town Périgueux
                    lieu dit La Garenne / 24000 PERIGUEUX | place La Garenne; code 24000; town PERIGUEUX
                    LD La Garenne 24000 Périgueux | place La Garenne; code 24000; town Périgueux
                    12 rue Neuve, lieu-dit Les Charmes, 24000 Périgueux | n 12; type rue; name Neuve; place Les Charmes; code 24000; town Périgueux
                    12 rue Neuve BP 57 59000 Lille | n 12; type rue; name Neuve; box BP 57; code 59000; town Lille
                    12 rue Neuve B.P. 57 59000 Lille | n 12; type rue; name Neuve; box BP 57; code 59000; town Lille
                    BP 40122 / 31005 TOULOUSE CEDEX 7 | box BP 40122; code 31005; town TOULOUSE; cedex CEDEX 7
                    CS 50123 60005 Beauvais Cedex | box CS 50123; code 60005; town Beauvais; cedex CEDEX
                    TSA 40123 / 75901 PARIS CEDEX 15 | box TSA 40123; code 75901; town PARIS; cedex CEDEX 15
                    TSA n° 40123 / 75901 PARIS CEDEX 15 | box TSA 40123; code 75901; town PARIS; cedex CEDEX 15
                    12 rue Neuve / 59017 LILLE CEDEX 9 | n 12; type rue; name Neuve; code 59017; town LILLE; cedex CEDEX 9
                    Appartement 12, 3e étage, escalier B, 5 rue Haute, 57000 Metz | flat Appartement 12; floor 3e étage; stairs escalier B; n 5; type rue; name Haute; code 57000; town Metz
                    appt 12 5 rue Haute 57000 Metz | flat appt 12; n 5; type rue; name Haute; code 57000; town Metz
                    5 rue Haute appt 12 57000 Metz | flat appt 12; n 5; type rue; name Haute; code 57000; town Metz
                    5 rue Haute bât. A 57000 Metz | building bât. A; n 5; type rue; name Haute; code 57000; town Metz
                    5 rue Haute bâtiment B2 esc C porte 4 57000 Metz | flat porte 4; stairs esc C; building bâtiment B2; n 5; type rue; name Haute; code 57000; town Metz
                    RDC 5 rue Haute 57000 Metz | floor RDC; n 5; type rue; name Haute; code 57000; town Metz
                    rez-de-chaussée, 5 rue Haute, 57000 Metz | floor rez-de-chaussée; n 5; type rue; name Haute; code 57000; town Metz
                    Résidence Les Ormes 5 rue Haute 57000 Metz | building Résidence Les Ormes; n 5; type rue; name Haute; code 57000; town Metz
                    Résidence Les Ormes, bâtiment C, 5 rue Haute, 57000 Metz | building Résidence Les Ormes bâtiment C; n 5; type rue; name Haute; code 57000; town Metz
                    14 Résidence des Ormes 57000 Metz | n 14; type Résidence; name des Ormes; code 57000; town Metz
                    Immeuble Le Phare 5 rue Haute 57000 Metz | building Immeuble Le Phare; n 5; type rue; name Haute; code 57000; town Metz
                    Tour Horizon 5 rue Haute 57000 Metz | building Tour Horizon; n 5; type rue; name Haute; code 57000; town Metz
                    Monsieur Paul Durand / 5 rue Haute / 57000 METZ | person Monsieur Paul Durand; n 5; type rue; name Haute; code 57000; town METZ
                    Mme Anne Martin / Appartement 4 / Résidence Les Ormes / 5 rue Haute / Les Charmes / 57000 METZ | person Mme Anne Martin; flat Appartement 4; building Résidence Les Ormes; n 5; type rue; name Haute; place Les Charmes; code 57000; town METZ
                    SARL Durand / Mme Anne Martin / Bâtiment B / 5 rue Haute / BP 12 / 57001 METZ CEDEX 1 | company SARL Durand; person Mme Anne Martin; building Bâtiment B; n 5; type rue; name Haute; box BP 12; code 57001; town METZ; cedex CEDEX 1
                    Durand et Fils / 5 rue Haute / 57000 METZ | company Durand et Fils; n 5; type rue; name Haute; code 57000; town METZ
                    Cabinet Durand 5 rue Haute 57000 Metz | company Cabinet Durand; n 5; type rue; name Haute; code 57000; town Metz
                    5 rue Haute / 57000 METZ / FRANCE | n 5; type rue; name Haute; code 57000; town METZ
                    5 rue Haute 57000 Metz France | n 5; type rue; name Haute; code 57000; town Metz
                    20 rue Anatole France 57000 Metz | n 20; type rue; name Anatole France; code 57000; town Metz
                    5 rue Haute F-57000 Metz | n 5; type rue; name Haute; code 57000; town Metz
                    5 rue Haute 57000 | n 5; type rue; name Haute; code 57000; MISSING_TOWN
                    rue Haute, Metz | type rue; name Haute; town Metz; TOWN_GUESSED(Metz); MISSING_POSTCODE
                    5 rue Haute, Metz (57000) | n 5; type rue; name Haute; code 57000; town Metz
                    5 rue Haute - 57000 - Metz | n 5; type rue; name Haute; code 57000; town Metz
                    5 rue Haute Metz | n 5; type rue; name Haute; town Metz; TOWN_GUESSED(Metz); MISSING_POSTCODE
                    5 rue Victor Hugo Marly | n 5; type rue; name Victor Hugo; town Marly; TOWN_GUESSED(Marly); MISSING_POSTCODE
                    5 rue du Moulin à Vent | n 5; type rue; name du Moulin à Vent; MISSING_TOWN; MISSING_POSTCODE
                    5 rue Voltaire à Marly | n 5; type rue; name Voltaire; town Marly; TOWN_GUESSED(Marly); MISSING_POSTCODE
                    5 rue Haute57000 Metz | n 5; type rue; name Haute; code 57000; town Metz
                    12 rue Neuve 75014 Paris 14e | n 12; type rue; name Neuve; code 75014; town Paris
                    12 rue Neuve 75014 Paris 14e arrondissement | n 12; type rue; name Neuve; code 75014; town Paris
                    12 rue Neuve 75014 PARIS 15 | n 12; type rue; name Neuve; code 75014; town PARIS 15; POSTCODE_TOWN_MISMATCH(75015)
                    12 rue Neuve 75116 Paris 16 | n 12; type rue; name Neuve; code 75116; town Paris
                    12 rue Neuve Paris 3ème | n 12; type rue; name Neuve; town Paris 3ème; MISSING_POSTCODE(75003); TOWN_GUESSED(Paris 3ème)
                    12 rue Neuve 69003 Lyon 3 | n 12; type rue; name Neuve; code 69003; town Lyon
                    12 rue Neuve 13001 Marseille | n 12; type rue; name Neuve; code 13001; town Marseille
                    12 rue Neuve 75012 Lyon | n 12; type rue; name Neuve; code 75012; town Lyon; POSTCODE_TOWN_MISMATCH
                    12 rue Neuve 44000 Bordeaux | n 12; type rue; name Neuve; code 44000; town Bordeaux; POSTCODE_TOWN_MISMATCH
                    12 rue Neuve 69003 Villeneuve | n 12; type rue; name Neuve; code 69003; town Villeneuve; POSTCODE_TOWN_MISMATCH
                    12 rue Neuve 33000 Sainte-Foy | n 12; type rue; name Neuve; code 33000; town Sainte-Foy
                    12 rue Neuve 96000 Sainte-Foy | n 12; type rue; name Neuve; code 96000; town Sainte-Foy; UNKNOWN_POSTCODE
                    12 rue Neuve 00500 Sainte-Foy | n 12; type rue; name Neuve; code 00500; town Sainte-Foy; UNKNOWN_POSTCODE
                    12 rue Neuve 99100 Sainte-Foy | n 12; type rue; name Neuve; code 99100; town Sainte-Foy; UNKNOWN_POSTCODE
                    12 rue Neuve / 1000 BOURG EN BRESSE | n 12; type rue; name Neuve; code 1000; town BOURG EN BRESSE; INVALID_POSTCODE(01000)
                    12 cours Napoléon 20000 Ajaccio | n 12; type cours; name Napoléon; code 20000; town Ajaccio
                    12 cours Napoléon / 2A000 AJACCIO | n 12; type cours; name Napoléon; code 2A000; town AJACCIO; INVALID_POSTCODE(20000)
                    12 rue Neuve 97200 Fort-de-France | n 12; type rue; name Neuve; code 97200; town Fort-de-France
                    12 rue Neuve / 97200 FORT DE FRANCE / MARTINIQUE | n 12; type rue; name Neuve; code 97200; town FORT DE FRANCE
                    12 rue Neuve 98000 Monaco | n 12; type rue; name Neuve; code 98000; town Monaco; country MC
                    12 rue Neuve 75901 Paris | n 12; type rue; name Neuve; code 75901; town Paris; MISSING_CEDEX(CEDEX)
                    12 aveneu Foch 57000 Metz | n 12; name aveneu Foch; code 57000; town Metz; STREET_TYPE_MISSPELT(Avenue)
                    12 Boulevad Foch 57000 Metz | n 12; name Boulevad Foch; code 57000; town Metz; STREET_TYPE_MISSPELT(Boulevard)
                    Bourg s/ l'Étang | type Bourg; name sur l'Étang; MISSING_TOWN; MISSING_POSTCODE
                    3 place Saint-Jean s/s Bois | n 3; type place; name Saint-Jean sous Bois; MISSING_TOWN; MISSING_POSTCODE
                    Le Bout de la Rue du Lac 57000 Metz | place Le Bout de la Rue du Lac; code 57000; town Metz
                    rue de la ferme du lieu-dit la Garenne | type rue; name de la ferme du lieu-dit la Garenne; MISSING_TOWN; MISSING_POSTCODE
                    Mairie 57000 Metz | place Mairie; code 57000; town Metz
                    ZI des Prés 57000 Metz | type ZI; name des Prés; code 57000; town Metz
                    12 zone industrielle Nord 57000 Metz | n 12; type zone industrielle; name Nord; code 57000; town Metz
                    57000 Metz | code 57000; town Metz; MISSING_STREET
                    75012 | code 75012; MISSING_STREET; MISSING_TOWN
                    12 | n 12; MISSING_STREET; MISSING_TOWN; MISSING_POSTCODE
                    Bonjour | place Bonjour; MISSING_TOWN; MISSING_POSTCODE
                    Rue de la Loi 16 / 1000 Bruxelles / Belgique | code 1000; town Bruxelles; country BE; other Rue de la Loi 16
                    Rue de la Loi 16, B-1000 Bruxelles | code 1000; town Bruxelles; country BE; other Rue de la Loi 16
                    Bahnhofstrasse 5 / 8001 Zürich / Suisse | code 8001; town Zürich; country CH; other Bahnhofstrasse 5
                    L-1234 Luxembourg / Luxembourg | code 1234; town Luxembourg; country LU; MISSING_STREET
                    Hauptstr. 5 / D-10115 Berlin | code 10115; town Berlin; country DE; other Hauptstr. 5
                    10 High Street / London / SW1A 2AA / Royaume-Uni | code SW1A 2AA; town London; country GB; other 10 High Street
                    10 High Street, London SW1A 2AA | code SW1A 2AA; town London; country GB; other 10 High Street
                    5 Main Street / Springfield IL 62701 / États-Unis | country US; other 5 Main Street; other Springfield IL 62701
                    Calle Mayor 5 / 28013 Madrid / Espagne | code 28013; town Madrid; country ES; other Calle Mayor 5
                    Kerkstraat 5 / 1017 AB Amsterdam / Pays-Bas | code 1017 AB; town Amsterdam; country NL; other Kerkstraat 5
                    17 B place du Marché 59000 Lille | n 17; suffix B; type place; name du Marché; code 59000; town Lille
                    12 C les Bruyères 35000 Rennes | n 12; suffix C; name les Bruyères; code 35000; town Rennes
                    3 A 35000 Rennes | n 3; suffix A; code 35000; town Rennes; MISSING_STREET
                    10, chemin des Vignes, Marly | n 10; type chemin; name des Vignes; town Marly; TOWN_GUESSED(Marly); MISSING_POSTCODE
                    10 chemin des Vignes La Neuville | n 10; type chemin; name des Vignes; town La Neuville; TOWN_GUESSED(La Neuville); MISSING_POSTCODE
                    4 rue des Chênes Verts Marly | n 4; type rue; name des Chênes Verts; town Marly; TOWN_GUESSED(Marly); MISSING_POSTCODE
                    4 rue du Docteur Jean Petit Marly | n 4; type rue; name du Docteur Jean Petit; town Marly; TOWN_GUESSED(Marly); MISSING_POSTCODE
                    4 rue Jean de La Fontaine Marly | n 4; type rue; name Jean de La Fontaine; town Marly; TOWN_GUESSED(Marly); MISSING_POSTCODE
                    4 rue de l'Hôtel de Ville Saint-Martin-sur-Eau | n 4; type rue; name de l'Hôtel de Ville; town Saint-Martin-sur-Eau; TOWN_GUESSED(Saint-Martin-sur-Eau); MISSING_POSTCODE
                    4 rue de Lille Paris | n 4; type rue; name de Lille; town Paris; TOWN_GUESSED(Paris); MISSING_POSTCODE
                    4 rue Pasteur Villeneuve-le-Grand | n 4; type rue; name Pasteur; town Villeneuve-le-Grand; TOWN_GUESSED(Villeneuve-le-Grand); MISSING_POSTCODE
                    4 rue Émile Zola | n 4; type rue; name Émile Zola; MISSING_TOWN; MISSING_POSTCODE
                    4 Grande Rue Villeneuve | n 4; type Grande Rue; town Villeneuve; TOWN_GUESSED(Villeneuve); MISSING_POSTCODE
                    4 rue du 4 Septembre Marly | n 4; type rue; name du 4 Septembre; town Marly; TOWN_GUESSED(Marly); MISSING_POSTCODE
                    4 avenue des Anciens Combattants Marly | n 4; type avenue; name des Anciens Combattants; town Marly; TOWN_GUESSED(Marly); MISSING_POSTCODE
                    4 rue Pierre et Marie Curie Marly | n 4; type rue; name Pierre et Marie Curie; town Marly; TOWN_GUESSED(Marly); MISSING_POSTCODE
                    Association des Amis du Lac 4 rue Haute 57000 Metz | company Association des Amis du Lac; n 4; type rue; name Haute; code 57000; town Metz
                    Tribunal, 4 rue Haute, 57000 Metz | company Tribunal; n 4; type rue; name Haute; code 57000; town Metz
                    4 rue Haute Cidex 512 57000 Metz | n 4; type rue; name Haute; box CIDEX 512; code 57000; town Metz
                    4 rue Haute hall 3 57000 Metz | stairs hall 3; n 4; type rue; name Haute; code 57000; town Metz
                    1er étage 4 rue Haute 57000 Metz | floor 1er étage; n 4; type rue; name Haute; code 57000; town Metz
                    étage 2 4 rue Haute 57000 Metz | floor étage 2; n 4; type rue; name Haute; code 57000; town Metz
                    4 rue Haute 57000 Metz 03 87 00 00 00 | n 4; type rue; name Haute; code 57000; town Metz; other 03 87 00 00 00; ADDRESS_LEFTOVER(03 87 00 00 00)
                    4 rue Haute, 57000 Metz, sonner deux fois | n 4; type rue; name Haute; code 57000; town Metz; other sonner deux fois; ADDRESS_LEFTOVER(sonner deux fois)
                    4 rue Haute / METZ / 57000 | n 4; type rue; name Haute; code 57000; town METZ
                    4 rue Haute / METZ CEDEX | n 4; type rue; name Haute; town METZ; cedex CEDEX; TOWN_GUESSED(METZ); MISSING_POSTCODE
                    Mme Anne Martin / Les Charmes / 24000 PERIGUEUX | person Mme Anne Martin; place Les Charmes; code 24000; town PERIGUEUX
                    75 rue Haute / 75 001 PARIS | n 75; type rue; name Haute; code 75001; town PARIS
                    """)
    void shouldReadAddressesOnOneLineOrSeveral(String text, String expected) {
        Reading<FrenchAddress> reading = Addresses.parse(text.split(" / ", -1));

        assertThat(described(reading)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', nullValues = "-", textBlock = """
                    12 rue Neuve       | 75012   | Paris         | -         | n 12; type rue; name Neuve; code 75012; town Paris
                    12 rue Neuve Haute | 75012   | Paris         | France    | n 12; type rue; name Neuve Haute; code 75012; town Paris
                    12 rue Neuve       | 75 012  | PARIS 12      | FR        | n 12; type rue; name Neuve; code 75012; town PARIS
                    12 rue Neuve       | F-75012 | Paris         | -         | n 12; type rue; name Neuve; code 75012; town Paris
                    12 rue Neuve       | 1000    | Bourg         | -         | n 12; type rue; name Neuve; code 1000; town Bourg; INVALID_POSTCODE(01000)
                    12 rue Neuve       | 7501    | Paris         | -         | n 12; type rue; name Neuve; code 7501; town Paris; INVALID_POSTCODE(07501)
                    12 rue Neuve       | ABC     | Paris         | -         | n 12; type rue; name Neuve; code ABC; town Paris; INVALID_POSTCODE
                    12 rue Neuve       | 59020   | Lille Cedex 3 | -         | n 12; type rue; name Neuve; code 59020; town Lille; cedex CEDEX 3
                    12 rue Neuve       | -       | 75012 Paris   | -         | n 12; type rue; name Neuve; code 75012; town Paris
                    12 rue Neuve       | -       | Paris 3e      | -         | n 12; type rue; name Neuve; town Paris 3e; MISSING_POSTCODE(75003)
                    12 rue Neuve       | 75012   | -             | -         | n 12; type rue; name Neuve; code 75012; MISSING_TOWN
                    -                  | 75012   | Paris         | -         | code 75012; town Paris; MISSING_STREET
                    12 rue Neuve       | 97400   | Saint-Denis   | RE        | n 12; type rue; name Neuve; code 97400; town Saint-Denis
                    12 rue Neuve       | 98000   | Monaco        | Monaco    | n 12; type rue; name Neuve; code 98000; town Monaco; country MC
                    Rue Neuve 12       | 1000    | Bruxelles     | Belgique  | code 1000; town Bruxelles; country BE; other Rue Neuve 12
                    Rue Neuve 12       | B-1000  | Bruxelles     | BE        | code 1000; town Bruxelles; country BE; other Rue Neuve 12
                    12 rue Neuve 75012 Paris | 75012 | Paris      | -         | n 12; type rue; name Neuve; code 75012; town Paris
                    12 rue Neuve 75012 Paris | -     | -          | -         | n 12; type rue; name Neuve; code 75012; town Paris
                    10 High Street     | N1 9GU  | London        | UK        | code N1 9GU; town London; country GB; other 10 High Street
                    """)
    void shouldReadFields(String street, String postcode, String town, String country, String expected) {
        Reading<FrenchAddress> reading = Addresses.parse(Arrays.asList(street), postcode, town, country);

        assertThat(described(reading)).isEqualTo(expected);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "\u00a0\ufeff", ",;", "- -", "."})
    void shouldFindNoAddressInBlanks(String text) {
        assertThat(Addresses.parse(text).value()).isEmpty();
        assertThat(Addresses.parse(text, null, text).value()).isEmpty();
        assertThat(Addresses.parse(Arrays.asList(text, null), text, text, null).value())
                .isEmpty();
    }

    @Test
    void shouldReadLinesInOneText() {
        assertThat(Addresses.parse("12 rue Neuve\r\n\n57000 Metz"))
                .isEqualTo(Addresses.parse("12 rue Neuve", "57000 Metz"));
    }

    @Test
    void shouldReadNoMoreThanAThousandCharacters() {
        Reading<FrenchAddress> reading = Addresses.parse("12 rue Neuve 57000 Metz", "x".repeat(2000));

        assertThat(reading.findings()).contains(new Finding(Issue.ADDRESS_TOO_LONG, Optional.empty()));
        assertThat(reading.value().orElseThrow().postcode()).isEqualTo("57000");
        assertThat(reading.value().orElseThrow().toString()).hasSizeLessThan(2000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " ",
                "a ",
                "12 ",
                "12 rue ",
                "s/",
                "75001 ",
                "BP 1 ",
                "de ",
                "é",
                "a\u0301",
                "l'",
                ",",
                "- ",
                "A.",
                "\n1000 x"
            })
    void shouldReadLongTextWhateverItRepeats(String part) {
        String text = part.repeat(100_000 / part.length());

        assertThatCode(() -> {
                    Addresses.parse(text);
                    Addresses.parse(text.substring(0, Addresses.LONGEST));
                    Addresses.parse(List.of(text), text, text, text);
                })
                .doesNotThrowAnyException();
    }

    @Property(tries = 2000)
    void shouldNeverThrow(@ForAll("hostile") String text, @ForAll("hostile") String other) {
        assertThat(Addresses.parse(text, other)).isNotNull();
        assertThat(Addresses.parse(List.of(text), other, text, other)).isNotNull();
    }

    @Property(tries = 1000)
    void shouldReadPartsBackFromTheirLine(@ForAll("numbers") String number, @ForAll("streets") String street) {
        FrenchAddress address =
                Addresses.parse(number + " " + street, "57000 Metz").value().orElseThrow();

        assertThat(FrenchAddress.joined(address.number(), address.suffix())).isEqualTo(number);
        assertThat(address.street()).isEqualTo(street);
    }

    @Provide
    Arbitrary<String> numbers() {
        Arbitrary<String> suffixes = Arbitraries.of("", " bis", " ter", " B");
        return Arbitraries.integers().between(1, 9999).flatMap(number -> suffixes.map(suffix -> number + suffix));
    }

    @Provide
    Arbitrary<String> streets() {
        Arbitrary<String> types = Arbitraries.of("rue", "Avenue", "CHEMIN", "allée", "rond-point", "Grande Rue");
        Arbitrary<String> names = Arbitraries.of(
                "de l'Église", "du 8 Mai 1945", "Jean-Jaurès", "des Quatre Vents", "NEUVE", "du Général de Gaulle");
        return types.flatMap(type -> names.map(name -> type + " " + name));
    }

    @Provide
    Arbitrary<String> hostile() {
        Arbitrary<String> words = Arbitraries.of(
                        "12",
                        "12bis",
                        "bis",
                        "B",
                        "rue",
                        "R",
                        "de",
                        "l'Église",
                        "75012",
                        "F-75012",
                        "2A000",
                        "Paris",
                        "CEDEX",
                        "07",
                        "BP",
                        "46",
                        "N°",
                        "étage",
                        "3e",
                        "appt",
                        "Résidence",
                        "Lieu-dit",
                        ",",
                        "-",
                        "(",
                        "\n",
                        "France",
                        "B-1000",
                        "SW1A 2AA",
                        "à",
                        "s/",
                        "Belgique",
                        "MONACO",
                        "Mme",
                        "SARL",
                        "et",
                        "/",
                        "§",
                        "\ud83d")
                .list()
                .ofMaxSize(14)
                .map(list -> String.join(" ", list));
        return Arbitraries.oneOf(words, Hostile.strings("0123456789 ,-/.'()\nRUEBPCSrue°º&éœıß"));
    }

    /** The parts that are there, in the order of the record, then the findings. */
    private static String described(Reading<FrenchAddress> reading) {
        List<String> parts = new ArrayList<>();
        reading.value().ifPresent(address -> {
            add(parts, "company", address.company());
            add(parts, "person", address.person());
            add(parts, "flat", address.flat());
            add(parts, "floor", address.floor());
            add(parts, "stairs", address.stairs());
            add(parts, "building", address.building());
            add(parts, "n", address.number());
            add(parts, "suffix", address.suffix());
            add(parts, "type", address.streetType());
            add(parts, "name", address.streetName());
            add(parts, "place", address.namedPlace());
            add(parts, "box", address.box());
            add(parts, "code", address.postcode());
            add(parts, "town", address.town());
            add(parts, "cedex", address.cedex());
            add(parts, "country", address.country().equals("FR") ? null : address.country());
            address.others().forEach(other -> add(parts, "other", other));
        });
        for (Finding finding : reading.findings()) {
            parts.add(finding.issue()
                    + finding.proposal().map(text -> "(" + text + ")").orElse(""));
        }
        return String.join("; ", parts);
    }

    private static void add(List<String> parts, String name, String value) {
        if (value != null) {
            parts.add(name + " " + value);
        }
    }
}
