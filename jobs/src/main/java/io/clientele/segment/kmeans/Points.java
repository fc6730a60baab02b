package io.clientele.segment.kmeans;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.storage.StorageLevel;

/** Points of any number: those of each partition in primitive arrays, gone over with one short job each time. */
public final class Points implements AutoCloseable {

    private static final int BLOCK = 1 << 14;

    /** Reads a row into numbers. */
    public interface Reader extends Serializable {

        /** Writes the coordinates of a row, and what else shall be summed up, from a place on. */
        void read(InternalRow row, double[] into, int start);
    }

    /** Rows of a partition: the hash of each, and its values one after the other. */
    private static final class Block implements Serializable {
        private static final long serialVersionUID = 1L;

        private final long[] hashes;
        private final double[] values;

        Block(long[] hashes, double[] values) {
            this.hashes = hashes;
            this.values = values;
        }
    }

    /** A point of a coreset. */
    private static final class Drawn implements Serializable {
        private static final long serialVersionUID = 1L;

        private final long hash;
        private final double[] point;
        private final double weight;

        Drawn(long hash, double[] point, double weight) {
            this.hash = hash;
            this.point = point;
            this.weight = weight;
        }
    }

    private final JavaRDD<Block> blocks;
    private final Grid grid;
    private final int axes;

    private Points(JavaRDD<Block> blocks, Grid grid, int axes) {
        this.blocks = blocks;
        this.grid = grid;
        this.axes = axes;
    }

    /**
     * Points that are read anew by each pass.
     *
     * @param rows the first column is a long, uniform and different for each row, such as a hash of its key
     * @param grid of all columns that the reader writes
     * @param axes how many of these columns are coordinates; the rest is summed up only
     */
    public static Points of(Dataset<Row> rows, Reader reader, Grid grid, int axes) {
        // Rows as the engine holds them: the public ones cost a boxed object for each value.
        return new Points(
                rows.queryExecution().toRdd().toJavaRDD().mapPartitions(found -> blocks(found, reader, grid)),
                grid,
                axes);
    }

    /** Keeps the points in memory, and on disk those for which there is no room, until closed. */
    public Points kept() {
        blocks.persist(StorageLevel.MEMORY_AND_DISK());
        return this;
    }

    @Override
    public void close() {
        blocks.unpersist(false);
    }

    public int axes() {
        return axes;
    }

    /**
     * Goes over all points.
     *
     * @param limits of each cluster, the distance beyond which a point is counted apart
     */
    public Pass pass(double[] centres, double[] limits) {
        Grid rounding = grid;
        int dimensions = axes;
        List<Pass> parts = blocks.mapPartitions(found -> {
                    Pass pass = new Pass(rounding, dimensions, centres, limits);
                    int width = rounding.columns();
                    while (found.hasNext()) {
                        Block block = found.next();
                        for (int i = 0; i < block.hashes.length; i++) {
                            pass.add(block.values, i * width);
                        }
                    }
                    return List.of(pass).iterator();
                })
                .collect();
        return parts.stream().reduce(Pass::merge).orElseGet(() -> new Pass(rounding, dimensions, centres, limits));
    }

    Pass pass(double[] centres) {
        double[] none = new double[centres.length / axes];
        Arrays.fill(none, Double.POSITIVE_INFINITY);
        return pass(centres, none);
    }

    /**
     * Few weighted points on which any centres cost about what they cost on all: a lightweight coreset (Bachem, Lucic and Krause
     * 2018). A point is drawn with odds of one half the same for all, one half by its squared distance to the mean; whether it is
     * depends on its hash and on nothing else.
     *
     * @param size how many points, about; no more are there than points
     * @return the points in a random order that is always the same, weighing as much as all points together
     */
    public WeightedPoints coreset(int size) {
        Pass all = pass(new double[axes]);
        double[] mean = all.means();
        double squares = all.cost();
        for (double coordinate : mean) {
            squares -= all.count() * coordinate * coordinate;
        }
        double even = 0.5 * size / Math.max(1, all.count());
        double far = squares > 0 ? 0.5 * size / squares : even;
        int width = grid.columns();
        int dimensions = axes;
        List<Drawn> drawn =
                new ArrayList<>(blocks.mapPartitions(found -> drawn(found, mean, width, dimensions, even, far))
                        .collect());
        // Not by the hash, which has decided who is drawn: the first of them would be unlike the others.
        drawn.sort(Comparator.comparingLong((Drawn point) -> new SplittableRandom(point.hash).nextLong())
                .thenComparingLong(point -> point.hash));
        double total = drawn.stream().mapToDouble(point -> point.weight).sum();
        return WeightedPoints.of(
                drawn.stream().map(point -> point.point).toList(),
                axes,
                drawn.stream().map(point -> point.weight * all.count() / total).toList());
    }

    private static Iterator<Drawn> drawn(
            Iterator<Block> blocks, double[] mean, int width, int axes, double even, double far) {
        List<Drawn> drawn = new ArrayList<>();
        while (blocks.hasNext()) {
            Block block = blocks.next();
            double[] values = block.values;
            for (int i = 0; i < block.hashes.length; i++) {
                int start = i * width;
                double odds = even + far * WeightedPoints.squaredDistance(values, start, mean, 0, axes);
                if (uniform(block.hashes[i]) < odds) {
                    drawn.add(new Drawn(
                            block.hashes[i], Arrays.copyOfRange(values, start, start + axes), 1 / Math.min(1, odds)));
                }
            }
        }
        return drawn.isEmpty() ? Collections.emptyIterator() : drawn.iterator();
    }

    /** A number from 0 to 1 of a hash, by its upper bits. */
    public static double uniform(long hash) {
        return (hash >>> 11) * 0x1p-53;
    }

    private static Iterator<Block> blocks(Iterator<InternalRow> rows, Reader reader, Grid grid) {
        int width = grid.columns();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return rows.hasNext();
            }

            @Override
            public Block next() {
                long[] hashes = new long[BLOCK];
                double[] values = new double[BLOCK * width];
                int size = 0;
                for (; size < BLOCK && rows.hasNext(); size++) {
                    InternalRow row = rows.next();
                    hashes[size] = row.getLong(0);
                    reader.read(row, values, size * width);
                    for (int i = 0; i < width; i++) {
                        values[size * width + i] = grid.round(values[size * width + i], i);
                    }
                }
                return size == BLOCK
                        ? new Block(hashes, values)
                        : new Block(Arrays.copyOf(hashes, size), Arrays.copyOf(values, size * width));
            }
        };
    }
}
