package io.clientele.cli;

import io.clientele.Jobs;
import io.clientele.failure.Failure;
import io.clientele.lake.DeltaLake;
import io.clientele.lake.RefusedRows;
import io.clientele.table.Layer;
import io.clientele.table.Table;
import org.apache.spark.sql.SparkSession;

/** Makes the tables of a lake known to SQL, under the names of their layers. */
final class LakeCatalog {

    private LakeCatalog() {}

    /**
     * Registers every table that the lake has, and the rows that a quality rule refused, if there are.
     *
     * @throws Failure (input) if it has none
     */
    static void register(SparkSession spark, String lakeRoot) {
        DeltaLake lake = new DeltaLake(spark, lakeRoot);
        for (Layer layer : Layer.values()) {
            spark.sql("CREATE SCHEMA IF NOT EXISTS " + layer.schema());
        }
        int found = 0;
        for (Table table : Jobs.tables()) {
            if (lake.has(table)) {
                spark.sql("CREATE TABLE IF NOT EXISTS %s USING delta LOCATION '%s'"
                        .formatted(table.qualifiedName(), lake.location(table).replace("'", "\\'")));
                found++;
            }
        }
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
        if (found == 0) {
            throw Failure.input("lake %s: it has no table; check --lake, or run nightly first", lakeRoot);
        }
    }
}
