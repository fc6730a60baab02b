package io.clientele;

import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map_entries;
import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.lake.DeltaLake;
import io.clientele.lake.Lake;
import io.clientele.schema.AbcCurve;
import io.clientele.schema.CustomerSegments;
import io.clientele.schema.Models;
import io.clientele.schema.SegmentMigrations;
import io.clientele.table.Layer;
import io.clientele.table.Table;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.MapType;

/** Looks into a lake that a test has filled. */
public final class LakeTables {

    private LakeTables() {}

    public static List<Table> marts() {
        return Jobs.tables().stream()
                .filter(table -> table.layer() == Layer.MART)
                .toList();
    }

    /** Makes the lake's tables known to SQL; those of a lake registered before are forgotten. */
    public static void register(SparkSession spark, String lakeRoot) {
        DeltaLake lake = new DeltaLake(spark, lakeRoot);
        for (Layer layer : Layer.values()) {
            spark.sql("drop schema if exists " + layer.schema() + " cascade");
            spark.sql("create schema " + layer.schema());
        }
        Jobs.tables().stream()
                .filter(lake::has)
                .forEach(table ->
                        spark.sql("create table " + table + " using delta location '" + lake.location(table) + "'"));
    }

    /** What a mart says of a date, whenever nights came to know it: of a history what stands then. */
    public static Dataset<Row> asItStands(Lake lake, Table mart, LocalDate date) {
        Dataset<Row> rows = lake.read(mart);
        if (mart.equals(CustomerSegments.TABLE)) {
            return rows.where(CustomerSegments.LEFT_ON.col().isNull()).drop(CustomerSegments.ENTERED_ON.col());
        }
        if (mart.equals(AbcCurve.TABLE)) {
            return rows.where(AbcCurve.AS_OF.col().equalTo(date));
        }
        return mart.equals(SegmentMigrations.TABLE) ? rows.limit(0) : rows;
    }

    /**
     * What clusters are learned depends on the night that learns them; so nights that are to give the same have the same models,
     * as of a date before.
     */
    public static void copyModels(DeltaLake from, DeltaLake to, LocalDate learnedOn) {
        to.createIfAbsent(Models.TABLE);
        to.append(
                Models.TABLE,
                from.read(Models.TABLE).withColumn(Models.LEARNED_ON.column(), Models.LEARNED_ON.is(lit(learnedOn))),
                new Lake.WriteId("copy of " + learnedOn, 1));
    }

    /** Compares two tables row for row. */
    public static void assertSame(Dataset<Row> expected, Dataset<Row> actual, Table table) {
        assertThat(comparable(actual).exceptAll(comparable(expected)).count())
                .as("rows of %s that were not expected", table)
                .isZero();
        assertThat(comparable(expected).exceptAll(comparable(actual)).count())
                .as("rows of %s that are missing", table)
                .isZero();
    }

    /** Maps cannot be compared; their entries in order can. */
    private static Dataset<Row> comparable(Dataset<Row> rows) {
        return rows.select(Arrays.stream(rows.schema().fields())
                .map(field -> field.dataType() instanceof MapType
                        ? array_sort(map_entries(col(field.name()))).as(field.name())
                        : col(field.name()))
                .toArray(Column[]::new));
    }
}
