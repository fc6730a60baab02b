package io.clientele.collect;

import static io.clientele.config.Requirement.check;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import io.clientele.config.ConfigFolder;
import io.clientele.failure.ExitCode;
import io.clientele.failure.Failure;
import io.clientele.lake.Lake;
import io.clientele.lake.Lake.WriteId;
import io.clientele.lake.Staging;
import io.clientele.run.Job;
import io.clientele.run.Run;
import io.clientele.schema.CollectedConsents;
import io.clientele.schema.CollectedContacts;
import io.clientele.schema.CollectedEvents;
import io.clientele.schema.CollectedFiles;
import io.clientele.schema.CollectedOrderLines;
import io.clientele.schema.CollectedProducts;
import io.clientele.schema.CollectedRejects;
import io.clientele.schema.Delivery;
import io.clientele.table.Joins;
import io.clientele.table.Table;
import io.clientele.text.Issue;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Brings every record of the delivered files into a typed table, or among the rejects with its reasons; each file once.
 *
 * <p>A batch goes in two steps. The files are read into a staging area, which is then sealed; from there the records are
 * distributed over the tables, each write bearing the number of the batch, so that it can be repeated and takes effect once.
 * Killed before the seal, a batch never was; killed after it, the next run distributes the rest of it first, from what was
 * read then, whatever has become of the files.
 */
public final class CollectJob {

    public static final Job<Config> JOB = Job.named("collect", Config::read)
            .writes(
                    CollectedContacts.TABLE,
                    CollectedOrderLines.TABLE,
                    CollectedProducts.TABLE,
                    CollectedEvents.TABLE,
                    CollectedConsents.TABLE,
                    CollectedRejects.TABLE,
                    CollectedFiles.TABLE)
            .runs(CollectJob::run);

    private static final String CHANGES = "changes";

    /** Everything that {@code conf} says about collecting. */
    public record Config(Limits limits, Map<String, Source> sources) {
        static Config read(ConfigFolder folder) {
            return new Config(folder.read("collect", Limits.class), folder.readAll("sources", Source.class));
        }
    }

    /**
     * {@code conf/collect.yaml}.
     *
     * @param maxRecordChars the longest record that is accepted, in characters
     */
    public record Limits(int maxRecordChars) {
        public Limits {
            check(
                    maxRecordChars >= 1_000 && maxRecordChars <= 100_000_000,
                    "key 'maxRecordChars' must be between 1000 and 100000000, got %d",
                    maxRecordChars);
        }
    }

    private CollectJob() {}

    static void run(Config config, Run run) {
        // Every table exists from the first night on, even where no source delivers to it.
        JOB.writes().forEach(run.lake()::createIfAbsent);
        Staging staging = run.staging(JOB.name());
        Tally tally = new Tally();
        staging.sealedBatch().ifPresent(batch -> {
            run.warn("batch %d was read by a run that did not end; the rest of it is distributed now", batch);
            distribute(staging, batch, run, tally, true);
        });
        staging.clear();
        Arrivals arrivals =
                Arrivals.find(config.sources(), run.raw(), run.lake().read(CollectedFiles.TABLE), run.date());
        report(arrivals, run);
        List<Arrivals.Change> changes =
                arrivals.changes().stream().filter(Arrivals.Change::isNew).toList();
        if (!arrivals.fresh().isEmpty() || !changes.isEmpty()) {
            long batch = nextBatch(run.lake());
            stage(config, arrivals.fresh(), changes, batch, staging, run);
            staging.seal(batch);
            distribute(staging, batch, run, tally, false);
            staging.clear();
        }
        tally.balance(run);
    }

    private static void report(Arrivals arrivals, Run run) {
        arrivals.changes()
                .forEach(change -> run.warn(
                        "source %s: %s changed after it was collected; the new content is not applied, deliver it under a new name",
                        change.arrival().source(), change.arrival().file().name()));
        if (!arrivals.silent().isEmpty() && !arrivals.fresh().isEmpty()) {
            run.warn("nothing new from %s", String.join(", ", arrivals.silent()));
        }
    }

    private static long nextBatch(Lake lake) {
        Row last = lake.read(CollectedFiles.TABLE)
                .agg(coalesce(max(CollectedFiles.BATCH.col()), lit(0L)))
                .head();
        return last.getLong(0) + 1;
    }

    private static void stage(
            Config config,
            List<Arrival> arrivals,
            List<Arrivals.Change> changes,
            long batch,
            Staging staging,
            Run run) {
        Map<Entity, Dataset<Row>> byEntity = new TreeMap<>();
        arrivals.stream()
                .collect(Collectors.groupingBy(Arrival::source, TreeMap::new, Collectors.toList()))
                .forEach((name, files) -> {
                    Source source = config.sources().get(name);
                    Dataset<Row> rows = new Mapping(name, source)
                            .apply(
                                    SourceRows.read(
                                            run.spark(),
                                            source,
                                            files,
                                            run.raw(),
                                            config.limits().maxRecordChars()),
                                    run.startedAt(),
                                    run.id());
                    byEntity.merge(source.entity(), rows, Dataset::unionByName);
                });
        byEntity.forEach((entity, rows) -> staging.write(entity.part(), rows));
        List<Row> changed = changes.stream()
                .map(change -> RowFactory.create(
                        change.arrival().file().name(),
                        change.arrival().source(),
                        Arrivals.CHANGED,
                        change.checksum(),
                        change.arrival().file().size(),
                        change.arrival().file().modifiedAt(),
                        1L,
                        0L,
                        1L,
                        change.arrival().deliveredOn(),
                        batch,
                        run.startedAt(),
                        run.id()))
                .toList();
        staging.write(CHANGES, run.spark().createDataFrame(changed, CollectedFiles.TABLE.schema()));
    }

