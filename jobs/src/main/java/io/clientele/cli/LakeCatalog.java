package io.clientele.cli;

import io.clientele.Jobs;
import io.clientele.failure.Failure;
import io.clientele.lake.DeltaLake;
import io.clientele.lake.RefusedRows;
import io.clientele.run.Publications;
import io.clientele.run.Publications.Publication;
import io.clientele.table.Layer;
import io.clientele.table.Table;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/** Makes the tables of a lake known to SQL, under the names of their layers. */
final class LakeCatalog {

    private LakeCatalog() {}

    /** Which rows of the marts are seen. */
    enum Marts {
        /** Those that were published together. */
        PUBLISHED,
        /** Those that the last run left, also if it failed half-way. */
        LATEST
    }

    /**
     * Registers every table that the lake has, and the rows that a quality rule refused, if there are. A mart that was never
     * published is not there.
     *
     * @throws Failure (input) if it has none
     */
    static void register(SparkSession spark, String lakeRoot, Marts marts) {
        DeltaLake lake = new DeltaLake(spark, lakeRoot);
        for (Layer layer : Layer.values()) {
            spark.sql("CREATE SCHEMA IF NOT EXISTS " + layer.schema());
        }
        List<Table> present = Jobs.tables().stream().filter(lake::has).toList();
        if (present.isEmpty()) {
            throw Failure.input("lake %s: it has no table; check --lake, or run nightly first", lakeRoot);
        }
        Map<String, Long> published = marts == Marts.PUBLISHED
                ? new Publications(spark, lake)
                        .current()
                        .map(Publication::versions)
                        .orElse(Map.of())
                : Map.of();
        for (Table table : present) {
            String location = lake.location(table);
            if (table.layer() != Layer.MART || marts == Marts.LATEST) {
                spark.sql("CREATE TABLE IF NOT EXISTS %s USING delta LOCATION '%s'"
                        .formatted(table, location.replace("'", "\\'")));
            } else if (published.containsKey(table.qualifiedName())) {
                spark.sql("CREATE OR REPLACE VIEW %s AS SELECT * FROM delta.`%s` VERSION AS OF %d"
                        .formatted(table, location.replace("`", "``"), published.get(table.qualifiedName())));
            }
        }
        registerRefused(spark, lakeRoot);
    }

    private static void registerRefused(SparkSession spark, String lakeRoot) {
        RefusedRows refused = new RefusedRows(lakeRoot, spark.sessionState().newHadoopConf());
        for (Table table : Jobs.tables()) {
            if (refused.has(table)) {
                spark.sql("CREATE SCHEMA IF NOT EXISTS " + RefusedRows.SCHEMA);
                spark.sql("CREATE TABLE IF NOT EXISTS %s USING parquet LOCATION '%s'"
                        .formatted(
                                RefusedRows.nameInSql(table),
                                refused.location(table).toString().replace("'", "\\'")));
            }
        }
    }
}
