package io.clientele.cli;

import io.clientele.failure.ExitCode;
import io.clientele.failure.Failure;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.UnresolvedExecuteImmediate;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.catalyst.plans.logical.Command;
import org.apache.spark.sql.catalyst.plans.logical.InsertIntoDir;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.ParsedStatement;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Keeps queries from writing: only runs write to a lake, one at a time, under its lock. A statement is read by Spark's own
 * parser, which knows what is a command and what a query, wherever in the statement it stands.
 */
final class ReadOnly {

    private ReadOnly() {}

    /**
     * Lets a query pass, and commands that show, describe, explain, set or use.
     *
     * @throws Failure (usage) for any other
     */
    static void check(SparkSession spark, String statement) throws ParseException {
        LogicalPlan plan = spark.sessionState().sqlParser().parsePlan(statement);
        if (!isHarmless(plan) && doesSomething(plan)) {
            throw new Failure(
                    ExitCode.USAGE,
                    "'%s' is no query; sql only reads, tables are written by jobs (see run --help)"
                            .formatted(firstWords(statement)));
        }
    }

    private static boolean isHarmless(LogicalPlan plan) {
        String kind = plan.getClass().getSimpleName();
        return kind.startsWith("Show")
                || kind.startsWith("Describe")
                || switch (kind) {
                    case "ExplainCommand",
                            "SetCommand",
                            "ResetCommand",
                            "SetCatalogCommand",
                            "SetCatalogAndNamespace",
                            "SetNamespaceCommand" -> true;
                    default -> false;
                };
    }

    private static boolean doesSomething(LogicalPlan plan) {
        return plan instanceof Command
                || plan instanceof ParsedStatement
                || plan instanceof InsertIntoDir
                || plan instanceof UnresolvedExecuteImmediate
                || plan.getClass().getSimpleName().endsWith("Statement") // Delta's restore and clone are neither
                || CollectionConverters.asJava(plan.children()).stream().anyMatch(ReadOnly::doesSomething)
                || CollectionConverters.asJava(plan.innerChildren()).stream()
                        .anyMatch(inner -> inner instanceof LogicalPlan query && doesSomething(query));
    }

    /** The kind of statement, without the values that it may hold. */
    private static String firstWords(String statement) {
        String[] words = statement.strip().split("\\s+", 3);
        return words.length > 1 ? words[0] + " " + words[1] : words[0];
    }
}
