package io.clientele.schema;

import static io.clientele.table.ColumnSpec.day;
import static io.clientele.table.ColumnSpec.integer;
import static io.clientele.table.ColumnSpec.text;
import static io.clientele.table.ColumnSpec.total;
import static io.clientele.table.Layer.MART;

import io.clientele.table.ColumnSpec;
import io.clientele.table.Field;
import io.clientele.table.Table;

/** Where the digits change. */
public enum RfmCuts implements Field {
    AS_OF(day("The business date").french("date du score").required()),
    TIME_WINDOW(text("The window, by its name in the configuration")
            .french("période")
            .required()),
    DIMENSION(text("The column by which customers are compared: currency, country, brand …; (all) for none")
            .french("dimension")
            .required()),
    VALUE(text("Its value, among whose buyers the customer is ranked; (all), or (unknown) if nobody says")
            .french("modalité")
            .required()),
    AXIS(text("recency, frequency or monetary").french("axe").required()),
    DIGIT(integer("The digit of values up to the cut: 1 to 4; for recency, where less is better, 5 to 2")
            .french("note")
            .required()),
    UP_TO(total("The cut: the highest value that has the digit, in days, purchases or money")
            .french("jusqu'à")
            .required());

    public static final Table TABLE = Table.in(MART, "rfm_cuts")
            .of(RfmCuts.values())
            .row("one value at which a digit of an axis ends, in one window and for one value of one dimension")
            .key(TIME_WINDOW, DIMENSION, VALUE, AXIS, DIGIT)
            .build();

    private final ColumnSpec spec;

    RfmCuts(ColumnSpec spec) {
        this.spec = spec;
    }

    @Override
    public ColumnSpec spec() {
        return spec;
    }
}
