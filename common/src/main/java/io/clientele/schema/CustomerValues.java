package io.clientele.schema;

import static io.clientele.table.ColumnSpec.count;
import static io.clientele.table.ColumnSpec.day;
import static io.clientele.table.ColumnSpec.integer;
import static io.clientele.table.ColumnSpec.real;
import static io.clientele.table.ColumnSpec.text;
import static io.clientele.table.ColumnSpec.total;
import static io.clientele.table.Layer.MART;

import io.clientele.table.ColumnSpec;
import io.clientele.table.Field;
import io.clientele.table.Table;

/** What customers are expected to buy, by a model of how they buy and leave and one of what they spend. */
public enum CustomerValues implements Field {
    CUSTOMER_ID(text("The customer: a pseudonym").french("identifiant client").required()),
    HORIZON_DAYS(integer("How far ahead, in days from the business date")
            .french("horizon")
            .required()),
    AS_OF(day("The business date of the forecast")
            .french("date de la prévision")
            .required()),
    MODEL(text("The model of buying: bg_nbd, pareto_nbd, or nbd, in which nobody leaves")
            .french("modèle")
            .required()),
    REPEAT_PURCHASES(
            count("Days with a purchase after the first one").french("réachats").required()),
    P_ALIVE(real("The probability that the customer has not left for good, 0 to 1")
            .french("probabilité d'être actif")
            .required()),
    EXPECTED_PURCHASES(real("Purchases to expect until the horizon; those of one day are one")
            .french("achats attendus")
            .required()),
    EXPECTED_SPEND(total("What a purchase should amount to, returns not counted, in the currency of the lake")
            .french("panier attendu")
            .required()),
    EXPECTED_VALUE(
            total("Expected purchases times expected spend, discounted to the business date: l'espérance de gain")
                    .french("valeur attendue")
                    .required());

    public static final Table TABLE = Table.in(MART, "customer_values")
            .of(CustomerValues.values())
            .row("what one customer is worth until one horizon")
            .key(CUSTOMER_ID, HORIZON_DAYS)
            .build();

    private final ColumnSpec spec;

    CustomerValues(ColumnSpec spec) {
        this.spec = spec;
    }

    @Override
    public ColumnSpec spec() {
        return spec;
    }
}
