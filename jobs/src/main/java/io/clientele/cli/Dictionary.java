package io.clientele.cli;

import static java.util.stream.Collectors.joining;

import io.clientele.table.ColumnSpec;
import io.clientele.table.Field;
import io.clientele.table.Layer;
import io.clientele.table.Table;
import io.clientele.text.Issue;
import java.time.Period;
import java.util.List;

/** The data dictionary, written from the contracts of the tables. */
final class Dictionary {

    private Dictionary() {}

    static String of(List<Table> tables) {
        StringBuilder text = new StringBuilder(
                "# Data dictionary\n\nWritten from the contracts of the tables by"
                        + " `scripts/clientele dictionary`. *P* marks personal data, *R* a column that is never null, *D* one"
                        + " by which persons may be discriminated against: a segment that uses it needs a written justification.\n");
        for (Layer layer : Layer.values()) {
            text.append("\n## ")
                    .append(layer.schema())
                    .append(": ")
                    .append(layer.doc())
                    .append('\n');
            tables.stream().filter(table -> table.layer() == layer).forEach(table -> describe(table, text));
        }
        text.append("\n## Issues\n\nEverything that can be wrong with a file, a record or a value.\n\n")
                .append("| issue | meaning |\n|---|---|\n");
        for (Issue issue : Issue.values()) {
            text.append("| ")
                    .append(issue.code())
                    .append(" | ")
                    .append(issue.doc())
                    .append(" |\n");
        }
        return text.toString();
    }

    private static void describe(Table table, StringBuilder text) {
        text.append("\n### ")
                .append(table)
                .append("\n\nOne row is ")
                .append(table.row())
                .append(". Key: ");
        text.append(table.key().stream().map(Field::column).collect(joining(", ")))
                .append('.');
        if (!table.clustering().isEmpty()) {
            text.append(" Clustered by ")
                    .append(table.clustering().stream().map(Field::column).collect(joining(", ")))
                    .append('.');
        }
        table.purpose().ifPresent(purpose -> text.append(" Purpose: ")
                .append(purpose.text())
                .append("; kept ")
                .append(period(purpose.retention()))
                .append('.'));
        text.append("\n\n| column | type | | meaning | en français |\n|---|---|---|---|---|\n");
        for (Field field : table.fields()) {
            ColumnSpec spec = field.spec();
            text.append("| ")
                    .append(field.column())
                    .append(" | ")
                    .append(spec.type().simpleString())
                    .append(" | ");
            text.append(spec.isRequired() ? "R" : "")
                    .append(spec.isPersonal() ? "P" : "")
                    .append(spec.isDiscriminating() ? "D" : "")
                    .append(" | ");
            text.append(spec.doc())
                    .append(spec.isDiscriminating() ? " (tells " + spec.ground() + ")" : "")
                    .append(" | ")
                    .append(spec.french())
                    .append(" |\n");
        }
    }

    private static String period(Period period) {
        return period.toTotalMonths() % 12 == 0
                ? period.toTotalMonths() / 12 + " years"
                : period.toTotalMonths() + " months";
    }
}
