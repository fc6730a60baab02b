package io.clientele.qualify.matching;

import io.clientele.text.PersonNames;
import io.clientele.text.Phonetics;
import io.clientele.text.Texts;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.commons.text.similarity.JaroWinklerSimilarity;
import org.apache.commons.text.similarity.LevenshteinDistance;

/**
 * What a column holds, and therefore how a value is prepared, how two of them compare, and what a block can be made of.
 * The levels of agreement are numbered from 1, the plain disagreement; 0 is the absence of a value, which is no evidence.
 */
public enum Kind {
    /** A first name: typos, sound, initials; it may stand in another column of names. */
    FIRST_NAME("different", "alike", "very alike", "sounds alike or abbreviated", "in another column", "equal"),
    /** A family name, which a household shares. */
    FAMILY_NAME("different", "alike", "very alike", "sounds alike or abbreviated", "in another column", "equal"),
    /** A whole name, in any order. */
    FULL_NAME("different", "some words alike", "all words alike", "same words", "equal"),
    /** A day, as eight digits. */
    DATE("different", "same year", "two slips", "one slip", "day and month swapped", "equal"),
    /** An e-mail address. */
    EMAIL("different", "alike before the @", "same before the @", "equal"),
    /** A phone number, of which the last nine digits count. */
    PHONE("different", "one slip", "equal"),
    /** A number or code that somebody gave out: a postcode, a card, a register's key. */
    CODE("different", "same start", "two slips", "one slip", "equal"),
    /** A street, a town, any words. */
    TEXT("different", "some words in common", "alike", "very alike", "in another column", "equal");

    private static final JaroWinklerSimilarity JARO_WINKLER = new JaroWinklerSimilarity();
    private static final LevenshteinDistance TWO_SLIPS = new LevenshteinDistance(2);
    /** How many sketches a value has. */
    static final int SKETCHES = 2;

    private static final int LONGEST = 200;
    private static final Pattern NOT_FIGURES = Pattern.compile("[^0-9]+");
    private static final int LONG_FIGURES = 5;

    private final List<String> levels;

    Kind(String... levels) {
        this.levels = List.of(levels);
    }

    /** The names of the levels from 1 on; the last is equality. */
    List<String> levels() {
        return levels;
    }

    int equality() {
        return levels.size();
    }

    private boolean isName() {
        return this == FIRST_NAME || this == FAMILY_NAME;
    }

    /** Whether a value of the one may stand in a column of the other. */
    boolean isSibling(Kind other) {
        return this == other || (isName() && other.isName());
    }

    /** Whether a person seldom has two. */
    boolean isLifelong() {
        return isName() || this == FULL_NAME || this == DATE;
    }

    /** From which level on members of a household agree in it no more often than strangers do. */
    int ownFrom() {
        return switch (this) {
            case FIRST_NAME, DATE -> 1;
            case FULL_NAME -> 3;
            default -> Integer.MAX_VALUE;
        };
    }

    /** Whether values are looked for in other columns of the kind; the level before equality says that they are there. */
    boolean movesBetweenColumns() {
        return isName() || this == TEXT;
    }

    /** The value as it is compared: folded, stripped of what does not count; null if nothing is left. */
    String prepared(String text) {
        String folded = Texts.fold(text == null || text.length() <= LONGEST ? text : text.substring(0, LONGEST));
        if (folded == null) {
            return null;
        }
        String prepared =
                switch (this) {
                    case FIRST_NAME, FAMILY_NAME, TEXT -> words(folded);
                    case FULL_NAME ->
                        Arrays.stream(words(folded).split(" ", -1)).sorted().collect(Collectors.joining(" "));
                    case DATE, PHONE -> folded.replaceAll("[^0-9]", "");
                    case EMAIL -> folded;
                    case CODE -> folded.replaceAll("[^A-Z0-9]", "");
                };
        if (this == PHONE && prepared.length() > 9) {
            prepared = prepared.substring(prepared.length() - 9);
        }
        return prepared.isEmpty() ? null : prepared;
    }

