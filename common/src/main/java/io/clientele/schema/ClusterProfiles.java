package io.clientele.schema;

import static io.clientele.table.ColumnSpec.count;
import static io.clientele.table.ColumnSpec.integer;
import static io.clientele.table.ColumnSpec.real;
import static io.clientele.table.ColumnSpec.structs;
import static io.clientele.table.ColumnSpec.text;
import static io.clientele.table.Layer.MART;

import io.clientele.table.ColumnSpec;
import io.clientele.table.Field;
import io.clientele.table.Table;
import org.apache.spark.sql.types.DataTypes;

/** What the customers of a cluster have in common. */
public enum ClusterProfiles implements Field {
    CLUSTER_ID(integer("The cluster; it keeps its number from night to night")
            .french("groupe")
            .required()),
    NAME(text("Its name, which it keeps too").french("nom").required()),
    DESCRIPTION(text("What sets it apart tonight, the most striking first")
            .french("description")
            .required()),
    CUSTOMERS(count("Customers in it").french("clients").required()),
    SHARE(real("Its share of all customers, 0 to 1").french("part des clients").required()),
    OUTLIERS(count("Customers in it that are far from its centre")
            .french("atypiques")
            .required()),
    FIGURES(structs(
                    "Of each feature (a column, or column=category): the mean of the cluster (of a category the share), the mean"
                            + " of all customers, and how many standard deviations lie between, on the axis of the model",
                    DataTypes.createStructField("feature", DataTypes.StringType, true),
                    DataTypes.createStructField("mean", DataTypes.DoubleType, true),
                    DataTypes.createStructField("mean_of_all", DataTypes.DoubleType, true),
                    DataTypes.createStructField("deviation", DataTypes.DoubleType, true))
            .french("chiffres")
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
