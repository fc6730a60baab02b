package io.clientele.text;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Phone numbers, in E.164. */
public final class Phones {

    /** Longer text is no phone number; the library would search all of it. */
    private static final int LONGEST = 40;

    /** The digits at the end that show a filler: a subscriber's number without the first digits, which are given. */
    private static final int TELLING = 8;

    private static final int FEWEST_TELLING = 6;

    /** What each pair of digits adds to the one before it: 01 02 03, 10 20 30, 11 22 33, 12 12 12, and backwards. */
    private static final Set<Integer> STEPS = Set.of(0, 1, -1, 10, -10, 11, -11);

    /**
     * Numbers that regulators keep for films and books, in E.164: Arcep decision 2018-0881 and the ones after it for France,
     * Ofcom's "numbers for drama use" for the United Kingdom, 555-01XX in North America.
     */
    private static final Pattern FICTION = Pattern.compile("\\+33(?:19900|26191|35301|46571|53649|63998)\\d{4}"
            + "|\\+44(?:1(?:1[3-8]|21|31|41|51|61)4960|1914980|2079460|2890180|2920180|7700900|8081570|3069990)\\d{3}"
            + "|\\+44(?:1632960|9098790)\\d{3}"
            + "|\\+1\\d{3}55501\\d{2}");

    private static final Pattern FICTION_MOBILE = Pattern.compile("\\+33[67]|\\+447");

    private static final Pattern SEVERAL = Pattern.compile("[/;,|]| ou | et | or ");

    private static final Pattern NOT_DIGITS = Pattern.compile("[^0-9]+");

    private Phones() {}

    /** What a number is for, which says who pays, and whether it receives short messages. */
    public enum Kind {
        FIXED,
        MOBILE,
        FIXED_OR_MOBILE,
        VOIP,
        TOLL_FREE,
        SHARED_COST,
        PREMIUM,
        OTHER
    }

    /** A valid number. */
    public record Phone(String e164, Kind kind) {

        /** Whether it is, or may be, a mobile phone's. */
        public boolean isMobile() {
            return kind == Kind.MOBILE || kind == Kind.FIXED_OR_MOBILE;
        }
    }

    /**
     * Reads a phone number as it is dialled in a country, or with its international prefix. A valid number may be a filler
     * all the same; where the text holds several numbers and is therefore not valid, the first is proposed. E.164 has no
     * room for an extension.
     *
     * @param country two-letter code of the country whose habits hold when no prefix is written
     */
    public static Reading<Phone> read(String text, String country) {
        String clean = Texts.clean(text);
        if (clean == null) {
            return Reading.absent();
        }
        if (clean.length() > LONGEST) {
            return Reading.failed(Issue.INVALID_PHONE);
        }
        Optional<PhoneNumber> number = number(clean, country);
        Optional<Phone> fiction = number.flatMap(Phones::fiction);
        Optional<Phone> phone = number.flatMap(Phones::valid).or(() -> fiction);
        List<Finding> findings = new ArrayList<>();
        if (phone.isEmpty()) {
            findings.add(new Finding(Issue.INVALID_PHONE, firstOfSeveral(clean, country)));
        }
        if (isFiller(NOT_DIGITS.matcher(clean).replaceAll(""))) {
            findings.add(Finding.of(Issue.FAKE_PHONE));
        }
        if (fiction.isPresent()) {
            findings.add(Finding.of(Issue.RESERVED_PHONE));
        }
        if (phone.isPresent() && number.filter(PhoneNumber::hasExtension).isPresent()) {
            findings.add(Finding.of(Issue.UNREAD_TEXT));
        }
        return new Reading<>(phone, findings);
    }

    private static Optional<PhoneNumber> number(String text, String country) {
        try {
            return Optional.of(PhoneNumberUtil.getInstance().parse(text, country));
        } catch (NumberParseException invalid) {
            return Optional.empty();
        }
    }

    private static Optional<Phone> valid(PhoneNumber number) {
        PhoneNumberUtil library = PhoneNumberUtil.getInstance();
        return library.isValidNumber(number)
                ? Optional.of(new Phone(e164(number), kind(library, number)))
                : Optional.empty();
    }

    /** A number kept for fiction: well formed, whether or not the library counts it among those that may be given out. */
    private static Optional<Phone> fiction(PhoneNumber number) {
        String e164 = e164(number);
        return FICTION.matcher(e164).matches()
                ? Optional.of(new Phone(e164, FICTION_MOBILE.matcher(e164).lookingAt() ? Kind.MOBILE : Kind.FIXED))
                : Optional.empty();
    }

    private static String e164(PhoneNumber number) {
        return PhoneNumberUtil.getInstance().format(number, PhoneNumberFormat.E164);
    }

    private static Kind kind(PhoneNumberUtil library, PhoneNumber number) {
        return switch (library.getNumberType(number)) {
            case FIXED_LINE -> Kind.FIXED;
            case MOBILE -> Kind.MOBILE;
            case FIXED_LINE_OR_MOBILE -> Kind.FIXED_OR_MOBILE;
            case VOIP -> Kind.VOIP;
            case TOLL_FREE -> Kind.TOLL_FREE;
            case SHARED_COST -> Kind.SHARED_COST;
            case PREMIUM_RATE -> Kind.PREMIUM;
            default -> Kind.OTHER;
        };
    }

    private static Optional<String> firstOfSeveral(String text, String country) {
        String[] parts = SEVERAL.split(text, 2);
        return parts.length < 2
                ? Optional.empty()
                : Optional.ofNullable(Texts.clean(parts[0]))
                        .flatMap(first -> number(first, country))
                        .flatMap(Phones::valid)
                        .map(Phone::e164);
    }

    /** One digit repeated, digits that count up or down, pairs that repeat or count, at the end of the number. */
    private static boolean isFiller(String digits) {
        int telling = Math.min(TELLING, digits.length());
        if (telling < FEWEST_TELLING) {
            return false;
        }
        String end = digits.substring(digits.length() - telling);
        return countsBy(end, 0) || countsBy(end, 1) || countsBy(end, 9) || pairsCount(end);
    }

    private static boolean countsBy(String digits, int step) {
        for (int i = 1; i < digits.length(); i++) {
            if ((digits.charAt(i) - digits.charAt(i - 1) + 10) % 10 != step) {
                return false;
            }
        }
        return true;
    }

    private static boolean pairsCount(String digits) {
        int start = digits.length() % 2;
        int step = pair(digits, start + 2) - pair(digits, start);
        if (!STEPS.contains(step)) {
            return false;
        }
        for (int i = start + 2; i + 2 < digits.length(); i += 2) {
            if (pair(digits, i + 2) - pair(digits, i) != step) {
                return false;
            }
        }
        return true;
    }

    private static int pair(String digits, int at) {
        return Integer.parseInt(digits.substring(at, at + 2));
    }
}
