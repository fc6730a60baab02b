package io.clientele.schema;

import static io.clientele.table.ColumnSpec.day;
import static io.clientele.table.ColumnSpec.integer;
import static io.clientele.table.ColumnSpec.list;
import static io.clientele.table.ColumnSpec.money;
import static io.clientele.table.ColumnSpec.real;
import static io.clientele.table.ColumnSpec.text;
import static io.clientele.table.Layer.MART;

import io.clientele.table.ColumnSpec;
import io.clientele.table.Field;
import io.clientele.table.Table;
import org.apache.spark.sql.types.DataTypes;

/** What to offer each customer next. */
public enum ProductRecommendations implements Field {
    CUSTOMER_ID(text("The customer: a pseudonym").french("identifiant client").required()),
    KIND(text("cross_sell: goes with what was bought; up_sell: of a family that was bought from, and dearer")
            .french("nature")
            .required()),
    RANK(integer("1 for what to offer first, within the kind").french("rang").required()),
    PRODUCT_ID(text("The product to offer").french("identifiant produit").required()),
    SCORE(real("How close it is to what the customer bought, recent purchases counting most; 0 if only popular")
            .french("score")
            .required()),
    REASON(text("bought_together, with what the customer bought; bought_again, as many do; range_above, what the "
                    + "customer bought of the family; popular, and nothing nearer is known")
            .french("motif")
            .required()),
    BECAUSE_OF(list(DataTypes.StringType, "What the customer bought that led to it, at most three, the strongest first")
            .french("en raison de")
            .required()),
    PRICE(money("Catalogue price, or else what it was sold at on average").french("prix")),
    ABOVE_PRICE(money("For up_sell, the price that it is above: the last paid in the family, or that product's "
                    + "catalogue price if that is higher")
            .french("prix de référence")),
    AS_OF(day("The business date").french("date").required());

    public static final Table TABLE = Table.in(MART, "product_recommendations")
            .of(ProductRecommendations.values())
            .row("one product to offer to one customer")
            .key(CUSTOMER_ID, KIND, RANK)
            .build();

    private final ColumnSpec spec;

    ProductRecommendations(ColumnSpec spec) {
        this.spec = spec;
    }

    @Override
    public ColumnSpec spec() {
        return spec;
    }
}
