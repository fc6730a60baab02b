package io.clientele.schema;

import static io.clientele.table.ColumnSpec.count;
import static io.clientele.table.ColumnSpec.day;
import static io.clientele.table.ColumnSpec.integer;
import static io.clientele.table.ColumnSpec.text;
import static io.clientele.table.ColumnSpec.total;
import static io.clientele.table.Layer.MART;

import io.clientele.table.ColumnSpec;
import io.clientele.table.Field;
import io.clientele.table.Table;

/** The grid of digits, with who is in each cell and what they spent. */
public enum RfmCells implements Field {
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
    R(integer("Recency digit").french("note de récence").required()),
    F(integer("Frequency digit").french("note de fréquence").required()),
    M(integer("Monetary digit").french("note de montant").required()),
    CODE(text("The three digits in one").french("score RFM").required()),
    SEGMENT(text("The named segment of the digits").french("segment").required()),
    CUSTOMERS(count("Customers in the cell").french("clients").required()),
    PURCHASES(count("What they bought, in invoices or days of purchase, as the configuration counts")
            .french("achats")
            .required()),
    SALES_AMOUNT(total("What they spent, in the currency of the lake, by dimension currency in that currency")
            .french("chiffre d'affaires")
            .required());

    public static final Table TABLE = Table.in(MART, "rfm_cells")
            .of(RfmCells.values())
            .row("one cell of the grid of digits that has customers, in one window and for one value of one dimension")
            .key(TIME_WINDOW, DIMENSION, VALUE, R, F, M)
            .build();

    private final ColumnSpec spec;

    RfmCells(ColumnSpec spec) {
        this.spec = spec;
    }

    @Override
    public ColumnSpec spec() {
        return spec;
    }
}
