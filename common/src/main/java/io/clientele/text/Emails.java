package io.clientele.text;

import com.sanctionco.jmail.EmailValidator;
import com.sanctionco.jmail.JMail;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** E-mail addresses, as RFC 5321 and common sense allow them. */
public final class Emails {

    private static final EmailValidator VALIDATOR = JMail.strictValidator()
            .disallowIpDomain()
            .requireTopLevelDomain()
            .disallowQuotedIdentifiers()
            .disallowObsoleteWhitespace();

    /** RFC 5321, 4.5.3.1: 64 for the local part, 255 for the domain. */
    private static final int LONGEST = 320;

    private static final Set<String> DESKS = Set.of(
            "CONTACT",
            "CONTACTS",
            "INFO",
            "INFOS",
            "INFORMATION",
            "NOREPLY",
            "DONOTREPLY",
            "NEPASREPONDRE",
            "ADMIN",
            "ADMINISTRATOR",
            "ADMINISTRATEUR",
            "ADMINISTRATION",
            "WEBMASTER",
            "POSTMASTER",
            "HOSTMASTER",
            "ABUSE",
            "ROOT",
            "SECURITY",
            "PRIVACY",
            "DPO",
            "RGPD",
            "SALES",
            "COMMERCIAL",
            "COMMERCE",
            "VENTE",
            "VENTES",
            "SUPPORT",
            "HELP",
            "HELPDESK",
            "AIDE",
            "SERVICE",
            "SERVICES",
            "SERVICECLIENT",
            "SERVICECLIENTS",
            "CLIENTS",
            "SAV",
            "COMPTA",
            "COMPTABILITE",
            "ACCOUNTING",
            "ACCOUNTS",
            "FACTURATION",
            "FACTURE",
            "FACTURES",
            "BILLING",
            "INVOICE",
            "INVOICES",
            "ACCUEIL",
            "RECEPTION",
            "SECRETARIAT",
            "DIRECTION",
            "GERANCE",
            "RH",
            "HR",
            "RECRUTEMENT",
            "JOBS",
            "MARKETING",
            "COMMUNICATION",
            "PRESSE",
            "PRESS",
            "MEDIA",
            "OFFICE",
            "BUREAU",
            "MAIRIE",
            "HELLO",
            "BONJOUR",
            "TEAM",
            "EQUIPE",
            "MAIL",
            "EMAIL",
            "COURRIER",
            "ACHAT",
            "ACHATS",
            "ORDER",
            "ORDERS",
            "COMMANDE",
            "COMMANDES",
            "BOUTIQUE",
            "MAGASIN",
            "SHOP",
            "NEWSLETTER",
            "MAILERDAEMON",
            "RESERVATION",
            "RESERVATIONS",
            "BOOKING",
            "DEVIS",
            "TECHNIQUE",
            "INFORMATIQUE",
            "ENQUIRIES");

    private static final Set<String> FILLERS = Set.of(
            "NOMAIL",
            "NOEMAIL",
            "PASDEMAIL",
            "PASDADRESSE",
            "SANSMAIL",
            "SANSEMAIL",
            "SANSADRESSE",
            "AUCUN",
            "AUCUNE",
            "AUCUNMAIL",
            "RIEN",
            "NEANT",
            "NONE",
            "NA",
            "NC",
            "NULL",
            "ABC",
            "EMAILINCONNU",
            "MAILINCONNU",
            "NONRENSEIGNE",
            "XYZ",
            "ADRESSE",
            "USER",
            "UTILISATEUR",
            "JOHNDOE",
            "ABCDEF",
            "ABCD");

    private static final Set<String> GMAIL = Set.of("gmail.com", "googlemail.com");

    private Emails() {}

    /** An address: its local part as written, its domain in small letters. */
    public record Address(String local, String domain) {

        public String text() {
            return local + "@" + domain;
        }
    }

    /** What two addresses may differ in and still be taken for the same mailbox. */
    public enum Likeness {
        /** Capitals in the local part: no provider known distinguishes them. */
        CASE,
        /** What follows a plus: {@code ann+shop@} is read by {@code ann@} with most providers (RFC 5233). */
        SUB_ADDRESS,
        /** Points in a mailbox of Gmail, which ignores them, and the provider's two names. */
        GMAIL
    }

