package io.clientele.qualify.matching;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.posexplode;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.xxhash64;

import io.clientele.qualify.matching.Comparison.Pattern;
import io.clientele.qualify.matching.Model.Counted;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Learns without labels, from some records taken at random, the probes, and all records that share a block with one of them:
 * which keys are worth their pairs, and the parameters of the model. What it costs hardly grows with the number of records.
 */
final class Training {

    /** Records that are compared with all that share a block with them. */
    private static final int PROBES = 5_000;

    /** Probes by which the many possible keys are ranked. */
    private static final int RANKING_PROBES = 1_000;

    /** Records from which chance agreements are learned: their pairs, about 700,000. */
    private static final int STRANGERS = 1_200;

    /** Records on which values are counted and large blocks found. */
    private static final int MEASURED = 100_000;

    /** The most keys that are tried with the probes: the bits of a number. */
    private static final int MOST_TRIED = 60;

    /** The pairs that all tried keys may bring for each probe. */
    private static final double TRIED_PAIRS = 150;

    /** The keys by whose pairs the matches are known among which keys are chosen. */
    private static final int FIRST_KEYS = 15;

    /** The most keys that are chosen. */
    private static final int MOST_KEYS = 24;

    /** A key that brings a smaller share of the matches is not worth its pairs. */
    private static final double WORTH_CHOOSING = 0.0002;

    /** Nor is one of whose new pairs a smaller share are matches. */
    private static final double FRUITFUL = 0.002;

    /** Of a block that is too large, so many records are compared with a probe, to know what is lost. */
    private static final double FROM_LARGE_BLOCKS = 20;

    /** What a key costs for each record besides its pairs, in pairs. */
    private static final double KEY_COST = 0.3;

    private static final StructType HITS =
            new StructType().add("block", DataTypes.IntegerType).add("records", DataTypes.LongType);
    private static final StructType PATTERNS = new StructType()
            .add("low", DataTypes.LongType)
            .add("high", DataTypes.LongType)
            .add("keys", DataTypes.LongType)
            .add("pairs", DataTypes.DoubleType);

    private final SparkSession spark;
    private final Rules rules;
    private final Comparison comparison;
    private final Dataset<Row> prepared;
    private final long size;

    /** @param prepared see {@link Matcher} */
    Training(SparkSession spark, Rules rules, Dataset<Row> prepared, long size) {
        this.spark = spark;
        this.rules = rules;
        this.comparison = new Comparison(rules.kinds());
        this.prepared = prepared;
        this.size = size;
    }

    Learned learn() {
        List<Prepared> probes = probes();
        List<List<String>> tried = rules.blocking().isEmpty() ? ranked(probes) : rules.blocking();
        Set<Integer> first = IntStream.range(0, Math.min(FIRST_KEYS, tried.size()))
                .boxed()
                .collect(Collectors.toCollection(TreeSet::new));
        List<Counted> strangers = strangers(probes);
        List<Counted> pairs = pairs(probes, tried);
        List<Learned.Key> chosen = rules.blocking().isEmpty()
                ? chosen(pairs, tried, model(strangers, pairs, tried, first))
                : tried.stream().map(key -> new Learned.Key(key, 0, 0)).toList();
        Set<Integer> numbers =
                chosen.stream().map(key -> tried.indexOf(key.parts())).collect(Collectors.toCollection(TreeSet::new));
        Model model = model(strangers, pairs, tried, numbers);
        double reached = 0;
        double reachable = 0;
        double matches = 0;
        for (Counted counted : pairs) {
            double expected = counted.pairs() * model.probability(counted.pattern());
            matches += expected;
            reachable += counted.keys() == 0 ? 0 : expected;
            reached += (counted.keys() & bits(numbers)) == 0 ? 0 : expected;
        }
        return new Learned(
                rules.columns(),
                model.parameters(),
                chosen,
                largeBlocks(chosen),
                frequent(),
                reachable == 0 ? 1 : reached / reachable,
                matches == 0 ? 0 : 1 - reachable / matches);
    }