    private static String words(String folded) {
        return folded.replaceAll("[^\\p{L}\\p{Nd}]+", " ").strip();
    }

    /**
     * Coarser forms of a prepared value, of which one or the other survives a slip: the halves of blocking keys. There are
     * {@link #SKETCHES}; one that the value does not have is null.
     */
    String[] sketches(String prepared) {
        if (prepared == null) {
            return new String[SKETCHES];
        }
        return switch (this) {
            case FIRST_NAME, FAMILY_NAME -> new String[] {Phonetics.skeleton(prepared), start(prepared, 3)};
            case FULL_NAME -> {
                List<String> words = longestFirst(prepared);
                yield new String[] {
                    Phonetics.skeleton(words.get(0)), words.size() > 1 ? Phonetics.skeleton(words.get(1)) : null
                };
            }
            case DATE -> new String[] {start(prepared, 4), prepared.length() == 8 ? prepared.substring(4) : null};
            case EMAIL -> new String[] {local(prepared), start(local(prepared), 4)};
            case PHONE -> new String[] {end(prepared, 4), start(prepared, 5)};
            case CODE -> new String[] {start(prepared, 3), end(prepared, 3)};
            case TEXT ->
                new String[] {
                    Phonetics.skeleton(prepared),
                    Phonetics.skeleton(longestFirst(prepared).get(0))
                };
        };
    }

    private static List<String> longestFirst(String words) {
        return Arrays.stream(words.split(" ", -1))
                .sorted(Comparator.comparing(String::length).reversed().thenComparing(word -> word))
                .toList();
    }

    private static String start(String text, int length) {
        return text.length() > length ? text.substring(0, length) : text;
    }

    private static String end(String text, int length) {
        return text.length() > length ? text.substring(text.length() - length) : text;
    }

    /** The level of agreement of two records in one column. */
    int compare(Prepared one, Prepared other, int column, int[] siblings) {
        String left = one.value(column);
        String right = other.value(column);
        if (left == null || right == null) {
            return 0;
        }
        if (left.equals(right)) {
            return equality();
        }
        if (movesBetweenColumns() && isSwapped(one, other, column, siblings)) {
            return equality() - 1;
        }
        return switch (this) {
            case FIRST_NAME, FAMILY_NAME -> name(left, right, one.sketch(column), other.sketch(column));
            case FULL_NAME -> fullName(left, right);
            case DATE -> date(left, right);
            case EMAIL -> email(left, right);
            case PHONE -> slips(left, right) == 1 ? 2 : 1;
            case CODE -> code(left, right);
            case TEXT -> text(left, right);
        };
    }

    private static boolean isSwapped(Prepared one, Prepared other, int column, int[] siblings) {
        for (int sibling : siblings) {
            String there = other.value(sibling);
            String here = one.value(sibling);
            boolean oneWay = one.value(column).equals(there)
                    && (here == null || JARO_WINKLER.apply(here, other.value(column)) >= 0.9);
            boolean otherWay = other.value(column).equals(here)
                    && (there == null || JARO_WINKLER.apply(there, one.value(column)) >= 0.9);
            if (oneWay || otherWay) {
                return true;
            }
        }
        return false;
    }

    private static int name(String left, String right, String leftSound, String rightSound) {
        boolean isShort = left.length() <= 3 || right.length() <= 3;
        boolean isAbbreviated = isShort && (left.startsWith(right) || right.startsWith(left));
        boolean soundsAlike = left.length() > 2 && right.length() > 2 && leftSound.equals(rightSound);
        if (isAbbreviated || soundsAlike || PersonNames.areForms(left, right)) {
            return 4;
        }
        double likeness = JARO_WINKLER.apply(left, right);
        return likeness >= 0.9 ? 3 : likeness >= 0.8 ? 2 : 1;
    }

