package io.clientele.schema;

import static io.clientele.table.ColumnSpec.count;
import static io.clientele.table.ColumnSpec.day;
import static io.clientele.table.ColumnSpec.flag;
import static io.clientele.table.ColumnSpec.instant;
import static io.clientele.table.ColumnSpec.text;
import static io.clientele.table.Layer.QUALIFIED;

import io.clientele.table.ColumnSpec;
import io.clientele.table.Field;
import io.clientele.table.Table;
import java.time.Period;

/** Everything that was ever said of a customer, by attribute: each value with its period, its origin and its state. */
public enum CustomerAttributes implements Field {
    CUSTOMER_ID(text("The customer").french("identifiant client").required()),
    ATTRIBUTE(text("What the value is of: email, mobile, address ... as the columns of qualified.customers")
            .french("attribut")
            .required()),
    VALUE(text("The value as text; an address has its parts on lines, an empty one for a part that is missing")
            .french("valeur")
            .required()
            .personal()),
    VALID_FROM(instant("Since when a record says so").french("valide du").required()),
    VALID_TO(instant("When the last record to say so was changed; null while one still does")
            .french("valide au")),
    SOURCE(text("The source of the record it is taken from").french("source").required()),
    CONTACT_ID(text("The contact record it is taken from")
            .french("identifiant du contact")
            .required()),
    CONTACTS(count("Contact records that say so, or said so in this period")
            .french("contacts")
            .required()),
    STATE(text("current: in the golden record; alternative: another record still says so; former: no record says so any"
                    + " longer; obsolete: proven wrong since, whoever says so")
            .french("état")
            .required()),
    IS_GOLDEN(flag("Whether it is in the golden record: the current value, or an obsolete one for want of a better")
            .french("retenue")
            .required()),
    OBSOLETE_REASON(text("What proved it wrong: mail_returned, email_bounced or phone_dead")
            .french("motif d'obsolescence")),
    OBSOLETE_AT(instant("When that happened").french("date d'obsolescence")),
    VERIFIED_ON(day("When a source last said so").french("vérifiée le").required());

    public static final Table TABLE = Table.in(QUALIFIED, "customer_attributes")
            .of(CustomerAttributes.values())
            .row("one value of one attribute of a customer over a period")
            .key(CUSTOMER_ID, ATTRIBUTE, VALUE, VALID_FROM)
            .heldFor(Period.ofYears(3), "Knowing the company's contacts: customer relationship management")
            .build();

    private final ColumnSpec spec;

    CustomerAttributes(ColumnSpec spec) {
        this.spec = spec;
    }

    @Override
    public ColumnSpec spec() {
        return spec;
    }
}