    private List<Prepared> probes() {
        return prepared
                .orderBy(xxhash64(col(Matcher.ID), lit(rules.seed())), col(Matcher.ID))
                .limit(PROBES)
                .collectAsList()
                .stream()
                .map(row -> new Prepared(row.getString(0), Matcher.texts(row, 1), Matcher.texts(row, 2)))
                .toList();
    }

    /** The share of the records that a sample of some size is. */
    private double share(int records) {
        return Math.min(1, (double) records / Math.max(1, size));
    }

    private Dataset<Row> measured() {
        double share = share(MEASURED);
        return share == 1
                ? prepared
                : prepared.where(xxhash64(col(Matcher.ID), lit(rules.seed()))
                        .bitwiseAND(lit(0xFFFFFL))
                        .lt((long) (share * 0x100000)));
    }

    /**
     * The keys that are worth trying. A key is promising if its blocks are small but not of one: were there one true partner
     * in each, a pair taken from it would be a match so often. Of keys of the same columns the best come first.
     */
    private List<List<String>> ranked(List<Prepared> probes) {
        record Promise(List<String> key, double gain, double cost) {}
        List<Prepared> some = probes.subList(0, Math.min(RANKING_PROBES, probes.size()));
        List<List<String>> possible = Blocks.possible(rules);
        BlockSizes sizes = new BlockSizes(some, new Blocks(possible, rules));
        sizes.count(prepared);
        Map<List<Integer>, List<Promise>> byColumns = new HashMap<>();
        for (int key = 0; key < possible.size(); key++) {
            double gain = 0;
            double cost = 0;
            for (int probe = 0; probe < some.size(); probe++) {
                double others = sizes.of(probe, key) - 1;
                if (others >= 0.5 && others < rules.largestBlock()) {
                    gain += 1 / Math.max(1, others);
                    cost += others;
                }
            }
            if (gain > 0 && cost <= 2.0 * rules.pairsPerRecord() * some.size()) {
                byColumns
                        .computeIfAbsent(Blocks.columns(possible.get(key), rules), columns -> new ArrayList<>())
                        .add(new Promise(possible.get(key), gain, cost));
            }
        }
        Comparator<Promise> best = Comparator.comparing(Promise::gain)
                .reversed()
                .thenComparing(promise -> promise.key().toString());
        byColumns.values().forEach(promises -> promises.sort(best));
        List<List<String>> ranked = new ArrayList<>();
        double left = TRIED_PAIRS * some.size();
        for (int round = 0; round < Kind.SKETCHES * Kind.SKETCHES; round++) {
            int place = round;
            for (Promise promise : byColumns.values().stream()
                    .filter(promises -> place < promises.size())
                    .map(promises -> promises.get(place))
                    .sorted(best)
                    .toList()) {
                if (ranked.size() < MOST_TRIED && promise.cost() <= left) {
                    ranked.add(promise.key());
                    left -= promise.cost();
                }
            }
        }
        return ranked;
    }

    /** How many records there are in each block of some probes. */
    private final class BlockSizes {
        private final Blocks blocks;
        private final BlockIndex index = new BlockIndex();
        private final int[][] numbers;
        private double[] records;

        BlockSizes(List<Prepared> probes, Blocks blocks) {
            this.blocks = blocks;
            this.numbers = new int[probes.size()][];
            for (int probe = 0; probe < numbers.length; probe++) {
                long[] of = probes.get(probe).blocks(blocks);
                numbers[probe] = Arrays.stream(of)
                        .mapToInt(block -> block == Blocks.NONE ? -1 : index.add(block))
                        .toArray();
            }
        }

        void count(Dataset<Row> rows) {
            records = new double[index.size()];
            Broadcast<BlockIndex> asked = broadcast(index);
            Blocks keys = blocks;
            rows.mapPartitions(
                            (MapPartitionsFunction<Row, Row>) some -> hits(some, keys, asked.value()),
                            Encoders.row(HITS))
                    .groupBy(col("block"))
                    .agg(sum(col("records")))
                    .collectAsList()
                    .forEach(row -> records[row.getInt(0)] = row.getLong(1));
            asked.destroy();
        }

