package io.clientele.schema;

import static io.clientele.table.ColumnSpec.count;
import static io.clientele.table.ColumnSpec.day;
import static io.clientele.table.ColumnSpec.text;
import static io.clientele.table.Layer.MART;

import io.clientele.table.ColumnSpec;
import io.clientele.table.Field;
import io.clientele.table.Table;

/** How many customers moved from where to where, in each segmentation that puts a customer into one segment. */
public enum SegmentMigrations implements Field {
    AS_OF(day("The business date at the end of the period").french("date").required()),
    SEGMENTATION(text("The segmentation").french("segmentation").required()),
    PERIOD(text("night, month or year: the period began the day, the month, the year before; a period that began before"
                    + " the first night of the segmentation is left out")
            .french("période")
            .required()),
    FROM_SEGMENT(text("The segment at the beginning of the period; (none) if in none")
            .french("segment de départ")
            .required()),
    TO_SEGMENT(text("The segment at its end; (none) if in none, or no longer a customer; equal for those who stayed")
            .french("segment d'arrivée")
            .required()),
    CUSTOMERS(count("Customers").french("clients").required());

    public static final Table TABLE = Table.in(MART, "segment_migrations")
            .of(SegmentMigrations.values())
            .row("one way from a segment to a segment, in a period before a night")
            .key(AS_OF, SEGMENTATION, PERIOD, FROM_SEGMENT, TO_SEGMENT)
            .build();

    private final ColumnSpec spec;

    SegmentMigrations(ColumnSpec spec) {
        this.spec = spec;
    }

    @Override
    public ColumnSpec spec() {
        return spec;
    }
}
