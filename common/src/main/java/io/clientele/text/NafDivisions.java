package io.clientele.text;

import java.util.Map;
import java.util.stream.Collectors;

/** The divisions of the French classification of activities, NAF rev. 2: what a code's first two digits stand for. */
public final class NafDivisions {

    private static final Map<String, String> LABELS = WordList.lines("naf_divisions.txt").stream()
            .collect(Collectors.toUnmodifiableMap(line -> line.substring(0, 2), line -> line.substring(3)));

    private NafDivisions() {}

    /** The label of the division of a code of activity; null where there is no such division. */
    public static String label(String code) {
        return code == null || code.length() < 2 ? null : LABELS.get(code.substring(0, 2));
    }
}
