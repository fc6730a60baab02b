package io.clientele.schema;

import static io.clientele.table.ColumnSpec.count;
import static io.clientele.table.ColumnSpec.flag;
import static io.clientele.table.ColumnSpec.price;
import static io.clientele.table.ColumnSpec.text;
import static io.clientele.table.Layer.QUALIFIED;

import io.clientele.table.ColumnSpec;
import io.clientele.table.Field;
import io.clientele.table.Table;

/** The catalogue, completed with the products that only order lines know. */
public enum Products implements Field {
    PRODUCT_ID(text("The product's code, in capitals")
            .french("identifiant produit")
            .required()),
    LABEL(text("What it is called").french("libellé")),
    PRODUCT_GROUP(text("The group of products it belongs to").french("famille")),
    BRAND(text("Brand").french("marque")),
    LIST_PRICE(price("Catalogue price, in the currency of the lake").french("prix catalogue")),
    IS_LISTED(flag("Whether the catalogue has it, or only order lines")
            .french("au catalogue")
            .required()),
    VERSIONS(count("Delivered records that this one stands for; 0 when only order lines know it")
            .french("versions")
            .required());

    public static final Table TABLE = Table.in(QUALIFIED, "products")
            .of(Products.values())
            .row("one product")
            .key(PRODUCT_ID)
            .build();

    private final ColumnSpec spec;

    Products(ColumnSpec spec) {
        this.spec = spec;
    }

    @Override
    public ColumnSpec spec() {
        return spec;
    }
}
