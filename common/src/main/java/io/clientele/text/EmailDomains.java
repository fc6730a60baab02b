package io.clientele.text;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Domains of mailbox providers: the common ones, and those of mailboxes that are thrown away. */
final class EmailDomains {

    private static final List<String> COMMON = WordList.lines("email_domains.txt");
    private static final Set<String> KNOWN = new HashSet<>(COMMON);
    private static final Set<String> DISPOSABLE = Set.copyOf(WordList.lines("disposable_domains.txt"));

    /** Set aside for examples and tests (RFC 2606), or used as if they were. */
    private static final Set<String> RESERVED = Set.of(
            "example.com",
            "example.org",
            "example.net",
            "example.fr",
            "exemple.com",
            "exemple.fr",
            "test.com",
            "test.fr",
            "domain.com",
            "domaine.fr",
            "mail.test");

    private static final Set<String> RESERVED_TOP = Set.of("test", "example", "invalid", "localhost");

    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

    /** The name of a provider that has fewer letters is one letter away from many honest domains. */
    private static final int SHORTEST_NAME = 5;

    private EmailDomains() {}

    static boolean isDisposable(String domain) {
        for (int dot = -1; ; ) {
            String parent = domain.substring(dot + 1);
            if (DISPOSABLE.contains(parent)) {
                return true;
            }
            dot = domain.indexOf('.', dot + 1);
            if (dot < 0) {
                return false;
            }
        }
    }

    static boolean isReserved(String domain) {
        return RESERVED.contains(domain) || RESERVED_TOP.contains(domain.substring(domain.lastIndexOf('.') + 1));
    }

    /** The commonest domain that one typing error makes of this one; none for a common domain. */
    static Optional<String> meant(String domain) {
        if (KNOWN.contains(domain) || DISPOSABLE.contains(domain)) {
            return Optional.empty();
        }
        return COMMON.stream()
                .filter(common -> isOneErrorAway(domain, common) && isPlausible(domain, common))
                .findFirst();
    }

    /** Of short names, only an error behind the point tells, and only if it gives no country's own domain. */
    private static boolean isPlausible(String domain, String common) {
        String name = common.substring(0, common.indexOf('.'));
        if (name.length() >= SHORTEST_NAME) {
            return true;
        }
        String top = domain.substring(domain.lastIndexOf('.') + 1);
        boolean isCountry = COUNTRIES.contains(top.toUpperCase(Locale.ROOT)) && !top.equals("co") && !top.equals("cm");
        return domain.startsWith(name + ".") && !isCountry;
    }

    /** Whether the Damerau-Levenshtein distance is one: a letter too many, missing or wrong, or two neighbours swapped. */
    static boolean isOneErrorAway(String one, String other) {
        int shorter = Math.min(one.length(), other.length());
        int longer = Math.max(one.length(), other.length());
        if (longer - shorter > 1) {
            return false;
        }
        int start = 0;
        while (start < shorter && one.charAt(start) == other.charAt(start)) {
            start++;
        }
        if (start == longer) {
            return false;
        }
        int oneEnd = one.length();
        int otherEnd = other.length();
        while (oneEnd > start && otherEnd > start && one.charAt(oneEnd - 1) == other.charAt(otherEnd - 1)) {
            oneEnd--;
            otherEnd--;
        }
        int left = Math.max(oneEnd, otherEnd) - start;
        boolean areSwapped = left == 2
                && oneEnd == otherEnd
                && one.charAt(start) == other.charAt(start + 1)
                && one.charAt(start + 1) == other.charAt(start);
        return left == 1 || areSwapped;
    }
}
