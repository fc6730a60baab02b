package io.clientele.schema;

import static io.clientele.table.ColumnSpec.real;
import static io.clientele.table.ColumnSpec.text;
import static io.clientele.table.Layer.MART;

import io.clientele.table.ColumnSpec;
import io.clientele.table.Field;
import io.clientele.table.Table;

/** Pairs of contact records that somebody should look at. */
public enum ReviewPairs implements Field {
    CONTACT_ID_1(text("The one record").french("premier contact").required()),
    CONTACT_ID_2(text("The other record").french("second contact").required()),
    REASON(
            text("doubtful: about as probably the same as not; kept_apart: taken by themselves they are the same, but other "
                            + "records, a veto or the size of the group speak against it")
                    .french("raison")
                    .required()),
    PROBABILITY(real("How probable it is that both are of one person or company, 0 to 1")
            .french("probabilité")
            .required()),
    AGREEMENT(text("How they agree in each column in which both have a value")
            .french("concordance")
            .required());

    public static final Table TABLE = Table.in(MART, "review_pairs")
            .of(ReviewPairs.values())
            .row("two contact records about which a person should decide")
            .key(CONTACT_ID_1, CONTACT_ID_2)
            .build();

    private final ColumnSpec spec;

    ReviewPairs(ColumnSpec spec) {
        this.spec = spec;
    }

    @Override
    public ColumnSpec spec() {
        return spec;
    }
}