        /** 0 where the probe has no block. */
        double of(int probe, int key) {
            int number = numbers[probe][key];
            return number < 0 ? 0 : Math.max(1, records[number]);
        }
    }

    private static Iterator<Row> hits(Iterator<Row> rows, Blocks blocks, BlockIndex asked) {
        long[] hits = new long[asked.size()];
        while (rows.hasNext()) {
            Row row = rows.next();
            for (long block : blocks.of(Matcher.texts(row, 1), Matcher.texts(row, 2))) {
                int number = asked.find(block);
                if (number >= 0) {
                    hits[number]++;
                }
            }
        }
        return IntStream.range(0, hits.length)
                .filter(number -> hits[number] > 0)
                .mapToObj(number -> RowFactory.create(number, hits[number]))
                .iterator();
    }

    /** The probes, and in which blocks they are. */
    private record Probed(
            List<Prepared> probes,
            Set<String> ids,
            List<long[]> blocks,
            BlockIndex index,
            List<int[]> members,
            List<Double> sizes)
            implements Serializable {}

    /**
     * The patterns of the pairs of a probe and any record that share a block, with the keys on which they agree; no key, for
     * those that share large blocks alone. Counted as if all records had been probes.
     */
    private List<Counted> pairs(List<Prepared> probes, List<List<String>> keys) {
        Blocks blocks = new Blocks(keys, rules);
        BlockSizes sizes = new BlockSizes(probes, blocks);
        sizes.count(prepared);
        List<List<Integer>> members = new ArrayList<>();
        for (int number = 0; number < sizes.index.size(); number++) {
            members.add(new ArrayList<>());
        }
        long[][] ofProbes = new long[probes.size()][];
        for (int probe = 0; probe < ofProbes.length; probe++) {
            ofProbes[probe] = probes.get(probe).blocks(blocks);
            for (int number : sizes.numbers[probe]) {
                if (number >= 0) {
                    members.get(number).add(probe);
                }
            }
        }
        Broadcast<Probed> probed = broadcast(new Probed(
                probes,
                probes.stream().map(Prepared::id).collect(Collectors.toSet()),
                List.of(ofProbes),
                sizes.index,
                members.stream()
                        .map(list -> list.stream().mapToInt(Integer::intValue).toArray())
                        .toList(),
                Arrays.stream(sizes.records).boxed().toList()));
        Comparison compared = comparison;
        int largest = rules.largestBlock();
        Map<Counted, Double> counts = new HashMap<>();
        prepared.mapPartitions(
                        (MapPartitionsFunction<Row, Row>)
                                rows -> new ProbePairs(blocks, compared, largest, probed.value()).count(rows),
                        Encoders.row(PATTERNS))
                .collectAsList()
                .forEach(row -> counts.merge(
                        new Counted(new Pattern(row.getLong(0), row.getLong(1)), row.getLong(2), 0),
                        row.getDouble(3),
                        Double::sum));
        probed.destroy();
        double missed = 1 - (double) probes.size() / Math.max(1, size);
        double drawn = 1 - missed * missed;
        return sorted(counts.entrySet().stream()
                .map(entry ->
                        new Counted(entry.getKey().pattern(), entry.getKey().keys(), entry.getValue() / drawn))
                .toList());
    }

    private static List<Counted> sorted(Collection<Counted> patterns) {
        return patterns.stream()
                .sorted(Comparator.comparing(
                                (Counted counted) -> counted.pattern().low())
                        .thenComparing(counted -> counted.pattern().high())
                        .thenComparing(Counted::keys))
                .toList();
    }

    /** Compares records with the probes that share a block with them. */
    private static final class ProbePairs {
        private final Blocks blocks;
        private final Comparison comparison;
        private final int largest;
        private final Probed probed;
        private final int[] seen;
        private final Map<Counted, Double> counts = new HashMap<>();
        private int record;

