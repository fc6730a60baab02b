package io.clientele.qualify.matching;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.sum;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** How many records there are in each block of some probes. */
final class BlockSizes {

    private static final StructType HITS =
            new StructType().add("block", DataTypes.IntegerType).add("records", DataTypes.LongType);

    private final BlockIndex index = new BlockIndex();
    private final int[][] numbers;
    private final double[] records;

    /** @param prepared see {@link Matcher} */
    BlockSizes(Dataset<Row> prepared, List<Prepared> probes, Blocks blocks) {
        this.numbers = new int[probes.size()][];
        for (int probe = 0; probe < numbers.length; probe++) {
            long[] of = probes.get(probe).blocks(blocks);
            numbers[probe] = Arrays.stream(of)
                    .mapToInt(block -> block == Blocks.NONE ? -1 : index.add(block))
                    .toArray();
        }
        this.records = new double[index.size()];
        Broadcast<BlockIndex> asked = JavaSparkContext.fromSparkContext(
                        prepared.sparkSession().sparkContext())
                .broadcast(index);
        prepared.mapPartitions(
                        (MapPartitionsFunction<Row, Row>) rows -> hits(rows, blocks, asked.value()), Encoders.row(HITS))
                .groupBy(col("block"))
                .agg(sum(col("records")))
                .collectAsList()
                .forEach(row -> records[row.getInt(0)] = row.getLong(1));
        asked.destroy();
    }

    /** The numbers of all blocks of the probes. */
    BlockIndex index() {
        return index;
    }

    /** Of a probe its block by each key, as a number; -1 where it has none. */
    int[] numbers(int probe) {
        return numbers[probe];
    }

    /** How many records there are in each block. */
    double[] records() {
        return records;
    }

    /** How many records there are in the block of a probe; 0 where it has none. */
    double of(int probe, int key) {
        int number = numbers[probe][key];
        return number < 0 ? 0 : Math.max(1, records[number]);
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
}
