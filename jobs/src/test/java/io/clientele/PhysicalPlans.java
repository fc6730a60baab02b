package io.clientele;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
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
import scala.jdk.javaapi.CollectionConverters;

/** The plans of all queries while it listens: none should bring all rows to one task, or compare all rows with all. */
final class PhysicalPlans implements QueryExecutionListener {

    private final AtomicInteger queries = new AtomicInteger();
    private final List<String> unbounded = Collections.synchronizedList(new ArrayList<>());

    int queries() {
        return queries.get();
    }

    /** The parts of plans that do what none should. */
    List<String> unbounded() {
        return List.copyOf(unbounded);
    }

    /** Keeps no plan: they are large, and so is what hangs on them. */
    @Override
    public void onSuccess(String function, QueryExecution query, long nanos) {
        queries.incrementAndGet();
        nodes(query.executedPlan()).stream()
                .filter(PhysicalPlans::isUnbounded)
                .map(SparkPlan::toString)
                .forEach(unbounded::add);
    }

    @Override
    public void onFailure(String function, QueryExecution query, Exception exception) {}

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
                // Who names a number of partitions has counted before: the state of a Delta table.
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
}
