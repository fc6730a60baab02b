package io.clientele.segment;

import static io.clientele.config.Requirement.check;
import static io.clientele.config.Requirement.checkName;

import io.clientele.config.ConfigFolder;
import io.clientele.config.Suggestion;
import io.clientele.schema.Contactability;
import io.clientele.schema.CustomerClusters;
import io.clientele.schema.CustomerFigures;
import io.clientele.schema.CustomerRfm;
import io.clientele.schema.DimCustomers;
import io.clientele.sql.Resolved;
import io.clientele.sql.Resolved.Used;
import io.clientele.sql.Scope;
import io.clientele.sql.Unusable;
import io.clientele.table.Table;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.expressions.ArrayContains;
import org.apache.spark.sql.catalyst.expressions.ArraysOverlap;
import org.apache.spark.sql.catalyst.expressions.ElementAt;
import org.apache.spark.sql.catalyst.expressions.EqualNullSafe;
import org.apache.spark.sql.catalyst.expressions.EqualTo;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GetMapValue;
import org.apache.spark.sql.catalyst.expressions.GetStructField;
import org.apache.spark.sql.catalyst.expressions.In;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The segmentations of {@code conf/segments.yaml}, each expression checked against the contracts of the marts before
 * anything runs: every column, signal and segment that one names is there, and who uses a column by which persons may be
 * discriminated against says why.
 */
public final class Segmentations {

    static final String NAME = "segments";

    /** The struct that rules of overlapping segments find the other segmentations in: {@code segmentations.life_cycle}. */
    static final String RECORD = "segmentations";

    /** The tables whose columns rules may name, each with a row per customer at most. */
    static final List<Table> MARTS = List.of(
            DimCustomers.TABLE, CustomerFigures.TABLE, CustomerRfm.TABLE, CustomerClusters.TABLE, Contactability.TABLE);

    private static final String INSTEAD_OF_CLOCK =
            "compare with customer_figures.as_of, the date of the run, or use the columns days_since_...";

    /** {@code conf/segments.yaml}. */
    public record Config(Map<String, Segmentation> segmentations) {
        public Config {
            check(
                    segmentations != null && !segmentations.isEmpty(),
                    "key 'segmentations' is missing: what to divide customers by");
            segmentations.forEach((name, segmentation) -> {
                checkName("segmentations", name);
                check(segmentation != null, "key 'segmentations.%s' says nothing", name);
            });
            segmentations = Collections.unmodifiableMap(new LinkedHashMap<>(segmentations));
        }
    }

    /** What rules say that customers bought. */
    record Wanted(Set<String> products, Set<String> groups) {
        Wanted() {
            this(new TreeSet<>(), new TreeSet<>());
        }
    }

    private final Map<String, Segmentation> byName;
    private final Map<String, Set<Table>> marts = new LinkedHashMap<>();
    private final Map<String, Wanted> wanted = new LinkedHashMap<>();

    private Segmentations(Map<String, Segmentation> byName) {
        this.byName = byName;
    }

    /**
     * Reads and checks the segmentations.
     *
     * @throws io.clientele.failure.Failure (configuration) at the first rule that cannot be used
     */
    public static Segmentations read(ConfigFolder folder) {
        Config config = folder.read(NAME, Config.class);
        Set<String> signals = CustomerFiguresJob.read(folder).signals().keySet();
        return new Reading(folder, config, signals).checked();
    }

    Map<String, Segmentation> byName() {
        return byName;
    }

    /** The tables that the rules of a segmentation name; those that have all customers come first. */
    Set<Table> marts(String segmentation) {
        return inOrder(marts.getOrDefault(segmentation, Set.of())::contains);
    }

    /** The tables that rules name. */
    Set<Table> marts() {
        return inOrder(table -> marts.values().stream().anyMatch(tables -> tables.contains(table)));
    }

