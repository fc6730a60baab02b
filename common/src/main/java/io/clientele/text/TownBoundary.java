package io.clientele.text;

import java.util.List;
import java.util.Set;

/**
 * Where, after the name of a street, the name of a town probably begins when nothing separates them: a street's name is
 * one noun or one person with what belongs to it.
 */
final class TownBoundary {

    private static final Set<String> ARTICLES = Set.of("LE", "LA", "LES", "L");

    private static final Set<String> LINKS = Set.of(
            "DE",
            "DU",
            "DES",
            "D",
            "AU",
            "AUX",
            "ET",
            "SUR",
            "SOUS",
            "EN",
            "ES",
            "DIT",
            "DITE",
            "DEVANT",
            "DERRIERE",
            "ENTRE",
            "VERS",
            "SANS",
            "SAINT",
            "SAINTE",
            "ST",
            "STE");

    /** Words that call for another. */
    private static final Set<String> OPENING = Set.of(
            "LIEU DIT",
            "PETIT",
            "PETITE",
            "PETITS",
            "PETITES",
            "GRAND",
            "GRANDE",
            "GRANDS",
            "GRANDES",
            "GD",
            "GDE",
            "PT",
            "PTE",
            "VIEUX",
            "VIEILLE",
            "VIEIL",
            "BEAU",
            "BEAUX",
            "BELLE",
            "BELLES",
            "BON",
            "BONNE",
            "GROS",
            "GROSSE",
            "ANCIEN",
            "ANCIENNE",
            "ANCIENS",
            "ANCIENNES",
            "ANC",
            "NOUVEAU",
            "NOUVELLE",
            "DEUX",
            "TROIS",
            "QUATRE",
            "CINQ",
            "SIX",
            "SEPT",
            "HUIT",
            "NEUF",
            "DIX",
            "CENT",
            "MILLE",
            "PREMIER",
            "PREMIERE",
            "LONG",
            "LONGUE",
            "FRERES",
            "SOEURS",
            "QUATORZE",
            "ONZE",
            "MON",
            "NOS",
            "NOTRE",
            "JOLI",
            "JOLIE",
            "PLEIN",
            "BEL",
            "DEMI",
            "VINGT",
            "LONGUES",
            "LONGS",
            "BASSE",
            "HAUTE",
            "HAUTES",
            "HAUTS");

    /** Words that belong to the noun before them. */
    private static final Set<String> CLOSING = Set.of(
            "NEUF",
            "NEUVE",
            "NEUFS",
            "NEUVES",
            "VERT",
            "VERTE",
            "VERTS",
            "VERTES",
            "BLANC",
            "BLANCHE",
            "BLANCS",
            "BLANCHES",
            "ROUGE",
            "ROUGES",
            "NOIR",
            "NOIRE",
            "NOIRS",
            "NOIRES",
            "BLEU",
            "BLEUE",
            "BLEUS",
            "BLEUES",
            "JAUNE",
            "DORE",
            "DOREE",
            "BAS",
            "BASSE",
            "BASSES",
            "HAUT",
            "HAUTE",
            "HAUTS",
            "HAUTES",
            "ROND",
            "RONDE",
            "ROMAIN",
            "ROMAINE",
            "ROMAINS",
            "ROYAL",
            "ROYALE",
            "NATIONALE",
            "NATIONAL",
            "MUNICIPAL",
            "COMMUNAL",
            "COMMUNALE",
            "RURAL",
            "DEPARTEMENTALE",
            "DEPARTEMENTAL",
            "MARITIME",
            "FLEURI",
            "FLEURIE",
            "FLEURIS",
            "FLEURIES",
            "INFERIEURE",
            "SUPERIEURE",
            "PROLONGEE",
            "NORD",
            "SUD",
            "EST",
            "OUEST",
            "FRANCAISE",
            "FRANCAIS",
            "COMBATTANTS",
            "PERDU",
            "PERDUE",
            "CREUSE",
            "CREUX",
            "PROFONDE",
            "SEC",
            "SECHE",
            "PLATE",
            "CARREE",
            "LONGUE",
            "LONG",
            "VIEUX",
            "MORTE",
            "SAINT",
            "SAINTE",
            "BOURGEOISE",
            "SCOLAIRE",
            "TECHNIQUE",
            "MILITAIRE",
            "FORESTIERE",
            "FORESTIER",
            "GRIS",
            "GRISE",
            "CLAIR",
            "CLAIRE",
            "VIVE",
            "FROIDE",
            "CHAUDE",
            "BRULE",
            "BRULEE",
            "PENDU",
            "COUVERT",
            "COUVERTE",
            "ARTISANALE",
            "INDUSTRIELLE",
            "LIBRE",
            "UNIVERSELLE",
            "PUBLIQUE",
            "CENTRALE",
            "II",
            "III",
            "IV",
            "XIV",
            "XV");

    /** What goes with its noun by "à", as in "moulin à vent"; any other word after "à" is a town. */
    private static final Set<String> MATERIALS = Set.of(
            "CHAUX", "VENT", "EAU", "L EAU", "PAIN", "HUILE", "TAN", "POUDRE", "FOIN", "PLATRE", "BRIQUES", "TUILES",
            "PAPIER");

    /** Kinds of street that need no name. */
    private static final Set<String> ALONE = Set.of(
            "GRAND RUE", "GRANDE RUE", "GRAND PLACE", "GRANDE PLACE", "BASSE RUE", "HAUTE RUE", "ROUTE NATIONALE");

    private static final Set<String> DOUBLED = Set.of("JEAN", "MARIE", "ANNE");

