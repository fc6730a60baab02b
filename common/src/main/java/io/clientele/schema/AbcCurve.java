package io.clientele.schema;

import static io.clientele.table.ColumnSpec.count;
import static io.clientele.table.ColumnSpec.day;
import static io.clientele.table.ColumnSpec.real;
import static io.clientele.table.ColumnSpec.text;
import static io.clientele.table.ColumnSpec.total;
import static io.clientele.table.Layer.MART;

import io.clientele.table.ColumnSpec;
import io.clientele.table.Field;
import io.clientele.table.Table;

/** Which share of the customers makes which share of an amount: the ABC curve of a segmentation by shares. */
public enum AbcCurve implements Field {
    AS_OF(day("The business date").french("date").required()),
    SEGMENTATION(
            text("The segmentation that cuts the curve").french("segmentation").required()),
    CUSTOMERS(count("So many customers, those with the largest amounts")
            .french("clients")
            .required()),
    CUSTOMER_SHARE(real("Their share of the customers with a positive amount, 0 to 1")
            .french("part des clients")
            .required()),
    AMOUNT(total("Their amounts together").french("montant cumulé").required()),
    AMOUNT_SHARE(real("The share of all positive amounts that this is, 0 to 1")
            .french("part du montant")
            .required()),
    LEAST_AMOUNT(
            total("The amount of the last of them").french("plus petit montant").required()),
    SEGMENT(text("The segment that ends with them; null for a point between the cuts")
            .french("segment"));

    public static final Table TABLE = Table.in(MART, "abc_curve")
            .of(AbcCurve.values())
            .row("one point of the curve of a night: one in each hundredth of the customers, and one at each cut")
            .key(AS_OF, SEGMENTATION, CUSTOMERS, SEGMENT)
            .build();

    private final ColumnSpec spec;

    AbcCurve(ColumnSpec spec) {
        this.spec = spec;
    }

    @Override
    public ColumnSpec spec() {
        return spec;
    }
}
