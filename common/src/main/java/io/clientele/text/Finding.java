package io.clientele.text;

import java.util.Optional;

/** Something noticed about a value: what it is, and the correction that it suggests, if one can be told. */
public record Finding(Issue issue, Optional<String> proposal) {

    public static Finding of(Issue issue) {
        return new Finding(issue, Optional.empty());
    }

    public static Finding proposing(Issue issue, String proposal) {
        return new Finding(issue, Optional.of(proposal));
    }
}
