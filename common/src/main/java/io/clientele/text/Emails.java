package io.clientele.text;

import com.sanctionco.jmail.Email;
import com.sanctionco.jmail.EmailValidator;
import com.sanctionco.jmail.JMail;
import java.util.Locale;

/** E-mail addresses, as RFC 5321 and common sense allow them. */
public final class Emails {

    private static final EmailValidator VALIDATOR =
            JMail.strictValidator().disallowIpDomain().requireTopLevelDomain().disallowQuotedIdentifiers();

    private Emails() {}

    /** Reads an address; the domain is put in lower case, the local part, which may distinguish case, is kept. */
    public static Parsed<String> parse(String text) {
        String clean = Texts.clean(text);
        if (clean == null) {
            return Parsed.absent();
        }
        return VALIDATOR
                .tryParse(clean)
                .map(Emails::normalised)
                .map(Parsed::of)
                .orElseGet(() -> Parsed.failed(Issue.INVALID_EMAIL));
    }

    private static String normalised(Email email) {
        return email.localPartWithoutComments()
                + "@"
                + email.domainWithoutComments().toLowerCase(Locale.ROOT);
    }
}
