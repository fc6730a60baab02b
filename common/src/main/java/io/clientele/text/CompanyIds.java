package io.clientele.text;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Numbers of organisations: SIREN and SIRET (articles R123-220 and following of the Code de commerce, check digits of
 * ISO/IEC 7812-1), VAT numbers (directive 2006/112/EC, article 215; shapes as the Commission's VIES describes them), and
 * codes of the French classification of activities (NAF rev. 2, decree 2007-1888).
 */
public final class CompanyIds {

    private static final int LONGEST = 40;
    private static final int SIREN_LENGTH = 9;
    private static final int SIRET_LENGTH = 14;

    private static final String LA_POSTE = "356000000";
    private static final String LA_POSTE_HEAD_OFFICE = LA_POSTE + "00048";

    /** Organisations of Monaco have a French VAT number on a number of their own. */
    private static final String MONACO = "000";

    private static final Pattern SIGNS = Pattern.compile("[ .\u00b7_-]++");
    private static final Pattern DIGITS = Pattern.compile("[0-9]++");
    private static final Pattern NAF = Pattern.compile("([0-9]{2}) ?+[.]?+ ?+([0-9]{2}) ?+([A-Z])");

    /** Digits and letters of the newer keys of French VAT numbers: without I and O. */
    private static final String KEY_SIGNS = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ";

    private static final Map<String, Pattern> VAT_SHAPES = vatShapes();

    private CompanyIds() {}

    /**
     * Reads a SIREN. Where the text is one that lost its leading zeros, or a SIRET, the SIREN is proposed.
     */
    public static Reading<String> siren(String text) {
        return number(
                text,
                Issue.INVALID_SIREN,
                SIREN_LENGTH,
                digits -> isSiret(digits) ? Optional.of(digits.substring(0, SIREN_LENGTH)) : Optional.empty());
    }

    /** Reads a SIRET. Where the text is one that lost its leading zeros, it is proposed. */
    public static Reading<String> siret(String text) {
        return number(text, Issue.INVALID_SIRET, SIRET_LENGTH, digits -> Optional.empty());
    }

    /** Reads a number that may be a SIRET, a SIREN or a VAT number. */
    public static Reading<CompanyId> any(String text) {
        if (Texts.clean(text) == null) {
            return Reading.absent();
        }
        Reading<CompanyId> siret = siret(text)
                .map(number -> new CompanyId(
                        Optional.of(number.substring(0, SIREN_LENGTH)), Optional.of(number), Optional.empty()));
        Reading<CompanyId> siren =
                siren(text).map(number -> new CompanyId(Optional.of(number), Optional.empty(), Optional.empty()));
        Reading<CompanyId> vat =
                vatNumber(text).map(number -> new CompanyId(number.siren(), Optional.empty(), Optional.of(number)));
        List<Reading<CompanyId>> readings = List.of(siret, siren, vat);
        Optional<String> proposal = readings.stream()
                .flatMap(reading -> reading.findings().stream())
                .flatMap(finding -> finding.proposal().stream())
                .findFirst();
        return readings.stream()
                .filter(reading -> reading.value().isPresent())
                .findFirst()
                .orElseGet(() -> Reading.failed(List.of(new Finding(Issue.INVALID_COMPANY_ID, proposal))));
    }

    /** Reads a VAT number of the European Union: of a French one the key, of others the shape. */
    public static Reading<VatNumber> vatNumber(String text) {
        String folded = Texts.fold(text);
        if (folded == null) {
            return Reading.absent();
        }
        String squeezed = folded.length() > LONGEST ? "" : SIGNS.matcher(folded).replaceAll("");
        if (isVat(squeezed)) {
            return Reading.of(new VatNumber(squeezed.substring(0, 2), squeezed.substring(2)));
        }
        return Reading.failed(List.of(new Finding(Issue.INVALID_VAT_NUMBER, meantVat(squeezed))));
    }

    /** The VAT number that goes with a SIREN: {@code FR}, a key of two digits, the SIREN. */
    public static VatNumber vatNumberOf(String siren) {
        int key = (12 + 3 * (Integer.parseInt(siren) % 97)) % 97;
        return new VatNumber("FR", (key < 10 ? "0" : "") + key + siren);
    }

    /** Reads a code of the French classification of activities, with or without its point; gives {@code 6201Z}. */
    public static Reading<String> naf(String text) {
        String folded = Texts.fold(text);
        if (folded == null) {
            return Reading.absent();
        }
        if (folded.length() > LONGEST) {
            return Reading.failed(Issue.INVALID_NAF_CODE);
        }
        var match = NAF.matcher(folded);
        return match.matches() && isDivision(Integer.parseInt(match.group(1)))
                ? Reading.of(match.group(1) + match.group(2) + match.group(3))
                : Reading.failed(Issue.INVALID_NAF_CODE);
    }

    /** A code of activity as it is printed: {@code 62.01Z}. */
    public static String dotted(String naf) {
        return naf.substring(0, 2) + "." + naf.substring(2);
    }

    /** Whether digits pass Luhn's check: every other one doubled from the right, the sum is a multiple of ten. */
    public static boolean passesLuhn(String digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            int counted = i % 2 == 0 ? digit : 2 * digit;
            sum += counted > 9 ? counted - 9 : counted;
        }
        return sum % 10 == 0;
    }

    private static Reading<String> number(
            String text, Issue issue, int length, Function<String, Optional<String>> guess) {
        String clean = Texts.clean(text);
        if (clean == null) {
            return Reading.absent();
        }
        String digits = clean.length() > LONGEST ? "" : SIGNS.matcher(clean).replaceAll("");
        if (!DIGITS.matcher(digits).matches()) {
            return Reading.failed(issue);
        }
        if (isNumber(digits, length)) {
            return Reading.of(digits);
        }
        Optional<String> padded = Optional.of("0".repeat(Math.max(0, length - digits.length())) + digits)
                .filter(longer -> length - digits.length() <= 2 && isNumber(longer, length));
        return Reading.failed(List.of(new Finding(issue, padded.or(() -> guess.apply(digits)))));
    }

    private static boolean isNumber(String digits, int length) {
        return length == SIREN_LENGTH ? isSiren(digits) : isSiret(digits);
    }

    private static boolean isSiren(String digits) {
        return digits.length() == SIREN_LENGTH && !isZero(digits) && passesLuhn(digits);
    }

    /** Establishments of La Poste are more than Luhn's check leaves numbers for: their digits add up to a multiple of five. */
    private static boolean isSiret(String digits) {
        if (digits.length() != SIRET_LENGTH || !isSiren(digits.substring(0, SIREN_LENGTH))) {
            return false;
        }
        if (digits.startsWith(LA_POSTE) && !digits.equals(LA_POSTE_HEAD_OFFICE)) {
            return digits.chars().map(digit -> digit - '0').sum() % 5 == 0;
        }
        return passesLuhn(digits);
    }

    private static boolean isZero(String digits) {
        return digits.chars().allMatch(digit -> digit == '0');
    }

    private static boolean isVat(String text) {
        if (text.length() < 4) {
            return false;
        }
        String country = text.substring(0, 2);
        String number = text.substring(2);
        Pattern shape = VAT_SHAPES.get(country);
        return shape != null && shape.matcher(number).matches() && (!country.equals("FR") || isFrenchVat(number));
    }

    private static boolean isFrenchVat(String number) {
        String siren = number.substring(2);
        boolean isMonaco = siren.startsWith(MONACO) && !isZero(siren);
        if (!isMonaco && !isSiren(siren)) {
            return false;
        }
        int first = KEY_SIGNS.indexOf(number.charAt(0));
        int second = KEY_SIGNS.indexOf(number.charAt(1));
        if (first < 10 && second < 10) {
            return vatNumberOf(siren).number().equals(number);
        }
        int key = first < 10 ? first * 24 + second - 10 : first * 34 + second - 100;
        return (Integer.parseInt(siren) + 1 + key / 11) % 11 == key % 11;
    }

    /** A French number without its prefix, a Greek one with the ISO code. */
    private static Optional<String> meantVat(String text) {
        String greek = text.startsWith("GR") ? "EL" + text.substring(2) : text;
        return List.of(greek, "FR" + text).stream()
                .filter(meant -> !meant.equals(text) && isVat(meant))
                .findFirst();
    }

    private static boolean isDivision(int division) {
        return IntStream.of(0, 4, 34, 40, 44, 48, 54, 57, 67, 76, 83, 89).noneMatch(unused -> unused == division);
    }

    private static Map<String, Pattern> vatShapes() {
        Map<String, String> shapes = new HashMap<>();
        shapes.put("AT", "U[0-9]{8}");
        shapes.put("BE", "[01][0-9]{9}");
        shapes.put("BG", "[0-9]{9,10}");
        shapes.put("CY", "[0-9]{8}[A-Z]");
        shapes.put("CZ", "[0-9]{8,10}");
        shapes.put("DE", "[0-9]{9}");
        shapes.put("DK", "[0-9]{8}");
        shapes.put("EE", "[0-9]{9}");
        shapes.put("EL", "[0-9]{9}");
        shapes.put("ES", "[A-Z0-9][0-9]{7}[A-Z]|[A-Z][0-9]{8}");
        shapes.put("FI", "[0-9]{8}");
        shapes.put("FR", "[A-HJ-NP-Z0-9]{2}[0-9]{9}");
        shapes.put("HR", "[0-9]{11}");
        shapes.put("HU", "[0-9]{8}");
        shapes.put("IE", "[0-9][A-Z0-9+*][0-9]{5}[A-Z]|[0-9]{7}[A-W][A-I]");
        shapes.put("IT", "[0-9]{11}");
        shapes.put("LT", "[0-9]{9}|[0-9]{12}");
        shapes.put("LU", "[0-9]{8}");
        shapes.put("LV", "[0-9]{11}");
        shapes.put("MT", "[0-9]{8}");
        shapes.put("NL", "[0-9]{9}B[0-9]{2}");
        shapes.put("PL", "[0-9]{10}");
        shapes.put("PT", "[0-9]{9}");
        shapes.put("RO", "[0-9]{2,10}");
        shapes.put("SE", "[0-9]{10}01");
        shapes.put("SI", "[0-9]{8}");
        shapes.put("SK", "[0-9]{10}");
        shapes.put("XI", "[0-9]{9}|[0-9]{12}|GD[0-9]{3}|HA[0-9]{3}");
        Map<String, Pattern> patterns = new HashMap<>();
        shapes.forEach((country, shape) -> patterns.put(country, Pattern.compile(shape)));
        return Map.copyOf(patterns);
    }
}
