package io.clientele.text;

import java.util.Optional;

/**
 * What identifies an organisation, as far as one number tells it.
 *
 * @param siren the legal unit's nine digits; those of the SIRET or of the French VAT number too
 * @param siret the establishment's fourteen digits
 */
public record CompanyId(Optional<String> siren, Optional<String> siret, Optional<VatNumber> vatNumber) {}
