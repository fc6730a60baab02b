package io.clientele.text;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** The vocabulary of French streets, with the abbreviations of the postal norm (NF Z10-011, annex on abbreviations). */
final class StreetWords {

    /** When a kind of street is abbreviated, if the line is too long. */
    enum Turn {
        FIRST,
        LATE,
        NEVER
    }

    enum Kind {
        TITLE,
        WORD,
        PLACE
    }

    /** A kind of street. */
    record StreetType(String name, String abbreviation, Turn turn) {}

    record NameWord(String abbreviation, Kind kind) {}

    /** Three words, as in "zone d'activité économique", of which the second is two after its apostrophe. */
    static final int LONGEST_TYPE = 5;

    private static final Map<String, StreetType> TYPES = new HashMap<>();

    private static final Map<String, NameWord> WORDS = new HashMap<>();

    private static final Set<String> MONTHS = Set.of(
            "JANVIER",
            "FEVRIER",
            "MARS",
            "AVRIL",
            "MAI",
            "JUIN",
            "JUILLET",
            "AOUT",
            "SEPTEMBRE",
            "OCTOBRE",
            "NOVEMBRE",
            "DECEMBRE");

    private static final Set<String> TITLES = new HashSet<>();

    private static final Map<String, String> MAIN_TOWNS = new HashMap<>();

    private static final Set<String> FIRST_NAMES = new HashSet<>();

    static {
        for (String[] row : rows("street_types.txt")) {
            Turn turn =
                    switch (row[2].strip()) {
                        case "1" -> Turn.FIRST;
                        case "7" -> Turn.LATE;
                        default -> Turn.NEVER;
                    };
            StreetType type = new StreetType(row[0], row[1].isEmpty() ? key(row[0]) : row[1], turn);
            TYPES.put(key(row[0]), type);
        }
        for (String[] row : rows("street_types.txt")) {
            StreetType type = TYPES.get(key(row[0]));
            TYPES.putIfAbsent(type.abbreviation(), type);
            Arrays.stream(row[3].split(",", -1))
                    .filter(spelling -> !spelling.isBlank())
                    .forEach(spelling -> TYPES.putIfAbsent(key(spelling), type));
        }
        for (String[] row : rows("street_words.txt")) {
            Kind kind =
                    switch (row[2]) {
                        case "title" -> Kind.TITLE;
                        case "place" -> Kind.PLACE;
                        default -> Kind.WORD;
                    };
            WORDS.put(key(row[0]), new NameWord(row[1], kind));
            if (kind == Kind.TITLE) {
                TITLES.addAll(List.of(key(row[0]), row[1]));
            }
        }
        for (String[] row : rows("main_towns.txt")) {
            MAIN_TOWNS.put(key(row[1]), row[0]);
        }
        for (String line : WordList.lines("first_names.txt")) {
            Arrays.stream(line.split(" ", -1)).map(StreetWords::key).forEach(FIRST_NAMES::add);
        }
    }

    private StreetWords() {}

    /** Capitals, digits and single spaces: what two spellings of one name have in common. */
    static String key(String text) {
        String folded = Texts.fold(text);
        if (folded == null) {
            return "";
        }
        StringBuilder key = new StringBuilder(folded.length());
        for (int i = 0; i < folded.length(); ) {
            int letter = folded.codePointAt(i);
            i += Character.charCount(letter);
            if (Character.isLetterOrDigit(letter)) {
                key.appendCodePoint(letter);
            } else if (!key.isEmpty() && key.charAt(key.length() - 1) != ' ') {
                key.append(' ');
            }
        }
        return key.toString().strip();
    }

    static Optional<StreetType> type(String key) {
        return Optional.ofNullable(TYPES.get(key));
    }

    /** The only kind of street, five letters or longer, that is one letter away from a word. */
    static Optional<StreetType> typeLike(String key) {
        List<StreetType> near = TYPES.entrySet().stream()
                .filter(entry -> entry.getKey().length() >= 5
                        && entry.getKey().equals(key(entry.getValue().name()))
                        && isOneLetterAway(entry.getKey(), key))
                .map(Map.Entry::getValue)
                .distinct()
                .toList();
        return near.size() == 1 ? Optional.of(near.get(0)) : Optional.empty();
    }

    static Optional<NameWord> word(String key) {
        return Optional.ofNullable(WORDS.get(key));
    }

    static boolean isTitle(String key) {
        return TITLES.contains(key);
    }

    static boolean isMonth(String key) {
        return MONTHS.contains(key);
    }

    static boolean isFirstName(String key) {
        if (FIRST_NAMES.contains(key)) {
            return true;
        }
        return key.indexOf(' ') > 0 && Arrays.stream(key.split(" ", -1)).allMatch(FIRST_NAMES::contains);
    }

    /** The department that a town heads, if no other commune bears its name. */
    static Optional<String> departmentOf(String townKey) {
        return Optional.ofNullable(MAIN_TOWNS.get(townKey));
    }

    /** One letter too many, too few, wrong, or two swapped. */
    private static boolean isOneLetterAway(String right, String typed) {
        int difference = typed.length() - right.length();
        if (Math.abs(difference) > 1 || typed.equals(right)) {
            return false;
        }
        int i = 0;
        int shorter = Math.min(right.length(), typed.length());
        while (i < shorter && right.charAt(i) == typed.charAt(i)) {
            i++;
        }
        String restRight = right.substring(i);
        String restTyped = typed.substring(i);
        if (difference > 0) {
            return restTyped.substring(1).equals(restRight);
        }
        if (difference < 0) {
            return restRight.substring(1).equals(restTyped);
        }
        boolean isSwapped = restRight.length() > 1
                && restRight.charAt(0) == restTyped.charAt(1)
                && restRight.charAt(1) == restTyped.charAt(0)
                && restRight.substring(2).equals(restTyped.substring(2));
        return isSwapped || restRight.substring(1).equals(restTyped.substring(1));
    }

    private static List<String[]> rows(String resource) {
        List<String[]> rows = new ArrayList<>();
        try (InputStream stream = StreetWords.class.getResourceAsStream(resource);
                BufferedReader reader = new BufferedReader(
                        new InputStreamReader(Objects.requireNonNull(stream, resource), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (!line.startsWith("#")) {
                    rows.add(line.split("\\|", -1));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return rows;
    }
}
