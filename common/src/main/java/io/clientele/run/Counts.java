package io.clientele.run;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import io.clientele.table.Field;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Counts that prove conservation. */
final class Counts {

    private Counts() {}

    /** Rows that stand for at least one other, and how many they stand for beyond the first. */
    static Row ofVersions(Dataset<Row> rows, Field versions) {
        return rows.agg(
                        count_if(versions.col().gt(0)),
                        coalesce(sum(greatest(versions.col().minus(1), lit(0L))), lit(0L)))
                .head();
    }
}