        ProbePairs(Blocks blocks, Comparison comparison, int largest, Probed probed) {
            this.blocks = blocks;
            this.comparison = comparison;
            this.largest = largest;
            this.probed = probed;
            this.seen = new int[probed.probes().size()];
        }

        Iterator<Row> count(Iterator<Row> rows) {
            while (rows.hasNext()) {
                Row row = rows.next();
                compare(new Prepared(row.getString(0), Matcher.texts(row, 1), Matcher.texts(row, 2)));
            }
            return counts.entrySet().stream()
                    .map(entry -> RowFactory.create(
                            entry.getKey().pattern().low(),
                            entry.getKey().pattern().high(),
                            entry.getKey().keys(),
                            entry.getValue()))
                    .iterator();
        }

        private void compare(Prepared other) {
            record++;
            boolean isProbe = probed.ids().contains(other.id());
            double place = (Blocks.number(0, other.id()) >>> 11) * 0x1.0p-53;
            long[] of = other.blocks(blocks);
            for (long block : of) {
                int number = probed.index().find(block);
                if (number < 0 || !isDrawn(place, probed.sizes().get(number))) {
                    continue;
                }
                for (int probe : probed.members().get(number)) {
                    String id = probed.probes().get(probe).id();
                    if (seen[probe] != record && (isProbe ? id.compareTo(other.id()) > 0 : true)) {
                        seen[probe] = record;
                        count(probe, other, of);
                    }
                }
            }
        }

        private boolean isDrawn(double place, double size) {
            return size <= largest || place < FROM_LARGE_BLOCKS / size;
        }

        private void count(int probe, Prepared other, long[] of) {
            long keys = 0;
            double smallest = Double.MAX_VALUE;
            for (int key = 0; key < of.length; key++) {
                if (of[key] != Blocks.NONE && of[key] == probed.blocks().get(probe)[key]) {
                    double size = probed.sizes().get(probed.index().find(of[key]));
                    if (size <= largest) {
                        keys |= 1L << key;
                    }
                    smallest = Math.min(smallest, size);
                }
            }
            Pattern pattern = comparison.compare(probed.probes().get(probe), other);
            counts.merge(new Counted(pattern, keys, 0), keys != 0 ? 1 : smallest / FROM_LARGE_BLOCKS, Double::sum);
        }
    }

    /** The patterns of pairs taken at random. */
    private List<Counted> strangers(List<Prepared> probes) {
        List<Prepared> some = probes.subList(0, Math.min(STRANGERS, probes.size()));
        Map<Counted, Double> counts = new HashMap<>();
        for (int one = 0; one < some.size(); one++) {
            for (int other = one + 1; other < some.size(); other++) {
                counts.merge(new Counted(comparison.compare(some.get(one), some.get(other)), 0, 0), 1.0, Double::sum);
            }
        }
        return sorted(counts.entrySet().stream()
                .map(entry -> new Counted(entry.getKey().pattern(), 0, entry.getValue()))
                .toList());
    }

    private Model model(List<Counted> strangers, List<Counted> pairs, List<List<String>> keys, Set<Integer> numbers) {
        long used = bits(numbers);
        Map<Counted, Double> counts = new TreeMap<>(
                Comparator.comparing((Counted counted) -> counted.pattern().low())
                        .thenComparing(counted -> counted.pattern().high())
                        .thenComparing(Counted::keys));
        for (Counted counted : pairs) {
            if ((counted.keys() & used) != 0) {
                counts.merge(new Counted(counted.pattern(), counted.keys() & used, 0), counted.pairs(), Double::sum);
            }
        }
        return Model.learn(
                comparison,
                strangers,
                counts.entrySet().stream()
                        .map(entry -> new Counted(
                                entry.getKey().pattern(), entry.getKey().keys(), entry.getValue()))
                        .toList(),
                keys.stream().map(key -> Blocks.columns(key, rules)).toList(),
                size);
    }

    private static long bits(Collection<Integer> keys) {
        return keys.stream().mapToLong(key -> 1L << key).reduce(0, (one, other) -> one | other);
    }

