package io.clientele.schema;

import static io.clientele.table.ColumnSpec.count;
import static io.clientele.table.ColumnSpec.instant;
import static io.clientele.table.ColumnSpec.text;
import static io.clientele.table.Layer.QUALIFIED;

import io.clientele.table.ColumnSpec;
import io.clientele.table.Field;
import io.clientele.table.Table;
import java.time.Period;
import org.apache.spark.sql.types.DataTypes;

/** Events on all channels, attached to their customer. */
public enum Events implements Field {
    EVENT_ID(text("Identifies the event").french("identifiant de l'événement").required()),
    CUSTOMER_ID(text("The customer; null when the person is not known").french("identifiant client")),
    OCCURRED_AT(instant("When it happened, in UTC").french("date et heure").required()),
    OCCURRED_ON(ColumnSpec.day("The day on which it happened, in the zone of the business")
            .french("date")
            .required()),
    CHANNEL(text("web, email, shop, call or post").french("canal").required()),
    EVENT_TYPE(
            text("What happened: visit, page_view, sent, open, click, forward, call; what came back: mail_returned, email_bounced,"
                            + " phone_dead; what was said: nps_answer, review, referral")
                    .french("type d'événement")
                    .required()),
    SUBJECT(text("What it was about").french("objet")),
    RATING(ColumnSpec.of(
                    DataTypes.createDecimalType(4, 1), "The mark given: 0 to 10 in an nps_answer, 1 to 5 in a review")
            .french("note")),
    SOURCE(text("The source that delivered it").french("source").required()),
    CUSTOMER_REF(text("What the source knows the customer by")
            .french("référence client")
            .personal()),
    DELIVERED_ON(ColumnSpec.day("The day of the delivery that it stands as of")
            .french("date de livraison")
            .required()),
    FILE(text("The file of that delivery, relative to the raw zone")
            .french("fichier")
            .required()),
    POSITION(count("Where its record starts in the file").french("position dans le fichier")),
    RECORD_ID(text("The delivered record").required()),
    VERSIONS(count("Delivered records that this one stands for")
            .french("versions")
            .required());

    public static final Table TABLE = Table.in(QUALIFIED, "events")
            .of(Events.values())
            .row("one thing that a customer did or received")
            .key(EVENT_ID)
            .clusteredBy(OCCURRED_AT, CUSTOMER_ID)
            .heldFor(Period.ofMonths(25), "Measuring how contacts use the company's channels")
            .build();

    private final ColumnSpec spec;

    Events(ColumnSpec spec) {
        this.spec = spec;
    }

    @Override
    public ColumnSpec spec() {
        return spec;
    }
}
