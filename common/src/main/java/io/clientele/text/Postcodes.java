package io.clientele.text;

import java.util.Optional;
import java.util.Set;

/** What is certain about French postcodes without a list of towns. */
final class Postcodes {

    private static final Set<String> OVERSEAS =
            Set.of("971", "972", "973", "974", "975", "976", "977", "978", "980", "984", "986", "987", "988");

    private static final Set<String> TOWNS_WITH_DISTRICTS = Set.of("PARIS", "LYON", "MARSEILLE");

    private Postcodes() {}

    /** The department: two digits, three overseas; 20 is Corsica. */
    static Optional<String> department(String postcode) {
        if (!isFiveDigits(postcode)) {
            return Optional.empty();
        }
        String three = postcode.substring(0, 3);
        if (three.compareTo("960") >= 0) {
            return OVERSEAS.contains(three) ? Optional.of(three) : Optional.empty();
        }
        return three.startsWith("00") ? Optional.empty() : Optional.of(postcode.substring(0, 2));
    }

    static boolean isFiveDigits(String text) {
        return text.length() == 5 && text.chars().allMatch(digit -> digit >= '0' && digit <= '9');
    }

    /** What people who lost a zero, or wrote Corsica as its departments are, meant. */
    static Optional<String> correction(String typed) {
        String key = StreetWords.key(typed).replace(" ", "");
        if (key.startsWith("2A") || key.startsWith("2B")) {
            key = "20" + key.substring(2);
        }
        if (key.length() == 4) {
            key = "0" + key;
        }
        return department(key).isPresent() && !key.equals(typed) ? Optional.of(key) : Optional.empty();
    }

    /** Whether a town has numbered districts, each with a postcode. */
    static boolean hasDistricts(String townKey) {
        return TOWNS_WITH_DISTRICTS.contains(townKey);
    }

    /** The postcode of a district of Paris, Lyon or Marseille. */
    static Optional<String> ofDistrict(String townKey, int district) {
        return switch (townKey) {
            case "PARIS" -> numbered(75000, district, 20);
            case "LYON" -> numbered(69000, district, 9);
            case "MARSEILLE" -> numbered(13000, district, 16);
            default -> Optional.empty();
        };
    }

    private static Optional<String> numbered(int first, int district, int last) {
        return district >= 1 && district <= last ? Optional.of(String.valueOf(first + district)) : Optional.empty();
    }

    /** Whether a postcode is certainly not of a town. */
    static boolean contradicts(String postcode, String townKey) {
        Optional<String> department = department(postcode);
        if (department.isEmpty()) {
            return false;
        }
        Optional<String> owner = ownerOf(postcode);
        if (owner.isPresent()) {
            return !(townKey + " ").startsWith(owner.get() + " ");
        }
        return StreetWords.departmentOf(townKey)
                .filter(of -> !of.equals(department.get()))
                .isPresent();
    }

    /** The town to which all addresses of a postcode belong, where it is one of the three with districts. */
    private static Optional<String> ownerOf(String postcode) {
        if (postcode.startsWith("75")) {
            return Optional.of("PARIS");
        }
        int number = Integer.parseInt(postcode);
        if (number >= 69001 && number <= 69009) {
            return Optional.of("LYON");
        }
        return number >= 13001 && number <= 13016 ? Optional.of("MARSEILLE") : Optional.empty();
    }

    /** Whether letters reach the postcode only with the word CEDEX: in Paris, all but those of the districts. */
    static boolean isOnlyCedex(String postcode) {
        return postcode.startsWith("75")
                && !postcode.equals("75116")
                && !postcode.equals("75000")
                && postcode.compareTo("75020") > 0;
    }
}
