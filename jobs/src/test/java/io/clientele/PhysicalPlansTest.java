package io.clientele;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.generate.Retailer;
import io.clientele.testing.SparkTest;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.plans.physical.SinglePartition$;
import org.apache.spark.sql.execution.QueryExecution;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.adaptive.AdaptiveSparkPlanExec;
import org.apache.spark.sql.execution.adaptive.QueryStageExec;
import org.apache.spark.sql.execution.aggregate.BaseAggregateExec;
import org.apache.spark.sql.execution.exchange.REPARTITION_BY_NUM$;
import org.apache.spark.sql.execution.exchange.ShuffleExchangeExec;
import org.apache.spark.sql.execution.joins.BroadcastNestedLoopJoinExec;
import org.apache.spark.sql.execution.joins.CartesianProductExec;
import org.apache.spark.sql.execution.window.WindowExec;
import org.apache.spark.sql.util.QueryExecutionListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.jdk.javaapi.CollectionConverters;

/** What all queries of a night have in common: none brings all rows to one task, none compares all rows with all. */
@SparkTest
class PhysicalPlansTest {

    @TempDir
    private Path folder;

    @Test
    void shouldNeitherGatherAllRowsInOneTaskNorPairAllWithAll(SparkSession spark) throws Exception {
        new Retailer(new Retailer.Settings(300, 5, 1, LocalDate.of(2025, 11, 30), 1, 0.01)).generate(folder, 1);
        Plans plans = new Plans();
        spark.listenerManager().register(plans);
        CommandRun run;
        try {
            run = CommandRun.of(
                    "run",
                    "nightly",
                    "--date",
                    "2025-11-30",
                    "--conf",
                    Project.ROOT.resolve("conf").toString(),
                    "--raw",
                    folder.resolve("raw").toString(),
                    "--lake",
                    folder.resolve("lake").toString());
            spark.sparkContext().listenerBus().waitUntilEmpty();
        } finally {
            spark.listenerManager().unregister(plans);
        }

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(plans.seen).hasSizeGreaterThan(40);
        assertThat(plans.seen.stream().flatMap(plan -> nodes(plan).stream()).filter(PhysicalPlansTest::isUnbounded))
                .isEmpty();
    }

    private static boolean isUnbounded(SparkPlan node) {
        if (node instanceof CartesianProductExec || node instanceof BroadcastNestedLoopJoinExec) {
            return true;
        }
        if (node instanceof WindowExec window) {
            return window.partitionSpec().isEmpty();
        }
        // One task may sum up what many have summed up before; it may not be given rows.
        return node instanceof ShuffleExchangeExec exchange
                && exchange.outputPartitioning() == SinglePartition$.MODULE$
                // Who names a number of partitions has counted before: the state of a Delta table, customers to
                // cluster.
                && exchange.shuffleOrigin() != REPARTITION_BY_NUM$.MODULE$
                && nodes(exchange.child()).stream().noneMatch(BaseAggregateExec.class::isInstance);
    }

    private static List<SparkPlan> nodes(SparkPlan plan) {
        List<SparkPlan> nodes = new ArrayList<>(List.of(plan));
        if (plan instanceof AdaptiveSparkPlanExec adaptive) {
            nodes.addAll(nodes(adaptive.executedPlan()));
        }
        if (plan instanceof QueryStageExec stage) {
            nodes.addAll(nodes(stage.plan()));
        }
        CollectionConverters.asJava(plan.children()).forEach(child -> nodes.addAll(nodes(child)));
        return nodes;
    }

    /** Keeps the plan of every query. */
    private static final class Plans implements QueryExecutionListener {
        private final List<SparkPlan> seen = Collections.synchronizedList(new ArrayList<>());

        @Override
        public void onSuccess(String function, QueryExecution query, long nanos) {
            seen.add(query.executedPlan());
        }

        @Override
        public void onFailure(String function, QueryExecution query, Exception exception) {}
    }
}
