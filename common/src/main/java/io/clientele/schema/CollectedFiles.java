package io.clientele.schema;

import static io.clientele.table.ColumnSpec.count;
import static io.clientele.table.ColumnSpec.day;
import static io.clientele.table.ColumnSpec.instant;
import static io.clientele.table.ColumnSpec.text;
import static io.clientele.table.Layer.COLLECTED;

import io.clientele.table.ColumnSpec;
import io.clientele.table.Field;
import io.clientele.table.Table;

/** The files that were read, so that none is read twice. */
public enum CollectedFiles implements Field {
    FILE(text("The file, relative to the raw zone").french("fichier").required()),
    SOURCE(text("The source that it belongs to").french("source").required()),
    STATUS(
            text("collected: its records are in; rejected: refused whole; changed: came again with another content, not applied")
                    .french("état")
                    .required()),
    CHECKSUM(text("SHA-256 of its bytes").french("empreinte").required()),
    SIZE_BYTES(count("Size in bytes").french("taille").required()),
    MODIFIED_AT(instant("When the store says it was last written")
            .french("date de modification")
            .required()),
    RECORDS(count("Records found in it").french("enregistrements").required()),
    ACCEPTED(count("Records accepted").french("acceptés").required()),
    REJECTED(count("Records rejected; 1 for a file refused whole")
            .french("rejetés")
            .required()),
    DELIVERED_ON(
            day("The business day of the delivery").french("date de livraison").required()),
    BATCH(count("The batch in which it was collected").required()),
    COLLECTED_AT(instant("When the run that read it started")
            .french("date de collecte")
            .required()),
    RUN_ID(text("The run that read it").required());

    public static final Table TABLE = Table.in(COLLECTED, "files")
            .of(CollectedFiles.values())
            .row("one version of a delivered file and what became of it")
            .key(FILE, CHECKSUM)
            .build();

    private final ColumnSpec spec;

    CollectedFiles(ColumnSpec spec) {
        this.spec = spec;
    }

    @Override
    public ColumnSpec spec() {
        return spec;
    }
}
