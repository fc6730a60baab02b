package io.clientele.qualify.matching;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Divides components, one after the other as they come, by average linkage: the surest pair first, two groups become one
 * only if their pairs are the same on average, more surely than one pair must be. So a chain of look-alikes does not make
 * one person of many. What is certain comes before all, and no veto holds against it; any two others stay apart if a member
 * of the one is known to be different from a member of the other, or if together they were too many.
 */
final class Linkage implements Iterator<Row> {

    /** What is certain: more than a probability. */
    static final double CERTAIN = 2;

    /** Of a component first the members, each as {@code one} with its values, then the edges between them. */
    static final StructType INPUT = new StructType()
            .add("component", DataTypes.StringType)
            .add("one", DataTypes.StringType)
            .add("two", DataTypes.StringType)
            .add("probability", DataTypes.DoubleType)
            .add("values", DataTypes.createArrayType(DataTypes.StringType));

    static final StructType OUTPUT = new StructType()
            .add("member", DataTypes.StringType)
            .add("group", DataTypes.StringType)
            .add("component", DataTypes.StringType);

    /** Two members of a component and how probably they are the same. */
    private record Edge(int one, int two, double probability) {}

    /** What is known of the pairs between two groups; a pair that was never compared says nothing. */
    private record Between(double sum, int pairs) {
        Between plus(Between other) {
            return new Between(sum + other.sum, pairs + other.pairs);
        }

        double average() {
            return sum / pairs;
        }
    }

    private final Iterator<Row> rows;
    private final Decisions decisions;
    private final List<Kind> kinds;
    private final Comparator vetoes;
    private final int largest;
    private final double threshold;
    private final double strict;
    private Row ahead;
    private Iterator<Row> members = List.<Row>of().iterator();

    /**
     * Reads {@link #INPUT}, sorted by its first three columns, with the members before the edges.
     *
     * @param rows where the values are those of the columns of {@link Rules#different()}
     */
    Linkage(Iterator<Row> rows, Rules rules, Decisions decisions) {
        this.rows = rows;
        this.decisions = decisions;
        this.kinds = rules.different().stream().map(rules.columns()::get).toList();
        this.vetoes = new Comparator(kinds);
        this.largest = rules.largestGroup();
        this.threshold = rules.threshold();
        this.strict = (1 + 3 * threshold) / 4;
        this.ahead = rows.hasNext() ? rows.next() : null;
    }

    @Override
    public boolean hasNext() {
        while (!members.hasNext() && ahead != null) {
            members = nextComponent();
        }
        return members.hasNext();
    }

    @Override
    public Row next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return members.next();
    }

    private Iterator<Row> nextComponent() {
        String component = ahead.getString(0);
        List<Prepared> records = new ArrayList<>();
        Map<String, Integer> numbers = new HashMap<>();
        List<Edge> edges = new ArrayList<>();
        while (ahead != null && ahead.getString(0).equals(component)) {
            if (ahead.isNullAt(2)) {
                numbers.put(ahead.getString(1), records.size());
                String[] values = Matcher.texts(ahead, 4);
                records.add(new Prepared(ahead.getString(1), values, Prepared.sketches(values, kinds)));
            } else {
                edges.add(
                        new Edge(numbers.get(ahead.getString(1)), numbers.get(ahead.getString(2)), ahead.getDouble(3)));
            }
            ahead = rows.hasNext() ? rows.next() : null;
        }
        return new Division(component, records).along(edges).iterator();
    }

    /** One component being divided. */
    private final class Division {
        private final String component;
        private final List<Prepared> records;
        private final int[] group;
        private final List<List<Integer>> groups = new ArrayList<>();
        private final List<Map<Integer, Between>> neighbours = new ArrayList<>();

        Division(String component, List<Prepared> records) {
            this.component = component;
            this.records = records;
            this.group = new int[records.size()];
            for (int i = 0; i < group.length; i++) {
                group[i] = i;
                groups.add(new ArrayList<>(List.of(i)));
                neighbours.add(new HashMap<>());
            }
        }

        List<Row> along(List<Edge> edges) {
            edges.sort(java.util.Comparator.comparing(Edge::probability)
                    .reversed()
                    .thenComparing(edge -> records.get(edge.one()).id())
                    .thenComparing(edge -> records.get(edge.two()).id()));
            for (Edge edge : edges) {
                Between known = new Between(Math.min(1, edge.probability()), 1);
                neighbours.get(edge.one()).merge(edge.two(), known, Between::plus);
                neighbours.get(edge.two()).merge(edge.one(), known, Between::plus);
            }
            for (Edge edge : edges) {
                int one = group[edge.one()];
                int two = group[edge.two()];
                if (one != two && mayJoin(edge, one, two)) {
                    join(one, two);
                }
            }
            List<Row> rows = new ArrayList<>();
            for (List<Integer> members : groups) {
                members.stream()
                        .map(member -> records.get(member).id())
                        .min(String::compareTo)
                        .ifPresent(first -> members.forEach(member ->
                                rows.add(RowFactory.create(records.get(member).id(), first, component))));
            }
            return rows;
        }

        private boolean mayJoin(Edge edge, int one, int two) {
            if (edge.probability() == CERTAIN) {
                return true;
            }
            Between between = neighbours.get(one).get(two);
            return edge.probability() >= threshold
                    && between.average() >= (between.pairs() == 1 ? threshold : strict)
                    && groups.get(one).size() + groups.get(two).size() <= largest
                    && groups.get(one).stream()
                            .noneMatch(member -> groups.get(two).stream().anyMatch(other -> areApart(member, other)));
        }

        private boolean areApart(int one, int two) {
            Prepared record = records.get(one);
            Prepared other = records.get(two);
            return decisions.different().contains(new Decisions.Pair(record.id(), other.id()))
                    || (vetoes.columns() > 0 && vetoes.differ(record, other));
        }

        private void join(int one, int two) {
            groups.get(two).forEach(member -> group[member] = one);
            groups.get(one).addAll(groups.get(two));
            groups.set(two, List.of());
            Map<Integer, Between> moved = neighbours.get(two);
            neighbours.set(two, new HashMap<>());
            moved.remove(one);
            neighbours.get(one).remove(two);
            moved.forEach((neighbour, sum) -> {
                neighbours.get(one).merge(neighbour, sum, Between::plus);
                neighbours.get(neighbour).remove(two);
                neighbours.get(neighbour).merge(one, sum, Between::plus);
            });
        }
    }
}
