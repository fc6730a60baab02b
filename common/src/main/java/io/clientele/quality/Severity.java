package io.clientele.quality;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a failing rule does: it warns, or stops the night. */
public enum Severity {
    WARN,
    STOP;

    /** The name in the configuration and in the ledger. */
    @JsonValue
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