    /**
     * Reads an address, and says what kind it is; the domain is put in lower case, the local part, which may distinguish
     * case, is kept. A domain that looks misspelt, and a text that a
     * small repair would make an address, are findings with a proposal; the value stays what was written.
     */
    public static Reading<Address> read(String text) {
        String clean = Texts.clean(text);
        if (clean == null) {
            return Reading.absent();
        }
        if (clean.length() > LONGEST) {
            return Reading.failed(Issue.INVALID_EMAIL);
        }
        Optional<Address> address = valid(clean);
        if (address.isEmpty()) {
            return Reading.failed(List.of(new Finding(Issue.INVALID_EMAIL, repaired(clean))));
        }
        return Reading.of(address.get(), findings(address.get()));
    }

    /** The key under which addresses of one mailbox are the same. */
    public static String key(Address address, Set<Likeness> likenesses) {
        String local = address.local();
        String domain = address.domain();
        int plus = local.indexOf('+');
        if (likenesses.contains(Likeness.SUB_ADDRESS) && plus > 0) {
            local = local.substring(0, plus);
        }
        if (likenesses.contains(Likeness.CASE)) {
            local = local.toLowerCase(Locale.ROOT);
        }
        if (likenesses.contains(Likeness.GMAIL) && GMAIL.contains(domain)) {
            local = local.replace(".", "");
            domain = "gmail.com";
        }
        return local + "@" + domain;
    }

    private static List<Finding> findings(Address address) {
        List<Finding> findings = new ArrayList<>();
        String desk = squeezed(address.local());
        if (Fillers.isName(desk) || FILLERS.contains(desk)) {
            findings.add(Finding.of(Issue.FAKE_EMAIL));
        }
        if (EmailDomains.isReserved(address.domain())) {
            findings.add(Finding.of(Issue.RESERVED_EMAIL));
        }
        if (EmailDomains.isDisposable(address.domain())) {
            findings.add(Finding.of(Issue.DISPOSABLE_EMAIL));
        }
        if (DESKS.contains(desk)) {
            findings.add(Finding.of(Issue.ROLE_EMAIL));
        }
        EmailDomains.meant(address.domain())
                .ifPresent(domain -> findings.add(
                        Finding.proposing(Issue.MISSPELT_EMAIL_DOMAIN, new Address(address.local(), domain).text())));
        return findings;
    }

    /** The local part in capitals, without sub-address and signs. */
    private static String squeezed(String local) {
        int plus = local.indexOf('+');
        String key = PersonNames.key(plus > 0 ? local.substring(0, plus) : local);
        return key == null ? "" : key.replace(" ", "");
    }

    private static Optional<Address> valid(String text) {
        return VALIDATOR
                .tryParse(text)
                .map(email -> new Address(
                        email.localPartWithoutComments(),
                        email.domainWithoutComments().toLowerCase(Locale.ROOT)))
                .filter(address ->
                        isTop(address.domain().substring(address.domain().lastIndexOf('.') + 1)));
    }

    /** No top-level domain has one letter, or is a number. */
    private static boolean isTop(String domain) {
        return domain.length() > 1 && !domain.chars().allMatch(Character::isDigit);
    }

    /** What the text would be without a display name, signs around it, blanks in it, commas for points or a cut domain. */
    private static Optional<String> repaired(String text) {
        int open = text.lastIndexOf('<');
        int close = text.lastIndexOf('>');
        String inner = open >= 0 && close > open ? text.substring(open + 1, close) : text;
        String bare = trimmed(inner.regionMatches(true, 0, "mailto:", 0, 7) ? inner.substring(7) : inner);
        int at = bare.lastIndexOf('@');
        if (at < 1 || bare.indexOf('@') != at) {
            return Optional.empty();
        }
        String local = bare.substring(0, at).strip();
        String domain = bare.substring(at + 1)
                .replace(" ", "")
                .replace(',', '.')
                .replace(';', '.')
                .replace("..", ".")
                .toLowerCase(Locale.ROOT);
        return valid(local + "@" + domain)
                .or(() -> EmailDomains.meant(domain).flatMap(meant -> valid(local + "@" + meant)))
                .map(address -> EmailDomains.meant(address.domain())
                        .map(meant -> new Address(address.local(), meant))
                        .orElse(address))
                .map(Address::text);
    }

    private static String trimmed(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isRim(text.charAt(start))) {
            start++;
        }
        while (end > start && isRim(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    private static boolean isRim(char c) {
        return " .,;:'\"<>()[]".indexOf(c) >= 0;
    }
}
