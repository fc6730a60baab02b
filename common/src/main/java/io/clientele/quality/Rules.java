package io.clientele.quality;

import static io.clientele.config.Requirement.check;
import static io.clientele.config.Requirement.checkName;

import io.clientele.config.ConfigFolder;
import io.clientele.config.Suggestion;
import io.clientele.sql.Scope;
import io.clientele.sql.Unusable;
import io.clientele.table.Layer;
import io.clientele.table.Table;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** The rules of {@code conf/quality.yaml}, each checked against the contract of its table. */
public final class Rules {

    private static final String FILE = "quality";

    /**
     * {@code conf/quality.yaml}.
     *
     * @param drift when a figure is far from the nights before; absent: never
     * @param rules by their id
     */
    public record Config(Drift drift, Map<String, Rule> rules) {
        public Config {
            rules = rules == null ? Map.of() : new LinkedHashMap<>(rules);
            rules.forEach((id, rule) -> {
                checkName("rules", id);
                check(rule != null, "key 'rules.%s' says nothing", id);
            });
        }
    }

    /** A rule with its id and its table. */
    record Bound(String id, Table table, Rule rule) {}

    private final Optional<Drift> drift;
    private final Map<Table, List<Bound>> byTable = new HashMap<>();

    private Rules(Optional<Drift> drift) {
        this.drift = drift;
    }

    /**
     * Reads and checks the rules.
     *
     * @param tables those that jobs write
     * @throws io.clientele.failure.Failure (configuration) at the first rule that names what is not there
     */
    public static Rules read(ConfigFolder folder, Collection<Table> tables) {
        Config config = folder.read(FILE, Config.class);
        Rules rules = new Rules(Optional.ofNullable(config.drift()));
        config.rules().forEach((id, rule) -> {
            Table table = table(id, rule, tables, folder);
            checkColumns(id, rule, table, folder);
            rules.byTable.computeIfAbsent(table, none -> new ArrayList<>()).add(new Bound(id, table, rule));
        });
        return rules;
    }

    /** What is asked of some tables, by the ids of the rules. */
    public Map<String, Rule> about(Collection<Table> tables) {
        return tables.stream().flatMap(table -> of(table).stream()).collect(Collectors.toMap(Bound::id, Bound::rule));
    }

    List<Bound> of(Table table) {
        return byTable.getOrDefault(table, List.of());
    }

    Optional<Drift> drift() {
        return drift;
    }

    private static Table table(String id, Rule rule, Collection<Table> tables, ConfigFolder folder) {
        List<String> names = tables.stream().map(Table::qualifiedName).sorted().toList();
        Table table = tables.stream()
                .filter(known -> known.qualifiedName().equals(rule.table()))
                .findFirst()
                .orElseThrow(() -> folder.complaint(
                        FILE,
                        key(id, "table"),
                        "rule '%s': no job writes a table '%s'%s (tables: %s)"
                                .formatted(
                                        id,
                                        rule.table(),
                                        Suggestion.question(rule.table(), names),
                                        String.join(", ", names))));
        if (table.layer() == Layer.COLLECTED && rule.severity() == Severity.STOP) {
            throw folder.complaint(
                    FILE,
                    key(id, "severity"),
                    "rule '%s': what was delivered is collected as it is, a rule on %s can only warn; stop at a qualified table"
                            .formatted(id, table));
        }
        return table;
    }

    private static void checkColumns(String id, Rule rule, Table table, ConfigFolder folder) {
        if (rule.holds() != null) {
            try {
                Scope.of(List.of(table), "'newest' compares with the date of the run")
                        .condition("holds", rule.holds());
            } catch (Unusable e) {
                throw folder.complaint(FILE, key(id, "holds"), "rule '%s': %s".formatted(id, e.getMessage()));
            }
        }
        if (rule.unique() != null) {
            rule.unique().forEach(column -> type(id, "unique", column, table, folder));
        }
        if (rule.newest() != null) {
            DataType type = type(id, "newest", rule.newest(), table, folder);
            if (!type.equals(DataTypes.DateType) && !type.equals(DataTypes.TimestampType)) {
                throw folder.complaint(
                        FILE,
                        key(id, "newest"),
                        "rule '%s': column '%s' is %s, neither a date nor a timestamp"
                                .formatted(id, rule.newest(), type.simpleString()));
            }
        }
    }

    private static DataType type(String id, String key, String column, Table table, ConfigFolder folder) {
        return table.fields().stream()
                .filter(field -> field.column().equals(column))
                .findFirst()
                .map(field -> field.spec().type())
                .orElseThrow(() -> folder.complaint(
                        FILE, key(id, key), "rule '%s': %s".formatted(id, Scope.unknownColumn(column, table))));
    }

    private static String key(String id, String key) {
        return "rules." + id + "." + key;
    }
}
