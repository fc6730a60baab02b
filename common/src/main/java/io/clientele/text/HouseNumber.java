package io.clientele.text;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The number of a house.
 *
 * @param number the number without zeros before it, or a range, {@code "2-4"}
 * @param suffix what tells houses of one number apart; null if there is nothing
 * @param length how many words it takes
 */
record HouseNumber(String number, String suffix, int length) {

    private static final Set<String> ORDINALS = Set.of("BIS", "TER", "QUATER", "QUINQUIES", "SEXIES");

    /** Letters that are more often a word than a suffix, unless a kind of street follows them. */
    private static final Set<String> WORDS = Set.of("R", "D", "L", "M", "O");

    private static final Set<String> ARTICLES = Set.of("LE", "LA", "LES", "L");

    private static final int MOST_DIGITS = 4;

    /** Reads the number that begins at a word, if one does. */
    static Optional<HouseNumber> at(List<AddressWord> words, int i) {
        String key = words.get(i).key();
        int digits = digits(key, 0);
        boolean isLong =
                digits == MOST_DIGITS + 1 && i == 0 && key.length() == digits && StreetStart.typeLength(words, 1) > 0;
        if (digits == 0 || (digits > MOST_DIGITS && !isLong)) {
            return Optional.empty();
        }
        String number = withoutZeros(key.substring(0, digits));
        int second = key.length() > digits && key.charAt(digits) == ' ' ? digits(key, digits + 1) : 0;
        if (second > 0 && digits + 1 + second == key.length() && second <= MOST_DIGITS) {
            return Optional.of(withSuffix(words, i, number + "-" + withoutZeros(key.substring(digits + 1)), 1));
        }
        if (key.length() == digits) {
            Optional<HouseNumber> range = range(words, i, number);
            return Optional.of(range.orElseGet(() -> withSuffix(words, i, number, 1)));
        }
        String rest = key.substring(digits).strip();
        boolean isSuffix = ORDINALS.contains(rest) || (rest.length() == 1 && Character.isLetter(rest.charAt(0)));
        return isSuffix ? Optional.of(new HouseNumber(number, rest, 1)) : Optional.empty();
    }

    /** "12 et 14", "12 à 14", "12 - 14". */
    private static Optional<HouseNumber> range(List<AddressWord> words, int i, String number) {
        boolean isJoined = i + 2 < words.size()
                && (words.get(i + 1).key().equals("ET")
                        || words.get(i + 1).key().equals("A"))
                && isShortNumber(words.get(i + 2).key());
        if (!isJoined) {
            return Optional.empty();
        }
        return Optional.of(withSuffix(
                words, i, number + "-" + withoutZeros(words.get(i + 2).key()), 3));
    }

    private static boolean isShortNumber(String key) {
        return !key.isEmpty() && key.length() <= MOST_DIGITS && digits(key, 0) == key.length();
    }

    private static HouseNumber withSuffix(List<AddressWord> words, int i, String number, int length) {
        int next = i + length;
        if (next >= words.size() || words.get(next).startsPart()) {
            return new HouseNumber(number, null, length);
        }
        String key = words.get(next).key();
        boolean isLetter = key.length() == 1 && key.charAt(0) >= 'A' && key.charAt(0) <= 'Z';
        boolean isBeforeType = StreetStart.typeLength(words, next + 1) > 0;
        boolean isBeforeArticle =
                next + 1 < words.size() && ARTICLES.contains(words.get(next + 1).key());
        boolean isLast = next + 1 == words.size();
        if (ORDINALS.contains(key)
                || (isLetter && (isBeforeType || (!WORDS.contains(key) && (isBeforeArticle || isLast))))) {
            return new HouseNumber(number, words.get(next).text(), length + 1);
        }
        return new HouseNumber(number, null, length);
    }

    /** The one letter by which the norm writes a suffix: B for bis, T for ter, Q for quater, C for quinquies. */
    static String letter(String suffix) {
        String key = StreetWords.key(suffix);
        return switch (key) {
            case "QUINQUIES" -> "C";
            case "BIS", "TER", "QUATER", "SEXIES" -> key.substring(0, 1);
            default -> key.toUpperCase(Locale.ROOT);
        };
    }

    /** The first number of a range: a letter goes to one door. */
    static String first(String number) {
        int dash = number.indexOf('-');
        return dash < 0 ? number : number.substring(0, dash);
    }

    private static int digits(String key, int from) {
        int end = from;
        while (end < key.length() && key.charAt(end) >= '0' && key.charAt(end) <= '9') {
            end++;
        }
        return end - from;
    }

    private static String withoutZeros(String digits) {
        int start = 0;
        while (start < digits.length() - 1 && digits.charAt(start) == '0') {
            start++;
        }
        return digits.substring(start);
    }
}
