package io.clientele.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Addresses outside France: country, postcode and town where the country's format is certain, all else as it is. */
final class AddressesAbroad {

    /** Countries that write the postcode before the town, with its form (Universal Postal Union, addressing systems). */
    private static final Map<String, Pattern> BEFORE_TOWN = Map.ofEntries(
            Map.entry("BE", digits(4)),
            Map.entry("CH", digits(4)),
            Map.entry("LU", digits(4)),
            Map.entry("AT", digits(4)),
            Map.entry("DK", digits(4)),
            Map.entry("NO", digits(4)),
            Map.entry("LI", digits(4)),
            Map.entry("DE", digits(5)),
            Map.entry("ES", digits(5)),
            Map.entry("IT", digits(5)),
            Map.entry("FI", digits(5)),
            Map.entry("MA", digits(5)),
            Map.entry("DZ", digits(5)),
            Map.entry("TN", digits(4)),
            Map.entry("PL", Pattern.compile("[0-9]{2}-[0-9]{3}")),
            Map.entry("PT", Pattern.compile("[0-9]{4}-[0-9]{3}")),
            Map.entry("NL", Pattern.compile("[0-9]{4} ?[A-Z]{2}")),
            Map.entry("SE", Pattern.compile("[0-9]{3} ?[0-9]{2}")));

    /** The letters that stand before a postcode of a neighbouring country. */
    private static final Map<String, String> PREFIXES = Map.of(
            "B-", "BE", "BE-", "BE", "CH-", "CH", "L-", "LU", "LU-", "LU", "D-", "DE", "DE-", "DE", "A-", "AT", "I-",
            "IT");

    /** Royal Mail: outward and inward code. */
    private static final Pattern BRITISH = Pattern.compile("[A-Z]{1,2}[0-9][A-Z0-9]? [0-9][A-Z]{2}");

    private static final Set<String> SHORT_NAMES = Set.of("UK", "USA", "GB");

    /** France, Monaco, and overseas France, whose postcodes are French. */
    private static final Set<String> FRENCH =
            Set.of("FR", "MC", "GP", "MQ", "GF", "RE", "YT", "PM", "BL", "MF", "NC", "PF", "WF", "TF");

    private AddressesAbroad() {}

    static boolean isFrench(String country) {
        return FRENCH.contains(country);
    }

    private static Pattern digits(int count) {
        return Pattern.compile("[0-9]{" + count + "}");
    }

    /** The country that a whole line names; codes of two or three letters are too often something else. */
    static Optional<String> countryNamed(String key) {
        return key.length() < 4 && !SHORT_NAMES.contains(key)
                ? Optional.empty()
                : Countries.parse(key).value();
    }

    /** Reads lines that say themselves that they are an address abroad. */
    static Optional<Reading<FrenchAddress>> read(List<String> lines, List<Finding> findings) {
        List<String> parts = new ArrayList<>();
        for (String line : lines) {
            for (String part : line.split("[,;|]", -1)) {
                String clean = Texts.clean(part);
                if (clean != null) {
                    parts.add(clean);
                }
            }
        }
        if (parts.isEmpty()) {
            return Optional.empty();
        }
        String last = parts.get(parts.size() - 1);
        Optional<String> named = parts.size() > 1 ? countryNamed(StreetWords.key(last)) : Optional.empty();
        if (named.isPresent()) {
            return isFrench(named.get())
                    ? Optional.empty()
                    : Optional.of(reading(named.get(), parts.subList(0, parts.size() - 1), findings));
        }
        Optional<String> prefixed = prefixed(parts);
        if (prefixed.isPresent()) {
            return Optional.of(reading(prefixed.get(), parts, findings));
        }
        String folded = Texts.fold(last);
        boolean isBritish = folded != null
                && BRITISH.matcher(folded.substring(britishStart(folded))).matches();
        return isBritish && parts.size() > 1 ? Optional.of(reading("GB", parts, findings)) : Optional.empty();
    }

    /** Reads an address whose postcode, town and country stand in fields. */
    static Reading<FrenchAddress> fields(
            String country, List<String> lines, String postcode, String town, List<Finding> findings) {
        return reading(country, lines, Texts.clean(withoutPrefix(postcode, country)), Texts.clean(town), findings);
    }

    private static Reading<FrenchAddress> reading(String country, List<String> parts, List<Finding> findings) {
        if (country.equals("GB")) {
            return british(parts, findings);
        }
        Pattern form = BEFORE_TOWN.get(country);
        for (int i = parts.size() - 1; i >= 0 && form != null; i--) {
            String part = withoutPrefix(parts.get(i), country);
            for (int space = part.indexOf(' '); space > 0; space = part.indexOf(' ', space + 1)) {
                String code = part.substring(0, space);
                if (code.length() > 8) {
                    break;
                }
                if (form.matcher(code.toUpperCase(Locale.ROOT)).matches()) {
                    List<String> rest = new ArrayList<>(parts);
                    rest.remove(i);
                    return reading(country, rest, code, part.substring(space + 1), findings);
                }
            }
        }
        return reading(country, parts, null, null, findings);
    }

    private static Reading<FrenchAddress> british(List<String> parts, List<Finding> findings) {
        List<String> rest = new ArrayList<>(parts);
        String last = rest.remove(rest.size() - 1);
        int start = britishStart(last);
        String code = last.substring(start);
        String folded = Texts.fold(code);
        if (folded == null || !BRITISH.matcher(folded).matches()) {
            return reading("GB", parts, null, null, findings);
        }
        String before = Texts.clean(last.substring(0, start));
        if (before == null && rest.size() > 1) {
            before = rest.remove(rest.size() - 1);
        }
        return reading("GB", rest, code, before, findings);
    }

    /** Where the last two words begin. */
    private static int britishStart(String line) {
        int last = line.lastIndexOf(' ');
        return last < 0 ? 0 : line.lastIndexOf(' ', last - 1) + 1;
    }

    private static Optional<String> prefixed(List<String> parts) {
        for (String part : parts) {
            int dash = part.indexOf('-');
            String country = dash > 0 && dash < 3 ? PREFIXES.get(Texts.fold(part.substring(0, dash + 1))) : null;
            int space = part.indexOf(' ');
            if (country != null
                    && space > dash
                    && BEFORE_TOWN
                            .get(country)
                            .matcher(part.substring(dash + 1, space))
                            .matches()) {
                return Optional.of(country);
            }
        }
        return Optional.empty();
    }

    private static String withoutPrefix(String part, String country) {
        int dash = part.indexOf('-');
        boolean isPrefix =
                dash > 0 && dash < 3 && country.equals(PREFIXES.get(Texts.fold(part.substring(0, dash + 1))));
        return isPrefix ? part.substring(dash + 1) : part;
    }

    private static Reading<FrenchAddress> reading(
            String country, List<String> others, String postcode, String town, List<Finding> findings) {
        FrenchAddress address = new FrenchAddress(
                null, null, null, null, null, null, null, null, null, null, null, null, postcode, town, null, country,
                others);
        List<Finding> all = new ArrayList<>(findings);
        if (town == null && BEFORE_TOWN.containsKey(country)) {
            all.add(new Finding(Issue.MISSING_TOWN, Optional.empty()));
        }
        if (others.isEmpty()) {
            all.add(new Finding(Issue.MISSING_STREET, Optional.empty()));
        }
        return new Reading<>(Optional.of(address), all);
    }
}
