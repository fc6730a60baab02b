package io.clientele.schema;

import static io.clientele.table.ColumnSpec.count;
import static io.clientele.table.ColumnSpec.text;
import static io.clientele.table.ColumnSpec.total;
import static io.clientele.table.ColumnSpec.units;
import static io.clientele.table.Layer.MART;

import io.clientele.table.ColumnSpec;
import io.clientele.table.Field;
import io.clientele.table.Table;

/** Sales by month, country, channel and product group, with every subtotal under the name (all). */
public enum SalesCube implements Field {
    MONTH(text("Month, yyyy-MM, or (all)").french("mois").required()),
    COUNTRY(text("Country of the sale, or (all)").french("pays").required()),
    CHANNEL(text("Channel of the sale, or (all)").french("canal").required()),
    PRODUCT_GROUP(text("Product group, or (all)").french("famille").required()),
    SALE_LINES(count("Lines that are sales").french("lignes de vente").required()),
    UNITS(units("Units sold").french("unités").required()),
    SALES_AMOUNT(total("Sales").french("ventes").required()),
    RETURNS_AMOUNT(
            total("Returns and cancellations; negative").french("retours").required()),
    NET_AMOUNT(total("Sales and returns").french("net").required());

    public static final Table TABLE = Table.in(MART, "sales_cube")
            .of(SalesCube.values())
            .row("sales of one month, country, channel and product group, or of all of them")
            .key(MONTH, COUNTRY, CHANNEL, PRODUCT_GROUP)
            .build();

    private final ColumnSpec spec;

    SalesCube(ColumnSpec spec) {
        this.spec = spec;
    }

    @Override
    public ColumnSpec spec() {
        return spec;
    }
}
