package io.clientele.quality;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What came of a rule: within its limit, beyond it, or within it and far from what the nights before had. */
public enum Verdict {
    PASS,
    WARN,
    STOP,
    DRIFT;

    /** The name in the ledger. */
    @JsonValue
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
