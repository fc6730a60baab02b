package io.clientele.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Capitals and small letters of names, word by word. */
final class NameCase {

    /** Particles that stay small in front of a last name; {@code La}, {@code Le}, {@code Ben}, {@code El} do not. */
    private static final Set<String> SMALL = Set.of(
            "DE", "DU", "DES", "VON", "VAN", "DER", "DEN", "DA", "DO", "DOS", "DAS", "DEL", "ZU", "ZUR", "TEN", "TER",
            "DIT", "DITE", "SUR", "Y");

    /** Small after {@code de} alone. */
    private static final Set<String> ARTICLES = Set.of("LA", "LAS", "LOS");

    private static final int SHORTEST_MAC = 5;

    private NameCase() {}

    /** The words of a last name, its particles small where nobody chose otherwise. */
    static String lastName(List<String> words) {
        List<String> shown = new ArrayList<>();
        String before = "";
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            String folded = PersonNames.fold(word);
            boolean isSmall = i < words.size() - 1
                    && (SMALL.contains(folded) || (ARTICLES.contains(folded) && before.equals("DE")));
            if (isSmall && isUniform(word)) {
                shown.add(word.toLowerCase(Locale.ROOT));
            } else {
                shown.add(elided(word, before));
            }
            before = folded;
        }
        return String.join(" ", shown);
    }

    static String firstName(String word) {
        return FirstNames.isInitials(word) ? word.toUpperCase(Locale.ROOT) : capitalised(word);
    }

    /** {@code D'ARC} gives {@code d'Arc}, {@code DE L'ISLE} gives {@code de l'Isle}. */
    private static String elided(String word, String before) {
        boolean isElided = word.length() > 3
                && word.charAt(1) == '\''
                && Character.isLetter(word.charAt(2))
                && (isLetter(word, 'D') || (isLetter(word, 'L') && before.equals("DE")));
        String capitalised = capitalised(word);
        if (!isElided || !(isUniform(word) || isUniform(capitalised))) {
            return capitalised;
        }
        return Character.toLowerCase(word.charAt(0)) + "'" + capitalised(word.substring(2));
    }

    private static boolean isLetter(String word, char capital) {
        return Character.toUpperCase(word.charAt(0)) == capital;
    }

    private static String capitalised(String word) {
        List<String> parts = List.of(word.split("-", -1));
        List<String> shown = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            String part = parts.get(i);
            boolean isInner = i > 0 && i < parts.size() - 1;
            if (part.isEmpty() || (isInner && SMALL.contains(PersonNames.fold(part)))) {
                shown.add(isUniform(part) ? part.toLowerCase(Locale.ROOT) : part);
            } else {
                String capitalised = Texts.capitalise(part);
                shown.add(capitalised == null ? part : mac(part, capitalised));
            }
        }
        return String.join("-", shown);
    }

    private static String mac(String written, String capitalised) {
        boolean isMac = capitalised.length() >= SHORTEST_MAC
                && capitalised.startsWith("Mc")
                && isUniform(written)
                && Character.isLetter(capitalised.charAt(2));
        return isMac ? "Mc" + Character.toUpperCase(capitalised.charAt(2)) + capitalised.substring(3) : capitalised;
    }

    /** All capitals or all small: nobody chose. */
    static boolean isUniform(String word) {
        return word.equals(word.toUpperCase(Locale.ROOT)) || word.equals(word.toLowerCase(Locale.ROOT));
    }
}
