package io.clientele.text;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A postal address in parts, spelt as it was given; a part that is absent is null.
 *
 * @param flat door, flat or letter box, as in {@code "Appartement 12"}
 * @param stairs staircase, hall or entrance
 * @param building building or residence
 * @param number number of the house, or the range of numbers it covers ({@code "2-4"})
 * @param suffix what follows the number: {@code "bis"}, {@code "T"}, {@code "A"}
 * @param streetType kind of street, written out
 * @param streetName the rest of the street's name
 * @param namedPlace hamlet, farm or zone that stands in for a street or completes it
 * @param box where letters wait: {@code "BP 57"}, {@code "CS 50123"}, {@code "TSA 40123"}
 * @param cedex {@code "CEDEX"}, with its number where it has one
 * @param country two-letter code; France and what has French postcodes is FR, but Monaco is MC
 * @param others lines of which no part is certain: all that is not postcode, town and country in an address abroad
 */
public record FrenchAddress(
        String company,
        String person,
        String flat,
        String floor,
        String stairs,
        String building,
        String number,
        String suffix,
        String streetType,
        String streetName,
        String namedPlace,
        String box,
        String postcode,
        String town,
        String cedex,
        String country,
        List<String> others) {

    public FrenchAddress {
        others = List.copyOf(others);
    }

    /** Kind and name of the street; null where there is no street. */
    public String street() {
        return joined(streetType, streetName);
    }

    /** Whether the French norm says how to write it. */
    public boolean isFrench() {
        return country.equals("FR") || country.equals("MC");
    }

    static String joined(String... parts) {
        String text =
                Stream.of(parts).filter(part -> part != null && !part.isEmpty()).collect(Collectors.joining(" "));
        return text.isEmpty() ? null : text;
    }
}
