package io.clientele.schema;

import static io.clientele.table.ColumnSpec.count;
import static io.clientele.table.ColumnSpec.day;
import static io.clientele.table.ColumnSpec.instant;
import static io.clientele.table.ColumnSpec.list;
import static io.clientele.table.ColumnSpec.money;
import static io.clientele.table.ColumnSpec.price;
import static io.clientele.table.ColumnSpec.quantity;
import static io.clientele.table.ColumnSpec.text;
import static io.clientele.table.Layer.QUALIFIED;

import io.clientele.table.ColumnSpec;
import io.clientele.table.Field;
import io.clientele.table.Table;
import java.time.Period;
import org.apache.spark.sql.types.DataTypes;

/** Lines of orders: told apart by kind, in one currency and UTC. */
public enum OrderLines implements Field {
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
            .french("montant")),
    SOURCE(text("The source that delivered it").french("source").required()),
    CUSTOMER_REF(text("What the source knows the customer by")
            .french("référence client")
            .personal()),
    DELIVERED_ON(day("The day of the delivery that it stands as of")
            .french("date de livraison")
            .required()),
    FILE(text("The file of that delivery, relative to the raw zone")
            .french("fichier")
            .required()),
    POSITION(count("Where its record starts in the file").french("position dans le fichier")),
    RECORD_ID(text("The delivered record").required()),
    ISSUES(list(DataTypes.StringType, "What is doubtful about it, from a closed list")
            .french("anomalies")
            .required()),
    VERSIONS(count("Delivered records that this one stands for: repeats and corrections")
            .french("versions")
            .required());

    public static final Table TABLE = Table.in(QUALIFIED, "order_lines")
            .of(OrderLines.values())
            .row("one line of an order, attached to its customer")
            .key(ORDER_LINE_ID)
            .clusteredBy(ORDERED_ON, CUSTOMER_ID)
            .heldFor(Period.ofYears(10), "Sales: accounting obligations and customer knowledge")
            .build();

    private final ColumnSpec spec;

    OrderLines(ColumnSpec spec) {
        this.spec = spec;
    }

    @Override
    public ColumnSpec spec() {
        return spec;
    }
}
