package io.clientele.publish;

import static org.apache.spark.sql.functions.lit;

import io.clientele.run.Job;
import io.clientele.run.Run;
import io.clientele.schema.FctOrderLines;
import io.clientele.schema.OrderLines;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

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
        Dataset<Row> lines = run.lake()
                .read(OrderLines.TABLE)
                .where(OrderLines.ORDERED_ON.col().leq(lit(run.date())));
        long published = run.lake()
                .replace(FctOrderLines.TABLE, lines.select(FctOrderLines.TABLE.columns()))
                .rows();
        run.balance(FctOrderLines.TABLE, lines.count(), published, 0, 0);
    }
}