    private static Set<Table> inOrder(Predicate<Table> isNamed) {
        return MARTS.stream().filter(isNamed).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Of each segment whose rule names products or groups of them, which. */
    Map<String, Wanted> wanted() {
        return wanted;
    }

    /** The checks, with all that they need at hand. */
    private static final class Reading {

        private final ConfigFolder folder;
        private final Config config;
        private final Set<String> signals;
        private final Segmentations segmentations;
        private final Scope ofMarts = Scope.of(MARTS, INSTEAD_OF_CLOCK);
        private final Scope ofAll;

        Reading(ConfigFolder folder, Config config, Set<String> signals) {
            this.folder = folder;
            this.config = config;
            this.signals = signals;
            this.segmentations = new Segmentations(config.segmentations());
            StructType record = DataTypes.createStructType(config.segmentations().entrySet().stream()
                    .filter(segmentation -> segmentation.getValue().isExclusive())
                    .map(segmentation -> DataTypes.createStructField(segmentation.getKey(), DataTypes.StringType, true))
                    .toList());
            this.ofAll = ofMarts.with(RECORD, record);
        }

        Segmentations checked() {
            config.segmentations().forEach((name, segmentation) -> {
                segmentation.everyOf().forEach((segment, rule) -> check(name, "everyOf", segment, rule, ofAll));
                segmentation.firstOf().forEach((segment, rule) -> check(name, "firstOf", segment, rule, ofMarts));
                if (segmentation.valueOf() != null) {
                    checkText(name, segmentation);
                }
                if (segmentation.byShare() != null) {
                    checkNumber(name, segmentation);
                }
            });
            return segmentations;
        }

        private void check(String name, String kind, String segment, Segmentation.Rule rule, Scope scope) {
            String key = name + "." + kind + "." + segment + ".holds";
            String who = "segment '%s'".formatted(segment);
            try {
                Resolved resolved = scope.condition("holds", rule.holds());
                check(name, who, resolved, rule.justification());
            } catch (Unusable e) {
                throw complaint(key, who, e.getMessage());
            }
        }

        private void checkText(String name, Segmentation segmentation) {
            String who = "segmentation '%s'".formatted(name);
            try {
                Resolved resolved = ofMarts.value("valueOf", segmentation.valueOf());
                refuseUnless(
                        resolved.type() instanceof StringType,
                        "'valueOf' is %s, not a text: write cast(... as string)",
                        resolved.type().sql());
                check(name, who, resolved, segmentation.justification());
            } catch (Unusable e) {
                throw complaint(name + ".valueOf", who, e.getMessage());
            }
        }

        private void checkNumber(String name, Segmentation segmentation) {
            String who = "segmentation '%s'".formatted(name);
            try {
                Resolved resolved = ofMarts.value("of", segmentation.byShare().of());
                refuseUnless(
                        resolved.type() instanceof NumericType,
                        "'of' is %s, not a number",
                        resolved.type().sql());
                check(name, who, resolved, segmentation.justification());
                refuseUnless(!segmentations.marts(name).isEmpty(), "'of' names no column");
            } catch (Unusable e) {
                throw complaint(name + ".byShare.of", who, e.getMessage());
            }
        }

        private void check(String name, String who, Resolved resolved, String justification) {
            Set<Table> used = segmentations.marts.computeIfAbsent(name, none -> new LinkedHashSet<>());
            resolved.requireJustification(justification);
            resolved.columns().map(Used::table).forEach(used::add);
            resolved.nodes().forEach(node -> {
                checkSignal(resolved, node);
                checkSegment(node);
                remember(who, resolved, node);
            });
        }

        /** A signal that nobody configured is never given: that is a slip. */
        private void checkSignal(Resolved resolved, Expression node) {
            boolean isLookUp = node instanceof GetMapValue || node instanceof ElementAt;
            if (isLookUp
                    && isOneOf(
                            resolved, sides(node).get(0), CustomerFigures.SIGNALS, CustomerFigures.DAYS_SINCE_SIGNAL)) {
                texts(sides(node))
                        .forEach(signal -> refuseUnless(
                                signals.contains(signal),
                                "conf/%s.yaml has no signal '%s'%s",
                                CustomerFiguresJob.NAME,
                                signal,
                                amongst(signal, signals)));
            }
        }

        /** So is the name of a segment that the segmentation does not have. */
        private void checkSegment(Expression node) {
            if (!(node instanceof EqualTo || node instanceof EqualNullSafe || node instanceof In)) {
                return;
            }
            List<Expression> sides = sides(node);
            sides.stream()
                    .filter(side -> side instanceof GetStructField)
                    .map(side -> ((GetStructField) side).extractFieldName())
                    .forEach(segmentation -> Optional.ofNullable(segmentations.byName.get(segmentation))
                            .flatMap(Segmentation::segments)
                            .ifPresent(known -> texts(sides)
                                    .forEach(segment -> refuseUnless(
                                            known.contains(segment),
                                            "segmentation '%s' has no segment '%s'%s",
                                            segmentation,
                                            segment,
                                            amongst(segment, known)))));
        }

        /** The catalogue is not at hand before the run; what it does not have is told then. */
        private void remember(String who, Resolved resolved, Expression node) {
            if (node instanceof ArrayContains || node instanceof ArraysOverlap) {
                List<Expression> sides = sides(node);
                if (sides.stream().anyMatch(side -> isOneOf(resolved, side, CustomerFigures.PRODUCTS))) {
                    wanted(who).products().addAll(texts(sides).toList());
                }
                if (sides.stream().anyMatch(side -> isOneOf(resolved, side, CustomerFigures.PRODUCT_GROUPS))) {
                    wanted(who).groups().addAll(texts(sides).toList());
                }
            }
        }

        private Wanted wanted(String who) {
            return segmentations.wanted.computeIfAbsent(who, none -> new Wanted());
        }

        private static boolean isOneOf(Resolved resolved, Expression part, CustomerFigures... figures) {
            return resolved.column(part)
                    .map(Used::field)
                    .filter(List.of(figures)::contains)
                    .isPresent();
        }

        private static List<Expression> sides(Expression node) {
            return List.copyOf(CollectionConverters.asJava(node.children()));
        }

        /** The texts that stand in some expressions. */
        private static Stream<String> texts(Collection<Expression> expressions) {
            List<String> texts = new ArrayList<>();
            expressions.forEach(expression -> {
                if (expression instanceof Literal literal && literal.value() instanceof UTF8String text) {
                    texts.add(text.toString());
                }
                texts.addAll(texts(sides(expression)).toList());
            });
            return texts.stream();
        }

        private static String amongst(String name, Collection<String> known) {
            return Suggestion.question(name, known) + " (there are " + String.join(", ", known) + ")";
        }

        private RuntimeException complaint(String key, String who, String complaint) {
            return folder.complaint(NAME, "segmentations." + key, who + ": " + complaint);
        }
    }

    private static void refuseUnless(boolean holds, String complaint, Object... values) {
        if (!holds) {
            throw new Unusable(complaint.formatted(values));
        }
    }
}
