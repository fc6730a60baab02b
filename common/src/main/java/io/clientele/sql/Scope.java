package io.clientele.sql;

import io.clientele.config.Suggestion;
import io.clientele.table.Field;
import io.clientele.table.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.QueryPlanningTracker;
import org.apache.spark.sql.catalyst.analysis.Analyzer;
import org.apache.spark.sql.catalyst.analysis.FunctionRegistry;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAlias;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.catalog.InMemoryCatalog;
import org.apache.spark.sql.catalyst.catalog.SessionCatalog;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.parser.CatalystSqlParser$;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.LocalRelation;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.trees.TreePattern;
import org.apache.spark.sql.catalyst.types.DataTypeUtils;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

/**
 * What an SQL expression of a configuration may name: the columns of tables, by their names alone or after that of the table
 * ({@code customer_rfm.segment}), and functions of Spark SQL. Expressions are checked by Spark's analyser, which needs no
 * session, before anything runs; they look at one row at a time and always give the same.
 */
public final class Scope {

    private static final Analyzer ANALYSER = new Analyzer(new SessionCatalog(
            new InMemoryCatalog(new SparkConf(false), new Configuration(false)), FunctionRegistry.builtin()));

    private final List<Table> tables;
    private final Optional<StructField> record;
    private final String insteadOfClock;

    private Scope(List<Table> tables, Optional<StructField> record, String insteadOfClock) {
        this.tables = List.copyOf(tables);
        this.record = record;
        this.insteadOfClock = insteadOfClock;
    }

    /** @param insteadOfClock what to do who wants to know the date, as the end of a sentence */
    public static Scope of(List<Table> tables, String insteadOfClock) {
        return new Scope(tables, Optional.empty(), insteadOfClock);
    }

    /** The same with a struct, whose fields are named after it. */
    public Scope with(String name, StructType struct) {
        return new Scope(tables, Optional.of(DataTypes.createStructField(name, struct, true)), insteadOfClock);
    }

    /**
     * Reads an expression that is true or false.
     *
     * @param key of the configuration, for complaints
     * @throws Unusable if it is no such expression
     */
    public Resolved condition(String key, String sql) {
        return resolved(
                key, sql, (expression, rows) -> new Filter(expression, rows), plan -> ((Filter) plan).condition());
    }

    /** Reads an expression that gives a value. */
    public Resolved value(String key, String sql) {
        return resolved(
                key,
                sql,
                (expression, rows) -> {
                    NamedExpression named = new UnresolvedAlias(expression, Option.empty());
                    return new Project(seq(List.of(named)), rows);
                },
                plan -> unnamed(((Project) plan).projectList().head()));
    }

    /** A column is its own name. */
    private static Expression unnamed(NamedExpression named) {
        return named instanceof Alias alias ? alias.child() : (Expression) named;
    }

    /** What is asked of the rows. */
    private interface Question {
        LogicalPlan of(Expression expression, LogicalPlan rows);
    }

    private interface Answer {
        Expression in(LogicalPlan plan);
    }

    private Resolved resolved(String key, String sql, Question question, Answer answer) {
        LogicalPlan plan;
        try {
            Expression expression = CatalystSqlParser$.MODULE$.parseExpression(sql);
            refuseUnknownFunctions(key, expression);
            plan = ANALYSER.executeAndCheck(question.of(expression, rows()), new QueryPlanningTracker(Option.empty()));
        } catch (Unusable e) {
            throw e;
        } catch (Exception e) { // the checked AnalysisException, which Scala does not declare
            throw new Unusable(reason(key, e));
        }
        refuseWhatChanges(key, plan);
        return new Resolved(answer.in(plan), tables);
    }

    private LogicalPlan rows() {
        List<Attribute> columns = new ArrayList<>();
        for (Table table : tables) {
            CollectionConverters.asJava(DataTypeUtils.toAttributes(table.schema()))
                    .forEach(column -> columns.add(column.withQualifier(seq(List.of(table.name())))));
        }
        record.ifPresent(struct -> columns.addAll(
                CollectionConverters.asJava(DataTypeUtils.toAttributes(DataTypes.createStructType(List.of(struct))))));
        return new LocalRelation(seq(columns), seq(List.of()), false, Option.empty());
    }