    /** Greedily the keys that bring most matches for their pairs, within the budget. */
    private List<Learned.Key> chosen(List<Counted> pairs, List<List<String>> tried, Model model) {
        double[] expected = pairs.stream()
                .mapToDouble(counted -> counted.pairs() * model.probability(counted.pattern()))
                .toArray();
        double matches = 0;
        for (int i = 0; i < expected.length; i++) {
            matches += pairs.get(i).keys() == 0 ? 0 : expected[i];
        }
        List<Learned.Key> chosen = new ArrayList<>();
        long used = 0;
        double left = rules.pairsPerRecord();
        while (chosen.size() < MOST_KEYS) {
            double[] gains = new double[tried.size()];
            double[] costs = new double[tried.size()];
            for (int i = 0; i < expected.length; i++) {
                long keys = pairs.get(i).keys();
                if ((keys & used) == 0) {
                    for (long rest = keys; rest != 0; rest &= rest - 1) {
                        int key = Long.numberOfTrailingZeros(rest);
                        gains[key] += expected[i];
                        costs[key] += pairs.get(i).pairs() / size;
                    }
                }
            }
            int best = -1;
            double bestWorth = 0;
            for (int key = 0; key < gains.length; key++) {
                double worth = gains[key] / (costs[key] + KEY_COST);
                boolean isWorth = gains[key] >= WORTH_CHOOSING * matches
                        && gains[key] >= FRUITFUL * costs[key] * size
                        && (used & (1L << key)) == 0;
                if (isWorth && costs[key] <= left && worth > bestWorth) {
                    best = key;
                    bestWorth = worth;
                }
            }
            if (best < 0) {
                break;
            }
            used |= 1L << best;
            left -= costs[best];
            chosen.add(new Learned.Key(tried.get(best), costs[best], gains[best] / matches));
        }
        return chosen;
    }

    /** Blocks that bring too many records together: no evidence, and a cost that grows with the square. */
    private Set<Long> largeBlocks(List<Learned.Key> keys) {
        Blocks blocks = new Blocks(keys.stream().map(Learned.Key::parts).toList(), rules);
        double share = share(MEASURED);
        StructType block = new StructType().add("block", DataTypes.LongType);
        Set<Long> large = new TreeSet<>();
        measured()
                .mapPartitions(
                        (MapPartitionsFunction<Row, Row>)
                                rows -> CollectionConverters.asJava(CollectionConverters.asScala(rows)
                                        .flatMap(row -> CollectionConverters.asScala(
                                                Arrays.stream(blocks.of(Matcher.texts(row, 1), Matcher.texts(row, 2)))
                                                        .filter(number -> number != Blocks.NONE)
                                                        .mapToObj(RowFactory::create)
                                                        .iterator()))),
                        Encoders.row(block))
                .groupBy(col("block"))
                .agg(count(lit(1)).as("records"))
                .where(col("records").gt(rules.largestBlock() * share))
                .collectAsList()
                .forEach(row -> large.add(row.getLong(0)));
        return large;
    }

    /** Of each column the values that many records have. At most some 20,000 a column. */
    private List<Map<Long, Integer>> frequent() {
        double share = share(MEASURED);
        List<Map<Long, Integer>> frequent = new ArrayList<>();
        rules.names().forEach(name -> frequent.add(new TreeMap<>()));
        measured()
                .select(posexplode(col(Matcher.VALUES)))
                .where(col("col").isNotNull())
                .groupBy(col("pos"), col("col"))
                .agg(count(lit(1)).as("records"))
                .where(col("records").geq(4))
                .collectAsList()
                .forEach(row -> frequent.get(row.getInt(0))
                        .put(Blocks.number(row.getInt(0), row.getString(1)), (int) (row.getLong(2) / share)));
        return frequent;
    }

    private <T> Broadcast<T> broadcast(T value) {
        return spark.sparkContext().broadcast(value, scala.reflect.ClassTag$.MODULE$.apply(value.getClass()));
    }
}