    /**
     * Spreads a sealed batch over the tables. The ledger of files comes last: its row says that a file is done.
     *
     * @param isRepeated whether some of it may have been done before
     */
    private static void distribute(Staging staging, long batch, Run run, Tally tally, boolean isRepeated) {
        Dataset<Row> changes = staging.read(CHANGES);
        Dataset<Row> files = changes;
        Dataset<Row> rejects = changes.select(rejectColumns(
                CollectedFiles.SOURCE.col(),
                CollectedFiles.FILE.col(),
                lit(null),
                reasons(lit(Issue.FILE_CHANGED.code()), lit(null)),
                lit(null)));
        long refusedFiles = changes.count();
        for (Entity entity : Entity.values()) {
            if (!staging.has(entity.part())) {
                continue;
            }
            Dataset<Row> staged = staging.read(entity.part());
            Dataset<Row> refused =
                    broadcast(staged.where(StagedColumns.isTrailer().and(StagedColumns.isRefused()))
                            .select(Delivery.FILE.col()));
            Dataset<Row> records =
                    staged.where(not(StagedColumns.isTrailer())).join(refused, Joins.on(Delivery.FILE), Joins.ANTI);
            List<Row> ended = files(staged, records, batch).collectAsList(); // one row a file
            Counted counted = Counted.of(ended);
            Lake.Written written = run.lake()
                    .append(
                            entity.table(),
                            records.where(not(StagedColumns.isRefused()))
                                    .select(entity.table().columns()),
                            id(entity.part(), batch));
            requireWritten(entity.table(), written.rows(), counted.accepted(), isRepeated);
            tally.add(entity.table(), counted);
            rejects = rejects.unionByName(records.where(StagedColumns.isRefused())
                            .select(rejectColumns(
                                    Delivery.SOURCE.col(),
                                    Delivery.FILE.col(),
                                    Delivery.POSITION.col(),
                                    StagedColumns.REASONS.col(),
                                    StagedColumns.RAW.col())))
                    .unionByName(staged.where(StagedColumns.isTrailer().and(StagedColumns.isRefused()))
                            .select(rejectColumns(
                                    Delivery.SOURCE.col(),
                                    Delivery.FILE.col(),
                                    lit(null),
                                    StagedColumns.REASONS.col(),
                                    lit(null))));
            files = files.unionByName(run.spark().createDataFrame(ended, CollectedFiles.TABLE.schema()));
            refusedFiles += counted.rejected();
        }
        Lake.Written refusals = run.lake().append(CollectedRejects.TABLE, rejects, id("rejects", batch));
        requireWritten(CollectedRejects.TABLE, refusals.rows(), refusedFiles, isRepeated);
        run.lake().append(CollectedFiles.TABLE, files, id("files", batch));
    }

    private static WriteId id(String part, long batch) {
        return new WriteId("clientele/collect/" + part, batch);
    }

    /** A batch that is distributed for the first time must take effect: a skipped write would be a silent loss. */
    private static void requireWritten(Table table, long written, long expected, boolean isRepeated) {
        if (written != expected && !(isRepeated && written == 0)) {
            throw new Failure(
                    ExitCode.QUALITY,
                    "%s: %,d rows were to be added, %,d were; the lake's _clientele folder and its tables do not belong together"
                            .formatted(table, expected, written));
        }
    }

    /** One row of {@code collected.files} per file of the batch. */
    private static Dataset<Row> files(Dataset<Row> staged, Dataset<Row> records, long batch) {
        String accepted = "__accepted";
        String rejected = "__rejected";
        Dataset<Row> counts = records.groupBy(Delivery.FILE.col())
                .agg(
                        count_if(not(StagedColumns.isRefused())).as(accepted),
                        count_if(StagedColumns.isRefused()).as(rejected));
        Column isRefused = StagedColumns.isRefused();
        return staged.where(StagedColumns.isTrailer())
                .join(counts, Joins.on(Delivery.FILE), Joins.LEFT)
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

    private static Column[] rejectColumns(Column source, Column file, Column position, Column reasons, Column raw) {
        return new Column[] {
            CollectedRejects.SOURCE.is(source),
            CollectedRejects.FILE.is(file),
            CollectedRejects.POSITION.is(position),
            CollectedRejects.REASONS.is(reasons),
            CollectedRejects.RAW_TEXT.is(raw),
            CollectedRejects.DELIVERED_ON.is(Delivery.DELIVERED_ON.col()),
            CollectedRejects.COLLECTED_AT.is(Delivery.COLLECTED_AT.col()),
            CollectedRejects.RUN_ID.is(Delivery.RUN_ID.col())
        };
    }

    private static Column reasons(Column issue, Column detail) {
        return org.apache.spark.sql.functions.array(org.apache.spark.sql.functions.struct(issue, lit(null), detail));
    }

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

    /** The counts of the run, by table. */
    private static final class Tally {
        private final Map<Table, Counted> counts = new java.util.LinkedHashMap<>();

        void add(Table table, Counted counted) {
            counts.merge(table, counted, Counted::plus);
        }

        void balance(Run run) {
            counts.forEach((table, counted) ->
                    run.balance(table, counted.records(), counted.accepted(), counted.rejected(), 0));
        }
    }
}
