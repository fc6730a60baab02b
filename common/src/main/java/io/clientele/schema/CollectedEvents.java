package io.clientele.schema;

import static io.clientele.table.ColumnSpec.instant;
import static io.clientele.table.ColumnSpec.text;
import static io.clientele.table.Layer.COLLECTED;

import io.clientele.table.ColumnSpec;
import io.clientele.table.Field;
import io.clientele.table.Table;
import java.time.Period;
import org.apache.spark.sql.types.DataTypes;

/** What contacts do on the web, with e-mails, in shops and on the phone, and what of that sent to them comes back. */
public enum CollectedEvents implements Field {
    CUSTOMER_REF(text("What the source knows the person by")
            .french("référence client")
            .personal()),
    OCCURRED_AT(instant("When it happened").french("date de l'événement").required()),
    CHANNEL(text("web, email, shop, call or post").french("canal").required()),
    EVENT_TYPE(
            text("What happened: visit, page_view, sent, open, click, call; what came back: mail_returned, email_bounced,"
                            + " phone_dead; what was said: nps_answer, review, referral")
                    .french("type d'événement")
                    .required()),
    SUBJECT(text("What it was about: a page, a campaign, a shop, a reason for calling or coming back")
            .french("objet")),
    RATING(ColumnSpec.of(
                    DataTypes.createDecimalType(4, 1), "The mark given: 0 to 10 in an nps_answer, 1 to 5 in a review")
            .french("note"));

    public static final Table TABLE = Table.in(COLLECTED, "events")
            .of(Delivery.values())
            .of(CollectedEvents.values())
            .row("one thing that a contact did or received, as delivered")
            .key(Delivery.RECORD_ID)
            .clusteredBy(Delivery.DELIVERED_ON)
            .heldFor(Period.ofMonths(25), "Measuring how contacts use the company's channels")
            .build();

    private final ColumnSpec spec;

    CollectedEvents(ColumnSpec spec) {
        this.spec = spec;
    }

    @Override
    public ColumnSpec spec() {
        return spec;
    }
}
