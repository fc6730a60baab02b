package io.clientele.schema;

import static io.clientele.table.ColumnSpec.instant;
import static io.clientele.table.ColumnSpec.price;
import static io.clientele.table.ColumnSpec.quantity;
import static io.clientele.table.ColumnSpec.text;
import static io.clientele.table.Layer.COLLECTED;

import io.clientele.table.ColumnSpec;
import io.clientele.table.Field;
import io.clientele.table.Table;
import java.time.Period;

/** Lines of orders, receipts and invoices as tills and shops deliver them. */
public enum CollectedOrderLines implements Field {
    ORDER_ID(
            text("The order, receipt or invoice, unique among all sources: of tills that number their own receipts, the"
                            + " mapping puts the till before the number")
                    .french("commande")
                    .required()),
    PRODUCT_REF(text("The product's code").french("référence produit").required()),
    PRODUCT_LABEL(text("The product's label on the line").french("libellé produit")),
    CUSTOMER_REF(text("What the source knows the customer by; null for an anonymous sale")
            .french("référence client")
            .personal()),
    ORDERED_AT(instant("When the order was placed").french("date de commande").required()),
    QUANTITY(quantity("Units; negative when they come back").french("quantité").required()),
    UNIT_PRICE(price("Price of one unit, all taxes included, in the line's currency")
            .french("prix unitaire")
            .required()),
    CURRENCY(text("ISO 4217 code of the price's currency").french("devise").required()),
    CHANNEL(text("Where it was sold: shop, web, call").french("canal")),
    COUNTRY(text("Country of the sale").french("pays")),
    LINE_KIND(text("sale, return, cancellation, adjustment or gift, when the source tells")
            .french("nature de la ligne"));

    public static final Table TABLE = Table.in(COLLECTED, "order_lines")
            .of(Delivery.values())
            .of(CollectedOrderLines.values())
            .row("one line of an order as a source delivered it")
            .key(Delivery.RECORD_ID)
            .clusteredBy(Delivery.DELIVERED_ON)
            .heldFor(Period.ofYears(10), "Sales: accounting obligations and customer knowledge")
            .build();

    private final ColumnSpec spec;

    CollectedOrderLines(ColumnSpec spec) {
        this.spec = spec;
    }

    @Override
    public ColumnSpec spec() {
        return spec;
    }
}
