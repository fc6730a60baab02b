package io.clientele.schema;

import static io.clientele.table.ColumnSpec.count;
import static io.clientele.table.ColumnSpec.day;
import static io.clientele.table.ColumnSpec.integer;
import static io.clientele.table.ColumnSpec.real;
import static io.clientele.table.ColumnSpec.text;
import static io.clientele.table.ColumnSpec.total;
import static io.clientele.table.Layer.MART;

import io.clientele.table.ColumnSpec;
import io.clientele.table.Field;
import io.clientele.table.Table;

/** RFM by value-cut quantiles, with named segments, and by thresholds, with points. */
public enum CustomerRfm implements Field {
    CUSTOMER_ID(text("The customer: a pseudonym").french("identifiant client").required()),
    AS_OF(day("The business date of the score").french("date du score").required()),
    RECENCY_DAYS(integer("Days from the last day with a sale to the business date")
            .french("récence")
            .required()),
    FREQUENCY(count(
                    "Purchases inside the window: invoices (one of two days is two) or days of purchase, as the configuration"
                            + " counts")
            .french("fréquence")
            .required()),
    MONETARY(total(
                    "Sales inside the window, all or the mean of a purchase, as the configuration says; in the currency of the"
                            + " lake")
            .french("montant")
            .required()),
    R(integer("Recency digit, 1 the longest ago").french("note de récence").required()),
    F(integer("Frequency digit, 1 the rarest").french("note de fréquence").required()),
    M(integer("Monetary digit, 1 the smallest").french("note de montant").required()),
    CODE(text("The three digits in one: 433").french("score RFM").required()),
    SEGMENT(text("The named segment of the digits").french("segment").required()),
    SCORE(real("Weighted mean of the digits, 1 to 5").french("score pondéré").required()),
    RECENCY_POINTS(integer("Points of the recency threshold reached")
            .french("points de récence")
            .required()),
    FREQUENCY_POINTS(integer("Points of the frequency threshold reached")
            .french("points de fréquence")
            .required()),
    MONETARY_POINTS(integer("Points of the amount threshold reached")
            .french("points de montant")
            .required()),
    POINTS(integer("Sum of the points").french("points").required()),
    SALES_IN_WINDOW(total("All that was bought inside the window, in the same currency as the monetary value")
            .french("chiffre d'affaires")
            .required());

    public static final Table TABLE = Table.in(MART, "customer_rfm")
            .of(CustomerRfm.values())
            .row("one customer's recency, frequency and monetary value in the first window, ranked both ways")
            .key(CUSTOMER_ID)
            .build();

    /** The same at the end of each month that is past. */
    public static final Table HISTORY = Table.in(MART, "customer_rfm_history")
            .of(CustomerRfm.values())
            .row("one customer's recency, frequency and monetary value as they stood after the last night of a month")
            .key(CUSTOMER_ID, AS_OF)
            .clusteredBy(AS_OF)
            .build();

    private final ColumnSpec spec;

    CustomerRfm(ColumnSpec spec) {
        this.spec = spec;
    }

    @Override
    public ColumnSpec spec() {
        return spec;
    }
}
