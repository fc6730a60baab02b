package io.clientele.schema;

import static io.clientele.table.ColumnSpec.count;
import static io.clientele.table.ColumnSpec.day;
import static io.clientele.table.ColumnSpec.instant;
import static io.clientele.table.ColumnSpec.structs;
import static io.clientele.table.ColumnSpec.text;
import static io.clientele.table.Layer.COLLECTED;

import io.clientele.table.ColumnSpec;
import io.clientele.table.Field;
import io.clientele.table.Table;
import java.time.Period;
import org.apache.spark.sql.types.DataTypes;

/** What was delivered and could not be accepted. Nothing delivered is ever lost: it is accepted or it is here. */
public enum CollectedRejects implements Field {
    SOURCE(text("The source that delivered it").french("source").required()),
    FILE(text("The file, relative to the raw zone").french("fichier").required()),
    POSITION(count("Where the record starts in its file; null when the whole file is refused")
            .french("position dans le fichier")),
    REASONS(structs(
                    "Every reason: the issue, the column if it is about one, and figures that help; never a value",
                    DataTypes.createStructField("issue", DataTypes.StringType, true),
                    DataTypes.createStructField("column", DataTypes.StringType, true),
                    DataTypes.createStructField("detail", DataTypes.StringType, true))
            .french("motifs")
            .required()),
    RAW_TEXT(text("The record as delivered, cut after 10,000 characters")
            .french("texte brut")
            .personal()),
    DELIVERED_ON(
            day("The business day of the delivery").french("date de livraison").required()),
    COLLECTED_AT(instant("When the run that read the file started")
            .french("date de collecte")
            .required()),
    RUN_ID(text("The run that read the file").required());

    public static final Table TABLE = Table.in(COLLECTED, "rejects")
            .of(CollectedRejects.values())
            .row("one refused record, or one refused file, with its reasons")
            .key(FILE, POSITION)
            .clusteredBy(DELIVERED_ON)
            .heldFor(Period.ofMonths(6), "Correcting what was refused")
            .build();

    private final ColumnSpec spec;

    CollectedRejects(ColumnSpec spec) {
        this.spec = spec;
    }

    @Override
    public ColumnSpec spec() {
        return spec;
    }
}
