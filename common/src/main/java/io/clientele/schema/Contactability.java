package io.clientele.schema;

import static io.clientele.table.ColumnSpec.day;
import static io.clientele.table.ColumnSpec.flag;
import static io.clientele.table.ColumnSpec.real;
import static io.clientele.table.ColumnSpec.text;
import static io.clientele.table.Layer.MART;

import io.clientele.table.ColumnSpec;
import io.clientele.table.Field;
import io.clientele.table.Table;

/** How surely each customer can be reached, by channel, and how much is known of it. */
public enum Contactability implements Field {
    CUSTOMER_ID(text("The customer: a pseudonym").french("identifiant client").required()),
    AS_OF(day("The business date of the scores").french("date du score").required()),
    POST_SCORE(score("the address")),
    POST_VERIFIED_ON(verified("the address")),
    POST_DOUBT(doubt("the address")),
    IS_POST_ALLOWED(allowed("letters")),
    PHONE_SCORE(score("the landline or the mobile phone, whichever is surer,")),
    PHONE_VERIFIED_ON(verified("the phone number")),
    PHONE_DOUBT(doubt("the phone number")),
    IS_PHONE_ALLOWED(allowed("calls")),
    EMAIL_SCORE(score("the e-mail address")),
    EMAIL_VERIFIED_ON(verified("the e-mail address")),
    EMAIL_DOUBT(doubt("the e-mail address")),
    IS_EMAIL_ALLOWED(allowed("e-mails")),
    SMS_SCORE(score("the number of a mobile phone")),
    SMS_VERIFIED_ON(verified("the number of the mobile phone")),
    SMS_DOUBT(doubt("the number of the mobile phone")),
    IS_SMS_ALLOWED(allowed("short messages")),
    COMPLETENESS(real("Share of the attributes that are known and not proven wrong, by their weights, 0 to 1")
            .french("complétude")
            .required()),
    BEST_CHANNEL(text("post, phone, email or sms: of the allowed channels the one with the highest score; null if none")
            .french("meilleur canal"));

    public static final Table TABLE = Table.in(MART, "contactability")
            .of(Contactability.values())
            .row("how surely a customer can be reached, by channel")
            .key(CUSTOMER_ID)
            .build();

    private final ColumnSpec spec;

    Contactability(ColumnSpec spec) {
        this.spec = spec;
    }

    @Override
    public ColumnSpec spec() {
        return spec;
    }

    private static ColumnSpec score(String of) {
        return real("How surely " + of
                        + " leads to the customer, 0 to 1: falls with what was noticed about it and with the"
                        + " time since a source last said so; 0 if missing or proven wrong")
                .french("joignabilité")
                .required();
    }

    private static ColumnSpec verified(String what) {
        return day("When a source last said " + what).french("vérifié le");
    }

    private static ColumnSpec doubt(String what) {
        return text("Why " + what
                        + " should be verified: missing, obsolete (proven wrong), doubtful (something was noticed"
                        + " about it), unverified (for long); null if nothing speaks for it")
                .french("motif de doute");
    }

    private static ColumnSpec allowed(String what) {
        return flag("Whether " + what + " for the configured purpose are allowed, by the consents that stand")
                .french("autorisé")
                .required();
    }
}
