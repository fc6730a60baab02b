package io.clientele.schema;

import static io.clientele.table.ColumnSpec.text;
import static io.clientele.table.Layer.QUALIFIED;

import io.clientele.table.ColumnSpec;
import io.clientele.table.Field;
import io.clientele.table.Table;

/** Which contact records are of one person or company. */
public enum ContactGroups implements Field {
    CONTACT_ID(text("The contact record").french("identifiant du contact").required()),
    GROUP_ID(text("The group: the smallest contact_id in it")
            .french("identifiant du groupe")
            .required()),
    COMPONENT_ID(text("The records that it was compared with, directly or through others: the smallest contact_id")
            .required()),
    FINGERPRINT(text("A digest of the values that were compared").required());

    public static final Table TABLE = Table.in(QUALIFIED, "contact_groups")
            .of(ContactGroups.values())
            .row("one contact record and the group of records that are of the same person or company")
            .key(CONTACT_ID)
            .build();

    private final ColumnSpec spec;

    ContactGroups(ColumnSpec spec) {
        this.spec = spec;
    }

    @Override
    public ColumnSpec spec() {
        return spec;
    }
}
