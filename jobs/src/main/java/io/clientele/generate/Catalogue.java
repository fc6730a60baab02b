package io.clientele.generate;

import io.clientele.generate.Draws.Purpose;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What is sold: some products much, most of them seldom, as one over their rank. */
final class Catalogue {

    /** @param cents list price, all taxes included, in cents of a euro */
    record Product(String ref, String label, String group, String brand, int cents) {}

    private record Group(String name, List<String> things, int cheapest, int dearest) {}

    private static final int PER_GROUP = 40;
    private static final List<Group> GROUPS = List.of(
            group("Thé et café", 300, 2_500, "Café moulu", "Café en grains", "Thé vert", "Thé noir", "Infusion"),
            group("Machines à café", 4_900, 60_000, "Machine à café", "Moulin à café", "Cafetière à piston"),
            group("Cuisine", 800, 15_000, "Poêle", "Casserole", "Couteau", "Planche à découper", "Cocotte"),
            group("Table", 400, 6_000, "Assiette", "Verre", "Carafe", "Bol", "Nappe"),
            group("Maison", 900, 12_000, "Bougie", "Coussin", "Plaid", "Miroir", "Horloge"),
            group("Salle de bain", 600, 5_000, "Serviette", "Tapis de bain", "Porte-savon", "Peignoir"),
            group("Chambre", 1_500, 16_000, "Housse de couette", "Oreiller", "Drap", "Lampe de chevet"),
            group("Jardin", 700, 30_000, "Arrosoir", "Pot en terre", "Sécateur", "Chaise pliante"),
            group("Papeterie", 200, 3_500, "Carnet", "Stylo", "Agenda", "Papier cadeau"),
            group("Épicerie fine", 350, 4_000, "Confiture", "Miel", "Huile d'olive", "Chocolat", "Biscuits"));
    private static final List<String> STYLES =
            split("classique,bleu,rouge,en lin,en bois,« Été »,nature,doré,rayé,bio,de luxe,petit modèle,grand modèle");
    private static final List<String> BRANDS =
            split("Maison Belval,Atelier Montier,Rivaud,Clairelle,Tréville & Fils,Norance,La Sauvière,Ondine");

    private final List<Product> products = new ArrayList<>();
    private final double[] cumulated;

    Catalogue(long seed) {
        Draws draws = new Draws(seed, Purpose.CATALOGUE, 0);
        for (int i = 0; i < PER_GROUP; i++) {
            for (int g = 0; g < GROUPS.size(); g++) {
                products.add(product(draws, GROUPS.get(g), (g + 1) * 1_000 + i));
            }
        }
        cumulated = new double[PER_GROUP];
        double total = 0;
        for (int i = 0; i < PER_GROUP; i++) {
            total += 1.0 / (i + 2);
            cumulated[i] = total;
        }
    }

    int groups() {
        return GROUPS.size();
    }

    List<Product> products() {
        return products;
    }

    /** A product of a group, the popular ones more often. */
    Product pick(Draws draws, int group) {
        double at = draws.unit() * cumulated[PER_GROUP - 1];
        int place = Arrays.binarySearch(cumulated, at);
        int rank = Math.min(PER_GROUP - 1, place >= 0 ? place : -place - 1);
        return products.get(rank * GROUPS.size() + group);
    }

    /** Prices are spread evenly on the scale of ratios, and end in 90 or 50. */
    private static Product product(Draws draws, Group group, int number) {
        double ratio = StrictMath.pow((double) group.dearest() / group.cheapest(), draws.unit());
        int cents = (int) (group.cheapest() * ratio) / 100 * 100 + (draws.chance(0.6) ? 90 : 50);
        String label = draws.pick(group.things()) + ' ' + draws.pick(STYLES) + (draws.chance(0.3) ? " x2" : "");
        return new Product("A" + number, label, group.name(), draws.pickEarly(BRANDS), cents);
    }

    private static Group group(String name, int cheapest, int dearest, String... things) {
        return new Group(name, List.of(things), cheapest, dearest);
    }

    private static List<String> split(String words) {
        return List.of(words.split(",", -1));
    }

    /** Cents as a number with two decimals. */
    static String price(long cents, char decimal) {
        StringBuilder text = new StringBuilder(10).append(cents / 100).append(decimal);
        return text.append((char) ('0' + cents / 10 % 10))
                .append((char) ('0' + cents % 10))
                .toString();
    }
}
