package io.clientele.text;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The socio-professional group (catégorie socioprofessionnelle, CSP): the eight groups of the first level of INSEE's
 * classification of occupations (PCS 2020).
 */
public enum OccupationGroup {
    FARMERS(
            "1",
            "AGRICULTEUR",
            "AGRICULTRICE",
            "AGRICULTEUR EXPLOITANT",
            "AGRICULTRICE EXPLOITANTE",
            "EXPLOITANT AGRICOLE",
            "EXPLOITANTE AGRICOLE"),
    TRADESPEOPLE(
            "2",
            "ARTISAN",
            "ARTISANE",
            "COMMERCANT",
            "COMMERCANTE",
            "CHEF ENTREPRISE",
            "CHEFFE ENTREPRISE",
            "ARTISAN COMMERCANT",
            "ARTISAN COMMERCANT CHEF ENTREPRISE"),
    MANAGERS(
            "3",
            "CADRE",
            "CADRE SUPERIEUR",
            "PROFESSION LIBERALE",
            "PROFESSION INTELLECTUELLE SUPERIEURE",
            "CADRE PROFESSION INTELLECTUELLE SUPERIEURE"),
    INTERMEDIATE("4", "PROFESSION INTERMEDIAIRE", "PROF INTERMEDIAIRE"),
    EMPLOYEES("5", "EMPLOYE", "EMPLOYEE"),
    WORKERS("6", "OUVRIER", "OUVRIERE"),
    RETIRED("7", "RETRAITE", "RETRAITEE"),
    WITHOUT_OCCUPATION(
            "8",
            "SANS ACTIVITE",
            "SANS ACTIVITE PROFESSIONNELLE",
            "AUTRE PERSONNE SANS ACTIVITE PROFESSIONNELLE",
            "INACTIF",
            "INACTIVE",
            "ETUDIANT",
            "ETUDIANTE");

    /** A group, its subdivision (38) or an occupation (38A, 388A). */
    private static final Pattern CODE = Pattern.compile("([1-8])(?:\\d[A-Z]?|\\d{2}[A-Z])?");

    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^A-Z]+");

    /** Words that no label is told apart by. */
    private static final Pattern SMALL_WORD = Pattern.compile("ET|DE|D|L|LES?");

    /** The groups by their codes and labels. */
    private static final Map<String, OccupationGroup> KNOWN = Arrays.stream(values())
            .flatMap(group -> Stream.concat(Stream.of(group.code), Stream.of(group.labels))
                    .map(known -> Map.entry(known, group)))
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

    private final String code;
    private final String[] labels;

    OccupationGroup(String code, String... labels) {
        this.code = code;
        this.labels = labels;
    }

    /** INSEE's code. */
    public String code() {
        return code;
    }

    /** Reads a code of any level of the classification, or the label of a group, whole or in short. */
    public static Parsed<OccupationGroup> parse(String text) {
        String folded = Texts.fold(text);
        if (folded == null) {
            return Parsed.absent();
        }
        Matcher code = CODE.matcher(folded);
        String known = code.matches() ? code.group(1) : singular(folded);
        return Optional.ofNullable(KNOWN.get(known))
                .map((Function<OccupationGroup, Parsed<OccupationGroup>>) Parsed::of)
                .orElseGet(() -> Parsed.failed(Issue.UNKNOWN_OCCUPATION));
    }

    private static String singular(String label) {
        return BETWEEN_WORDS
                .splitAsStream(label)
                .filter(word -> !word.isEmpty() && !SMALL_WORD.matcher(word).matches())
                .map(word -> word.endsWith("S") && !word.equals("SANS") ? word.substring(0, word.length() - 1) : word)
                .collect(Collectors.joining(" "));
    }
}
