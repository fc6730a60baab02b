package io.clientele.schema;

import static io.clientele.table.ColumnSpec.day;
import static io.clientele.table.ColumnSpec.instant;
import static io.clientele.table.ColumnSpec.integer;
import static io.clientele.table.ColumnSpec.list;
import static io.clientele.table.ColumnSpec.real;
import static io.clientele.table.ColumnSpec.text;
import static io.clientele.table.Layer.OPS;

import io.clientele.table.ColumnSpec;
import io.clientele.table.Field;
import io.clientele.table.Table;
import org.apache.spark.sql.types.DataTypes;

/** Every run, how it ended and how long it took. */
public enum Runs implements Field {
    RUN_ID(text("The run").required()),
    BUSINESS_DATE(day("The date that was run").french("date d'exploitation").required()),
    STATUS(text("succeeded, failed, stopped when told to, or killed: it ended without a word, as the next run found")
            .french("état")
            .required()),
    EXIT_CODE(integer("The exit code; null when killed").french("code retour")),
    STARTED_AT(instant("When it started").french("début").required()),
    SECONDS(real("How long it took; null when killed").french("durée")),
    JOBS(list(DataTypes.StringType, "The jobs asked for, in order")
            .french("traitements")
            .required()),
    VERSION(text("The version of Clientele and the commit that it was built of: 0.1.0+3da6b7a")
            .required()),
    ERROR(text("What went wrong, without personal data").french("erreur"));

    public static final Table TABLE =
            Table.in(OPS, "runs").of(Runs.values()).row("one run").key(RUN_ID).build();

    private final ColumnSpec spec;

    Runs(ColumnSpec spec) {
        this.spec = spec;
    }

    @Override
    public ColumnSpec spec() {
        return spec;
    }
}
