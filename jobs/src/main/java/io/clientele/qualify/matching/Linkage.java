package io.clientele.qualify.matching;

import io.clientele.qualify.matching.Comparison.Pattern;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Divides components, one after the other as they come: the surest pair first, two groups become one only if what enough pairs
 * of their members agree in is as sure as a pair must be. So a record that tells little, such as a name and a town, does not
 * make one person of two who have different birth dates and telephones. What is certain comes before all, and no veto holds
 * against it; any two others stay apart if a member of the one is known to be different from a member of the other, or is of
 * the same list where lists hold nobody twice, or if together they were too many.
 */
final class Linkage implements Iterator<Row> {

    /** What is certain: more than a probability. */
    static final double CERTAIN = 2;

    /** The share of the pairs between two groups that must agree in a column: of many pairs some do by chance. */
    private static final double ENOUGH = 0.25;

    /** Of a component first the members, each as {@code one} with its values and its list, then the edges between them. */
    static final StructType INPUT = new StructType()
            .add("component", DataTypes.StringType)
            .add("one", DataTypes.StringType)
            .add("two", DataTypes.StringType)
            .add("probability", DataTypes.DoubleType)
            .add("values", DataTypes.createArrayType(DataTypes.StringType))
            .add("list", DataTypes.StringType);

    static final StructType OUTPUT = new StructType()
            .add("member", DataTypes.StringType)
            .add("group", DataTypes.StringType)
            .add("component", DataTypes.StringType);

    /** Two members of a component and how probably they are the same. */
    private record Edge(int one, int two, double probability) {}

    /** Two groups that were not joined, as they were then. */
    private record Apart(int one, int sizeOfOne, int two, int sizeOfTwo) {}

    private final Iterator<Row> rows;
    private final Decisions decisions;
    private final List<Kind> kinds;
    private final List<Integer> different;
    private final Learned learned;
    private final Scorer scorer;
    private final int largest;
    private final double threshold;
    private Row ahead;
    private Iterator<Row> members = List.<Row>of().iterator();

    /**
     * Reads {@link #INPUT}, sorted by its first three columns, with the members before the edges.
     *
     * @param rows where the values are those of all columns, prepared
     */
    Linkage(Iterator<Row> rows, Rules rules, Learned learned, Decisions decisions) {
        this.rows = rows;
        this.decisions = decisions;
        this.kinds = rules.kinds();
        this.different = rules.different().stream().map(rules.names()::indexOf).toList();
        this.learned = learned;
        this.scorer = new Scorer(rules, learned);
        this.largest = rules.largestGroup();
        this.threshold = rules.threshold();
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
        List<String> lists = new ArrayList<>();
        Map<String, Integer> numbers = new HashMap<>();
        List<Edge> edges = new ArrayList<>();
        while (ahead != null && ahead.getString(0).equals(component)) {
            if (ahead.isNullAt(2)) {
                numbers.put(ahead.getString(1), records.size());
                String[] values = Matcher.texts(ahead, 4);
                records.add(new Prepared(
                        ahead.getString(1), values, Prepared.sketches(values, kinds), learned.counts(values)));
                lists.add(ahead.getString(5));
            } else {
                edges.add(
                        new Edge(numbers.get(ahead.getString(1)), numbers.get(ahead.getString(2)), ahead.getDouble(3)));
            }
            ahead = rows.hasNext() ? rows.next() : null;
        }
        return new Division(component, records, lists).along(edges).iterator();
    }

    /** One component being divided. */
    private final class Division {
        private final String component;
        private final List<Prepared> records;
        private final List<String> lists;
        private final int[] group;
        private final List<List<Integer>> groups = new ArrayList<>();
        private final Set<Apart> apart = new HashSet<>();

        Division(String component, List<Prepared> records, List<String> lists) {
            this.component = component;
            this.records = records;
            this.lists = lists;
            this.group = new int[records.size()];
            for (int i = 0; i < group.length; i++) {
                group[i] = i;
                groups.add(new ArrayList<>(List.of(i)));
            }
        }

        List<Row> along(List<Edge> edges) {
            edges.sort(Comparator.comparing(Edge::probability)
                    .reversed()
                    .thenComparing(edge -> records.get(edge.one()).id())
                    .thenComparing(edge -> records.get(edge.two()).id()));
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
            Apart known =
                    new Apart(one, groups.get(one).size(), two, groups.get(two).size());
            if (edge.probability() < threshold
                    || known.sizeOfOne() + known.sizeOfTwo() > largest
                    || apart.contains(known)) {
                return false;
            }
            boolean mayJoin = agree(groups.get(one), groups.get(two));
            if (!mayJoin) {
                apart.add(known);
            }
            return mayJoin;
        }

        /** Whether two groups are the same, judged in each column by the agreement that enough pairs of their members have. */
        private boolean agree(List<Integer> some, List<Integer> others) {
            Profile profile = new Profile();
            for (int one : some) {
                for (int two : others) {
                    Prepared record = records.get(one);
                    Prepared other = records.get(two);
                    Pattern pattern = scorer.pattern(record, other);
                    boolean isOneList = lists.get(one) != null && lists.get(one).equals(lists.get(two));
                    if (isOneList
                            || different.stream().anyMatch(column -> pattern.level(column) == 1)
                            || decisions.different().contains(new Decisions.Pair(record.id(), other.id()))) {
                        return false;
                    }
                    profile.add(pattern, record);
                }
            }
            return profile.probability() >= threshold;
        }

        private void join(int one, int two) {
            groups.get(two).forEach(member -> group[member] = one);
            groups.get(one).addAll(groups.get(two));
            groups.set(two, List.of());
        }
    }

    /** In each column the agreement that enough pairs of members of two groups have, and how rare the rarest equal value is. */
    private final class Profile {
        private final int[][] pairs = new int[kinds.size()][];
        private final int[] rarest = new int[kinds.size()];

        Profile() {
            for (int column = 0; column < pairs.length; column++) {
                pairs[column] = new int[kinds.get(column).equality() + 1];
            }
            Arrays.fill(rarest, Integer.MAX_VALUE);
        }

        void add(Pattern pattern, Prepared record) {
            for (int column = 0; column < pairs.length; column++) {
                int level = pattern.level(column);
                pairs[column][level]++;
                if (level == kinds.get(column).equality()) {
                    rarest[column] = Math.min(rarest[column], record.count(column));
                }
            }
        }

        double probability() {
            int[] levels = new int[pairs.length];
            for (int column = 0; column < levels.length; column++) {
                levels[column] = level(pairs[column]);
            }
            return scorer.probability(new Prepared("", new String[0], new String[0], rarest), Pattern.of(levels));
        }

        /** The best level that enough of the pairs reach in which both have a value. */
        private int level(int[] pairs) {
            int known = 0;
            for (int level = 1; level < pairs.length; level++) {
                known += pairs[level];
            }
            int level = known == 0 ? 0 : pairs.length - 1;
            int reached = pairs[level];
            while (level > 0 && (reached == 0 || reached < ENOUGH * known)) {
                level--;
                reached += pairs[level];
            }
            return level;
        }
    }
}
