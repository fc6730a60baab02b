package io.clientele.schema;

import static io.clientele.table.ColumnSpec.text;
import static io.clientele.table.Layer.MART;

import io.clientele.table.ColumnSpec;
import io.clientele.table.Field;
import io.clientele.table.Table;

/** RFM in further windows and by dimension: in each slice the customers are ranked among each other. */
public enum CustomerRfmSlices implements Field {
    TIME_WINDOW(text("The window, by its name in the configuration")
            .french("période")
            .required()),
    DIMENSION(text("The column by which customers are compared: currency, country, brand …; (all) for none")
            .french("dimension")
            .required()),
    VALUE(text("Its value, among whose buyers the customer is ranked; (all), or (unknown) if nobody says")
            .french("modalité")
            .required());

    public static final Table TABLE = Table.in(MART, "customer_rfm_slices")
            .of(CustomerRfmSlices.values())
            .of(CustomerRfm.values())
            .row(
                    "one customer's recency, frequency and monetary value in one window and for one value of one dimension; money is"
                            + " in the currency of the lake, by dimension currency in that currency")
            .key(TIME_WINDOW, DIMENSION, VALUE, CustomerRfm.CUSTOMER_ID)
            .build();

    private final ColumnSpec spec;

    CustomerRfmSlices(ColumnSpec spec) {
        this.spec = spec;
    }

    @Override
    public ColumnSpec spec() {
        return spec;
    }
}
