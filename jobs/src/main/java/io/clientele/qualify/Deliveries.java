package io.clientele.qualify;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.from_utc_timestamp;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.md5;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.to_date;

import io.clientele.run.Before;
import io.clientele.run.Run;
import io.clientele.schema.Delivery;
import io.clientele.table.Field;
import io.clientele.table.Table;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What qualifying does alike with all that was collected. */
final class Deliveries {

    private Deliveries() {}

    /** What had been delivered by the date of the run. */
    static Dataset<Row> upTo(Run run, Table collected) {
        return run.lake().read(collected).where(Delivery.DELIVERED_ON.col().leq(lit(run.date())));
    }

    /**
     * Of the records with one source and key, the last delivered; those without a key all stand.
     *
     * @param versions the column that receives how many records each stands for
     */
    static Dataset<Row> latest(Dataset<Row> collected, Field versions) {
        Dataset<Row> keyed = collected
                .where(Delivery.SOURCE_KEY.col().isNotNull())
                .groupBy(
                        Delivery.SOURCE.col().as("of_source"),
                        Delivery.SOURCE_KEY.col().as("of_key"))
                .agg(
                        max_by(struct(col("*")), order()).as("record"),
                        count(lit(1)).as(versions.column()))
                .select(col("record.*"), versions.col());
        return collected
                .where(Delivery.SOURCE_KEY.col().isNull())
                .withColumn(versions.column(), lit(1L))
                .unionByName(keyed);
    }

    /** Puts records in the order of their delivery. */
    static Column order() {
        return struct(
                Delivery.DELIVERED_ON.col(), Delivery.FILE.col(), Delivery.POSITION.col(), Delivery.RECORD_ID.col());
    }

    /**
     * The day of an instant.
     *
     * @param zone where the business has its midnight
     */
    static Column day(Column instant, String zone) {
        return to_date(from_utc_timestamp(instant, zone));
    }

    /** Identifies the thing that a record is about: the same in each of its versions. */
    static Column id() {
        return md5(concat_ws(
                "\u001f", Delivery.SOURCE.col(), coalesce(Delivery.SOURCE_KEY.col(), Delivery.RECORD_ID.col())));
    }

    /**
     * What had been delivered by the date of the run and is not in what an earlier run made; empty if records have gone since,
     * or if it cannot be told.
     */
    static Optional<Dataset<Row>> since(Before before, Run run, Table collected) {
        return run.lake()
                .changes(collected, before.version(collected))
                .filter(changes -> changes.deleted().isEmpty())
                .map(changes -> changes.inserted()
                        .where(Delivery.DELIVERED_ON.col().leq(lit(run.date())))
                        .select(collected.columns())
                        // It had been delivered for a day that was yet to come.
                        .unionByName(upTo(run, collected)
                                .where(Delivery.DELIVERED_ON.col().gt(lit(before.date()))))
                        .dropDuplicates(Delivery.RECORD_ID.column()));
    }

    /** The keys of what a table said when an earlier run read it, and does not say any more; empty if that cannot be told. */
    static Optional<Dataset<Row>> outdated(Before before, Run run, Table table, Field key, Field... saying) {
        Column[] columns = Stream.concat(Stream.of(key), Arrays.stream(saying))
                .map(Field::col)
                .toArray(Column[]::new);
        return run.lake().changes(table, before.version(table)).map(changes -> changes.deleted()
                .select(columns)
                .except(changes.inserted().select(columns))
                .select(key.col())
                .distinct());
    }

    /**
     * Of the rows about one thing, that of the last delivery; it stands for as many records as all of them.
     *
     * @param rows with the columns by which deliveries are put in order
     */
    static Dataset<Row> standing(Dataset<Row> rows, Field id, Field versions) {
        return rows.groupBy(id.col().as("of_id"))
                .agg(
                        max_by(struct(col("*")), order()).as("last"),
                        sum(versions.col()).as("all_versions"))
                .select(col("last.*"), col("all_versions"))
                .withColumn(versions.column(), col("all_versions"))
                .drop("all_versions");
    }
}
