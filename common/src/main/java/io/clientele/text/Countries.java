package io.clientele.text;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Countries by code or by name, French or English, to their ISO 3166 two-letter code. */
public final class Countries {

    private static final Map<String, String> CODES = codes();

    private Countries() {}

    public static Parsed<String> parse(String text) {
        String name = key(text);
        if (name == null) {
            return Parsed.absent();
        }
        String code = CODES.get(name);
        return code == null ? Parsed.failed(Issue.UNKNOWN_COUNTRY) : Parsed.of(code);
    }

    /** Names are written with and without their hyphens. */
    private static String key(String name) {
        String folded = Texts.fold(name);
        return folded == null ? null : folded.replace('-', ' ');
    }

    private static Map<String, String> codes() {
        Map<String, String> codes = new HashMap<>();
        Arrays.stream(Locale.getISOCountries()).forEach(code -> {
            Locale country = new Locale.Builder().setRegion(code).build();
            codes.put(code, code);
            codes.put(country.getISO3Country(), code);
            codes.put(key(country.getDisplayCountry(Locale.FRENCH)), code);
            codes.put(key(country.getDisplayCountry(Locale.ENGLISH)), code);
        });
        codes.putAll(Map.of("UK", "GB", "ENGLAND", "GB", "USA", "US", "EIRE", "IE", "RSA", "ZA", "HOLLAND", "NL"));
        return Map.copyOf(codes);
    }
}
