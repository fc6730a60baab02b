package io.clientele.qualify.matching;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.posexplode;
import static org.apache.spark.sql.functions.xxhash64;

import io.clientele.qualify.matching.Model.Counted;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
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

    /** Records among which large blocks are found. */
    private static final int MEASURED = 100_000;

    /** A value of fewer records is not frequent. */
    private static final int FEWEST_COUNTED = 4;

    /** The most keys that are tried with the probes: the bits of a number. */
    private static final int MOST_TRIED = 60;

    /** The pairs that all tried keys may bring for each probe. */
    private static final double TRIED_PAIRS = 150;

    /** The keys by whose pairs the matches are known among which keys are chosen. */
    private static final int FIRST_KEYS = 15;

    private final Rules rules;
    private final Comparison comparison;
    private final Dataset<Row> prepared;
    private final long size;

    /** @param prepared see {@link Matcher} */
    Training(Rules rules, Dataset<Row> prepared, long size) {
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
        List<Counted> pairs = ProbePairs.count(prepared, size, probes, tried, rules);
        List<Learned.Key> chosen = rules.blocking().isEmpty()
                ? KeyChoice.of(pairs, tried, model(strangers, pairs, tried, first), size, rules.pairsPerRecord())
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
        BlockSizes sizes = new BlockSizes(prepared, some, new Blocks(possible, rules));
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

    /** The patterns of pairs taken at random. */
    private List<Counted> strangers(List<Prepared> probes) {
        List<Prepared> some = probes.subList(0, Math.min(STRANGERS, probes.size()));
        Map<Counted, Double> counts = new HashMap<>();
        for (int one = 0; one < some.size(); one++) {
            for (int other = one + 1; other < some.size(); other++) {
                counts.merge(new Counted(comparison.compare(some.get(one), some.get(other)), 0, 0), 1.0, Double::sum);
            }
        }
        return Counted.sorted(counts.entrySet().stream()
                .map(entry -> new Counted(entry.getKey().pattern(), 0, entry.getValue()))
                .toList());
    }

    private Model model(List<Counted> strangers, List<Counted> pairs, List<List<String>> keys, Set<Integer> numbers) {
        long used = bits(numbers);
        Map<Counted, Double> counts = new HashMap<>();
        for (Counted counted : pairs) {
            if ((counted.keys() & used) != 0) {
                counts.merge(new Counted(counted.pattern(), counted.keys() & used, 0), counted.pairs(), Double::sum);
            }
        }
        return Model.learn(
                comparison,
                strangers,
                Counted.sorted(counts.entrySet().stream()
                        .map(entry -> new Counted(
                                entry.getKey().pattern(), entry.getKey().keys(), entry.getValue()))
                        .toList()),
                keys.stream().map(key -> Blocks.columns(key, rules)).toList(),
                size);
    }

    private static long bits(Collection<Integer> keys) {
        return keys.stream().mapToLong(key -> 1L << key).reduce(0, (one, other) -> one | other);
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

    /** Of each column the values that many records have: at most some 40,000 a column. */
    private List<Map<Long, Integer>> frequent() {
        List<Map<Long, Integer>> frequent = new ArrayList<>();
        rules.names().forEach(name -> frequent.add(new TreeMap<>()));
        prepared.select(posexplode(col(Matcher.VALUES)))
                .where(col("col").isNotNull())
                .groupBy(col("pos"), col("col"))
                .agg(count(lit(1)).as("records"))
                .where(col("records").geq(Math.max(FEWEST_COUNTED, size * Model.RAREST)))
                .collectAsList()
                .forEach(row -> frequent.get(row.getInt(0))
                        .put(Blocks.number(row.getInt(0), row.getString(1)), (int) row.getLong(2)));
        return frequent;
    }
}
