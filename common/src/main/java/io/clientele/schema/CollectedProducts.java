package io.clientele.schema;

import static io.clientele.table.ColumnSpec.price;
import static io.clientele.table.ColumnSpec.text;
import static io.clientele.table.Layer.COLLECTED;

import io.clientele.table.ColumnSpec;
import io.clientele.table.Field;
import io.clientele.table.Table;
import java.time.Period;

/** The catalogue as delivered. */
public enum CollectedProducts implements Field {
    PRODUCT_REF(text("The product's code").french("référence produit").required()),
    LABEL(text("What it is called").french("libellé")),
    PRODUCT_GROUP(text("The group of products it belongs to").french("famille")),
    BRAND(text("Brand").french("marque")),
    LIST_PRICE(price("Catalogue price, all taxes included").french("prix catalogue")),
    CURRENCY(text("ISO 4217 code of the price's currency").french("devise"));

    public static final Table TABLE = Table.in(COLLECTED, "products")
            .of(Delivery.values())
            .of(CollectedProducts.values())
            .row("one product as a source delivered it")
            .key(Delivery.RECORD_ID)
            .clusteredBy(Delivery.DELIVERED_ON)
            .heldFor(Period.ofYears(10), "Sales: accounting obligations and customer knowledge")
            .build();

    private final ColumnSpec spec;

    CollectedProducts(ColumnSpec spec) {
        this.spec = spec;
    }

    @Override
    public ColumnSpec spec() {
        return spec;
    }
}
