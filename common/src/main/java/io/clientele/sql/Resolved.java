package io.clientele.sql;

import io.clientele.table.Field;
import io.clientele.table.Table;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.types.DataType;
import scala.jdk.javaapi.CollectionConverters;

/** An SQL expression of which every name is known to mean something. */
public record Resolved(Expression expression, List<Table> tables) {

    /** A column of a table. */
    public record Used(Table table, Field field) {}

    public DataType type() {
        return expression.dataType();
    }

    /** The columns that it names, each as often as it does. */
    public Stream<Used> columns() {
        return nodes().flatMap(node -> column(node).stream());
    }

    /**
     * Refuses columns by which persons may be discriminated against, unless a reason is given.
     *
     * @throws Unusable if there is such a column and no reason
     */
    public void requireJustification(String justification) {
        columns()
                .filter(used -> !used.field().spec().isJustified(justification))
                .findFirst()
                .ifPresent(used -> {
                    throw new Unusable(
                            "%s.%s tells %s, by which nobody is to be treated otherwise without good reason; write the reason beside it (key 'justification'), or leave the column out"
                                    .formatted(
                                            used.table().name(),
                                            used.field().column(),
                                            used.field().spec().ground()));
                });
    }

    /** Every part of it, itself included. */
    public Stream<Expression> nodes() {
        return nodes(expression);
    }

    /** The column of a table that a part of it is, if it is one. */
    public Optional<Used> column(Expression part) {
        if (!(part instanceof AttributeReference attribute)) {
            return Optional.empty();
        }
        return tables.stream()
                .filter(table -> attribute.qualifier().contains(table.name()))
                .flatMap(table -> table.fields().stream()
                        .filter(field -> field.column().equalsIgnoreCase(attribute.name()))
                        .map(field -> new Used(table, field)))
                .findFirst();
    }

    private static Stream<Expression> nodes(Expression node) {
        return Stream.concat(
                Stream.of(node),
                CollectionConverters.asJava(node.children()).stream().flatMap(Resolved::nodes));
    }
}
