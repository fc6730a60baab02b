package io.clientele.schema;

import static io.clientele.table.ColumnSpec.flag;
import static io.clientele.table.ColumnSpec.text;
import static io.clientele.table.Layer.QUALIFIED;

import io.clientele.table.ColumnSpec;
import io.clientele.table.Field;
import io.clientele.table.Table;
import java.time.Period;

/** From what sources call a customer to the customer's identifier; facts are attached through it. */
public enum CustomerRefs implements Field {
    CUSTOMER_REF(text("What sources know the customer by")
            .french("référence client")
            .required()
            .personal()),
    CUSTOMER_ID(text("The customer: a pseudonym that lasts")
            .french("identifiant client")
            .required()),
    HAS_CONTACT(flag("Whether a contact record stands behind it, or only facts")
            .french("a un contact")
            .required());

    public static final Table TABLE = Table.in(QUALIFIED, "customer_refs")
            .of(CustomerRefs.values())
            .row("one reference by which a source knows a customer")
            .key(CUSTOMER_ID)
            .heldFor(Period.ofYears(3), "Knowing the company's contacts: customer relationship management")
            .build();

    private final ColumnSpec spec;

    CustomerRefs(ColumnSpec spec) {
        this.spec = spec;
    }

    @Override
    public ColumnSpec spec() {
        return spec;
    }
}
