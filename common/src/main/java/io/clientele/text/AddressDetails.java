package io.clientele.text;

import io.clientele.text.AddressWord.Gap;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The parts of an address that announce themselves: boxes, floors, flats, stairs and buildings. */
final class AddressDetails {

    private static final Set<String> BOXES = Set.of("BP", "CS", "TSA", "CIDEX", "B P", "BOITE POSTALE", "CASE POSTALE");

    private static final Set<String> FLATS = Set.of(
            "APPARTEMENT",
            "APPT",
            "APT",
            "APP",
            "APPART",
            "LOGEMENT",
            "LOGT",
            "CHAMBRE",
            "CHBRE",
            "CHBR",
            "STUDIO",
            "BAL",
            "PORTE",
            "BOITE");

    private static final Set<String> STAIRS = Set.of("ESCALIER", "ESC", "HALL", "ENTREE", "ENT", "ENTR", "CAGE");

    /** Buildings with a number or letter. */
    private static final Set<String> BLOCKS =
            Set.of("BATIMENT", "BAT", "BT", "BATI", "BLOC", "PAVILLON", "PAV", "IMMEUBLE", "IMM", "TOUR", "VILLA");

    /** Buildings with a name. */
    private static final Set<String> NAMED =
            Set.of("BATIMENT", "BAT", "IMMEUBLE", "IMM", "RESIDENCE", "RESID", "RES", "TOUR");

    private static final Set<String> FLOORS = Set.of("ETAGE", "ETG");

    private static final Set<String> ORDINALS = Set.of(
            "PREMIER",
            "DEUXIEME",
            "SECOND",
            "TROISIEME",
            "QUATRIEME",
            "CINQUIEME",
            "SIXIEME",
            "SEPTIEME",
            "HUITIEME",
            "NEUVIEME",
            "DIXIEME",
            "DERNIER");

    private final List<String> boxes = new ArrayList<>();
    private final List<String> flats = new ArrayList<>();
    private final List<String> floors = new ArrayList<>();
    private final List<String> stairs = new ArrayList<>();
    private final List<String> buildings = new ArrayList<>();

    String box() {
        return FrenchAddress.joined(boxes.toArray(String[]::new));
    }

    String flat() {
        return FrenchAddress.joined(flats.toArray(String[]::new));
    }

    String floor() {
        return FrenchAddress.joined(floors.toArray(String[]::new));
    }

    String stairs() {
        return FrenchAddress.joined(stairs.toArray(String[]::new));
    }

    String building() {
        return FrenchAddress.joined(buildings.toArray(String[]::new));
    }

    static boolean isBox(List<AddressWord> words, int i) {
        return BOXES.contains(words.get(i).key())
                || (i > 0 && BOXES.contains(AddressWord.key(words.subList(i - 1, i + 1))));
    }

    /** Takes the details out of some words and returns the others; where something was taken, a part ends. */
    List<AddressWord> take(List<AddressWord> words) {
        List<AddressWord> rest = new ArrayList<>();
        Gap gap = Gap.BLANK;
        int i = 0;
        while (i < words.size()) {
            boolean startsPart = words.get(i).startsPart() || gap != Gap.BLANK || rest.isEmpty();
            int end = taken(words, i, startsPart);
            Gap own = words.get(i).gap();
            gap = own.compareTo(gap) > 0 ? own : gap;
            if (end > i) {
                gap = gap == Gap.LINE ? gap : Gap.COMMA;
                i = end;
            } else {
                rest.add(words.get(i).after(gap));
                gap = Gap.BLANK;
                i++;
            }
        }
        return rest;
    }

    /** The end of the detail that begins at a word; the word itself if none does. */
    private int taken(List<AddressWord> words, int i, boolean startsPart) {
        int end = box(words, i);
        if (end > i) {
            return end;
        }
        end = floor(words, i);
        if (end > i) {
            return end;
        }
        String key = words.get(i).key();
        if (FLATS.contains(key) && (startsPart || !key.equals("PORTE"))) {
            end = signed(words, i, flats);
        } else if (STAIRS.contains(key)) {
            end = signed(words, i, stairs);
        } else if (BLOCKS.contains(key) && !(key.equals("VILLA") && startsPart)) {
            end = signed(words, i, buildings);
        }
        return end == i && startsPart && NAMED.contains(key) ? building(words, i) : end;
    }

    private int box(List<AddressWord> words, int i) {
        for (int count = Math.min(2, words.size() - i); count > 0; count--) {
            if (BOXES.contains(AddressWord.key(words.subList(i, i + count)))) {
                int end = i + count;
                while (end < words.size() && StreetStart.isNumberSign(words.get(end))) {
                    end++;
                }
                String digits = end < words.size() ? digits(words.get(end).key()) : "";
                if (!digits.isEmpty()) {
                    boxes.add(boxSign(AddressWord.key(words.subList(i, i + count))) + " " + digits);
                    return end + 1;
                }
            }
        }
        String key = words.get(i).key();
        for (String sign : List.of("BP", "CS", "TSA")) {
            if (key.startsWith(sign) && key.length() > sign.length()) {
                String digits = digits(key.substring(sign.length()).strip());
                if (!digits.isEmpty()) {
                    boxes.add(sign + " " + digits);
                    return i + 1;
                }
            }
        }
        return i;
    }

