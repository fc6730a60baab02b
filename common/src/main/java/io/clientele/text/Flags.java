package io.clientele.text;

import java.util.Set;

/** Yes and no, in French and in English. */
public final class Flags {

    private static final Set<String> YES = Set.of("1", "O", "OUI", "Y", "YES", "TRUE", "VRAI", "T", "V");
    private static final Set<String> NO = Set.of("0", "N", "NON", "NO", "FALSE", "FAUX", "F");

    private Flags() {}

    public static Parsed<Boolean> parse(String text) {
        String folded = Texts.fold(text);
        if (folded == null) {
            return Parsed.absent();
        }
        if (YES.contains(folded)) {
            return Parsed.of(true);
        }
        return NO.contains(folded) ? Parsed.of(false) : Parsed.failed(Issue.NOT_A_FLAG);
    }
}
