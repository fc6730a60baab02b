package io.clientele.qualify.matching;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.posexplode;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.xxhash64;

import io.clientele.qualify.matching.Comparator.Pattern;
import io.clientele.qualify.matching.Model.Counted;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF3;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Finds the records that are of one person or company: prepares the values, brings together what agrees on a blocking key,
 * compares, learns the model from the counted patterns, scores, and joins what is linked.
 */
public final class Matcher {

    public static final String ID = "record_id";
    public static final String CLUSTER = "cluster_id";
    public static final String ONE = "record_id_1";
    public static final String TWO = "record_id_2";
    public static final String PROBABILITY = "probability";

    private static final String VALUES = "values";
    private static final String SKETCHES = "sketches";
    private static final String COUNTS = "counts";
    private static final String KEYS = "keys";
    private static final String KEY = "key";
    private static final String BLOCK = "block";
    private static final String LOW = "low";
    private static final String HIGH = "high";
    private static final String AGREED = "agreed_keys";
    private static final String EQUAL_COUNTS = "equal_counts";

    private static final ArrayType TEXTS = DataTypes.createArrayType(DataTypes.StringType);
    private static final ArrayType NUMBERS = DataTypes.createArrayType(DataTypes.IntegerType, false);
    private static final StructType PREPARED =
            new StructType().add(ID, DataTypes.StringType).add(VALUES, TEXTS).add(SKETCHES, TEXTS);
    private static final StructType KEYED = PREPARED.add(COUNTS, NUMBERS).add(KEYS, TEXTS);
    private static final StructType PAIRS = new StructType()
            .add(ONE, DataTypes.StringType)
            .add(TWO, DataTypes.StringType)
            .add(LOW, DataTypes.LongType)
            .add(HIGH, DataTypes.LongType)
            .add(AGREED, DataTypes.LongType)
            .add(EQUAL_COUNTS, NUMBERS);

    private static final StructType GROUPS =
            new StructType().add("member", DataTypes.StringType).add(CLUSTER, DataTypes.StringType);

    /** Records from which chance agreements are learned: their pairs, about 700,000. */
    private static final int SAMPLE = 1_200;

    /** Records on which keys are measured. */
    private static final int MEASURED = 100_000;

    /** The most keys that are chosen by measuring. */
    private static final int MOST_KEYS = 24;

    /** Pairs below this probability are not worth keeping. */
    private static final double WORTH_KEEPING = 0.01;

    /**
     * What came of a match.
     *
     * @param clusters {@link #ID}, {@link #CLUSTER}: one row per record
     * @param pairs {@link #ONE}, {@link #TWO}, {@link #PROBABILITY}: the pairs worth keeping
     * @param keys the blocking keys used
     * @param records how many records there are
     * @param candidates how many pairs were compared
     * @param lostBlocks how many blocks were too large and left out
     */
    public record Matched(
            Dataset<Row> clusters,
            Dataset<Row> pairs,
            List<List<String>> keys,
            long records,
            long candidates,
            long lostBlocks) {}

    private final SparkSession spark;
    private final Rules rules;
    private final Comparator comparator;

    public Matcher(SparkSession spark, Rules rules) {
        this.spark = spark;
        this.rules = rules;
        this.comparator = new Comparator(rules.kinds());
    }

    /** @param records any table that has the columns of the rules; the identifier must be unique */
    public Matched match(Dataset<Row> records) {
        Dataset<Row> prepared = prepared(records).persist(StorageLevel.MEMORY_AND_DISK());
        long size = prepared.count();
        List<List<String>> keys = rules.blocking().isEmpty() ? chosenKeys(prepared, size) : rules.blocking();
        Set<String> tooLarge = largeBlocks(keyed(prepared, noCounts(), keys, Set.of()));
        Dataset<Row> pairs = candidates(keyed(prepared, frequent(prepared, size), keys, tooLarge), keys.size(), size)
                .persist(StorageLevel.DISK_ONLY());
        List<Counted> patterns = patterns(pairs);
        Model model = Model.learn(
                comparator,
                random(prepared),
                patterns,
                keys.stream().map(key -> Blocks.columns(key, rules)).toList(),
                size);
        Dataset<Row> scored = scored(pairs, model).persist(StorageLevel.MEMORY_AND_DISK());
        Dataset<Row> clusters = clusters(prepared, scored);
        double candidates = patterns.stream().mapToDouble(Counted::pairs).sum();
        return new Matched(
                clusters,
                scored.where(col(PROBABILITY).geq(WORTH_KEEPING)),
                keys,
                size,
                (long) candidates,
                tooLarge.size());
    }

