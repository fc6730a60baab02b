package io.clientele.generate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A town, the larger first in the lists.
 *
 * @param phone how a landline there begins: six digits that ARCEP keeps for fiction, decision 2018-0881
 */
record Town(String postcode, String name, String country, String phone) {

    private static final String WEST = "026191";
    private static final String PARIS = "019900";
    private static final String EAST = "035301";
    private static final String SOUTH_EAST = "046571";
    private static final String SOUTH_WEST = "053649";

    private static final List<String> SAINTS = List.of(
            "Martin Pierre Jean Germain Hilaire Aubin Maurice Georges Laurent Denis Julien Michel Étienne Sulpice Léger"
                    .split(" "));
    private static final List<String> PLACES = List.of(
            "le-Vieux en-Plaine des-Bois la-Forêt sur-Mer du-Mont les-Vignes la-Rivière de-la-Lande des-Champs le-Château"
                    .split(" "));

    /** The middle of the postcodes of villages, between the department and a 0: none of a large town. */
    private static final List<Integer> ROUNDS = IntStream.rangeClosed(11, 89)
            .filter(round -> round % 10 != 0)
            .boxed()
            .toList();

    static final List<Town> FRENCH = french();

    /** One to a postcode; names come back in other departments, as they do. */
    static final List<Town> VILLAGES = villages();

    static final List<Town> SWISS =
            abroad("CH", "1201 Genève", "1003 Lausanne", "1700 Fribourg", "2000 Neuchâtel", "1950 Sion");
    static final List<Town> BRITISH =
            abroad("GB", "SW1A 2AA London", "M1 1AE Manchester", "EH1 1BQ Edinburgh", "BS1 4DJ Bristol");

    private static List<Town> french() {
        List<List<Town>> regions = List.of(
                of(
                        PARIS,
                        "75001 Paris;75011 Paris;75015 Paris;75018 Paris;75020 Paris;92100 Boulogne-Billancourt"
                                + ";93200 Saint-Denis;93100 Montreuil;95100 Argenteuil;78000 Versailles;92000 Nanterre"
                                + ";94000 Créteil;94400 Vitry-sur-Seine;92600 Asnières-sur-Seine;92500 Rueil-Malmaison"
                                + ";77100 Meaux;91000 Évry-Courcouronnes;78200 Mantes-la-Jolie;77000 Melun;95000 Cergy"),
                of(
                        SOUTH_EAST,
                        "13001 Marseille;13008 Marseille;69003 Lyon;69007 Lyon;06000 Nice;34000 Montpellier"
                                + ";83000 Toulon;42000 Saint-Étienne;38000 Grenoble;30000 Nîmes;69100 Villeurbanne"
                                + ";13100 Aix-en-Provence;63000 Clermont-Ferrand;66000 Perpignan;84000 Avignon"
                                + ";74000 Annecy;73000 Chambéry;06400 Cannes;26000 Valence;34500 Béziers;11000 Carcassonne"
                                + ";01000 Bourg-en-Bresse;43000 Le Puy-en-Velay;20000 Ajaccio;13200 Arles"),
                of(
                        EAST,
                        "67000 Strasbourg;59000 Lille;51100 Reims;21000 Dijon;80000 Amiens;57000 Metz;25000 Besançon"
                                + ";54000 Nancy;68100 Mulhouse;59100 Roubaix;59200 Tourcoing;59140 Dunkerque;68000 Colmar"
                                + ";10000 Troyes;02100 Saint-Quentin;62100 Calais;90000 Belfort;71100 Chalon-sur-Saône"
                                + ";60000 Beauvais;88000 Épinal;62000 Arras;59500 Douai"),
                of(
                        WEST,
                        "44000 Nantes;35000 Rennes;76600 Le Havre;49000 Angers;29200 Brest;72000 Le Mans;37000 Tours"
                                + ";76000 Rouen;14000 Caen;45000 Orléans;29000 Quimper;56100 Lorient;44600 Saint-Nazaire"
                                + ";56000 Vannes;35400 Saint-Malo;53000 Laval;22000 Saint-Brieuc;41000 Blois"
                                + ";85000 La Roche-sur-Yon;28000 Chartres;27000 Évreux;18000 Bourges;61000 Alençon"),
                of(
                        SOUTH_WEST,
                        "31000 Toulouse;33000 Bordeaux;87000 Limoges;86000 Poitiers;17000 La Rochelle;64000 Pau"
                                + ";33700 Mérignac;33600 Pessac;79000 Niort;64100 Bayonne;81000 Albi;82000 Montauban"
                                + ";16000 Angoulême;65000 Tarbes;40000 Mont-de-Marsan;24000 Périgueux;47000 Agen"
                                + ";19100 Brive-la-Gaillarde;46000 Cahors;32000 Auch"));
        List<Town> all = new ArrayList<>();
        int longest = regions.stream().mapToInt(List::size).max().orElseThrow();
        for (int i = 0; i < longest; i++) {
            for (List<Town> region : regions) {
                if (i < region.size()) {
                    all.add(region.get(i));
                }
            }
        }
        return List.copyOf(all);
    }

    private static List<Town> villages() {
        Map<String, Town> departments = new TreeMap<>();
        FRENCH.forEach(town -> departments.putIfAbsent(town.postcode.substring(0, 2), town));
        List<Town> villages = new ArrayList<>();
        departments.forEach((department, town) -> ROUNDS.forEach(round -> {
            int number = villages.size();
            String name = "Saint-" + SAINTS.get(number % SAINTS.size()) + '-' + PLACES.get(number % PLACES.size());
            villages.add(new Town(department + round + '0', name, town.country, town.phone));
        }));
        villages.removeIf(village -> FRENCH.stream().anyMatch(town -> town.postcode.equals(village.postcode)));
        return List.copyOf(villages);
    }

    private static List<Town> of(String phone, String towns) {
        return Stream.of(towns.split(";", -1))
                .map(town -> new Town(town.substring(0, 5), town.substring(6), "France", phone))
                .toList();
    }

    private static List<Town> abroad(String country, String... towns) {
        return Stream.of(towns)
                .map(town -> {
                    int space = town.lastIndexOf(' ');
                    return new Town(town.substring(0, space), town.substring(space + 1), country, PARIS);
                })
                .toList();
    }
}
