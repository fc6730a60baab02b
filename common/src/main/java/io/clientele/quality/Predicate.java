package io.clientele.quality;

import io.clientele.table.Table;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.QueryPlanningTracker;
import org.apache.spark.sql.catalyst.analysis.Analyzer;
import org.apache.spark.sql.catalyst.analysis.FunctionRegistry;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.catalog.InMemoryCatalog;
import org.apache.spark.sql.catalyst.catalog.SessionCatalog;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.parser.CatalystSqlParser$;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.LocalRelation;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.trees.TreePattern;
import org.apache.spark.sql.catalyst.types.DataTypeUtils;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

/** Whether an SQL expression can tell good rows of a table from bad ones; asked of Spark's analyser, which needs no session. */
final class Predicate {

    private static final Analyzer ANALYSER = new Analyzer(new SessionCatalog(
            new InMemoryCatalog(new SparkConf(false), new Configuration(false)), FunctionRegistry.builtin()));

    private Predicate() {}

    /** What is wrong with it, if anything is. */
    static Optional<String> complaint(String sql, Table table) {
        try {
            List<Attribute> columns =
                    List.copyOf(CollectionConverters.asJava(DataTypeUtils.toAttributes(table.schema())));
            LogicalPlan rows = new LocalRelation(seq(columns), seq(List.of()), false, Option.empty());
            Expression predicate = CatalystSqlParser$.MODULE$.parseExpression(sql);
            Optional<String> unknown = unknownFunction(predicate);
            if (unknown.isPresent()) {
                return unknown;
            }
            LogicalPlan good =
                    ANALYSER.executeAndCheck(new Filter(predicate, rows), new QueryPlanningTracker(Option.empty()));
            return complaint(good);
        } catch (Exception e) { // the checked AnalysisException, which Scala does not declare
            return Optional.of(reason(e, table));
        }
    }

    private static Optional<String> unknownFunction(Expression expression) {
        if (expression instanceof UnresolvedFunction function) {
            String name = function.nameParts().last();
            if (!FunctionRegistry.builtin().functionExists(new FunctionIdentifier(name))) {
                return Optional.of("'holds' calls '%s', which is no function of Spark SQL".formatted(name));
            }
        }
        return CollectionConverters.asJava(expression.children()).stream()
                .flatMap(child -> unknownFunction(child).stream())
                .findFirst();
    }

    /** What an observation of rows on their way cannot do, or would not do the same way again. */
    private static Optional<String> complaint(LogicalPlan good) {
        if (good.containsPattern(TreePattern.PLAN_EXPRESSION())) {
            return Optional.of("'holds' looks at one row at a time, without sub-queries");
        }
        if (good.containsPattern(TreePattern.CURRENT_LIKE())) {
            return Optional.of("'holds' must not ask the clock; 'newest' compares with the date of the run");
        }
        boolean isDeterministic = CollectionConverters.asJava(good.expressions()).stream()
                .allMatch(expression -> expression.deterministic());
        return isDeterministic ? Optional.empty() : Optional.of("'holds' must not draw lots");
    }

    private static String reason(Exception e, Table table) {
        if (!(e instanceof AnalysisException analysis)) {
            String condition = e instanceof SparkThrowable thrown
                    ? thrown.getCondition()
                    : e.getClass().getSimpleName();
            return "'holds' is not a usable expression (%s)".formatted(condition);
        }
        String condition = String.valueOf(analysis.getCondition());
        if (condition.startsWith("UNRESOLVED_COLUMN")) {
            return Rules.unknownColumn(
                    analysis.getMessageParameters().get("objectName").replace("`", ""), table);
        }
        if (condition.equals("DATATYPE_MISMATCH.FILTER_NOT_BOOLEAN")) {
            return "'holds' is %s, not a boolean: it says of each row whether it is good"
                    .formatted(analysis.getMessageParameters().get("type").replace("\"", ""));
        }
        return "'holds' is not a usable expression (%s)".formatted(condition);
    }

    private static <T> scala.collection.immutable.Seq<T> seq(List<T> items) {
        return CollectionConverters.asScala(items).toSeq();
    }
}
