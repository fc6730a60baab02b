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

    /** Number and suffix, in capitals: {@code "12 BIS"}; null where there is none. */
    public String houseNumber() {
        return joined(number, suffix == null ? null : StreetWords.key(suffix));
    }

    /** The street without its number, in capitals, without accents and signs; null where there is none. */
    public String streetKey() {
        return key(street());
    }

    /**
     * What one looks for in the town, in capitals: number and street, else the place that stands in for a street; of an
     * address abroad the first line. Null where nothing of this is known.
     */
    public String line() {
        if (!isFrench() && street() == null) {
            return others.isEmpty() ? null : Texts.fold(others.get(0));
        }
        return joined(houseNumber(), key(street() == null ? namedPlace : street()));
    }

    /** All of the address that neither {@link #line}, nor box, postcode, town and country tell, in capitals; null if nothing. */
    public String extra() {
        boolean isInLine = street() == null;
        Stream<String> parts =
                Stream.of(person, company, flat, floor, stairs, building, isInLine && isFrench() ? null : namedPlace);
        Stream<String> rest = others.stream().skip(isInLine && !isFrench() ? 1 : 0);
        String text = Stream.concat(parts, rest)
                .map(isFrench() ? FrenchAddress::key : Texts::fold)
                .filter(part -> part != null && !part.isEmpty())
                .collect(Collectors.joining(", "));
        return text.isEmpty() ? null : text;
    }

    /** The town in capitals, in France without accents and signs; null where there is none. */
    public String townKey() {
        return isFrench() ? key(town) : Texts.fold(town);
    }

    /** The same place for a letter to a company, to a person, or to one in the other: null is nobody. */
    public FrenchAddress addressedTo(String receivingCompany, String receiver) {
        String elsewhere = joined(unlessRepeated(company, receivingCompany), unlessRepeated(person, receiver));
        List<String> lines = isFrench()
                ? others
                : Stream.concat(Stream.of(receivingCompany, receiver).filter(name -> name != null), others.stream())
                        .toList();
        return new FrenchAddress(
                receivingCompany,
                receiver,
                flat,
                floor,
                stairs,
                joined(elsewhere, building),
                number,
                suffix,
                streetType,
                streetName,
                namedPlace,
                box,
                postcode,
                town,
                cedex,
                country,
                lines);
    }

    /** A name in the address itself says at whose place it is, unless it is the receiver's own. */
    private static String unlessRepeated(String name, String receiver) {
        boolean isRepeated = name != null
                && receiver != null
                && (" " + StreetWords.key(receiver) + " ").contains(" " + StreetWords.key(name) + " ");
        return isRepeated ? null : name;
    }

    private static String key(String text) {
        String key = text == null ? "" : StreetWords.key(text);
        return key.isEmpty() ? null : key;
    }

    static String joined(String... parts) {
        String text =
                Stream.of(parts).filter(part -> part != null && !part.isEmpty()).collect(Collectors.joining(" "));
        return text.isEmpty() ? null : text;
    }
}
