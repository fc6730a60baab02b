package io.clientele.qualify;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import io.clientele.run.Run;
import io.clientele.table.Field;
import io.clientele.table.Table;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * How a qualified table of facts goes on from what it was: facts that have come or come again are made anew from what was
 * known of them and what is said now, and so are those of which something that they refer to has changed.
 *
 * @param id the key of the table
 * @param versions how many delivered records a fact stands for
 * @param attach gives facts what they refer to, as it is known now, whatever was known before
 */
record Revision(Table table, Field id, Field versions, UnaryOperator<Dataset<Row>> attach) {

    /**
     * @param delivered the facts as they have been delivered since, each standing for one record
     * @param outdated keys of what facts refer to and has changed
     */
    void apply(Dataset<Row> delivered, List<Dataset<Row>> outdated, Run run) {
        Dataset<Row> fresh = delivered.persist(StorageLevel.MEMORY_AND_DISK());
        List<Dataset<Row>> others = outdated.stream()
                .map(keys -> keys.persist(StorageLevel.MEMORY_AND_DISK()))
                .toList();
        Dataset<Row> there = others.stream()
                .map(keys -> run.lake().matching(table, keys))
                .reduce(run.lake().matching(table, fresh.select(id.col())), Dataset::unionByName)
                .dropDuplicates(id.column())
                .persist(StorageLevel.MEMORY_AND_DISK());
        Dataset<Row> revised = attach.apply(Deliveries.standing(fresh.unionByName(there), id, versions))
                .persist(StorageLevel.MEMORY_AND_DISK());
        try {
            Row known = figures(there);
            long written =
                    run.lake().revise(table, there.select(id.col()), revised).rows();
            long merged = figures(revised).getLong(1) - known.getLong(1) + known.getLong(0) - written;
            run.balance(table, fresh.count() + known.getLong(0), written, 0, merged);
        } finally {
            List.of(revised, there, fresh).forEach(Dataset::unpersist);
            others.forEach(Dataset::unpersist);
        }
    }

    /** How many facts, and how many records they stand for. */
    private Row figures(Dataset<Row> facts) {
        Column records = coalesce(sum(versions.col()), lit(0L));
        return facts.agg(count(lit(1)), records).head();
    }
}
