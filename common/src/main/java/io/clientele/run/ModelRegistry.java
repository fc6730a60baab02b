package io.clientele.run;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import io.clientele.lake.Lake;
import io.clientele.lake.Lake.WriteId;
import io.clientele.run.RunRecord.TableRead;
import io.clientele.schema.Models;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The models of the lake, as one job of one night sees them. A night finds the models of its own date and of those before: so
 * one that is run again, after years too, uses the model that it used.
 */
public final class ModelRegistry {

    private final SparkSession spark;
    private final Lake lake;
    private final LocalDate date;
    private final Origin origin;
    private final Supplier<List<TableRead>> reads;

    /** Who learns: the run, when it started, its job, and the version of Clientele. */
    public record Origin(String runId, Instant startedAt, String job, String version) {}

    /** @param reads the tables that the job has read so far */
    public ModelRegistry(
            SparkSession spark, Lake lake, LocalDate date, Origin origin, Supplier<List<TableRead>> reads) {
        this.spark = spark;
        this.lake = lake;
        this.date = date;
        this.origin = origin;
        this.reads = reads;
    }

    /** The model in force: of the champions learned tonight or before, the youngest. */
    public Optional<Model> champion(String name) {
        return youngest(name, Models.IS_CHAMPION.col());
    }

    /** The model that was learned last, tonight or before, be it in force or not. */
    public Optional<Model> youngest(String name) {
        return youngest(name, lit(true));
    }

    private Optional<Model> youngest(String name, Column condition) {
        if (!lake.has(Models.TABLE)) {
            return Optional.empty();
        }
        return lake
                .read(Models.TABLE)
                .where(Models.NAME
                        .col()
                        .equalTo(name)
                        .and(condition)
                        .and(Models.LEARNED_ON.col().leq(date)))
                .orderBy(
                        Models.LEARNED_ON.col().desc(),
                        Models.REGISTERED_AT.col().desc())
                .select(
                        Models.NAME.col(),
                        Models.LEARNED_ON.col(),
                        Models.IS_CHAMPION.col(),
                        Models.SEED.col(),
                        Models.METRICS.col(),
                        Models.MODEL.col())
                .limit(1)
                .collectAsList()
                .stream()
                .map(row -> new Model(
                        row.getString(0),
                        row.getLocalDate(1),
                        row.getBoolean(2),
                        row.isNullAt(3) ? null : row.getLong(3),
                        new TreeMap<>(row.getJavaMap(4)),
                        row.getString(5)))
                .findFirst();
    }

    /** Keeps a model, unless it is the last one already: a night that is run again and learns the same adds nothing. */
    public void keep(Model model) {
        // Jobs that run at the same time would make the table twice.
        synchronized (ModelRegistry.class) {
            lake.createIfAbsent(Models.TABLE);
            boolean isLast = youngest(model.name())
                    .map(last -> last.id().equals(model.id()))
                    .orElse(false);
            if (isLast) {
                return;
            }
            Dataset<Row> kept = lake.read(Models.TABLE);
            Column isSame = Models.MODEL_ID.col().equalTo(model.id());
            Dataset<Row> last = spark.createDataFrame(List.of(row(model)), Models.TABLE.schema());
            if (kept.where(isSame).isEmpty()) {
                lake.append(Models.TABLE, last, new WriteId("model:" + model.id() + ":" + origin.runId(), 1));
            } else {
                // Learned before on this date, then another, and now again: it is in force from now on.
                lake.replace(Models.TABLE, kept.where(not(isSame)).unionByName(last));
            }
        }
    }

    private Row row(Model model) {
        return RowFactory.create(
                model.id(),
                model.name(),
                model.learnedOn(),
                model.isChampion(),
                origin.runId(),
                origin.startedAt(),
                origin.job(),
                origin.version(),
                CollectionConverters.asScala(reads.get().stream()
                                .map(read -> RowFactory.create(read.table(), read.version()))
                                .toList())
                        .toSeq(),
                model.seed(),
                scala.collection.immutable.Map.from(CollectionConverters.asScala(model.metrics())),
                model.json());
    }
}
