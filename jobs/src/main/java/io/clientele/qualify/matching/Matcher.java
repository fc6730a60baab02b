package io.clientele.qualify.matching;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.hex;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.posexplode;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.xxhash64;

import io.clientele.qualify.matching.Comparison.Pattern;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.LongAccumulator;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Finds the records that are of one person or company: prepares the values, {@linkplain #learn learns} without labels,
 * {@linkplain #pairs compares} what agrees on a blocking key, and {@linkplain #groups joins} what is linked.
 */
public final class Matcher implements AutoCloseable {

    public static final String ID = "record_id";
    public static final String GROUP = "group_id";
    public static final String COMPONENT = "component_id";
    public static final String ONE = "record_id_1";
    public static final String TWO = "record_id_2";
    public static final String PROBABILITY = "probability";
    public static final String FINGERPRINT = "fingerprint";

    /** The levels of the columns of a pair, packed. */
    public static final String LOW = "low";

    public static final String HIGH = "high";

    static final String VALUES = "values";

    private static final String SKETCHES = "sketches";
    private static final String MARKS = "marks";

    private static final ArrayType TEXTS = DataTypes.createArrayType(DataTypes.StringType);

    /** A record by its identifier, its values as they are compared, their sketches; as marks its list and certain keys. */
    private static final StructType PREPARED = new StructType()
            .add(ID, DataTypes.StringType)
            .add(VALUES, TEXTS)
            .add(SKETCHES, TEXTS)
            .add(MARKS, TEXTS);

    private static final StructType PAIRS = new StructType()
            .add(ONE, DataTypes.StringType)
            .add(TWO, DataTypes.StringType)
            .add(PROBABILITY, DataTypes.DoubleType)
            .add(LOW, DataTypes.LongType)
            .add(HIGH, DataTypes.LongType);

    /** Pairs below this probability are not worth keeping. */
    private static final double WORTH_KEEPING = 0.01;

    /** How far a block may outgrow {@link Rules#largestBlock} after the learning before it is left out. */
    private static final int GROWTH = 5;

    /** Places of records in blocks that one task sorts, and records with all their values. */
    private static final long PLACES_PER_TASK = 2_000_000;

    private static final long RECORDS_PER_TASK = 100_000;

    private final SparkSession spark;
    private final Rules rules;
    private final Dataset<Row> prepared;
    private final long size;
    private final LongAccumulator compared;
    private final LongAccumulator tooLarge;
    private final LongAccumulator unlinkable;
    private final List<Dataset<Row>> kept = new ArrayList<>();

    /** @param records any table that has the columns of the rules; the identifier must be unique */
    public Matcher(SparkSession spark, Rules rules, Dataset<Row> records) {
        this.spark = spark;
        this.rules = rules;
        this.compared = spark.sparkContext().longAccumulator();
        this.tooLarge = spark.sparkContext().longAccumulator();
        this.unlinkable = spark.sparkContext().longAccumulator();
        this.prepared = kept(prepared(records), StorageLevel.MEMORY_AND_DISK());
        this.size = prepared.count();
    }

    /** How many records there are. */
    public long size() {
        return size;
    }

    /** How many pairs {@link #pairs} has compared, once its result has been computed. */
    public long compared() {
        return compared.value();
    }

    /** How many records tell too little to be linked: even a second one with the same values would not pass. */
    public long unlinkable() {
        return unlinkable.value();
    }

    /** How many blocks have grown too large since the learning, and were left out. */
    public long newlyLargeBlocks() {
        return tooLarge.value();
    }

    public Learned learn() {
        return new Training(rules, prepared, size).learn();
    }

    /**
     * {@link #ID} and {@link #FINGERPRINT}: a number that changes when anything does that matching looks at.
     *
     * @param model by which it looks
     */
    public Dataset<Row> fingerprints(String model) {
        return prepared.select(
                col(ID), hex(xxhash64(lit(model), col(VALUES), col(MARKS))).as(FINGERPRINT));
    }

    /** In words, from {@link #LOW} and {@link #HIGH}: the level of each column in which both records have a value. */
    public Column agreement(Column low, Column high) {
        List<String> names = rules.names();
        List<Kind> kinds = rules.kinds();
        UDF2<Long, Long, String> words = (one, two) -> {
            Pattern pattern = new Pattern(one, two);
            return IntStream.range(0, kinds.size())
                    .filter(column -> pattern.level(column) > 0)
                    .mapToObj(column -> names.get(column) + ": "
                            + kinds.get(column).levels().get(pattern.level(column) - 1))
                    .collect(Collectors.joining("; "));
        };
        return udf(words, DataTypes.StringType).apply(low, high);
    }

    /**
     * The pairs of which it is not improbable that they are the same: {@link #ONE}, {@link #TWO}, {@link #PROBABILITY},
     * {@link #LOW}, {@link #HIGH}.
     *
     * @param changed if present, {@link #ID} of the records of which pairs are wanted, with any other
     */
    public Dataset<Row> pairs(Learned learned, Optional<Dataset<Row>> changed) {
        Column isNew = col("is_new");
        Dataset<Row> marked = changed.map(ids -> prepared.join(
                                ids.select(col(ID), lit(true).as("found")), ID, "left")
                        .select(col("*"), coalesce(col("found"), lit(false)).as("is_new")))
                .orElseGet(() -> prepared.withColumn("is_new", lit(true)));
        Dataset<Row> placed = placed(marked.select(col(ID), col(VALUES), col(SKETCHES), col(MARKS), isNew), learned);
        int keys = learned.keys().size();
        int placeTasks = tasks(size * keys, PLACES_PER_TASK);
        int recordTasks = tasks(size, RECORDS_PER_TASK);
        Dataset<Row> places = placed.select(
                explode(col("places")).as("block"), xxhash64(col(ID)).as("record"), isNew);
        if (changed.isPresent()) {
            places = places.join(
                    places.where(isNew).select(col("block")).distinct(), new String[] {"block"}, "left_semi");
        }
        int largest = rules.largestBlock() * GROWTH;
        LongAccumulator dropped = tooLarge;
        Dataset<Row> shared = places.repartition(placeTasks, col("block"))
                .sortWithinPartitions(col("block"))
                .mapPartitions(
                        (MapPartitionsFunction<Row, Row>) rows -> new SharedBlocks(rows, largest, dropped),
                        Encoders.row(SharedBlocks.OUTPUT))
                .repartition(recordTasks, col("record"))
                .groupBy(col("record"))
                .agg(sort_array(collect_list(col("block"))).as("shared"));
        Dataset<Row> members = placed.withColumn("record", xxhash64(col(ID)))
                .repartition(recordTasks, col("record"))
                .join(shared, "record")
                .select(
                        col(ID),
                        col("list"),
                        isNew,
                        col(VALUES),
                        col(SKETCHES),
                        col("counts"),
                        col("shared"),
                        explode(col("shared")).as("block"));
        Scorer scorer = new Scorer(rules, learned);
        LongAccumulator count = compared;
        return members.repartition(tasks(size * 4, RECORDS_PER_TASK), col("block"))
                .sortWithinPartitions(col("block"), col(ID))
                .mapPartitions(
                        (MapPartitionsFunction<Row, Row>) rows -> new BlockPairs(rows, scorer, WORTH_KEEPING, count),
                        Encoders.row(PAIRS));
    }

    private Broadcast<Learned> broadcast(Learned learned) {
        return JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(learned);
    }

    private int tasks(long rows, long rowsPerTask) {
        return (int) Math.max(spark.sparkContext().defaultParallelism(), Math.min(4_000, rows / rowsPerTask));
    }

    /** Records with the counts of their values and the blocks that they are in. */
    private Dataset<Row> placed(Dataset<Row> marked, Learned learned) {
        StructType schema = new StructType(Arrays.copyOf(BlockPairs.INPUT.fields(), 6))
                .add("places", BlockPairs.INPUT.apply("shared").dataType());
        Broadcast<Learned> model = broadcast(learned);
        Blocks blocks = new Blocks(learned.keyParts(), rules);
        Scorer scorer = new Scorer(rules, learned);
        double threshold = rules.threshold();
        LongAccumulator telling = unlinkable;
        Dataset<Row> placed = marked.mapPartitions(
                (MapPartitionsFunction<Row, Row>) rows -> CollectionConverters.asJava(
                        CollectionConverters.asScala(rows).map(row -> {
                            Row place = placed(row, model.value(), blocks);
                            if (scorer.ofItself(prepared(place)) < threshold) {
                                telling.add(1);
                            }
                            return place;
                        })),
                Encoders.row(schema));
        return kept(placed.withColumnRenamed("id", ID), StorageLevel.MEMORY_AND_DISK());
    }

    private static Row placed(Row row, Learned learned, Blocks blocks) {
        String[] values = texts(row, 1);
        String[] sketches = texts(row, 2);
        int[] counts = learned.counts(values);
        long[] places = Arrays.stream(blocks.of(values, sketches))
                .filter(block -> block != Blocks.NONE && !learned.largeBlocks().contains(block))
                .distinct()
                .toArray();
        return RowFactory.create(
                row.getString(0), texts(row, 3)[0], row.getBoolean(4), values, sketches, counts, places);
    }

    private static Prepared prepared(Row placed) {
        int[] counts = (int[]) placed.get(5);
        return new Prepared(placed.getString(0), (String[]) placed.get(3), (String[]) placed.get(4), counts);
    }

    /**
     * Joins what is linked: {@link #ID}, {@link #GROUP}, {@link #COMPONENT}, one row for each identifier. A group is called by
     * its smallest identifier; so is a component, which is what the links above the threshold hold together.
     *
     * @param learned by which the pairs were compared
     * @param ids {@link #ID} of the records to be joined; no pair above the threshold may lead out of them
     * @param pairs as {@link #pairs}; those of other records do not count
     * @param certain as {@link #certain}; those of other records do not count
     */
    public Dataset<Row> groups(
            Learned learned, Dataset<Row> ids, Dataset<Row> pairs, Dataset<Row> certain, Decisions decisions) {
        Dataset<Row> known = kept(
                pairs.select(col(ONE), col(TWO), col(PROBABILITY))
                        .union(certain)
                        .join(ids.select(col(ID).as(ONE)), ONE)
                        .select(col(ONE), col(TWO), col(PROBABILITY)),
                StorageLevel.MEMORY_AND_DISK());
        Dataset<Row> components = kept(
                Components.of(known.where(col(PROBABILITY).geq(rules.threshold())), ONE, TWO),
                StorageLevel.MEMORY_AND_DISK());
        Dataset<Row> nodes = components.select(col(Components.NODE).as(ID), col(Components.COMPONENT));
        Dataset<Row> members = nodes.join(prepared, ID)
                .select(
                        col(Components.COMPONENT),
                        col(ID).as("one"),
                        lit(null).cast(DataTypes.StringType).as("two"),
                        lit(null).cast(DataTypes.DoubleType).as(PROBABILITY),
                        col(VALUES),
                        col(MARKS).getItem(0).as("list"));
        Dataset<Row> edges = known.join(nodes.withColumnRenamed(ID, ONE), ONE)
                .join(nodes.select(col(ID).as(TWO), col(Components.COMPONENT).as("other")), TWO)
                .where(col(Components.COMPONENT).equalTo(col("other")))
                .select(
                        col(Components.COMPONENT),
                        col(ONE),
                        col(TWO),
                        col(PROBABILITY),
                        lit(null).cast(TEXTS),
                        lit(null).cast(DataTypes.StringType));
        Rules how = rules;
        Broadcast<Learned> model = broadcast(learned);
        Dataset<Row> groups = members.union(edges)
                .repartition(tasks(size, RECORDS_PER_TASK), col(Components.COMPONENT))
                .sortWithinPartitions(col(Components.COMPONENT), col("two").isNotNull(), col("one"), col("two"))
                .mapPartitions(
                        (MapPartitionsFunction<Row, Row>) rows -> new Linkage(rows, how, model.value(), decisions),
                        Encoders.row(Linkage.OUTPUT));
        return ids.select(col(ID))
                .join(groups, groups.col("member").equalTo(col(ID)), "left")
                .select(
                        col(ID),
                        coalesce(col("group"), col(ID)).as(GROUP),
                        coalesce(col("component"), col(ID)).as(COMPONENT));
    }

    /**
     * Links that nothing puts in doubt: of records with the same certain key each to the first of them, and what people have
     * decided; {@link #ONE}, {@link #TWO}, {@link #PROBABILITY}.
     */
    public Dataset<Row> certain(Decisions decisions) {
        StructType links = new StructType().add(ONE, DataTypes.StringType).add(TWO, DataTypes.StringType);
        Dataset<Row> certain = spark.createDataFrame(
                        decisions.same().stream()
                                .map(pair -> RowFactory.create(pair.one(), pair.two()))
                                .toList(),
                        links)
                .join(prepared.select(col(ID).as(ONE)), ONE)
                .join(prepared.select(col(ID).as(TWO)), TWO)
                .select(col(ONE), col(TWO));
        if (!rules.same().isEmpty()) {
            Dataset<Row> keyed = prepared.select(col(ID), posexplode(col(MARKS)))
                    .where(col("pos").gt(0).and(col("col").isNotNull()));
            Dataset<Row> first = keyed.groupBy(col("pos"), col("col"))
                    .agg(min(col(ID)).as(ONE), functions.count(lit(1)).as("n"));
            certain = certain.union(keyed.join(first.where(col("n").gt(1)), new String[] {"pos", "col"})
                    .where(col(ONE).notEqual(col(ID)))
                    .select(col(ONE), col(ID)));
        }
        return kept(
                certain.select(col(ONE), col(TWO), lit(Linkage.CERTAIN).as(PROBABILITY))
                        .distinct(),
                StorageLevel.MEMORY_AND_DISK());
    }

    private Dataset<Row> prepared(Dataset<Row> records) {
        List<Kind> kinds = rules.kinds();
        List<Column> columns = new ArrayList<>(List.of(text(rules.id())));
        rules.names().forEach(name -> columns.add(text(name)));
        columns.add(
                rules.between() == null ? lit(null).cast(DataTypes.StringType).as("list") : text(rules.between()));
        rules.same().forEach(name -> columns.add(text(name)));
        return records.select(columns.toArray(Column[]::new))
                .mapPartitions(
                        (MapPartitionsFunction<Row, Row>) rows -> CollectionConverters.asJava(
                                CollectionConverters.asScala(rows).map(row -> prepared(row, kinds))),
                        Encoders.row(PREPARED));
    }

    private static Column text(String column) {
        return col("`" + column + "`").cast(DataTypes.StringType);
    }

    private static Row prepared(Row row, List<Kind> kinds) {
        String[] values = Prepared.values(kinds, column -> row.getString(column + 1));
        String[] marks = new String[row.size() - 1 - values.length];
        for (int i = 0; i < marks.length; i++) {
            String mark = row.getString(1 + values.length + i);
            marks[i] = mark == null || mark.isBlank() ? null : mark.strip();
        }
        return RowFactory.create(row.getString(0), values, Prepared.sketches(values, kinds), marks);
    }

    static String[] texts(Row row, int column) {
        List<String> texts = row.getList(column);
        return texts.toArray(String[]::new);
    }

    private Dataset<Row> kept(Dataset<Row> rows, StorageLevel level) {
        Dataset<Row> stored = rows.persist(level);
        kept.add(stored);
        return stored;
    }

    /** Frees what was kept in memory; no result can be computed afterwards. */
    @Override
    public void close() {
        kept.forEach(Dataset::unpersist);
    }
}
