package io.clientele.text;

import java.util.ArrayList;
import java.util.List;

/**
 * One word of an address.
 *
 * @param text as it is written
 * @param key for comparison; of several words for {@code "l'Église"} and {@code "rond-point"}
 * @param gap what stands before it
 */
record AddressWord(String text, String key, Gap gap) {

    /** What separates two words, from weak to strong. */
    enum Gap {
        BLANK,
        COMMA,
        LINE
    }

    boolean startsPart() {
        return gap != Gap.BLANK;
    }

    boolean isNumber() {
        return key.chars().allMatch(letter -> letter >= '0' && letter <= '9');
    }

    AddressWord after(Gap other) {
        return new AddressWord(text, key, other);
    }

    /** The words of some lines; punctuation between words is their gap. */
    static List<AddressWord> of(List<String> lines) {
        List<AddressWord> words = new ArrayList<>();
        for (String line : lines) {
            Gap gap = Gap.LINE;
            int start = 0;
            for (int i = 0; i <= line.length(); i++) {
                char letter = i < line.length() ? line.charAt(i) : ' ';
                boolean isBreak = ",;|()[]{}\"«»".indexOf(letter) >= 0;
                if (isBreak || letter == ' ' || letter == '°' || letter == 'º') {
                    gap = add(words, line.substring(start, i), gap);
                    gap = isBreak && gap == Gap.BLANK ? Gap.COMMA : gap;
                    start = i + 1;
                }
            }
        }
        return words;
    }

    /** Adds what a word is made of; returns the gap that comes next. */
    private static Gap add(List<AddressWord> words, String typed, Gap gap) {
        if (typed.isEmpty()) {
            return gap;
        }
        String text = writtenOut(typed);
        if (text.equals("&")) {
            words.add(new AddressWord("&", "ET", gap));
            return Gap.BLANK;
        }
        String key = key(text);
        if (key.isEmpty()) {
            return gap == Gap.BLANK ? Gap.COMMA : gap;
        }
        int digits = postcodeStart(text);
        if (digits > 0) {
            Gap next = add(words, text.substring(0, digits), gap);
            words.add(new AddressWord(text.substring(digits), text.substring(digits), next));
        } else if (text.length() > 2 && text.regionMatches(true, 0, "s/", 0, 2)) {
            words.add(new AddressWord("sur", "SUR", gap));
            return add(words, text.substring(2), Gap.BLANK);
        } else {
            words.add(new AddressWord(stripped(text), key, gap));
        }
        return Gap.BLANK;
    }

    private static String key(String text) {
        boolean isAcronym = text.length() > 2 && text.length() < 12;
        for (int i = 1; i < text.length() && isAcronym; i += 2) {
            isAcronym = text.charAt(i) == '.';
        }
        return StreetWords.key(isAcronym ? text.replace(".", "") : text);
    }

    /** The norm's short forms of "sur" and "sous" in the names of towns. */
    private static String writtenOut(String text) {
        if (text.indexOf('/') < 0) {
            return text;
        }
        if (text.equalsIgnoreCase("s/s")) {
            return "sous";
        }
        if (text.equalsIgnoreCase("s/")) {
            return "sur";
        }
        return text.replace("-s/s-", "-sous-")
                .replace("-S/S-", "-SOUS-")
                .replace("-s/-", "-sur-")
                .replace("-S/-", "-SUR-");
    }

    /** Where a postcode begins that is stuck to the word before it; 0 if there is none. */
    private static int postcodeStart(String text) {
        int start = text.length() - 5;
        if (start < 1 || !Postcodes.isFiveDigits(text.substring(start))) {
            return 0;
        }
        boolean isCountry = text.substring(0, start).equals("F-")
                || text.substring(0, start).equals("FR-");
        return !isCountry && start > 2 && Character.isLetter(text.charAt(start - 1)) ? start : 0;
    }

    /** Without the punctuation around a word, but for the full stop of an abbreviation. */
    private static String stripped(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && !isKept(text.codePointAt(start))) {
            start++;
        }
        while (end > start && !isKept(text.codePointBefore(end)) && text.charAt(end - 1) != '.') {
            end--;
        }
        return start < end ? text.substring(start, end) : text;
    }

    private static boolean isKept(int letter) {
        return Character.isLetterOrDigit(letter) || Character.getType(letter) == Character.NON_SPACING_MARK;
    }

    static String text(List<AddressWord> words) {
        return words.isEmpty()
                ? null
                : String.join(" ", words.stream().map(AddressWord::text).toList());
    }

    static String key(List<AddressWord> words) {
        return String.join(" ", words.stream().map(AddressWord::key).toList());
    }

    /** The runs of words between gaps stronger than a blank. */
    static List<List<AddressWord>> parts(List<AddressWord> words) {
        List<List<AddressWord>> parts = new ArrayList<>();
        for (AddressWord word : words) {
            if (parts.isEmpty() || word.startsPart()) {
                parts.add(new ArrayList<>());
            }
            parts.get(parts.size() - 1).add(word);
        }
        return parts;
    }
}
