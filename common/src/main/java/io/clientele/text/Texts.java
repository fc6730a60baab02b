package io.clientele.text;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** Text as people type it, made regular. */
public final class Texts {

    /** White space, no-break spaces included, and the invisible characters that copy and paste leave behind. */
    private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Z}\\u200B\\u200C\\u200D\\u2060\\uFEFF]+");

    private static final Pattern MARKS = Pattern.compile("\\p{M}+");

    /** No language stacks more than 30 marks on a letter (UAX 15), and putting many in order takes the square of their number. */
    private static final Pattern SURPLUS_MARKS = Pattern.compile("(?<=\\p{M}{30})\\p{M}++");

    private Texts() {}

    /** Composed (NFC), trimmed, every run of blanks one space; null if nothing is left. */
    public static String clean(String text) {
        if (text == null) {
            return null;
        }
        if (isCleanAscii(text)) {
            return text;
        }
        String spaced = BLANKS.matcher(composed(text)).replaceAll(" ").strip();
        return spaced.isEmpty() ? null : spaced;
    }

    /** Clean, in capitals, without accents, apostrophes straight, for comparison: {@code "Élodie  Lefèvre"} gives {@code "ELODIE LEFEVRE"}. */
    public static String fold(String text) {
        String clean = clean(text);
        if (clean == null) {
            return null;
        }
        if (isAscii(clean)) {
            return clean.toUpperCase(Locale.ROOT);
        }
        String bare =
                MARKS.matcher(Normalizer.normalize(clean, Normalizer.Form.NFD)).replaceAll("");
        return clean(bare.replace("œ", "oe")
                .replace("Œ", "OE")
                .replace("æ", "ae")
                .replace("Æ", "AE")
                .replace('\u2019', '\'')
                .toUpperCase(Locale.ROOT));
    }

    /**
     * A name as it is displayed. One written all in capitals or all in small letters is capitalised word by word
     * ({@code "JEAN-MARC"} gives {@code "Jean-Marc"}); mixed case is somebody's choice and stays.
     */
    public static String capitalise(String name) {
        String clean = clean(name);
        if (clean == null) {
            return null;
        }
        boolean chosen = !clean.equals(clean.toUpperCase(Locale.ROOT)) && !clean.equals(clean.toLowerCase(Locale.ROOT));
        if (chosen) {
            return clean;
        }
        StringBuilder result = new StringBuilder(clean.length());
        boolean isStart = true;
        for (int i = 0; i < clean.length(); ) {
            int letter = clean.codePointAt(i);
            result.appendCodePoint(isStart ? Character.toTitleCase(letter) : Character.toLowerCase(letter));
            isStart = !Character.isLetterOrDigit(letter) && Character.getType(letter) != Character.NON_SPACING_MARK;
            i += Character.charCount(letter);
        }
        return composed(result.toString());
    }

    /** Most text, by far: it is clean already. */
    private static boolean isCleanAscii(String text) {
        char before = ' ';
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > 0x7e || (c == ' ' && before == ' ')) {
                return false;
            }
            before = c;
        }
        return before != ' ';
    }

    /** Most text: there is nothing to compose or to strip in it. */
    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0x7f) {
                return false;
            }
        }
        return true;
    }

    private static String composed(String text) {
        if (isAscii(text)) {
            return text;
        }
        String bounded = SURPLUS_MARKS.matcher(text).replaceAll("");
        return SURPLUS_MARKS
                .matcher(Normalizer.normalize(bounded, Normalizer.Form.NFC))
                .replaceAll("");
    }
}
