package io.clientele.schema;

import static io.clientele.table.ColumnSpec.count;
import static io.clientele.table.ColumnSpec.day;
import static io.clientele.table.ColumnSpec.instant;
import static io.clientele.table.ColumnSpec.structs;
import static io.clientele.table.ColumnSpec.text;

import io.clientele.table.ColumnSpec;
import io.clientele.table.Field;
import org.apache.spark.sql.types.DataTypes;

/** How a record came in: the columns that every collected table has. */
public enum Delivery implements Field {
    RECORD_ID(text("Identifies the delivered record: a digest of its source, file and position")
            .required()),
    SOURCE(text("The source that delivered the record, as named in conf/sources")
            .french("source")
            .required()),
    SOURCE_KEY(text("What identifies the thing in its source; a later record with the same key replaces this one")
            .french("clé dans la source")
            .personal()),
    FILE(text("The file, relative to the raw zone").french("fichier").required()),
    POSITION(count("Where the record starts in its file: the line, from 1, or the row of a Parquet file, from 0")
            .french("position dans le fichier")),
    DELIVERED_ON(day("The business day of the delivery: the date in the file's name, or else the date of the run")
            .french("date de livraison")
            .required()),
    COLLECTED_AT(instant("When the run that read the file started")
            .french("date de collecte")
            .required()),
    RUN_ID(text("The run that read the file").required()),
    ISSUES(structs(
                    "Optional values that could not be read: the column, why, and the text as delivered",
                    DataTypes.createStructField("column", DataTypes.StringType, true),
                    DataTypes.createStructField("issue", DataTypes.StringType, true),
                    DataTypes.createStructField("text", DataTypes.StringType, true))
            .french("anomalies")
            .personal());

    private final ColumnSpec spec;

    Delivery(ColumnSpec spec) {
        this.spec = spec;
    }

    @Override
    public ColumnSpec spec() {
        return spec;
    }
}
