package io.clientele.schema;

import static io.clientele.table.ColumnSpec.flag;
import static io.clientele.table.ColumnSpec.integer;
import static io.clientele.table.ColumnSpec.real;
import static io.clientele.table.ColumnSpec.text;
import static io.clientele.table.Layer.MART;

import io.clientele.table.ColumnSpec;
import io.clientele.table.Field;
import io.clientele.table.Table;

/** Which K-means cluster a customer is in. */
public enum CustomerClusters implements Field {
    CUSTOMER_ID(text("The customer: a pseudonym").french("identifiant client").required()),
    CLUSTER_ID(integer("The cluster; it keeps its number from night to night")
            .french("groupe")
            .required()),
    DISTANCE(real("Distance to the centre of the cluster, in standardised units")
            .french("distance au centre")
            .required()),
    IS_OUTLIER(flag("Whether that is far beyond what is usual in the cluster")
            .french("atypique")
            .required());

    public static final Table TABLE = Table.in(MART, "customer_clusters")
            .of(CustomerClusters.values())
            .row("one customer's cluster")
            .key(CUSTOMER_ID)
            .build();

    private final ColumnSpec spec;

    CustomerClusters(ColumnSpec spec) {
        this.spec = spec;
    }

    @Override
    public ColumnSpec spec() {
        return spec;
    }
}
