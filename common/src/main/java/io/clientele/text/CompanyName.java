package io.clientele.text;

import java.util.Optional;

/**
 * An organisation's name apart from its legal form.
 *
 * @param name as it was written
 */
public record CompanyName(String name, Optional<LegalForm> form) {

    /** For comparison: without accents and signs, the usual abbreviations spelt out. */
    public String key() {
        return CompanyNames.key(name);
    }
}
