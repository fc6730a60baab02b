package io.clientele.text;

import java.util.Optional;

/**
 * A VAT number of the European Union.
 *
 * @param country the prefix: the ISO 3166 two-letter code, but EL for Greece and XI for Northern Ireland
 * @param number what follows the prefix
 */
public record VatNumber(String country, String number) {

    private static final int KEY_LENGTH = 2;

    /** As it is written on invoices, without blanks. */
    public String text() {
        return country + number;
    }

    /** The SIREN that a French number ends with. */
    public Optional<String> siren() {
        return country.equals("FR") ? Optional.of(number.substring(KEY_LENGTH)) : Optional.empty();
    }
}
