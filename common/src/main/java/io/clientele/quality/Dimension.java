package io.clientele.quality;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a rule is about. */
public enum Dimension {
    COMPLETENESS,
    VALIDITY,
    UNIQUENESS,
    FRESHNESS,
    CONSISTENCY;

    /** The name in the configuration and in the ledger. */
    @JsonValue
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
