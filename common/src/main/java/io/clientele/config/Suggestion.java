package io.clientele.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** What somebody may have meant who misspelt a name. */
public final class Suggestion {

    private static final int MOST_EDITS = 3;

    private Suggestion() {}

    /** The known name nearest to the one given, if it is near. */
    public static Optional<String> nearest(String name, Collection<String> known) {
        LevenshteinDistance distance = LevenshteinDistance.getDefaultInstance();
        return known.stream()
                .min(Comparator.comparingInt(candidate -> distance.apply(candidate, name)))
                .filter(candidate -> distance.apply(candidate, name) <= MOST_EDITS);
    }

    /** The same as a question that ends a complaint; empty if nothing is near. */
    public static String question(String name, Collection<String> known) {
        return nearest(name, known)
                .map(candidate -> "; did you mean '" + candidate + "'?")
                .orElse("");
    }
}
