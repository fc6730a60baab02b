package io.clientele.qualify;

import java.util.Locale;

/** Why a value should be verified. */
enum Doubt {
    MISSING,
    OBSOLETE,
    DOUBTFUL,
    UNVERIFIED;

    String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
