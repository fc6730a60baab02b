package io.clientele.schema;

import static io.clientele.table.ColumnSpec.count;
import static io.clientele.table.ColumnSpec.day;
import static io.clientele.table.ColumnSpec.flag;
import static io.clientele.table.ColumnSpec.real;
import static io.clientele.table.ColumnSpec.text;
import static io.clientele.table.Layer.MART;

import io.clientele.table.ColumnSpec;
import io.clientele.table.Field;
import io.clientele.table.Table;

/** Which products are bought again, and which once. */
public enum ProductRepeats implements Field {
    PRODUCT_ID(text("The product").french("identifiant produit").required()),
    BUYERS(count("Customers who bought it within the window")
            .french("acheteurs")
            .required()),
    REPEAT_BUYERS(count("Those who bought it on two days or more")
            .french("racheteurs")
            .required()),
    REPEAT_SHARE(real("Their share, 0 to 1").french("part de rachat").required()),
    IS_REPEAT(flag("Whether it is a repeat product: one that may be recommended to who has bought it")
            .french("produit de rachat")
            .required()),
    AS_OF(day("The business date").french("date").required());

    public static final Table TABLE = Table.in(MART, "product_repeats")
            .of(ProductRepeats.values())
            .row("one product that customers bought within the window")
            .key(PRODUCT_ID)
            .build();

    private final ColumnSpec spec;

    ProductRepeats(ColumnSpec spec) {
        this.spec = spec;
    }

    @Override
    public ColumnSpec spec() {
        return spec;
    }
}
