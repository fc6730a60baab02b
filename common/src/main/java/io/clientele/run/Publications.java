package io.clientele.run;

import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;

import io.clientele.failure.Failure;
import io.clientele.lake.Lake;
import io.clientele.lake.Lake.WriteId;
import io.clientele.schema.PublishedVersions;
import io.clientele.table.Table;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;

/**
 * The versions of the marts that analysts see. Jobs write their marts one after the other, for hours perhaps; what analysts see
 * changes in one commit, when all are written, and stays what it was when a night fails.
 */
public final class Publications {

    private final SparkSession spark;
    private final Lake lake;

    public Publications(SparkSession spark, Lake lake) {
        this.spark = spark;
        this.lake = lake;
    }

    /**
     * What analysts see.
     *
     * @param night the publication that a night made: this one, or the one that it restores
     * @param versions by the qualified name of the mart
     */
    public record Publication(long number, long night, LocalDate date, String runId, Map<String, Long> versions) {
        public Publication {
            versions = new TreeMap<>(versions);
        }
    }

    /** The publication in force, if anything was ever published. */
    public Optional<Publication> current() {
        return youngest(lit(true));
    }

    /** Publishes the marts as they are now. */
    public Publication publish(Collection<Table> marts, Run run) {
        Map<String, Long> versions = new TreeMap<>();
        marts.stream().filter(lake::has).forEach(mart -> versions.put(mart.qualifiedName(), lake.version(mart)));
        long number = current().map(Publication::number).orElse(0L) + 1;
        return append(new Publication(number, number, run.date(), run.id(), versions), run.startedAt());
    }

    /**
     * Brings back what the night before published; once more, the night before that.
     *
     * @throws Failure (input) if there is none
     */
    public Publication rollBack(Instant now) {
        Publication current =
                current().orElseThrow(() -> Failure.input("nothing was ever published; run nightly first"));
        Publication before = youngest(isNight(current))
                .orElseThrow(() -> Failure.input(
                        "publication %d, of %s, is the first: there is none before it to go back to",
                        current.night(), current.date()));
        return append(
                new Publication(current.number() + 1, before.night(), before.date(), before.runId(), before.versions()),
                now);
    }

    /** When the marts were published that a {@link #rollBack} would bring back, or those that are seen, if there are no others. */
    public Optional<Instant> oldestSeen() {
        return current().flatMap(current -> {
            Row oldest = lake.read(PublishedVersions.TABLE)
                    .where(PublishedVersions.PUBLICATION
                            .col()
                            .geq(youngest(isNight(current))
                                    .map(Publication::number)
                                    .orElse(current.night())))
                    .agg(min(PublishedVersions.PUBLISHED_AT.col()))
                    .head();
            return Optional.ofNullable(oldest.getInstant(0));
        });
    }

    /** Made by a night, before the one that is seen. */
    private static Column isNight(Publication current) {
        return PublishedVersions.RESTORES
                .col()
                .isNull()
                .and(PublishedVersions.PUBLICATION.col().lt(current.night()));
    }

    private Optional<Publication> youngest(Column condition) {
        if (!lake.has(PublishedVersions.TABLE)) {
            return Optional.empty();
        }
        Dataset<Row> rows = lake.read(PublishedVersions.TABLE).where(condition);
        Row highest = rows.agg(max(PublishedVersions.PUBLICATION.col())).head();
        if (highest.isNullAt(0)) {
            return Optional.empty();
        }
        long number = highest.getLong(0);
        List<Row> of = rows.where(PublishedVersions.PUBLICATION.col().equalTo(number))
                .select(
                        PublishedVersions.TABLE_NAME.col(),
                        PublishedVersions.VERSION.col(),
                        PublishedVersions.BUSINESS_DATE.col(),
                        PublishedVersions.RUN_ID.col(),
                        PublishedVersions.RESTORES.col())
                .collectAsList();
        Map<String, Long> versions = new TreeMap<>();
        of.forEach(row -> versions.put(row.getString(0), row.getLong(1)));
        Row any = of.get(0);
        return Optional.of(new Publication(
                number, any.isNullAt(4) ? number : any.getLong(4), any.getLocalDate(2), any.getString(3), versions));
    }

    private Publication append(Publication publication, Instant now) {
        boolean isRestored = publication.night() != publication.number();
        List<Row> rows = publication.versions().entrySet().stream()
                .map(mart -> RowFactory.create(
                        publication.number(),
                        mart.getKey(),
                        mart.getValue(),
                        publication.date(),
                        publication.runId(),
                        now,
                        isRestored ? publication.night() : null))
                .toList();
        lake.append(
                PublishedVersions.TABLE,
                spark.createDataFrame(rows, PublishedVersions.TABLE.schema()),
                new WriteId("publication", publication.number()));
        return publication;
    }
}
