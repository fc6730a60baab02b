package io.clientele.schema;

import static io.clientele.table.ColumnSpec.flag;
import static io.clientele.table.ColumnSpec.integer;
import static io.clientele.table.ColumnSpec.real;
import static io.clientele.table.Layer.MART;

import io.clientele.table.ColumnSpec;
import io.clientele.table.Field;
import io.clientele.table.Table;

/** What speaks for how many clusters, when the model in force was learned: for the business to choose. */
public enum ClusterChoices implements Field {
    K(integer("How many clusters").french("nombre de groupes").required()),
    COST(
            real("Sum of squared distances to the centres (inertia); estimated if there are more customers than the coreset has"
                            + " points")
                    .french("inertie")
                    .required()),
    SILHOUETTE(real("Mean silhouette by squared distance, -1 to 1, higher is better; as Spark ML has it")
            .french("silhouette")
            .required()),
    DAVIES_BOULDIN(real("Index of Davies and Bouldin, from 0, lower is better")
            .french("indice de Davies-Bouldin")
            .required()),
    STABILITY(
            real("Whether resamples of the customers give the same clusters: mean adjusted Rand index, 1 always, 0 by chance")
                    .french("stabilité")
                    .required()),
    IS_CHOSEN(flag("Whether the model in force has so many").french("retenu").required());

    public static final Table TABLE = Table.in(MART, "cluster_choices")
            .of(ClusterChoices.values())
            .row("one number of clusters that was tried")
            .key(K)
            .build();

    private final ColumnSpec spec;

    ClusterChoices(ColumnSpec spec) {
        this.spec = spec;
    }

    @Override
    public ColumnSpec spec() {
        return spec;
    }
}
