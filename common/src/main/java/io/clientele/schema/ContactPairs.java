package io.clientele.schema;

import static io.clientele.table.ColumnSpec.real;
import static io.clientele.table.ColumnSpec.text;
import static io.clientele.table.Layer.QUALIFIED;

import io.clientele.table.ColumnSpec;
import io.clientele.table.Field;
import io.clientele.table.Table;
import java.time.Period;

/** Pairs of contact records of which it is not improbable that they are of one person or company. */
public enum ContactPairs implements Field {
    CONTACT_ID_1(text("The one record").french("premier contact").required()),
    CONTACT_ID_2(text("The other record; the greater identifier")
            .french("second contact")
            .required()),
    PROBABILITY(real("How probable it is that both are of one person or company, 0 to 1")
            .french("probabilité")
            .required()),
    AGREEMENT(text("How they agree in each column in which both have a value")
            .french("concordance")
            .required());

    public static final Table TABLE = Table.in(QUALIFIED, "contact_pairs")
            .of(ContactPairs.values())
            .row("two contact records that were compared, and are perhaps of one person or company")
            .key(CONTACT_ID_1, CONTACT_ID_2)
            .heldFor(Period.ofYears(3), "Knowing the company's contacts: customer relationship management")
            .build();

    private final ColumnSpec spec;

    ContactPairs(ColumnSpec spec) {
        this.spec = spec;
    }

    @Override
    public ColumnSpec spec() {
        return spec;
    }
}
