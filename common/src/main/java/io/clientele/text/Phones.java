package io.clientele.text;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.util.Set;

/** Phone numbers, in E.164. */
public final class Phones {

    /** Longer text is no phone number; the library would search all of it. */
    private static final int LONGEST = 40;

    private static final Set<PhoneNumberType> MOBILE =
            Set.of(PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE);

    private Phones() {}

    /** A valid number. */
    public record Phone(String e164, boolean isMobile) {}

    /**
     * Reads a phone number as it is dialled in a country, or with its international prefix.
     *
     * @param country two-letter code of the country whose habits hold when no prefix is written
     */
    public static Parsed<Phone> parse(String text, String country) {
        String clean = Texts.clean(text);
        if (clean == null) {
            return Parsed.absent();
        }
        if (clean.length() > LONGEST) {
            return Parsed.failed(Issue.INVALID_PHONE);
        }
        PhoneNumberUtil library = PhoneNumberUtil.getInstance();
        try {
            PhoneNumber number = library.parse(clean, country);
            if (!library.isValidNumber(number)) {
                return Parsed.failed(Issue.INVALID_PHONE);
            }
            return Parsed.of(new Phone(
                    library.format(number, PhoneNumberFormat.E164), MOBILE.contains(library.getNumberType(number))));
        } catch (NumberParseException invalid) {
            return Parsed.failed(Issue.INVALID_PHONE);
        }
    }
}
