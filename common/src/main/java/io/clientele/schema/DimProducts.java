package io.clientele.schema;

import static io.clientele.table.ColumnSpec.flag;
import static io.clientele.table.ColumnSpec.price;
import static io.clientele.table.ColumnSpec.text;
import static io.clientele.table.ColumnSpec.total;
import static io.clientele.table.ColumnSpec.units;
import static io.clientele.table.Layer.MART;

import io.clientele.table.ColumnSpec;
import io.clientele.table.Field;
import io.clientele.table.Table;

/** Products, with what was sold of them. */
public enum DimProducts implements Field {
    PRODUCT_ID(text("The product's code").french("identifiant produit").required()),
    LABEL(text("What it is called").french("libellé")),
    PRODUCT_GROUP(text("The group of products it belongs to; (unknown) if nobody says")
            .french("famille")
            .required()),
    BRAND(text("Brand").french("marque")),
    LIST_PRICE(price("Catalogue price").french("prix catalogue")),
    IS_LISTED(flag("Whether the catalogue has it").french("au catalogue").required()),
    UNITS_SOLD(units("Units sold to date").french("unités vendues").required()),
    SALES_AMOUNT(total("Sales to date").french("chiffre d'affaires").required());

    public static final Table TABLE = Table.in(MART, "dim_products")
            .of(DimProducts.values())
            .row("one product")
            .key(PRODUCT_ID)
            .build();

    private final ColumnSpec spec;

    DimProducts(ColumnSpec spec) {
        this.spec = spec;
    }

    @Override
    public ColumnSpec spec() {
        return spec;
    }
}
