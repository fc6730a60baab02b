package io.clientele.schema;

import static io.clientele.table.ColumnSpec.day;
import static io.clientele.table.ColumnSpec.instant;
import static io.clientele.table.ColumnSpec.money;
import static io.clientele.table.ColumnSpec.price;
import static io.clientele.table.ColumnSpec.quantity;
import static io.clientele.table.ColumnSpec.text;
import static io.clientele.table.Layer.MART;

import io.clientele.table.ColumnSpec;
import io.clientele.table.Field;
import io.clientele.table.Table;

/** Order lines as analysts query them. */
public enum FctOrderLines implements Field {
    ORDER_LINE_ID(text("Identifies the line").french("identifiant de ligne").required()),
    ORDER_ID(text("The order, receipt or invoice").french("commande").required()),
    CUSTOMER_ID(text("The customer; null for an anonymous sale").french("identifiant client")),
    PRODUCT_ID(text("The product").french("identifiant produit").required()),
    ORDERED_AT(instant("When the order was placed, in UTC")
            .french("date et heure de commande")
            .required()),
    ORDERED_ON(day("The day of the order, in the zone of the business")
            .french("date de commande")
            .required()),
    LINE_KIND(text("sale, return, cancellation, adjustment or gift")
            .french("nature de la ligne")
            .required()),
    CHANNEL(text("Where it was sold: shop, web, call; (unknown) if nobody says")
            .french("canal")
            .required()),
    COUNTRY(text("Country of the sale; (unknown) if nobody says").french("pays").required()),
    QUANTITY(quantity("Units; negative when they come back").french("quantité").required()),
    UNIT_PRICE(price("Price of one unit, all taxes included, in the line's currency")
            .french("prix unitaire")
            .required()),
    CURRENCY(text("ISO 4217 code of the price's currency").french("devise").required()),
    AMOUNT(money("Quantity times price, in the currency of the lake; null when the line's currency has no rate")
            .french("montant"));

    public static final Table TABLE = Table.in(MART, "fct_order_lines")
            .of(FctOrderLines.values())
            .row("one line of an order")
            .key(ORDER_LINE_ID)
            .clusteredBy(ORDERED_ON, CUSTOMER_ID)
            .build();

    private final ColumnSpec spec;

    FctOrderLines(ColumnSpec spec) {
        this.spec = spec;
    }

    @Override
    public ColumnSpec spec() {
        return spec;
    }
}
