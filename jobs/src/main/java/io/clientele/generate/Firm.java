package io.clientele.generate;

import io.clientele.generate.Person.Home;
import java.util.List;

/**
 * A company of the register, as the truth is.
 *
 * @param name without its legal form
 * @param legalCategory INSEE's code; 1000 for a person in business
 * @param owner first and last name of a person in business; null for others
 * @param isRestricted whether it objects to diffusion
 * @param sizeBand INSEE's code of the number of employees
 * @param changesOn the night on which the register hears of something new about it; {@link Integer#MAX_VALUE} if it never does
 * @param establishments the head office first, where the firm has moved the one that it left and then the one that it has
 */
record Firm(
        String siren,
        String name,
        String legalCategory,
        Owner owner,
        boolean isRestricted,
        boolean isClosed,
        String naf,
        String laterNaf,
        String sizeBand,
        int changesOn,
        List<Establishment> establishments) {

    /** Who is in business by himself. */
    record Owner(String firstName, String lastName, boolean isWoman) {}

    /**
     * A place of business.
     *
     * @param sign what is written over its door; null for most
     * @param from the day on which it was opened
     * @param until the day on which it was closed; {@link Integer#MAX_VALUE} if it never was
     */
    record Establishment(String siret, boolean isHeadOffice, Home home, String sign, int from, int until) {
        boolean isOpenOn(int day) {
            return from <= day && day < until;
        }

        String nic() {
            return siret.substring(9);
        }
    }

    Establishment headOfficeOn(int day) {
        return establishments.stream()
                .filter(Establishment::isHeadOffice)
                .filter(establishment -> establishment.from() <= day)
                .reduce((first, second) -> second)
                .orElse(establishments.get(0));
    }
}
