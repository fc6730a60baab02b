package io.clientele.text;

import io.clientele.text.StreetWords.StreetType;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where the street begins among the words of an address.
 *
 * @param from first word of the street, that of its number if it has one
 * @param number null if there is none
 * @param type null if no known kind of street follows
 * @param typeFrom where the kind of street, or the name, begins
 * @param typeLength how many words the kind of street takes
 */
record StreetStart(int from, HouseNumber number, StreetType type, int typeFrom, int typeLength) {

    /** Kinds of street that no other word is mistaken for, so that they begin a street anywhere. */
    private static final Set<String> SURE = Set.of(
            "RUE",
            "AVENUE",
            "BOULEVARD",
            "PLACE",
            "CHEMIN",
            "ROUTE",
            "ALLEE",
            "IMPASSE",
            "SQUARE",
            "QUAI",
            "PASSAGE",
            "BD",
            "AV",
            "AVE",
            "BLD",
            "BLVD",
            "RTE",
            "IMP");

    /** Words after which a kind of street is part of a name, as in "le bout de la rue du lac". */
    private static final Set<String> GOVERNING = Set.of(
            "LE",
            "LA",
            "LES",
            "L",
            "DE",
            "DU",
            "DES",
            "D",
            "AU",
            "AUX",
            "A",
            "SOUS",
            "SUR",
            "EN",
            "ET",
            "DANS",
            "ENTRE",
            "PRES",
            "DEVANT",
            "DERRIERE",
            "VERS",
            "CETTE",
            "GRAND",
            "GRANDE",
            "PETIT",
            "PETITE",
            "VIEILLE",
            "VIEUX",
            "HAUTE",
            "BASSE",
            "ANCIENNE",
            "ANCIEN",
            "NOUVELLE");

    private static final int SURE_WITH_NUMBER = 4;
    private static final int AT_START = 3;
    private static final int INSIDE = 2;
    private static final int NUMBER_ONLY = 1;

    static Optional<StreetStart> in(List<AddressWord> words) {
        StreetStart best = null;
        int bestRank = 0;
        for (int i = 0; i < words.size() && bestRank < SURE_WITH_NUMBER; i++) {
            boolean startsPart = i == 0 || words.get(i).startsPart() || isNumberSign(words.get(i - 1));
            StreetStart start = at(words, i);
            int rank = 0;
            if (start.number() != null) {
                boolean hasName = start.typeFrom() < words.size();
                boolean isType = start.type() != null
                        && !isGoverned(words, i)
                        && (startsPart || !StreetWords.isMonth(words.get(i - 1).key()))
                        && (startsPart || words.get(start.typeFrom()).key().length() > 1);
                rank = isType ? SURE_WITH_NUMBER : startsPart && (hasName || i == 0) ? NUMBER_ONLY : 0;
            } else if (start.type() != null) {
                boolean isLetter = words.get(i).key().length() == 1;
                boolean isSure = SURE.contains(words.get(i).key()) && !isGoverned(words, i);
                rank = startsPart && !isLetter ? AT_START : isSure ? INSIDE : 0;
            }
            if (rank > bestRank) {
                best = start;
                bestRank = rank;
            }
        }
        return Optional.ofNullable(best);
    }

    private static StreetStart at(List<AddressWord> words, int i) {
        Optional<HouseNumber> number = HouseNumber.at(words, i);
        int from = i + number.map(HouseNumber::length).orElse(0);
        int length = typeLength(words, from);
        StreetType type = length == 0
                ? null
                : StreetWords.type(AddressWord.key(words.subList(from, from + length)))
                        .orElse(null);
        return new StreetStart(i, number.orElse(null), type, from, length);
    }

    /** How many words the kind of street takes that begins at a word; 0 if none does. */
    static int typeLength(List<AddressWord> words, int from) {
        int most = Math.min(words.size() - from, StreetWords.LONGEST_TYPE);
        for (int count = most; count > 0; count--) {
            boolean isWhole = words.subList(from + 1, from + count).stream().noneMatch(AddressWord::startsPart);
            if (isWhole
                    && StreetWords.type(AddressWord.key(words.subList(from, from + count)))
                            .isPresent()) {
                return count;
            }
        }
        return 0;
    }

    private static boolean isGoverned(List<AddressWord> words, int i) {
        return i > 0
                && !words.get(i).startsPart()
                && GOVERNING.contains(words.get(i - 1).key());
    }

    static boolean isNumberSign(AddressWord word) {
        return word.key().equals("N") || word.key().equals("NO") || word.key().equals("NUMERO");
    }
}
