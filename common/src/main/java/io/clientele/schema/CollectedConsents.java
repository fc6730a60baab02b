package io.clientele.schema;

import static io.clientele.table.ColumnSpec.flag;
import static io.clientele.table.ColumnSpec.instant;
import static io.clientele.table.ColumnSpec.text;
import static io.clientele.table.Layer.COLLECTED;

import io.clientele.table.ColumnSpec;
import io.clientele.table.Field;
import io.clientele.table.Table;
import java.time.Period;

/** Consents given and withdrawn, as delivered. */
public enum CollectedConsents implements Field {
    CUSTOMER_REF(text("What the source knows the person by")
            .french("référence client")
            .required()
            .personal()),
    PURPOSE(text("What the consent is for").french("finalité").required()),
    CHANNEL(text("email, sms, post or call").french("canal").required()),
    IS_GRANTED(flag("True: the person agrees; false: the person objects")
            .french("accordé")
            .required()),
    DECIDED_AT(instant("When the person decided").french("date de décision").required()),
    PROOF(text("How it can be proved: form, version, address").french("preuve").personal());

    public static final Table TABLE = Table.in(COLLECTED, "consents")
            .of(Delivery.values())
            .of(CollectedConsents.values())
            .row("one decision of a person on one purpose and channel, as delivered")
            .key(Delivery.RECORD_ID)
            .clusteredBy(Delivery.DELIVERED_ON)
            .heldFor(Period.ofYears(6), "Proof of consent and of objection")
            .build();

    private final ColumnSpec spec;

    CollectedConsents(ColumnSpec spec) {
        this.spec = spec;
    }

    @Override
    public ColumnSpec spec() {
        return spec;
    }
}
