package io.clientele.text;

import java.util.Set;

/** The form of address, which tells nothing more than how to write to somebody. */
public enum Civility {
    MR(Set.of("M", "M.", "MR", "MR.", "MONSIEUR", "H", "MESSIEURS")),
    MRS(Set.of("MME", "MME.", "MRS", "MRS.", "MADAME", "MLLE", "MLLE.", "MADEMOISELLE", "MS", "MS.", "MISS", "F"));

    private final Set<String> spellings;

    Civility(Set<String> spellings) {
        this.spellings = spellings;
    }

    public static Parsed<Civility> parse(String text) {
        String folded = Texts.fold(text);
        if (folded == null) {
            return Parsed.absent();
        }
        for (Civility civility : values()) {
            if (civility.spellings.contains(folded)) {
                return Parsed.of(civility);
            }
        }
        return Parsed.failed(Issue.UNKNOWN_CIVILITY);
    }
}
