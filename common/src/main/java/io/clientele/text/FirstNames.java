package io.clientele.text;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** First names in use, of which some are last names too, and the long forms that short ones stand for. */
final class FirstNames {

    private static final String ALSO_LAST_NAME = "*";

    private static final Set<String> KNOWN = new HashSet<>();
    private static final Set<String> ALSO_LAST_NAMES = new HashSet<>();
    private static final Map<String, List<String>> LONG_FORMS = new HashMap<>();
    private static final Map<String, List<String>> KEYS_OF_FORMS = new HashMap<>();

    static {
        for (String line : WordList.lines("first_names.txt")) {
            for (String name : line.split(" ", -1)) {
                String key = PersonNames.key(name);
                KNOWN.add(key);
                if (name.endsWith(ALSO_LAST_NAME)) {
                    ALSO_LAST_NAMES.add(key);
                }
            }
        }
        for (String line : WordList.lines("nicknames.txt")) {
            String[] parts = line.split(": ", 2);
            String key = PersonNames.key(parts[0]);
            LONG_FORMS.put(key, List.of(parts[1].split(", ", -1)));
            KEYS_OF_FORMS.put(
                    key, LONG_FORMS.get(key).stream().map(PersonNames::key).toList());
        }
    }

    private FirstNames() {}

    /** Whether one written word is a first name: a known one, known ones with hyphens, a short form, or initials. */
    static boolean isKnown(String word) {
        String key = PersonNames.key(word);
        if (key == null) {
            return false;
        }
        return isInitials(word) || KNOWN.contains(key) || LONG_FORMS.containsKey(key) || isCompound(key);
    }

    /** Whether a first name is a common last name as well. */
    static boolean isAlsoLastName(String word) {
        return ALSO_LAST_NAMES.contains(PersonNames.key(word));
    }

    /** Initials as they stand for first names: {@code J.}, {@code J.-P.}, {@code J}; two capitals of which none is a vowel. */
    static boolean isInitials(String word) {
        List<String> letters = new ArrayList<>(List.of(word.split("[.-]++", -1)));
        letters.removeIf(String::isEmpty);
        boolean hasSign = word.indexOf('.') >= 0 || word.indexOf('-') >= 0;
        if (letters.isEmpty() || letters.size() > 3) {
            return false;
        }
        if (letters.size() == 1 && !hasSign && letters.get(0).length() == 2) {
            return letters.get(0).chars().allMatch(letter -> "BCDFGHJKLMPRSTV".indexOf(letter) >= 0);
        }
        return letters.stream()
                .allMatch(letter -> letter.codePointCount(0, letter.length()) == 1
                        && Character.isLetter(letter.codePointAt(0))
                        && !Character.isIdeographic(letter.codePointAt(0)));
    }

    /** The long forms of a short first name, the likeliest first; none if it is not one. */
    static List<String> longForms(String name) {
        return LONG_FORMS.getOrDefault(PersonNames.key(name), List.of());
    }

    /** Whether one of two keys is a short form of the other, or both are of the same name. */
    static boolean areForms(String one, String other) {
        List<String> forms = KEYS_OF_FORMS.getOrDefault(one, List.of());
        List<String> others = KEYS_OF_FORMS.getOrDefault(other, List.of());
        return forms.contains(other) || others.contains(one) || !Collections.disjoint(forms, others);
    }

    private static boolean isCompound(String key) {
        String[] parts = key.split(" ", -1);
        if (parts.length < 2) {
            return false;
        }
        for (String part : parts) {
            if (!KNOWN.contains(part)) {
                return false;
            }
        }
        return true;
    }
}
