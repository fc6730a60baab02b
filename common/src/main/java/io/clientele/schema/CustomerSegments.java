package io.clientele.schema;

import static io.clientele.table.ColumnSpec.day;
import static io.clientele.table.ColumnSpec.text;
import static io.clientele.table.Layer.MART;

import io.clientele.table.ColumnSpec;
import io.clientele.table.Field;
import io.clientele.table.Table;

/** Who is in which segment, and who was, since when and until when. */
public enum CustomerSegments implements Field {
    CUSTOMER_ID(text("The customer: a pseudonym; of merged customers the one that stands for them")
            .french("identifiant client")
            .required()),
    SEGMENTATION(text("The segmentation, as conf/segments.yaml names it")
            .french("segmentation")
            .required()),
    SEGMENT(text("The segment").french("segment").required()),
    ENTERED_ON(day("The business date of the first night that found the customer in it")
            .french("date d'entrée")
            .required()),
    LEFT_ON(day("The business date of the first night after that which did not; null while the customer is in it")
            .french("date de sortie"));

    public static final Table TABLE = Table.in(MART, "customer_segments")
            .of(CustomerSegments.values())
            .row("one period of a customer in a segment")
            .key(CUSTOMER_ID, SEGMENTATION, SEGMENT, LEFT_ON)
            .build();

    private final ColumnSpec spec;

    CustomerSegments(ColumnSpec spec) {
        this.spec = spec;
    }

    @Override
    public ColumnSpec spec() {
        return spec;
    }
}