    private Dataset<Row> prepared(Dataset<Row> records) {
        List<String> names = rules.names();
        List<Kind> kinds = rules.kinds();
        Column[] columns = new Column[names.size() + 1];
        columns[0] = col("`" + rules.id() + "`").cast(DataTypes.StringType);
        for (int i = 0; i < names.size(); i++) {
            columns[i + 1] = col("`" + names.get(i) + "`").cast(DataTypes.StringType);
        }
        return records.select(columns)
                .mapPartitions(
                        (MapPartitionsFunction<Row, Row>) rows -> CollectionConverters.asJava(
                                CollectionConverters.asScala(rows).map(row -> prepared(row, kinds))),
                        Encoders.row(PREPARED));
    }

    private static Row prepared(Row row, List<Kind> kinds) {
        String[] values = new String[kinds.size()];
        String[] sketches = new String[kinds.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = kinds.get(i).prepared(row.getString(i + 1));
            sketches[i] = kinds.get(i).sketch(values[i]);
        }
        return RowFactory.create(row.getString(0), values, sketches);
    }

    /** Of each column the values that many records have, with their number. At most some 20,000 a column. */
    private List<Map<String, Integer>> frequent(Dataset<Row> prepared, long size) {
        List<Map<String, Integer>> frequent = new ArrayList<>();
        rules.names().forEach(name -> frequent.add(new HashMap<>()));
        recordsByItem(prepared, VALUES)
                .where(col("records").geq(Math.max(4, size / 20_000)))
                .collectAsList()
                .forEach(row -> frequent.get(row.getInt(0)).put(row.getString(1), (int) row.getLong(2)));
        return frequent;
    }

    /** For blocks alone, which need no value counted. */
    private List<Map<String, Integer>> noCounts() {
        return rules.names().stream().map(name -> Map.<String, Integer>of()).toList();
    }

    /** How many records have each item of a list, by its place in the list. */
    private static Dataset<Row> recordsByItem(Dataset<Row> rows, String list) {
        return rows.select(posexplode(col(list)))
                .where(col("col").isNotNull())
                .groupBy(col("pos"), col("col"))
                .agg(count(lit(1)).as("records"));
    }

    private Dataset<Row> keyed(
            Dataset<Row> prepared, List<Map<String, Integer>> frequent, List<List<String>> keys, Set<String> tooLarge) {
        List<List<Integer>> columns =
                keys.stream().map(key -> Blocks.columns(key, rules)).toList();
        Broadcast<List<Map<String, Integer>>> counts =
                spark.sparkContext().broadcast(frequent, scala.reflect.ClassTag$.MODULE$.apply(List.class));
        Broadcast<Set<String>> left =
                spark.sparkContext().broadcast(tooLarge, scala.reflect.ClassTag$.MODULE$.apply(Set.class));
        return prepared.mapPartitions(
                (MapPartitionsFunction<Row, Row>) rows -> CollectionConverters.asJava(CollectionConverters.asScala(rows)
                        .map(row -> keyed(row, counts.value(), keys, columns, left.value()))),
                Encoders.row(KEYED));
    }

