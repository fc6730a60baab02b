package io.clientele.schema;

import static io.clientele.table.ColumnSpec.count;
import static io.clientele.table.ColumnSpec.day;
import static io.clientele.table.ColumnSpec.integer;
import static io.clientele.table.ColumnSpec.real;
import static io.clientele.table.ColumnSpec.text;
import static io.clientele.table.Layer.MART;

import io.clientele.table.ColumnSpec;
import io.clientele.table.Field;
import io.clientele.table.Table;

/** Which products are bought together, the closest of each product. */
public enum ProductAssociations implements Field {
    ANTECEDENT_ID(
            text("A product: whoever buys it").french("si le client achète").required()),
    CONSEQUENT_ID(text("Another product: buys this one too, in the same basket")
            .french("il achète aussi")
            .required()),
    RANK(integer("1 for the closest of the antecedent's").french("rang").required()),
    BASKETS_TOGETHER(count("Baskets with both").french("paniers communs").required()),
    ANTECEDENT_BASKETS(
            count("Baskets with the antecedent").french("paniers du premier").required()),
    CONSEQUENT_BASKETS(
            count("Baskets with the consequent").french("paniers du second").required()),
    SUPPORT(real("Share of all baskets that have both, 0 to 1")
            .french("support")
            .required()),
    CONFIDENCE(real("Share of the antecedent's baskets that have the consequent, 0 to 1")
            .french("confiance")
            .required()),
    LIFT(real("How many times more often together than if they had nothing to do with each other; 1 is by chance")
            .french("lift")
            .required()),
    COSINE(real("Baskets with both over the geometric mean of the baskets with each, 0 to 1: how close they are")
            .french("cosinus")
            .required()),
    WINDOW_FROM(day("The first day whose baskets count").french("depuis").required()),
    AS_OF(day("The business date: the last day whose baskets count")
            .french("date")
            .required());

    public static final Table TABLE = Table.in(MART, "product_associations")
            .of(ProductAssociations.values())
            .row("two products bought together, seen from one of them")
            .key(ANTECEDENT_ID, CONSEQUENT_ID)
            .build();

    private final ColumnSpec spec;

    ProductAssociations(ColumnSpec spec) {
        this.spec = spec;
    }

    @Override
    public ColumnSpec spec() {
        return spec;
    }
}