    private static final Set<String> SAINTS = Set.of("SAINT", "SAINTE", "ST", "STE");

    private TownBoundary() {}

    /**
     * The first word of the town among the words of a street's name; their number if the name takes them all.
     *
     * @param type kind of the street
     */
    static int find(String type, List<AddressWord> name) {
        int size = name.size();
        int known = knownTown(name);
        if (known < size) {
            return known;
        }
        int marked = markedTown(name);
        if (marked < size) {
            return marked;
        }
        if (ALONE.contains(type)
                && !isLinking(name.get(0))
                && !SAINTS.contains(first(name.get(0).key()))) {
            return 0;
        }
        int end = noun(name, skipLinks(name, 0));
        while (end < size && belongs(name, end)) {
            end = extension(name, end);
        }
        return end;
    }

    /** A town that heads a department, at the end. */
    private static int knownTown(List<AddressWord> name) {
        for (int start = Math.max(1, name.size() - 3); start < name.size(); start++) {
            AddressWord before = name.get(start - 1);
            boolean isWhole = !isLinking(before) || before.text().equals("à");
            String key = AddressWord.key(name.subList(start, name.size()));
            if (isWhole && StreetWords.departmentOf(key).isPresent()) {
                return start;
            }
        }
        return name.size();
    }

    /** "… à Marly". */
    private static int markedTown(List<AddressWord> name) {
        int before = name.size() - 2;
        boolean isMarked = before > 0
                && name.get(before).text().equals("à")
                && !MATERIALS.contains(name.get(before + 1).key());
        return isMarked ? before + 1 : name.size();
    }

    private static int skipLinks(List<AddressWord> name, int from) {
        int i = from;
        while (i < name.size() && isLinking(name.get(i))) {
            i++;
        }
        return i;
    }

    /** The end of the noun or person that begins at a word. */
    private static int noun(List<AddressWord> name, int from) {
        int size = name.size();
        int i = from;
        while (i < size && isOpening(name, i)) {
            boolean isTitle =
                    StreetWords.isTitle(bare(name, i)) || name.get(i).key().equals("LIEU DIT");
            i++;
            boolean isArticle = i < size && ARTICLES.contains(name.get(i).key());
            if ((isArticle && !isTitle) || (i < size && isLinking(name.get(i)) && !isTitle)) {
                return i;
            }
            i = skipLinks(name, i);
        }
        if (i >= size || (i > 0 && SAINTS.contains(name.get(i - 1).key()))) {
            return Math.min(size, i + 1);
        }
        if (name.get(i).isNumber()) {
            return date(name, i);
        }
        int person = i;
        while (person < size && isForename(name, person) && (person == i || isDoubled(name, person - 1))) {
            person++;
        }
        if (person == i) {
            return i + 1;
        }
        if (person + 1 < size && name.get(person).key().equals("ET")) {
            return noun(name, person + 1);
        }
        if (person < size && ARTICLES.contains(name.get(person).key())) {
            return Math.min(size, person + 2);
        }
        return Math.min(size, skipLinks(name, person) + 1);
    }

    /** "Jean Marie", "J B": the next first name is not yet the surname. */
    private static boolean isDoubled(List<AddressWord> name, int i) {
        return name.get(i).key().length() == 1 || DOUBLED.contains(name.get(i).key());
    }

    private static boolean isForename(List<AddressWord> name, int i) {
        String key = bare(name, i);
        boolean isInitial = key.length() == 1 && !isLinking(name.get(i)) && !Character.isDigit(key.charAt(0));
        return isInitial || StreetWords.isFirstName(key);
    }

    private static int date(List<AddressWord> name, int number) {
        int i = number + 1;
        if (i < name.size() && StreetWords.isMonth(name.get(i).key())) {
            i++;
            boolean hasYear = i < name.size() && name.get(i).isNumber();
            return hasYear ? i + 1 : i;
        }
        return Math.min(name.size(), i + 1);
    }

    /** Whether a word goes on with the name. */
    private static boolean belongs(List<AddressWord> name, int i) {
        String key = name.get(i).key();
        boolean isLink = LINKS.contains(first(key)) && !SAINTS.contains(first(key));
        return CLOSING.contains(key) || isLink || first(key).equals("A") || Character.isDigit(key.charAt(0));
    }

    private static int extension(List<AddressWord> name, int i) {
        String key = name.get(i).key();
        if (CLOSING.contains(key) || Character.isDigit(key.charAt(0)) || key.startsWith("D ")) {
            return i + 1;
        }
        return Math.min(name.size(), noun(name, skipLinks(name, i + 1)));
    }

    /** A title, an adjective or an ordinal; "rue Pasteur" is the man, "rue du pasteur Roux" has a title. */
    private static boolean isOpening(List<AddressWord> name, int i) {
        String key = bare(name, i);
        boolean isTitle = StreetWords.isTitle(key) && (i > 0 || !key.equals("PASTEUR"));
        boolean isOrdinal = Character.isDigit(key.charAt(0)) && !name.get(i).isNumber();
        return isTitle || isOrdinal || OPENING.contains(key);
    }

    /** Without the elided article. */
    private static String bare(List<AddressWord> name, int i) {
        String key = name.get(i).key();
        return key.startsWith("L ") || key.startsWith("D ") ? key.substring(2) : key;
    }

    private static String first(String key) {
        int space = key.indexOf(' ');
        return space < 0 ? key : key.substring(0, space);
    }

    private static boolean isLinking(AddressWord word) {
        String key = word.key();
        return LINKS.contains(key) || ARTICLES.contains(key) || key.equals("A") || key.equals("D EN");
    }
}
