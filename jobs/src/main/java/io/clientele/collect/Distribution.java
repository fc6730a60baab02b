package io.clientele.collect;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import io.clientele.failure.ExitCode;
import io.clientele.failure.Failure;
import io.clientele.lake.Lake;
import io.clientele.lake.Lake.WriteId;
import io.clientele.lake.Staging;
import io.clientele.run.AtOnce;
import io.clientele.run.Run;
import io.clientele.schema.CollectedFiles;
import io.clientele.schema.CollectedRejects;
import io.clientele.schema.Delivery;
import io.clientele.table.Joins;
import io.clientele.table.Table;
import io.clientele.text.Issue;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Spreads a sealed batch over the tables, and counts what went where. */
final class Distribution {

    /** The staged part that holds the files which changed after they were collected. */
    static final String CHANGES = "changes";

    /** What became of the records of some files. */
    private record Counted(long records, long accepted, long rejected) {

        /** @throws Failure (quality) naming the first file of which a record is missing */
        static Counted of(List<Row> files) {
            Counted sum = new Counted(0, 0, 0);
            for (Row file : files) {
                Counted one = new Counted(
                        file.getAs(CollectedFiles.RECORDS.column()),
                        file.getAs(CollectedFiles.ACCEPTED.column()),
                        file.getAs(CollectedFiles.REJECTED.column()));
                if (one.records() != one.accepted() + one.rejected()) {
                    throw new Failure(
                            ExitCode.QUALITY,
                            "file %s: records in are not records accepted and rejected"
                                    .formatted((String) file.getAs(CollectedFiles.FILE.column())));
                }
                sum = sum.plus(one);
            }
            return sum;
        }

        Counted plus(Counted other) {
            return new Counted(records + other.records, accepted + other.accepted, rejected + other.rejected);
        }
    }

    /** One entity's share of the batch. */
    private record Share(Table table, Counted counted, List<Row> files, Dataset<Row> rejects) {}

    private final Staging staging;
    private final long batch;
    private final boolean isRepeated;
    private final Run run;
    private List<Share> shares = List.of();

    private Distribution(Staging staging, long batch, boolean isRepeated, Run run) {
        this.staging = staging;
        this.batch = batch;
        this.isRepeated = isRepeated;
        this.run = run;
    }

    /** Distributes a batch of which nothing has been distributed. */
    static Distribution first(Staging staging, long batch, Run run) {
        return new Distribution(staging, batch, false, run).distributed();
    }

    /** Distributes a batch of which some may have been distributed; what is done stays as it is. */
    static Distribution again(Staging staging, long batch, Run run) {
        return new Distribution(staging, batch, true, run).distributed();
    }

    /** Accounts for the records of all batches of the run. */
    static void balance(List<Distribution> distributions, Run run) {
        Map<Table, Counted> counts = new LinkedHashMap<>();
        distributions.stream()
                .flatMap(distribution -> distribution.shares.stream())
                .forEach(share -> counts.merge(share.table(), share.counted(), Counted::plus));
        counts.forEach(
                (table, counted) -> run.balance(table, counted.records(), counted.accepted(), counted.rejected(), 0));
    }

    /** The ledger of files comes last: its row says that a file is done. */
    private Distribution distributed() {
        shares = AtOnce.all(Arrays.stream(Entity.values())
                .filter(entity -> staging.has(entity.part()))
                .<Callable<Share>>map(entity -> () -> share(entity))
                .toList());
        Dataset<Row> changes = staging.read(CHANGES);
        Dataset<Row> files = changes;
        Dataset<Row> rejects = changes.select(rejectColumns(
                lit(null), array(struct(lit(Issue.FILE_CHANGED.code()), lit(null), lit(null))), lit(null)));
        long rejected = changes.count();
        for (Share share : shares) {
            files = files.unionByName(run.spark().createDataFrame(share.files(), CollectedFiles.TABLE.schema()));
            rejects = rejects.unionByName(share.rejects());
            rejected += share.counted().rejected();
        }
        Lake.Written refusals = run.lake().append(CollectedRejects.TABLE, rejects, id("rejects"));
        requireWritten(CollectedRejects.TABLE, refusals.rows(), rejected);
        run.lake().append(CollectedFiles.TABLE, files, id("files"));
        return this;
    }

