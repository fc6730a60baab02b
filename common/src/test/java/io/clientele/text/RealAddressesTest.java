package io.clientele.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Addresses as real people typed them, kept outside the project: how many are read right. */
class RealAddressesTest {

    private static final Path FOLDER = RealData.folder().resolve("address");

    /** Cases read otherwise than expected, with the rule that is followed here. */
    private static final Map<String, String> OTHER_RULES = Map.of(
            "test_extract_address 15", "the district of a town is in its postcode, so it is not written after the town",
            "test_remove_leading_zeros 2", "five digits are a postcode, never the number of a house");

    private static final FrenchAddress NOTHING = new FrenchAddress(
            null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, "FR", List.of());

    @BeforeEach
    void needsTheData() {
        assumeTrue(Files.isDirectory(FOLDER), "no real addresses beside the project");
    }

    @Test
    void shouldAbbreviateStreetsAsTheNormDoes() throws IOException {
        List<List<String>> rows = rows("rnvp_abbreviation_cases.csv");
        Tally tally = new Tally();
        for (int i = 0; i < rows.size(); i++) {
            List<String> row = rows.get(i);
            int longest = Integer.parseInt(row.get(2));
            String fitted =
                    StreetLabel.fit(StreetWords.key(row.get(0)), longest).text();
            tally.add("abbreviated streets", i + 1, fitted.equals(row.get(1)));
        }

        tally.shouldReach("abbreviated streets", 0.90);
        assertThat(tally.missed).isEmpty();
    }

    @Test
    void shouldReadTheCasesOfTheNationalGeocoder() throws IOException {
        JsonNode groups = new ObjectMapper()
                .readTree(FOLDER.resolve("addok_france_cases.json").toFile());
        Tally tally = new Tally();
        each(groups, "test_clean_query", tally, (typed, expected) -> isSameWithoutDetails(typed, expected.asText()));
        each(
                groups,
                "test_extract_address",
                tally,
                (typed, expected) -> isSameWithoutDetails(typed, expected.asText()));
        each(groups, "test_glue_ordinal", tally, RealAddressesTest::hasNumber);
        each(
                groups,
                "test_flag_housenumber",
                tally,
                (typed, expected) -> (numberOf(typed) != null) == expected.asBoolean());
        each(
                groups,
                "test_street_type_patterns",
                tally,
                (typed, expected) -> StreetWords.type(StreetWords.key(typed)).isPresent() == expected.asBoolean());
        each(groups, "test_fold_ordinal", tally, (typed, expected) -> {
            FrenchAddress address = read(typed);
            String letter = address.suffix() == null ? "" : HouseNumber.letter(address.suffix());
            String number = address.number() == null ? typed : address.number() + letter;
            return number.equalsIgnoreCase(expected.asText().replace(" bis", "b"));
        });
        each(groups, "test_remove_leading_zeros", tally, (typed, expected) -> {
            FrenchAddress address = read(typed);
            return expected.asText().equals(address.number() == null ? address.postcode() : address.number());
        });
        each(groups, "test_match_housenumber", tally, (typed, expected) -> {
            FrenchAddress address = read(typed);
            String number = FrenchAddress.joined(address.number(), address.suffix());
            return expected.isBoolean() ? number == null : expected.asText().equalsIgnoreCase(number);
        });

        tally.shouldReach("cases", 0.95);
        assertThat(tally.missed)
                .filteredOn(miss -> !miss.startsWith("cases "))
                .containsExactlyInAnyOrderElementsOf(OTHER_RULES.keySet());
    }

    @Test
    void shouldReadAddressesAsPeopleTypeThem() throws IOException {
        Tally tally = new Tally();
        List<List<String>> rows = rows("french_address_queries.csv");
        for (int i = 0; i < rows.size(); i++) {
            List<String> row = rows.get(i);
            String query = row.get(1);
            FrenchAddress address = read(query);
            String number = FrenchAddress.joined(address.number(), address.suffix());
            check(tally, "number", i, query, row.get(3), number == null ? null : number.replace(" ", ""));
            checkStreet(tally, i, query, row.get(4), address.street());
            check(tally, "postcode", i, query, row.get(5), address.postcode());
            check(tally, "town", i, query, row.get(6), address.town());
        }

        tally.shouldReach("number", 0.90);
        tally.shouldReach("street", 0.90);
        tally.shouldReach("postcode", 0.90);
        tally.shouldReach("town", 0.90);
    }

