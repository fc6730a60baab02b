package io.clientele.text;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The form of address, which tells nothing more than how to write to somebody. */
public enum Civility {
    MR("M", "M", "MR", "MISTER", "MONSIEUR", "MM", "MESSIEURS"),
    MRS(
            "MME",
            "MME",
            "MRS",
            "MADAME",
            "MLLE",
            "MELLE",
            "MADEMOISELLE",
            "MS",
            "MISS",
            "MMES",
            "MESDAMES",
            "MLLES",
            "MESDEMOISELLES");

    private static final Map<String, Civility> SPELLINGS = Arrays.stream(values())
            .flatMap(civility -> civility.spellings().map(spelling -> Map.entry(spelling, civility)))
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

    /** What a field of its own may hold instead: man or woman. */
    private static final Map<String, Civility> CODES = Map.of("H", MR, "F", MRS);

    private final String abbreviation;
    private final String[] spellings;

    Civility(String abbreviation, String... spellings) {
        this.abbreviation = abbreviation;
        this.spellings = spellings;
    }

    /** As it stands on an envelope in France. */
    public String abbreviation() {
        return abbreviation;
    }

    /** Reads a field that holds a form of address and nothing else. */
    public static Parsed<Civility> parse(String text) {
        if (Texts.clean(text) == null) {
            return Parsed.absent();
        }
        String bare = PersonNames.bare(text);
        return spelt(bare)
                .or(() -> Optional.ofNullable(CODES.get(bare)))
                .map((Function<Civility, Parsed<Civility>>) Parsed::of)
                .orElseGet(() -> Parsed.failed(Issue.UNKNOWN_CIVILITY));
    }

    /** The form of address that a word is, as {@link PersonNames#bare} gives it. */
    static Optional<Civility> spelt(String bare) {
        return Optional.ofNullable(SPELLINGS.get(bare));
    }

    private Stream<String> spellings() {
        return Arrays.stream(spellings);
    }
}
