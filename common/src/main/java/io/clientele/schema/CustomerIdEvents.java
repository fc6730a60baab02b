package io.clientele.schema;

import static io.clientele.table.ColumnSpec.day;
import static io.clientele.table.ColumnSpec.text;
import static io.clientele.table.Layer.QUALIFIED;

import io.clientele.table.ColumnSpec;
import io.clientele.table.Field;
import io.clientele.table.Table;

/** Merges and splits of customer identifiers, kept for ever: what became of an old identifier. */
public enum CustomerIdEvents implements Field {
    EVENT_ID(text("Identifies the event: a digest of its day, kind and identifiers")
            .required()),
    OCCURRED_ON(day("The business date of the night that found it")
            .french("date de l'événement")
            .required()),
    KIND(text("merged: the old identifier is no longer used, the new one stands for it; split: the old one lives on"
                    + " elsewhere, what left it is now under the new one")
            .french("nature")
            .required()),
    OLD_CUSTOMER_ID(text("The identifier before").french("ancien identifiant").required()),
    NEW_CUSTOMER_ID(text("The identifier after").french("nouvel identifiant").required());

    public static final Table TABLE = Table.in(QUALIFIED, "customer_id_events")
            .of(CustomerIdEvents.values())
            .row("one merge or split of customer identifiers; a birth is no event")
            .key(EVENT_ID)
            .build();

    private final ColumnSpec spec;

    CustomerIdEvents(ColumnSpec spec) {
        this.spec = spec;
    }

    @Override
    public ColumnSpec spec() {
        return spec;
    }
}
