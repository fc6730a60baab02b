package io.clientele.schema;

import static io.clientele.table.ColumnSpec.count;
import static io.clientele.table.ColumnSpec.flag;
import static io.clientele.table.ColumnSpec.instant;
import static io.clientele.table.ColumnSpec.text;
import static io.clientele.table.Layer.QUALIFIED;

import io.clientele.table.ColumnSpec;
import io.clientele.table.Field;
import io.clientele.table.Table;
import java.util.List;

/** Who agreed to what, as it stands. */
public enum Consents implements Field {
    CUSTOMER_ID(text("The customer").french("identifiant client").required()),
    PURPOSE(text("What the consent is for").french("finalité").required()),
    CHANNEL(text("email, sms, post or call").french("canal").required()),
    IS_GRANTED(flag("True: agreed; false: objected. Of each reference the last decision counts, at the same instant the"
                    + " refusal; where references of one customer disagree, the refusal")
            .french("accordé")
            .required()),
    DECIDED_AT(instant("When that was last decided").french("date de décision").required()),
    DECISIONS(count("Delivered decisions that this one sums up")
            .french("décisions")
            .required());

    /** The channels that there are. */
    public static final List<String> CHANNELS = List.of("email", "sms", "post", "call");

    public static final Table TABLE = Table.in(QUALIFIED, "consents")
            .of(Consents.values())
            .row("what stands of the decisions of a customer on one purpose and channel")
            .key(CUSTOMER_ID, PURPOSE, CHANNEL)
            .build();

    private final ColumnSpec spec;

    Consents(ColumnSpec spec) {
        this.spec = spec;
    }

    @Override
    public ColumnSpec spec() {
        return spec;
    }
}