    private static Row keyed(
            Row row,
            List<Map<String, Integer>> frequent,
            List<List<String>> keys,
            List<List<Integer>> columns,
            Set<String> tooLarge) {
        String[] values = texts(row, 1);
        String[] sketches = texts(row, 2);
        int[] counts = new int[values.length];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = values[i] == null ? 0 : frequent.get(i).getOrDefault(values[i], 1);
        }
        String[] blocks = new String[keys.size()];
        for (int i = 0; i < blocks.length; i++) {
            String block = Blocks.value(keys.get(i), columns.get(i), values, sketches);
            blocks[i] = block == null || tooLarge.contains(i + ":" + block) ? null : block;
        }
        return RowFactory.create(row.getString(0), values, sketches, counts, blocks);
    }

    private static String[] texts(Row row, int column) {
        List<String> texts = row.getList(column);
        return texts.toArray(String[]::new);
    }

    /** Blocks that bring too many records together: no evidence, and a cost that grows with the square. */
    private Set<String> largeBlocks(Dataset<Row> keyed) {
        Set<String> large = new HashSet<>();
        recordsByItem(keyed, KEYS)
                .where(col("records").gt(rules.largestBlock()))
                .select(col("pos"), col("col"))
                .collectAsList()
                .forEach(row -> large.add(row.getInt(0) + ":" + row.getString(1)));
        return large;
    }

    /** The cheapest keys first, as long as the pairs that they bring stay within the budget. */
    private List<List<String>> chosenKeys(Dataset<Row> prepared, long size) {
        List<List<String>> possible = Blocks.possible(rules);
        double share = Math.min(1, (double) MEASURED / Math.max(1, size));
        Dataset<Row> sample = share < 1
                ? prepared.where(xxhash64(col(ID), lit(rules.seed()))
                        .bitwiseAND(lit(0xFFFFFL))
                        .lt((long) (share * 0x100000)))
                : prepared;
        Column inAll = col("records").divide(share);
        Map<Integer, Double> cost = new HashMap<>();
        recordsByItem(keyed(sample, noCounts(), possible, Set.of()), KEYS)
                .where(inAll.leq(rules.largestBlock()).and(col("records").gt(1)))
                .groupBy(col("pos"))
                .agg(sum(col("records").multiply(inAll.minus(1)).divide(2).divide(share)))
                .collectAsList()
                .forEach(row -> cost.put(row.getInt(0), row.getDouble(1)));
        List<List<String>> chosen = new ArrayList<>();
        double left = (double) rules.pairsPerRecord() * size;
        for (int key : cost.keySet().stream()
                .sorted(java.util.Comparator.comparing(cost::get))
                .toList()) {
            left -= cost.get(key);
            if (left < 0 || chosen.size() == MOST_KEYS) {
                break;
            }
            chosen.add(possible.get(key));
        }
        return chosen;
    }

    /** Every pair that agrees on a key, once: in the first key on which it agrees. */
    private Dataset<Row> candidates(Dataset<Row> keyed, int keys, long size) {
        int partitions =
                (int) Math.max(spark.sparkContext().defaultParallelism(), Math.min(2_000, size * keys / 250_000));
        Comparator compared = comparator;
        return keyed.select(struct(col("*")).as("record"), posexplode(col(KEYS)).as(new String[] {KEY, BLOCK}))
                .where(col(BLOCK).isNotNull())
                .repartition(partitions, col(KEY), col(BLOCK))
                .sortWithinPartitions(col(KEY), col(BLOCK), col("record").getField(ID))
                .mapPartitions(
                        (MapPartitionsFunction<Row, Row>) rows -> new BlockPairs(rows, compared), Encoders.row(PAIRS));
    }

    /** Compares within one block after the other, as they come. */
    private static final class BlockPairs implements Iterator<Row> {
        private final Iterator<Row> rows;
        private final Comparator comparator;
        private List<Prepared> block = new ArrayList<>();
        private int key;
        private Row ahead;
        private int one;
        private int two;
        private Row next;

        BlockPairs(Iterator<Row> rows, Comparator comparator) {
            this.rows = rows;
            this.comparator = comparator;
            this.ahead = rows.hasNext() ? rows.next() : null;
        }

        @Override
        public boolean hasNext() {
            while (next == null) {
                if (two >= block.size()) {
                    one++;
                    two = one + 1;
                }
                if (two < block.size()) {
                    next = pair(block.get(one), block.get(two));
                    two++;
                } else if (one >= block.size() - 1) {
                    if (ahead == null) {
                        return false;
                    }
                    nextBlock();
                }
            }
            return true;
        }

        @Override
        public Row next() {
            if (!hasNext()) {
                throw new java.util.NoSuchElementException();
            }
            Row pair = next;
            next = null;
            return pair;
        }

        private void nextBlock() {
            block = new ArrayList<>();
            key = ahead.getInt(1);
            String value = ahead.getString(2);
            while (ahead != null && ahead.getInt(1) == key && ahead.getString(2).equals(value)) {
                Row record = ahead.getStruct(0);
                List<Integer> counts = record.getList(3);
                block.add(new Prepared(
                        record.getString(0),
                        texts(record, 1),
                        texts(record, 2),
                        counts.stream().mapToInt(Integer::intValue).toArray(),
                        texts(record, 4)));
                ahead = rows.hasNext() ? rows.next() : null;
            }
            one = 0;
            two = 1;
        }

        private Row pair(Prepared left, Prepared right) {
            long agreed = left.agreedKeys(right);
            if (Long.numberOfTrailingZeros(agreed) < key) {
                return null;
            }
            Pattern pattern = comparator.compare(left, right);
            int[] equal = IntStream.range(0, comparator.columns())
                    .map(column -> pattern.level(column) == comparator.levels(column) ? left.count(column) : 0)
                    .toArray();
            return RowFactory.create(left.id(), right.id(), pattern.low(), pattern.high(), agreed, equal);
        }
    }

    private static List<Counted> patterns(Dataset<Row> pairs) {
        List<Counted> patterns = new ArrayList<>();
        pairs.groupBy(col(LOW), col(HIGH), col(AGREED))
                .agg(count(lit(1)))
                .orderBy(col(LOW), col(HIGH), col(AGREED))
                .collectAsList()
                .forEach(row -> patterns.add(
                        new Counted(new Pattern(row.getLong(0), row.getLong(1)), row.getLong(2), row.getLong(3))));
        return patterns;
    }

    /** The patterns of pairs taken at random: all pairs of a sample that depends on the seed alone. */
    private List<Counted> random(Dataset<Row> prepared) {
        List<Prepared> sample =
                prepared.orderBy(xxhash64(col(ID), lit(rules.seed())), col(ID)).limit(SAMPLE).collectAsList().stream()
                        .map(row ->
                                new Prepared(row.getString(0), texts(row, 1), texts(row, 2), new int[0], new String[0]))
                        .toList();
        Map<Pattern, Double> counts = new HashMap<>();
        for (int one = 0; one < sample.size(); one++) {
            for (int other = one + 1; other < sample.size(); other++) {
                counts.merge(comparator.compare(sample.get(one), sample.get(other)), 1.0, Double::sum);
            }
        }
        return counts.entrySet().stream()
                .map(entry -> new Counted(entry.getKey(), 0, entry.getValue()))
                .sorted(java.util.Comparator.comparing(
                                (Counted counted) -> counted.pattern().low())
                        .thenComparing(counted -> counted.pattern().high()))
                .toList();
    }

    private Dataset<Row> scored(Dataset<Row> pairs, Model model) {
        int columns = comparator.columns();
        UDF3<Long, Long, scala.collection.Seq<Integer>, Double> probability = (low, high, equal) -> {
            Pattern pattern = new Pattern(low, high);
            double total = model.weight(pattern);
            for (int column = 0; column < columns; column++) {
                int records = equal.apply(column);
                total += records > 0 ? model.rarity(column, records) : 0;
            }
            return model.probability(pattern, total);
        };
        return pairs.select(
                col(ONE),
                col(TWO),
                udf(probability, DataTypes.DoubleType)
                        .apply(col(LOW), col(HIGH), col(EQUAL_COUNTS))
                        .as(PROBABILITY));
    }

    private Dataset<Row> clusters(Dataset<Row> prepared, Dataset<Row> scored) {
        double threshold = rules.threshold();
        Dataset<Row> components = Components.of(scored.where(col(PROBABILITY).geq(threshold)), ONE, TWO);
        Dataset<Row> groups = scored.join(components, col(ONE).equalTo(col(Components.NODE)))
                .select(col(Components.COMPONENT), col(ONE), col(TWO), col(PROBABILITY))
                .join(
                        components.select(
                                col(Components.NODE).as(TWO),
                                col(Components.COMPONENT).as("component_2")),
                        TWO)
                .where(col(Components.COMPONENT).equalTo(col("component_2")))
                .select(col(Components.COMPONENT), col(ONE), col(TWO), col(PROBABILITY))
                .repartition(col(Components.COMPONENT))
                .sortWithinPartitions(col(Components.COMPONENT), col(ONE), col(TWO))
                .mapPartitions(
                        (MapPartitionsFunction<Row, Row>) edges -> new Linkage(edges, threshold), Encoders.row(GROUPS));
        return prepared.select(col(ID))
                .join(groups, groups.col("member").equalTo(col(ID)), "left")
                .select(col(ID), coalesce(col(CLUSTER), col(ID)).as(CLUSTER));
    }
}
