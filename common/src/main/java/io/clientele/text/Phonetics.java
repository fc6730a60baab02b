package io.clientele.text;

/**
 * The sound of a name, roughly: what French spelling writes in several ways is written in one, silent letters and all
 * vowels but a first one go. In the manner of Soundex and of its French variants, for blocks and for a level of agreement,
 * never for identity.
 */
public final class Phonetics {

    private static final int LONGEST = 8;

    private Phonetics() {}

    /** The skeleton of a folded text ({@link Texts#fold}): {@code "LEFEVRE"} and {@code "LEFEBVRE"} give {@code "LFVR"}. */
    public static String skeleton(String folded) {
        StringBuilder letters = new StringBuilder(folded.length());
        for (int i = 0; i < folded.length(); i++) {
            char letter = folded.charAt(i);
            if (Character.isLetterOrDigit(letter)) {
                letters.append(letter);
            }
        }
        String word = unsilenced(letters.toString());
        StringBuilder sound = new StringBuilder(LONGEST);
        char last = 0;
        for (int i = 0; i < word.length() && sound.length() < LONGEST; i++) {
            char coded = code(word, i);
            if (coded == 0) {
                last = 0;
                continue;
            }
            boolean isVowel = coded == 'A';
            if (coded != last && (!isVowel || i == 0)) {
                sound.append(coded);
            }
            last = coded;
        }
        return sound.isEmpty() ? folded : sound.toString();
    }

    /** Without the consonants that French does not say at the end of a word. */
    private static String unsilenced(String word) {
        int end = word.length();
        while (end > 3 && "ESTDXZ".indexOf(word.charAt(end - 1)) >= 0) {
            end--;
        }
        return word.substring(0, end);
    }

    private static char code(String word, int at) {
        char letter = word.charAt(at);
        char next = at + 1 < word.length() ? word.charAt(at + 1) : 0;
        return switch (letter) {
            case 'A', 'E', 'I', 'O', 'U', 'Y' -> 'A';
            case 'H' -> 0;
            case 'P' -> next == 'H' ? 'F' : 'P';
            case 'B' -> next == 'V' ? 'V' : 'B';
            case 'C' -> next == 'H' ? 'J' : "EIY".indexOf(next) >= 0 && next != 0 ? 'S' : 'K';
            case 'Q', 'K' -> 'K';
            case 'G', 'J' -> letter == 'G' && "EIY".indexOf(next) < 0 ? 'G' : 'J';
            case 'S', 'Z', 'X' -> 'S';
            case 'V', 'W' -> 'V';
            case 'M', 'N' -> 'N';
            case 'D', 'T' -> 'T';
            default -> letter;
        };
    }
}
