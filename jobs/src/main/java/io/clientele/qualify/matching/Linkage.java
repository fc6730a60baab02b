package io.clientele.qualify.matching;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Divides components, one after the other as they come, by average linkage: the surest pair first, two groups become one
 * only if their pairs are the same on average, more surely than one pair must be. So a chain of look-alikes does not make one person of many.
 */
final class Linkage implements Iterator<Row> {

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

    private final Iterator<Row> edges;
    private final double threshold;
    private final double strict;
    private Row ahead;
    private Iterator<Row> members = List.<Row>of().iterator();

    /**
     * Reads edges that are sorted by component.
     *
     * @param edges component, record, record, probability
     * @param threshold from which average on groups become one
     */
    Linkage(Iterator<Row> edges, double threshold) {
        this.edges = edges;
        this.threshold = threshold;
        this.strict = (1 + 3 * threshold) / 4;
        this.ahead = edges.hasNext() ? edges.next() : null;
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
        List<String> names = new ArrayList<>();
        Map<String, Integer> numbers = new HashMap<>();
        List<Edge> links = new ArrayList<>();
        while (ahead != null && ahead.getString(0).equals(component)) {
            links.add(new Edge(
                    number(ahead.getString(1), names, numbers),
                    number(ahead.getString(2), names, numbers),
                    ahead.getDouble(3)));
            ahead = edges.hasNext() ? edges.next() : null;
        }
        return grouped(names, links).iterator();
    }

    private static int number(String name, List<String> names, Map<String, Integer> numbers) {
        return numbers.computeIfAbsent(name, absent -> {
            names.add(name);
            return names.size() - 1;
        });
    }

    private List<Row> grouped(List<String> names, List<Edge> links) {
        links.sort(java.util.Comparator.comparing(Edge::probability)
                .reversed()
                .thenComparing(edge -> names.get(edge.one()))
                .thenComparing(edge -> names.get(edge.two())));
        int[] group = new int[names.size()];
        List<List<Integer>> groups = new ArrayList<>();
        List<Map<Integer, Between>> neighbours = new ArrayList<>();
        for (int i = 0; i < group.length; i++) {
            group[i] = i;
            groups.add(new ArrayList<>(List.of(i)));
            neighbours.add(new HashMap<>());
        }
        for (Edge edge : links) {
            neighbours.get(edge.one()).merge(edge.two(), new Between(edge.probability(), 1), Between::plus);
            neighbours.get(edge.two()).merge(edge.one(), new Between(edge.probability(), 1), Between::plus);
        }
        for (Edge edge : links) {
            int one = group[edge.one()];
            int two = group[edge.two()];
            if (one == two || edge.probability() < threshold) {
                continue;
            }
            Between between = neighbours.get(one).get(two);
            if (between.average() >= (between.pairs() == 1 ? threshold : strict)) {
                join(one, two, group, groups, neighbours);
            }
        }
        List<Row> rows = new ArrayList<>();
        for (List<Integer> members : groups) {
            members.stream()
                    .map(names::get)
                    .min(String::compareTo)
                    .ifPresent(
                            first -> members.forEach(member -> rows.add(RowFactory.create(names.get(member), first))));
        }
        return rows;
    }

    private static void join(
            int one, int two, int[] group, List<List<Integer>> groups, List<Map<Integer, Between>> neighbours) {
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
