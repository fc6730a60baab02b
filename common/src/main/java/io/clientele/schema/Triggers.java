package io.clientele.schema;

import static io.clientele.table.ColumnSpec.count;
import static io.clientele.table.ColumnSpec.day;
import static io.clientele.table.ColumnSpec.instant;
import static io.clientele.table.ColumnSpec.text;
import static io.clientele.table.Layer.LIVE;

import io.clientele.table.ColumnSpec;
import io.clientele.table.Field;
import io.clientele.table.Table;

/** What customers did that somebody should know of at once. What was told stays, whatever becomes known later. */
public enum Triggers implements Field {
    TRIGGER(text("What happened, by its name in the configuration")
            .french("déclencheur")
            .required()),
    CUSTOMER_ID(text("The customer: a pseudonym").french("identifiant client").required()),
    DAY(day("The day of the events, where the business has its midnight")
            .french("jour")
            .required()),
    EVENTS(count("Events of that day that count, so far").french("événements").required()),
    FIRST_AT(instant("When the first of them happened, in UTC")
            .french("premier événement")
            .required()),
    REACHED_AT(instant("When there were enough of them, in UTC")
            .french("seuil atteint")
            .required()),
    LAST_AT(instant("When the last of them happened, in UTC")
            .french("dernier événement")
            .required()),
    NOTICED_AT(instant("When the run began that first told of it: what is later than the last look is new")
            .french("signalé le")
            .required());

    public static final Table TABLE = Table.in(LIVE, "triggers")
            .of(Triggers.values())
            .row("one customer who did on one day what a trigger waits for")
            .key(TRIGGER, CUSTOMER_ID, DAY)
            .clusteredBy(DAY, NOTICED_AT)
            .build();

    private final ColumnSpec spec;

    Triggers(ColumnSpec spec) {
        this.spec = spec;
    }

    @Override
    public ColumnSpec spec() {
        return spec;
    }
}