    private static int fullName(String left, String right) {
        String[] some = left.split(" ", -1);
        String[] others = right.split(" ", -1);
        if (some.length > others.length) {
            return fullName(right, left);
        }
        boolean[] isTaken = new boolean[others.length];
        int equal = 0;
        int alike = 0;
        for (String word : some) {
            double best = 0;
            int at = -1;
            for (int i = 0; i < others.length; i++) {
                double likeness = isTaken[i] ? 0 : likeness(word, others[i]);
                if (likeness > best) {
                    best = likeness;
                    at = i;
                }
            }
            if (best >= 0.88) {
                isTaken[at] = true;
                alike++;
                equal += best == 1 ? 1 : 0;
            }
        }
        if (equal == some.length && some.length > 1) {
            return 4;
        }
        return alike == some.length && some.length > 1 ? 3 : alike > 0 ? 2 : 1;
    }

    private static double likeness(String word, String other) {
        boolean isInitial = word.length() == 1 || other.length() == 1;
        return isInitial && word.charAt(0) == other.charAt(0) ? 0.95 : JARO_WINKLER.apply(word, other);
    }

    private static int date(String left, String right) {
        if (left.length() == 8 && right.length() == 8) {
            String turned = right.substring(0, 4) + right.substring(6) + right.substring(4, 6);
            if (left.equals(turned)) {
                return 5;
            }
        }
        int slips = slips(left, right);
        if (slips == 1 || isTransposed(left, right)) {
            return 4;
        }
        if (slips == 2) {
            return 3;
        }
        return left.regionMatches(0, right, 0, 4) ? 2 : 1;
    }

    private static int email(String left, String right) {
        String one = local(left);
        String other = local(right);
        if (one.equals(other)) {
            return 3;
        }
        boolean isAlike = slips(one, other) >= 0 || JARO_WINKLER.apply(one, other) >= 0.92;
        return isAlike && haveLikeFigures(one, other) ? 2 : 1;
    }

    /** Figures are what tells namesakes apart ({@code jean.martin75}, {@code jean.martin1981}); only long ones may have slips. */
    private static boolean haveLikeFigures(String one, String other) {
        String some = NOT_FIGURES.matcher(one).replaceAll("");
        String others = NOT_FIGURES.matcher(other).replaceAll("");
        boolean areLong = some.length() >= LONG_FIGURES && others.length() >= LONG_FIGURES;
        return some.equals(others) || (areLong && slips(some, others) >= 0);
    }

    private static String local(String email) {
        int at = email.indexOf('@');
        return at > 0 ? email.substring(0, at) : email;
    }

    private static int code(String left, String right) {
        int slips = slips(left, right);
        if (slips == 1 || isTransposed(left, right)) {
            return 4;
        }
        return slips == 2 ? 3 : left.length() > 2 && left.regionMatches(0, right, 0, 2) ? 2 : 1;
    }

    private static int text(String left, String right) {
        double likeness = JARO_WINKLER.apply(left, right);
        if (likeness >= 0.95 || left.replace(" ", "").equals(right.replace(" ", ""))) {
            return 4;
        }
        if (likeness >= 0.88) {
            return 3;
        }
        return hasWordInCommon(left, right) ? 2 : 1;
    }

    private static boolean hasWordInCommon(String left, String right) {
        if (left.indexOf(' ') < 0 && right.indexOf(' ') < 0) {
            return false;
        }
        List<String> words = Arrays.asList(left.split(" ", -1));
        return Arrays.stream(right.split(" ", -1)).anyMatch(word -> word.length() > 3 && words.contains(word));
    }

    /** Insertions, deletions and replacements that make one of the other; -1 if more than two. */
    private static int slips(String left, String right) {
        return Math.abs(left.length() - right.length()) > 2 ? -1 : TWO_SLIPS.apply(left, right);
    }

    private static boolean isTransposed(String left, String right) {
        if (left.length() != right.length()) {
            return false;
        }
        int i = 0;
        while (i < left.length() && left.charAt(i) == right.charAt(i)) {
            i++;
        }
        return i + 1 < left.length()
                && left.charAt(i) == right.charAt(i + 1)
                && left.charAt(i + 1) == right.charAt(i)
                && left.substring(i + 2).equals(right.substring(i + 2));
    }
}
