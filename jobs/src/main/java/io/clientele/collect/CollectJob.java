package io.clientele.collect;

import static io.clientele.config.Requirement.check;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;

import io.clientele.config.ConfigFolder;
import io.clientele.lake.Lake;
import io.clientele.lake.RawZone;
import io.clientele.lake.RawZone.RawFile;
import io.clientele.lake.Staging;
import io.clientele.run.AtOnce;
import io.clientele.run.Job;
import io.clientele.run.Run;
import io.clientele.schema.CollectedCompaniesRegister;
import io.clientele.schema.CollectedConsents;
import io.clientele.schema.CollectedContacts;
import io.clientele.schema.CollectedEvents;
import io.clientele.schema.CollectedFiles;
import io.clientele.schema.CollectedOrderLines;
import io.clientele.schema.CollectedProducts;
import io.clientele.schema.CollectedRejects;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
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
                    CollectedCompaniesRegister.TABLE,
                    CollectedRejects.TABLE,
                    CollectedFiles.TABLE)
            .runs(CollectJob::run);

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

    /** The files that lie in the raw zone for the sources of a configuration: what is another than before is worth a look. */
    public static Set<RawFile> lying(ConfigFolder folder, RawZone raw) {
        Set<RawFile> files = new HashSet<>();
        folder.readAll("sources", Source.class).forEach((name, source) -> files.addAll(raw.list(name, source.files())));
        return files;
    }

    static void run(Config config, Run run) {
        // Every table exists from the first night on, even where no source delivers to it.
        JOB.writes().forEach(run.lake()::createIfAbsent);
        Staging staging = run.staging(JOB.name());
        List<Distribution> done = new ArrayList<>();
        staging.sealedBatch().ifPresent(batch -> {
            run.warn("batch %d was read by a run that did not end; the rest of it is distributed now", batch);
            done.add(Distribution.again(staging, batch, run));
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
            done.add(Distribution.first(staging, batch, run));
            staging.clear();
        }
        Distribution.balance(done, run);
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
        List<Callable<Void>> parts = new ArrayList<>();
        byEntity.forEach((entity, rows) -> parts.add(() -> {
            staging.write(entity.part(), rows);
            return null;
        }));
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
        parts.add(() -> {
            staging.write(Distribution.CHANGES, run.spark().createDataFrame(changed, CollectedFiles.TABLE.schema()));
            return null;
        });
        AtOnce.all(parts);
    }
}