    private static void check(Tally tally, String part, int i, String query, String expected, String read) {
        if (isIn(query, expected)) {
            String key = StreetWords.key(read);
            boolean isSame = key.equals(StreetWords.key(expected)) || key.equals("0" + expected);
            tally.add(part, i + 1, isSame);
        }
    }

    /** Where the kind of street is not in the expected value, it is a part of the street's name. */
    private static void checkStreet(Tally tally, int i, String query, String expected, String read) {
        if (isIn(query, expected)) {
            String key = StreetWords.key(expected);
            String street = StreetWords.key(read);
            boolean isTyped =
                    StreetWords.type(key.substring(0, (key + " ").indexOf(' '))).isPresent();
            boolean isSame = street.equals(key) || (!isTyped && street.endsWith(" " + key));
            tally.add("street", i + 1, isSame);
        }
    }

    private static boolean isIn(String query, String expected) {
        return !expected.isBlank() && Texts.fold(query).contains(Texts.fold(expected));
    }

    private static FrenchAddress read(String typed) {
        return Addresses.parse(typed).value().orElse(NOTHING);
    }

    private static String numberOf(String typed) {
        return Addresses.parse(typed).value().map(FrenchAddress::number).orElse(null);
    }

    /** The first word of the expected ones is the number with its suffix, if there is a suffix. */
    private static boolean hasNumber(String typed, JsonNode expected) {
        String first = expected.get(0).asText();
        FrenchAddress address = read(typed);
        String number =
                address.number() == null ? "" : address.number() + (address.suffix() == null ? "" : address.suffix());
        return Character.isDigit(first.charAt(0)) ? number.equalsIgnoreCase(first) : number.isEmpty();
    }

    /** The expected text is the address without the details; a department stands for the postcode of a CEDEX. */
    private static boolean isSameWithoutDetails(String typed, String expected) {
        String bare = barely(read(typed));
        String withDepartment = bare.replaceAll("\\b(\\d\\d)\\d{3}\\b", "$1");
        return Stream.of(bare, withDepartment)
                .map(text -> text.replace(" ", ""))
                .anyMatch(StreetWords.key(expected).replace(" ", "")::equals);
    }

    private static String barely(FrenchAddress address) {
        return StreetWords.key(FrenchAddress.joined(
                FrenchAddress.joined(address.number(), address.suffix()),
                address.street(),
                address.namedPlace(),
                address.postcode(),
                address.town()));
    }

    private interface Check {
        boolean isRight(String typed, JsonNode expected);
    }

    private static void each(JsonNode groups, String group, Tally tally, Check check) {
        int row = 0;
        for (JsonNode pair : groups.get(group)) {
            row++;
            List<String> words = new ArrayList<>();
            if (pair.get(0).isArray()) {
                pair.get(0).forEach(word -> words.add(word.asText()));
            } else {
                words.add(pair.get(0).asText());
            }
            String typed = String.join(" ", words);
            boolean isRight = check.isRight(typed, pair.get(1));
            tally.add("cases", row, isRight);
            tally.add(group, row, isRight);
        }
    }

    /** Rows of a CSV file whose quoted fields hold no line break. */
    private static List<List<String>> rows(String file) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        for (String line :
                Files.readAllLines(FOLDER.resolve(file)).stream().skip(1).toList()) {
            List<String> fields = new ArrayList<>();
            StringBuilder field = new StringBuilder();
            boolean isQuoted = false;
            for (int i = 0; i < line.length(); i++) {
                char letter = line.charAt(i);
                if (letter == '"') {
                    isQuoted = !isQuoted;
                } else if (letter == ',' && !isQuoted) {
                    fields.add(field.toString());
                    field.setLength(0);
                } else {
                    field.append(letter);
                }
            }
            fields.add(field.toString());
            rows.add(fields);
        }
        return rows;
    }

    /** How many of each part are right. */
    private static final class Tally {

        private final Map<String, List<Boolean>> results = new TreeMap<>();

        private final List<String> missed = new ArrayList<>();

        void add(String part, int row, boolean isRight) {
            results.computeIfAbsent(part, name -> new ArrayList<>()).add(isRight);
            if (!isRight) {
                missed.add(part + " " + row);
            }
        }

        void shouldReach(String part, double rate) {
            List<Boolean> all = results.get(part);
            long right = all.stream().filter(Predicate.isEqual(true)).count();
            System.out.printf(
                    Locale.ROOT, "%s: %d of %d right (%.1f %%)%n", part, right, all.size(), 100.0 * right / all.size());
            assertThat((double) right / all.size()).as(part).isGreaterThanOrEqualTo(rate);
        }
    }
}
