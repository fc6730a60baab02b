package io.clientele.schema;

import static io.clientele.table.ColumnSpec.count;
import static io.clientele.table.ColumnSpec.integer;
import static io.clientele.table.ColumnSpec.real;
import static io.clientele.table.ColumnSpec.total;
import static io.clientele.table.Layer.MART;

import io.clientele.table.ColumnSpec;
import io.clientele.table.Field;
import io.clientele.table.Table;

/** What the customers of a cluster have in common. */
public enum ClusterProfiles implements Field {
    CLUSTER_ID(integer("The cluster").french("groupe").required()),
    CUSTOMERS(count("Customers in it").french("clients").required()),
    SHARE(real("Its share of all customers, 0 to 1").french("part des clients").required()),
    RECENCY_DAYS(real("Average recency, days").french("récence moyenne").required()),
    FREQUENCY(real("Average number of orders").french("fréquence moyenne").required()),
    MONETARY(real("Average sales per customer").french("montant moyen").required()),
    SALES_AMOUNT(
            total("Sales of all its customers").french("chiffre d'affaires").required()),
    CENTRE_RECENCY(real("Centre on the recency axis, standardised logarithm")
            .french("centre, récence")
            .required()),
    CENTRE_FREQUENCY(real("Centre on the frequency axis, standardised logarithm")
            .french("centre, fréquence")
            .required()),
    CENTRE_MONETARY(real("Centre on the monetary axis, standardised logarithm")
            .french("centre, montant")
            .required());

    public static final Table TABLE = Table.in(MART, "cluster_profiles")
            .of(ClusterProfiles.values())
            .row("the portrait of a cluster")
            .key(CLUSTER_ID)
            .build();

    private final ColumnSpec spec;

    ClusterProfiles(ColumnSpec spec) {
        this.spec = spec;
    }

    @Override
    public ColumnSpec spec() {
        return spec;
    }
}