    private static String boxSign(String key) {
        return switch (key) {
            case "BOITE POSTALE", "B P" -> "BP";
            case "CASE POSTALE" -> "CS";
            default -> key;
        };
    }

    /** A number with or without the sign of one: {@code "N40123"}, {@code "57"}. */
    private static String digits(String key) {
        String bare = key.startsWith("NO") ? key.substring(2) : key.startsWith("N") ? key.substring(1) : key;
        boolean isNumber =
                !bare.isEmpty() && bare.length() <= 6 && bare.chars().allMatch(digit -> digit >= '0' && digit <= '9');
        return isNumber ? bare : "";
    }

    private int floor(List<AddressWord> words, int i) {
        String key = words.get(i).key();
        boolean hasNext = i + 1 < words.size() && !words.get(i + 1).startsPart();
        String next = hasNext ? words.get(i + 1).key() : "";
        if ((FLOORS.contains(next) && isOrdinal(key)) || (FLOORS.contains(key) && isShortSign(next))) {
            floors.add(AddressWord.text(words.subList(i, i + 2)));
            return i + 2;
        }
        for (int count = Math.min(3, words.size() - i); count > 0; count--) {
            String joined = AddressWord.key(words.subList(i, i + count));
            if (joined.equals("RDC") || joined.equals("REZ DE CHAUSSEE")) {
                floors.add(AddressWord.text(words.subList(i, i + count)));
                return i + count;
            }
        }
        return i;
    }

    private static boolean isOrdinal(String key) {
        if (ORDINALS.contains(key)) {
            return true;
        }
        int digits = 0;
        while (digits < key.length() && digits < 3 && Character.isDigit(key.charAt(digits))) {
            digits++;
        }
        return digits > 0
                && digits < 3
                && Set.of("", "E", "ER", "ERE", "EME", "IEME", "ND")
                        .contains(key.substring(digits).strip());
    }

    /** A number, a letter, or a letter with a number. */
    private static boolean isShortSign(String key) {
        boolean hasDigit = key.chars().anyMatch(Character::isDigit);
        return key.length() == 1 || (key.length() <= 5 && hasDigit);
    }

    /** "appt 12", "escalier n° B", "bâtiment A2". */
    private int signed(List<AddressWord> words, int i, List<String> into) {
        int value = i + 1;
        while (value < words.size()
                && StreetStart.isNumberSign(words.get(value))
                && !words.get(value).startsPart()) {
            value++;
        }
        if (value == words.size() && value > i + 1) {
            value--;
        }
        boolean isSigned = value < words.size()
                && !words.get(value).startsPart()
                && isShortSign(words.get(value).key())
                && !isHouseNumber(words, value);
        if (!isSigned) {
            return i;
        }
        String sign = words.get(value).text();
        into.add(words.get(i).text() + " " + sign);
        return value + 1;
    }

    /** Whether a number is rather that of the street that follows. */
    private static boolean isHouseNumber(List<AddressWord> words, int i) {
        int next = i + 1;
        return next < words.size()
                && !words.get(next).startsPart()
                && !isSign(words, next)
                && Character.isDigit(words.get(i).key().charAt(0))
                && StreetStart.typeLength(words, next) > 0;
    }

    /** A building with a name, if a street stands elsewhere: "Résidence Les Lilas, 12 rue Neuve". */
    private int building(List<AddressWord> words, int i) {
        int end = i + 1;
        boolean hasStreet = StreetStart.in(words.subList(0, i)).isPresent();
        while (end < words.size()
                && !words.get(end).startsPart()
                && !isNumberedStreet(words, end)
                && !isSign(words, end)) {
            end++;
        }
        boolean isNamed = end > i + 1;
        boolean isRestStreet = end < words.size()
                && StreetStart.in(words.subList(end, words.size())).isPresent();
        boolean isNeverStreet =
                !Set.of("RESIDENCE", "RES", "RESID").contains(words.get(i).key());
        if (!isNamed || (!hasStreet && !isRestStreet && !isNeverStreet)) {
            return i;
        }
        buildings.add(AddressWord.text(words.subList(i, end)));
        return end;
    }

    private static boolean isNumberedStreet(List<AddressWord> words, int i) {
        return HouseNumber.at(words, i)
                .filter(number -> StreetStart.typeLength(words, i + number.length()) > 0)
                .isPresent();
    }

    private static boolean isSign(List<AddressWord> words, int i) {
        String key = words.get(i).key();
        boolean isKnown = FLATS.contains(key) || STAIRS.contains(key) || BLOCKS.contains(key) || BOXES.contains(key);
        return isKnown && i + 1 < words.size() && isShortSign(words.get(i + 1).key());
    }
}
