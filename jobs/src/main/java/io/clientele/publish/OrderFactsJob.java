package io.clientele.publish;

import static org.apache.spark.sql.functions.lit;

import io.clientele.lake.Lake.Changes;
import io.clientele.run.Before;
import io.clientele.run.Job;
import io.clientele.run.Run;
import io.clientele.schema.FctOrderLines;
import io.clientele.schema.OrderLines;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/** Publishes the order lines up to the business date, without what only the kitchen needs. */
public final class OrderFactsJob {

    public static final Job<Config> JOB = Job.named("order_facts", Config.class)
            .reads(OrderLines.TABLE)
            .writes(FctOrderLines.TABLE)
            .runs(OrderFactsJob::run);

    /** {@code conf/order_facts.yaml}: nothing to say yet. */
    public record Config() {}

    private OrderFactsJob() {}

    static void run(Config config, Run run) {
        run.goOn(before -> goOn(before, run), () -> computeAll(run));
    }

    private static void computeAll(Run run) {
        Dataset<Row> lines = upTo(run);
        long published = run.lake().replace(FctOrderLines.TABLE, facts(lines)).rows();
        run.balance(FctOrderLines.TABLE, lines.count(), published, 0, 0);
    }

    /** Revises the lines that have changed since the last run, and adds those whose day has come. */
    private static boolean goOn(Before before, Run run) {
        Optional<Changes> changes = run.lake().changes(OrderLines.TABLE, before.version(OrderLines.TABLE));
        if (changes.isEmpty()) {
            return false;
        }
        Column hasCome = OrderLines.ORDERED_ON.col().leq(lit(run.date()));
        Dataset<Row> lines = facts(changes.get().inserted().where(hasCome))
                .unionByName(facts(upTo(run).where(OrderLines.ORDERED_ON.col().gt(lit(before.date())))))
                .dropDuplicates(FctOrderLines.ORDER_LINE_ID.column())
                .persist(StorageLevel.MEMORY_AND_DISK());
        try {
            long published = run.lake()
                    .revise(FctOrderLines.TABLE, changes.get().deleted().select(OrderLines.ORDER_LINE_ID.col()), lines)
                    .rows();
            run.balance(FctOrderLines.TABLE, lines.count(), published, 0, 0);
            return true;
        } finally {
            lines.unpersist();
        }
    }

    private static Dataset<Row> upTo(Run run) {
        return run.lake()
                .read(OrderLines.TABLE)
                .where(OrderLines.ORDERED_ON.col().leq(lit(run.date())));
    }

    private static Dataset<Row> facts(Dataset<Row> lines) {
        return lines.select(FctOrderLines.TABLE.columns());
    }
}
