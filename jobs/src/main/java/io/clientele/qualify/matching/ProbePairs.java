package io.clientele.qualify.matching;

import static org.apache.spark.sql.functions.count;

import io.clientele.qualify.matching.Comparison.Pattern;
import io.clientele.qualify.matching.Model.Counted;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Compares records with the probes that share a block with them. */
final class ProbePairs {

    /** Of a block that is too large, so many records are compared with a probe, to know what is lost. */
    private static final double FROM_LARGE_BLOCKS = 20;

    private static final StructType PATTERNS = new StructType()
            .add("low", DataTypes.LongType)
            .add("high", DataTypes.LongType)
            .add("keys", DataTypes.LongType)
            .add("pairs", DataTypes.DoubleType);

    /** The probes, and in which blocks they are. */
    private record Probed(
            List<Prepared> probes,
            Set<String> ids,
            List<long[]> blocks,
            BlockIndex index,
            List<int[]> members,
            List<Double> sizes)
            implements Serializable {}

    private final Blocks blocks;
    private final Comparison comparison;
    private final int largest;
    private final Probed probed;
    private final int[] seen;
    private final Map<Counted, Double> counts = new HashMap<>();
    private int record;

    private ProbePairs(Blocks blocks, Comparison comparison, int largest, Probed probed) {
        this.blocks = blocks;
        this.comparison = comparison;
        this.largest = largest;
        this.probed = probed;
        this.seen = new int[probed.probes().size()];
    }

    /**
     * The patterns of the pairs of a probe and any record that share a block, with the keys on which they agree; no key, for
     * those that share large blocks alone. Counted as if all records had been probes.
     */
    static List<Counted> count(
            Dataset<Row> prepared, long size, List<Prepared> probes, List<List<String>> keys, Rules rules) {
        Blocks blocks = new Blocks(keys, rules);
        BlockSizes sizes = new BlockSizes(prepared, probes, blocks);
        List<List<Integer>> members = new ArrayList<>();
        for (int number = 0; number < sizes.index().size(); number++) {
            members.add(new ArrayList<>());
        }
        long[][] ofProbes = new long[probes.size()][];
        for (int probe = 0; probe < ofProbes.length; probe++) {
            ofProbes[probe] = probes.get(probe).blocks(blocks);
            for (int number : sizes.numbers(probe)) {
                if (number >= 0) {
                    members.get(number).add(probe);
                }
            }
        }
        Probed all = new Probed(
                probes,
                probes.stream().map(Prepared::id).collect(Collectors.toSet()),
                List.of(ofProbes),
                sizes.index(),
                members.stream()
                        .map(list -> list.stream().mapToInt(Integer::intValue).toArray())
                        .toList(),
                Arrays.stream(sizes.records()).boxed().toList());
        Broadcast<Probed> probed = JavaSparkContext.fromSparkContext(
                        prepared.sparkSession().sparkContext())
                .broadcast(all);
        Comparison compared = new Comparison(rules.kinds());
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
        return Counted.sorted(counts.entrySet().stream()
                .map(entry ->
                        new Counted(entry.getKey().pattern(), entry.getKey().keys(), entry.getValue() / drawn))
                .toList());
    }

    private Iterator<Row> count(Iterator<Row> rows) {
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
                if (seen[probe] != record && (!isProbe || id.compareTo(other.id()) > 0)) {
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
