package io.clientele.schema;

import static io.clientele.table.ColumnSpec.count;
import static io.clientele.table.ColumnSpec.day;
import static io.clientele.table.ColumnSpec.flag;
import static io.clientele.table.ColumnSpec.instant;
import static io.clientele.table.ColumnSpec.map;
import static io.clientele.table.ColumnSpec.structs;
import static io.clientele.table.ColumnSpec.text;
import static io.clientele.table.Layer.OPS;

import io.clientele.table.ColumnSpec;
import io.clientele.table.Field;
import io.clientele.table.Table;
import org.apache.spark.sql.types.DataTypes;

/** What jobs have learned, and from what: enough to use it again and to answer for it. */
public enum Models implements Field {
    MODEL_ID(text("The name, the night that learned it and a digest of the model")
            .french("identifiant du modèle")
            .required()),
    NAME(text("What is modelled: 'clusters', 'churn'").french("modèle").required()),
    LEARNED_ON(day("The business date of the night that learned it")
            .french("appris le")
            .required()),
    IS_CHAMPION(flag("Whether it was put in force; if not, it was learned and found no better")
            .french("champion")
            .required()),
    RUN_ID(text("The run that learned it").required()),
    REGISTERED_AT(instant("When that run started; of two models of one night the later is in force")
            .french("enregistré le")
            .required()),
    JOB(text("The job that learned it").french("traitement").required()),
    VERSION(text("The version of Clientele and the commit that it was built of: 0.1.0+3da6b7a")
            .required()),
    READS(structs(
                    "What it was learned from: tables and their versions",
                    DataTypes.createStructField("table", DataTypes.StringType, true),
                    DataTypes.createStructField("version", DataTypes.LongType, true))
            .french("données lues")
            .required()),
    SEED(count("The seed of its random choices, if it makes any").french("graine")),
    METRICS(map(DataTypes.StringType, DataTypes.DoubleType, "How good it is, by name")
            .french("mesures")
            .required()),
    MODEL(text("The model as JSON: its parameters, and what they are applied to")
            .french("paramètres")
            .required());

    public static final Table TABLE = Table.in(OPS, "models")
            .of(Models.values())
            .row("one model that a job has learned")
            .key(MODEL_ID)
            .build();

    private final ColumnSpec spec;

    Models(ColumnSpec spec) {
        this.spec = spec;
    }

    @Override
    public ColumnSpec spec() {
        return spec;
    }
}
