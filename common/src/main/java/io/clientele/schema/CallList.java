package io.clientele.schema;

import static io.clientele.table.ColumnSpec.day;
import static io.clientele.table.ColumnSpec.real;
import static io.clientele.table.ColumnSpec.text;
import static io.clientele.table.ColumnSpec.total;
import static io.clientele.table.Layer.MART;

import io.clientele.table.ColumnSpec;
import io.clientele.table.Field;
import io.clientele.table.Table;
import java.time.Period;

/** Whom to call tonight to verify what is doubtful, with what to say: contact, reason, objective, closing (CROC). */
public enum CallList implements Field {
    CUSTOMER_ID(text("The customer: a pseudonym").french("identifiant client").required()),
    AS_OF(day("The business date of the list").french("date de la liste").required()),
    PHONE_NUMBER(text("The number to call, in E.164: for the caller, for this call")
            .french("numéro à appeler")
            .required()
            .personal()),
    CONTACT(text("What the caller says first; it names the customer")
            .french("contact")
            .required()
            .personal()),
    REASON(text("What the caller says about why").french("raison").required()),
    OBJECTIVE(text("What the call is to bring").french("objectif").required()),
    CLOSING(text("What the caller says last").french("congé").required()),
    SUBJECT(text("What is to be verified first: post, email or phone")
            .french("sujet")
            .required()),
    DOUBT(text("Why: missing, obsolete, doubtful or unverified, as in mart.contactability")
            .french("motif")
            .required()),
    DOUBTFULNESS(real("How doubtful all that is known of the customer's channels is, by their weights, 0 to 1")
            .french("degré de doute")
            .required()),
    WORTH(total("Sales to date less returns, in the currency of the lake")
            .french("chiffre d'affaires")
            .required()),
    PRIORITY(real("Worth times doubtfulness: the highest is called first")
            .french("priorité")
            .required());

    public static final Table TABLE = Table.in(MART, "call_list")
            .of(CallList.values())
            .row("one customer to call, the number and the script")
            .key(CUSTOMER_ID)
            .heldFor(
                    Period.ofMonths(1),
                    "Keeping customers' data accurate by verifying it with them (article 5.1.d of the GDPR)")
            .build();

    private final ColumnSpec spec;

    CallList(ColumnSpec spec) {
        this.spec = spec;
    }

    @Override
    public ColumnSpec spec() {
        return spec;
    }
}
