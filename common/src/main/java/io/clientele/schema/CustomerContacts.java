package io.clientele.schema;

import static io.clientele.table.ColumnSpec.text;
import static io.clientele.table.Layer.QUALIFIED;

import io.clientele.table.ColumnSpec;
import io.clientele.table.Field;
import io.clientele.table.Table;

/** Which contact record belongs to which customer. */
public enum CustomerContacts implements Field {
    CONTACT_ID(text("The contact record").french("identifiant du contact").required()),
    CUSTOMER_ID(text("The customer").french("identifiant client").required());

    public static final Table TABLE = Table.in(QUALIFIED, "customer_contacts")
            .of(CustomerContacts.values())
            .row("which customer a contact record belongs to")
            .key(CONTACT_ID)
            .build();

    private final ColumnSpec spec;

    CustomerContacts(ColumnSpec spec) {
        this.spec = spec;
    }

    @Override
    public ColumnSpec spec() {
        return spec;
    }
}
