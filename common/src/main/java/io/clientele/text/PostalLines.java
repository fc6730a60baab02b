package io.clientele.text;

import io.clientele.text.StreetLabel.Fitted;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * An address as it stands on an envelope: at most six lines of at most 38 characters (NF Z10-011), capitals throughout,
 * and from the fourth line on only letters, digits and spaces; then the country if it is not France.
 *
 * @param lines at most six, without the country
 * @param country its French name; null for France
 * @param isCut whether words had to be left out, not only abbreviated
 */
public record PostalLines(List<String> lines, String country, boolean isCut) {

    public static final int MOST_LINES = 6;

    public static final int WIDTH = 38;

    /** A longer name of a street, or of a town, is abbreviated. */
    static final int LABEL = 32;

    private static final int FIRST_STRICT_LINE = 3;

    private static final Map<String, String> SHORT_FORMS = Map.ofEntries(
            Map.entry("APPARTEMENT", "APT"),
            Map.entry("LOGEMENT", "LOGT"),
            Map.entry("CHAMBRE", "CHBR"),
            Map.entry("ETAGE", "ETG"),
            Map.entry("ESCALIER", "ESC"),
            Map.entry("ENTREE", "ENT"),
            Map.entry("BATIMENT", "BAT"),
            Map.entry("RESIDENCE", "RES"),
            Map.entry("IMMEUBLE", "IMM"));

    public PostalLines {
        lines = List.copyOf(lines);
    }

    public static PostalLines of(FrenchAddress address) {
        return address.isFrench() ? french(address) : abroad(address);
    }

    /** All that is printed, the country included. */
    public List<String> printed() {
        List<String> printed = new ArrayList<>(lines);
        if (country != null) {
            printed.add(country);
        }
        return printed;
    }

    private static PostalLines french(FrenchAddress address) {
        Sheet sheet = new Sheet();
        String inside = FrenchAddress.joined(address.flat(), address.floor(), address.stairs());
        boolean hasTwoNames = address.company() != null && address.person() != null;
        if (hasTwoNames) {
            sheet.addName(address.company());
            sheet.addName(address.person());
            sheet.addDetail(FrenchAddress.joined(inside, address.building()));
        } else {
            sheet.addName(FrenchAddress.joined(address.company(), address.person()));
            sheet.addDetail(inside);
            sheet.addDetail(address.building());
        }
        sheet.addStreet(address);
        sheet.addPlace(FrenchAddress.joined(address.box(), address.namedPlace()));
        sheet.addTown(address);
        String country = address.country().equals("FR") ? null : nameOf(address.country());
        return new PostalLines(sheet.lines, country, sheet.isCut);
    }

    /** Order and number of the lines are the other country's affair; only what does not fit is left out. */
    private static PostalLines abroad(FrenchAddress address) {
        Sheet sheet = new Sheet();
        List<String> last = new ArrayList<>();
        if (address.country().equals("GB")) {
            last.add(address.town());
            last.add(address.postcode());
        } else {
            last.add(FrenchAddress.joined(address.postcode(), address.town()));
        }
        last.removeIf(line -> line == null);
        List<String> first = new ArrayList<>(address.others());
        String street = FrenchAddress.joined(address.number(), address.suffix(), address.street());
        if (street != null) {
            first.add(street);
        }
        while (first.size() > MOST_LINES - last.size()) {
            first.remove(first.size() - 1);
            sheet.isCut = true;
        }
        first.forEach(sheet::addDetail);
        last.forEach(sheet::addPlace);
        return new PostalLines(sheet.lines, nameOf(address.country()), sheet.isCut);
    }

    private static String nameOf(String country) {
        String name =
                StreetWords.key(new Locale.Builder().setRegion(country).build().getDisplayCountry(Locale.FRENCH));
        return StreetLabel.cut(name, WIDTH);
    }

    /** Lines being written. */
    private static final class Sheet {

        final List<String> lines = new ArrayList<>();

        boolean isCut;

        void addName(String text) {
            add(text == null ? null : Texts.fold(text));
        }

        void addDetail(String text) {
            String folded = text == null ? "" : StreetWords.key(text);
            if (folded.length() > WIDTH) {
                List<String> words = new ArrayList<>(List.of(folded.split(" ", -1)));
                words.replaceAll(word -> SHORT_FORMS.getOrDefault(word, word));
                folded = String.join(" ", words);
            }
            add(folded);
        }

        void addStreet(FrenchAddress address) {
            String prefix = "";
            if (address.number() != null) {
                String letter = address.suffix() == null ? "" : " " + HouseNumber.letter(address.suffix());
                prefix = HouseNumber.first(address.number()) + letter;
            }
            String street = address.street();
            if (street == null) {
                add(prefix);
                return;
            }
            int room = prefix.isEmpty() ? LABEL : Math.max(1, Math.min(LABEL, WIDTH - prefix.length() - 1));
            Fitted label = StreetLabel.fit(StreetWords.key(street), room);
            isCut |= label.isCut();
            add((prefix + " " + label.text()).strip());
        }

        void addPlace(String text) {
            if (text != null) {
                Fitted label = StreetLabel.fit(StreetWords.key(text), WIDTH);
                isCut |= label.isCut();
                add(label.text());
            }
        }

        void addTown(FrenchAddress address) {
            String code = address.postcode() == null ? "" : StreetWords.key(address.postcode()) + " ";
            String cedex = address.cedex() == null ? "" : " " + StreetWords.key(address.cedex());
            String town = address.town() == null ? "" : StreetWords.key(address.town());
            int room = WIDTH - code.length() - cedex.length();
            if (room < 1) {
                add((code + town + cedex).strip());
                return;
            }
            Fitted label = StreetLabel.fitTown(town, Math.min(room, LABEL));
            isCut |= label.isCut();
            add((code + label.text() + cedex).strip());
        }

        /** Adds a line that fits, whatever comes. */
        private void add(String text) {
            if (text == null) {
                return;
            }
            String line = lines.size() < FIRST_STRICT_LINE ? upper(text) : StreetWords.key(text);
            String fitted = StreetLabel.cut(line, WIDTH);
            isCut |= fitted.length() < line.length();
            if (!fitted.isEmpty()) {
                lines.add(fitted);
            }
        }

        private static String upper(String text) {
            String folded = Texts.fold(text);
            return folded == null || StreetWords.key(folded).isEmpty() ? "" : folded;
        }
    }
}
