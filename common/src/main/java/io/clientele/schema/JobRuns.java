package io.clientele.schema;

import static io.clientele.table.ColumnSpec.day;
import static io.clientele.table.ColumnSpec.instant;
import static io.clientele.table.ColumnSpec.list;
import static io.clientele.table.ColumnSpec.map;
import static io.clientele.table.ColumnSpec.real;
import static io.clientele.table.ColumnSpec.structs;
import static io.clientele.table.ColumnSpec.text;
import static io.clientele.table.Layer.OPS;

import io.clientele.table.ColumnSpec;
import io.clientele.table.Field;
import io.clientele.table.Table;
import org.apache.spark.sql.types.DataTypes;

/** What each job read, wrote, counted and measured. */
public enum JobRuns implements Field {
    RUN_ID(text("The run").required()),
    JOB(text("The job").french("traitement").required()),
    BUSINESS_DATE(day("The date that was run").french("date d'exploitation")),
    STATUS(text("succeeded or failed").french("état").required()),
    STARTED_AT(instant("When it started").french("début").required()),
    SECONDS(real("How long it took").french("durée").required()),
    READS(structs(
                    "Tables read, and the version of each; -1 of one that was not there",
                    DataTypes.createStructField("table", DataTypes.StringType, true),
                    DataTypes.createStructField("version", DataTypes.LongType, true))
            .required()),
    WRITES(structs(
                    "Tables written: the version, and the rows in, out, rejected and merged",
                    DataTypes.createStructField("table", DataTypes.StringType, true),
                    DataTypes.createStructField("version", DataTypes.LongType, true),
                    DataTypes.createStructField("rows_in", DataTypes.LongType, true),
                    DataTypes.createStructField("rows_out", DataTypes.LongType, true),
                    DataTypes.createStructField("rows_rejected", DataTypes.LongType, true),
                    DataTypes.createStructField("rows_merged", DataTypes.LongType, true))
            .required()),
    BASIS(text(
            "A digest of the job's settings, of the quality rules about its tables and of the program: only where it is the same"
                    + " does a run go on from this one")),
    SCOPE(
            text("What was computed: what has changed since a run, or nothing, or all, and why; null for a job that always"
                            + " computes all")
                    .french("périmètre")),
    METRICS(map(DataTypes.StringType, DataTypes.DoubleType, "Cut points, model costs and other measures, by name")
            .french("mesures")
            .required()),
    WARNINGS(list(DataTypes.StringType, "What somebody should look at")
            .french("avertissements")
            .required());

    public static final Table TABLE = Table.in(OPS, "job_runs")
            .of(JobRuns.values())
            .row("one job of one run")
            .key(RUN_ID, JOB)
            .build();

    private final ColumnSpec spec;

    JobRuns(ColumnSpec spec) {
        this.spec = spec;
    }

    @Override
    public ColumnSpec spec() {
        return spec;
    }
}