    private Share share(Entity entity) {
        Dataset<Row> staged = staging.read(entity.part());
        Dataset<Row> trailers = staged.where(StagedColumns.isTrailer());
        Dataset<Row> refusedFiles = trailers.where(StagedColumns.isRefused());
        Dataset<Row> records = staged.where(not(StagedColumns.isTrailer()))
                .join(broadcast(refusedFiles.select(Delivery.FILE.col())), Joins.on(Delivery.FILE), Joins.ANTI);
        List<Row> files = files(trailers, records).collectAsList(); // one row a file
        Counted counted = Counted.of(files);
        Lake.Written written = run.lake()
                .append(
                        entity.table(),
                        records.where(not(StagedColumns.isRefused()))
                                .select(entity.table().columns()),
                        id(entity.part()));
        requireWritten(entity.table(), written.rows(), counted.accepted());
        Column[] columns = rejectColumns(Delivery.POSITION.col(), StagedColumns.REASONS.col(), StagedColumns.RAW.col());
        Dataset<Row> rejects =
                records.where(StagedColumns.isRefused()).select(columns).unionByName(refusedFiles.select(columns));
        return new Share(entity.table(), counted, files, rejects);
    }

    private WriteId id(String part) {
        return new WriteId("clientele/collect/" + part, batch);
    }

    /** A batch that is distributed for the first time must take effect: a skipped write would be a silent loss. */
    private void requireWritten(Table table, long written, long expected) {
        if (written != expected && !(isRepeated && written == 0)) {
            throw new Failure(
                    ExitCode.QUALITY,
                    "%s: %,d rows were to be added, %,d were; the lake's _clientele folder and its tables do not belong together"
                            .formatted(table, expected, written));
        }
    }

    /** One row of {@code collected.files} per file of the batch. */
    private Dataset<Row> files(Dataset<Row> trailers, Dataset<Row> records) {
        String accepted = "__accepted";
        String rejected = "__rejected";
        Dataset<Row> counts = records.groupBy(Delivery.FILE.col())
                .agg(
                        count_if(not(StagedColumns.isRefused())).as(accepted),
                        count_if(StagedColumns.isRefused()).as(rejected));
        Column isRefused = StagedColumns.isRefused();
        return trailers.join(counts, Joins.on(Delivery.FILE), Joins.LEFT)
                .select(
                        CollectedFiles.FILE.is(Delivery.FILE.col()),
                        CollectedFiles.SOURCE.is(Delivery.SOURCE.col()),
                        CollectedFiles.STATUS.is(
                                when(isRefused, Arrivals.REJECTED).otherwise(Arrivals.COLLECTED)),
                        CollectedFiles.CHECKSUM.is(StagedColumns.TRAILER_CHECKSUM.col()),
                        CollectedFiles.SIZE_BYTES.is(StagedColumns.TRAILER_SIZE.col()),
                        CollectedFiles.MODIFIED_AT.is(StagedColumns.TRAILER_MODIFIED_AT.col()),
                        CollectedFiles.RECORDS.is(when(isRefused, 1L).otherwise(StagedColumns.TRAILER_RECORDS.col())),
                        CollectedFiles.ACCEPTED.is(when(isRefused, 0L).otherwise(coalesce(col(accepted), lit(0L)))),
                        CollectedFiles.REJECTED.is(when(isRefused, 1L).otherwise(coalesce(col(rejected), lit(0L)))),
                        CollectedFiles.DELIVERED_ON.is(Delivery.DELIVERED_ON.col()),
                        CollectedFiles.BATCH.is(lit(batch)),
                        CollectedFiles.COLLECTED_AT.is(Delivery.COLLECTED_AT.col()),
                        CollectedFiles.RUN_ID.is(Delivery.RUN_ID.col()));
    }

    /** The columns of a reject; a file has no position in itself and no text. */
    private static Column[] rejectColumns(Column position, Column reasons, Column raw) {
        return new Column[] {
            CollectedRejects.SOURCE.is(Delivery.SOURCE.col()),
            CollectedRejects.FILE.is(Delivery.FILE.col()),
            CollectedRejects.POSITION.is(position),
            CollectedRejects.REASONS.is(reasons),
            CollectedRejects.RAW_TEXT.is(raw),
            CollectedRejects.DELIVERED_ON.is(Delivery.DELIVERED_ON.col()),
            CollectedRejects.COLLECTED_AT.is(Delivery.COLLECTED_AT.col()),
            CollectedRejects.RUN_ID.is(Delivery.RUN_ID.col())
        };
    }
}
