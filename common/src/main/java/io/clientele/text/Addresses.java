package io.clientele.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Postal addresses as people type them, read into parts. What is certain by rule is read; what is only probable is read
 * and said; nothing that was typed is changed.
 */
public final class Addresses {

    /** No address is longer; what comes after is not read. */
    static final int LONGEST = 1000;

    private Addresses() {}

    /** Reads an address written on one line or several. */
    public static Reading<FrenchAddress> parse(String... lines) {
        Source source = new Source();
        Arrays.stream(lines).forEach(source::add);
        return source.isEmpty() ? source.nothing() : new AddressParser(source.lines, source.findings).read();
    }

    /**
     * Reads an address of which postcode and town stand in fields of their own.
     *
     * @param streetLines all that stands above the postcode
     * @param country name or code; none is France, unless the postcode says otherwise
     */
    public static Reading<FrenchAddress> parse(List<String> streetLines, String postcode, String town, String country) {
        Source source = new Source();
        streetLines.forEach(source::add);
        int above = source.lines.size();
        source.add(postcode);
        int codes = source.lines.size();
        source.add(town);
        if (source.isEmpty()) {
            return source.nothing();
        }
        return new AddressParser(source.lines.subList(0, above), source.findings)
                .readFields(
                        String.join(" ", source.lines.subList(above, codes)),
                        String.join(" ", source.lines.subList(codes, source.lines.size())),
                        Countries.parse(country));
    }

    /** Clean lines, none empty, no longer together than an address can be. */
    private static final class Source {

        final List<String> lines = new ArrayList<>();

        final List<Finding> findings = new ArrayList<>();

        private int left = LONGEST;

        void add(String text) {
            if (text == null) {
                return;
            }
            String read = text;
            if (read.length() > left) {
                if (findings.isEmpty()) {
                    findings.add(new Finding(Issue.ADDRESS_TOO_LONG, Optional.empty()));
                }
                boolean isSplit = left > 0 && Character.isHighSurrogate(read.charAt(left - 1));
                read = read.substring(0, isSplit ? left - 1 : left);
            }
            left -= read.length();
            read.lines().map(Texts::clean).filter(line -> line != null).forEach(lines::add);
        }

        boolean isEmpty() {
            return lines.stream().allMatch(line -> StreetWords.key(line).isEmpty());
        }

        Reading<FrenchAddress> nothing() {
            return new Reading<>(Optional.empty(), findings);
        }
    }
}
