package io.clientele.schema;

import static io.clientele.table.ColumnSpec.count;
import static io.clientele.table.ColumnSpec.day;
import static io.clientele.table.ColumnSpec.instant;
import static io.clientele.table.ColumnSpec.text;
import static io.clientele.table.Layer.OPS;

import io.clientele.table.ColumnSpec;
import io.clientele.table.Field;
import io.clientele.table.Table;

/** Which version of each mart analysts see. A publication is one commit of this table, so that all marts switch together. */
public enum PublishedVersions implements Field {
    PUBLICATION(count("The publication, counted from 1; the highest is in force")
            .french("publication")
            .required()),
    TABLE_NAME(text("The mart, with its layer").required()),
    VERSION(count("The Delta version that analysts see").required()),
    BUSINESS_DATE(day("The date of the night that made it")
            .french("date d'exploitation")
            .required()),
    RUN_ID(text("The run that made it").required()),
    PUBLISHED_AT(instant("When analysts came to see it").required()),
    RESTORES(count("The earlier publication that this one brings back; null where a night made it"));

    public static final Table TABLE = Table.in(OPS, "published_versions")
            .of(PublishedVersions.values())
            .row("one mart in one publication")
            .key(PUBLICATION, TABLE_NAME)
            .build();

    private final ColumnSpec spec;

    PublishedVersions(ColumnSpec spec) {
        this.spec = spec;
    }

    @Override
    public ColumnSpec spec() {
        return spec;
    }
}