    private static void refuseUnknownFunctions(String key, Expression expression) {
        if (expression instanceof UnresolvedFunction function) {
            String name = function.nameParts().last();
            if (!FunctionRegistry.builtin().functionExists(new FunctionIdentifier(name))) {
                throw new Unusable("'%s' calls '%s', which is no function of Spark SQL".formatted(key, name));
            }
        }
        CollectionConverters.asJava(expression.children()).forEach(child -> refuseUnknownFunctions(key, child));
    }

    /** What a look at single rows cannot do, or would not do the same way again. */
    private void refuseWhatChanges(String key, LogicalPlan plan) {
        if (plan.containsPattern(TreePattern.PLAN_EXPRESSION())) {
            throw new Unusable("'%s' looks at one row at a time, without sub-queries".formatted(key));
        }
        if (plan.containsPattern(TreePattern.CURRENT_LIKE())) {
            throw new Unusable("'%s' must not ask the clock; %s".formatted(key, insteadOfClock));
        }
        boolean isDeterministic = CollectionConverters.asJava(plan.expressions()).stream()
                .allMatch(expression -> expression.deterministic());
        if (!isDeterministic) {
            throw new Unusable("'%s' must not draw lots".formatted(key));
        }
    }

    private String reason(String key, Exception e) {
        String condition = e instanceof SparkThrowable thrown
                ? String.valueOf(thrown.getCondition())
                : e.getClass().getSimpleName();
        if (e instanceof AnalysisException analysis) {
            Map<String, String> words = analysis.getMessageParameters();
            if (condition.startsWith("UNRESOLVED_COLUMN")) {
                return unknownColumn(bare(words.get("objectName")));
            }
            if (condition.equals("FIELD_NOT_FOUND") && record.isPresent()) {
                return unknownField(bare(words.get("fieldName")));
            }
            if (condition.equals("AMBIGUOUS_REFERENCE")) {
                return "several tables have a column '%s'; say which: %s"
                        .formatted(
                                bare(words.get("name")),
                                bare(words.get("referenceNames")).replaceAll("[\\[\\]]", ""));
            }
            if (condition.equals("DATATYPE_MISMATCH.FILTER_NOT_BOOLEAN")) {
                return "'%s' is %s, not a boolean: it says of each row whether it is good"
                        .formatted(key, words.get("type").replace("\"", ""));
            }
        }
        return "'%s' is not a usable expression (%s)".formatted(key, condition);
    }

    private static String bare(String quoted) {
        return quoted.replace("`", "");
    }

    private String unknownColumn(String name) {
        if (tables.size() == 1) {
            return unknownColumn(name, tables.get(0));
        }
        int dot = name.indexOf('.');
        Optional<Table> named = tables.stream()
                .filter(table -> dot > 0 && table.name().equals(name.substring(0, dot)))
                .findFirst();
        if (named.isPresent()) {
            return unknownColumn(name.substring(dot + 1), named.get());
        }
        List<String> known = tables.stream()
                .flatMap(table -> table.fields().stream()
                        .map(Field::column)
                        .map(column -> dot > 0 ? table.name() + "." + column : column))
                .distinct()
                .toList();
        return "there is no column '%s'%s (the data dictionary lists those of %s)"
                .formatted(
                        name,
                        Suggestion.question(name, known),
                        tables.stream().map(Table::qualifiedName).collect(Collectors.joining(", ")));
    }

    private String unknownField(String name) {
        StructType struct = (StructType) record.orElseThrow().dataType();
        List<String> known = Arrays.asList(struct.fieldNames());
        return "'%s' has no '%s'%s (there are %s)"
                .formatted(
                        record.orElseThrow().name(), name, Suggestion.question(name, known), String.join(", ", known));
    }

    /** The complaint about a column that a table does not have, with the one that may be meant. */
    public static String unknownColumn(String column, Table table) {
        List<String> columns = table.fields().stream().map(Field::column).toList();
        return "%s has no column '%s'%s (columns: %s)"
                .formatted(table, column, Suggestion.question(column, columns), String.join(", ", columns));
    }

    private static <T> scala.collection.immutable.Seq<T> seq(List<T> items) {
        return CollectionConverters.asScala(items).toSeq();
    }
}
