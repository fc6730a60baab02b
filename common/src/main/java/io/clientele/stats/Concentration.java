package io.clientele.stats;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import java.io.Serializable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.storage.StorageLevel;

/**
 * How much of an amount the largest values make: the curve of M. O. Lorenz (1905), drawn from the top as an ABC analysis
 * does, and its cuts by shares of the amount. Values that are not positive have no part in it. Cuts are values, hence equal
 * values are always on one side, and neither the order of the rows nor their partitioning has a say.
 */
public final class Concentration {

    /**
     * The rows with the largest values.
     *
     * @param rows how many they are
     * @param amount what they make together
     * @param value that of the last of them
     */
    public record Point(long rows, BigDecimal amount, BigDecimal value) implements Serializable {}

    /**
     * The curve, and where it is cut.
     *
     * @param rows how many values are positive
     * @param amount their sum
     * @param points at equal numbers of rows, ascending; fewer than asked for where there are fewer rows
     * @param cuts for each share the fewest values from the top, ties together, that make it; none if no value is positive
     */
    public record Curve(long rows, BigDecimal amount, List<Point> points, List<Point> cuts) {}

    /** What a partition holds. */
    private record Sum(int partition, long rows, BigDecimal amount) implements Serializable {}

    /** What is looked for and where it was found. */
    private record Found(boolean isCut, Point point) implements Serializable {}

    /** What values are cut as. */
    public static final DataType VALUE = DataTypes.createDecimalType(38, 4);

    private Concentration() {}

    /**
     * Draws the curve and cuts it. Equal values are counted by the engine, and sorted; only points and cuts come to the
     * driver.
     *
     * @param values numbers; null is none
     * @param points how many points
     * @param shares of the amount, above 0 and at most 1, ascending
     */
    public static Curve of(Dataset<Row> rows, Column values, int points, List<BigDecimal> shares) {
        Dataset<Row> histogram = rows.select(values.cast(VALUE).as("value"))
                .where(col("value").gt(0))
                .groupBy(col("value"))
                .agg(count(lit(1)).as("rows"))
                .orderBy(col("value").desc())
                .persist(StorageLevel.MEMORY_AND_DISK());
        try {
            JavaRDD<Row> sorted = histogram.toJavaRDD();
            List<Sum> sums = sorted.mapPartitionsWithIndex(sum(), false).collect();
            Sum total = sums.stream().reduce(new Sum(0, 0, BigDecimal.ZERO), Concentration::and);
            if (total.rows() == 0) {
                return new Curve(0, BigDecimal.ZERO, List.of(), List.of());
            }
            List<Found> found = sorted.mapPartitionsWithIndex(
                            looking(before(sums), ranks(total.rows(), points), amounts(total.amount(), shares)), false)
                    .collect();
            return new Curve(total.rows(), total.amount(), points(found, false), points(found, true));
        } finally {
            histogram.unpersist();
        }
    }

    private static Sum and(Sum some, Sum more) {
        return new Sum(
                more.partition(), some.rows() + more.rows(), some.amount().add(more.amount()));
    }

    private static Function2<Integer, Iterator<Row>, Iterator<Sum>> sum() {
        return (index, partition) -> {
            long rows = 0;
            BigDecimal amount = BigDecimal.ZERO;
            while (partition.hasNext()) {
                Row row = partition.next();
                rows += row.getLong(1);
                amount = amount.add(row.getDecimal(0).multiply(BigDecimal.valueOf(row.getLong(1))));
            }
            return List.of(new Sum(index, rows, amount)).iterator();
        };
    }

    /** For each partition what is in those before it. */
    private static List<Sum> before(List<Sum> sums) {
        List<Sum> before = new ArrayList<>();
        Sum sum = new Sum(0, 0, BigDecimal.ZERO);
        for (Sum partition :
                sums.stream().sorted(Comparator.comparingInt(Sum::partition)).toList()) {
            before.add(sum);
            sum = and(sum, partition);
        }
        return before;
    }

    private static long[] ranks(long rows, int points) {
        return LongStream.rangeClosed(1, points)
                .map(k -> (Math.multiplyExact(k, rows) + points - 1) / points)
                .distinct()
                .toArray();
    }

    private static BigDecimal[] amounts(BigDecimal amount, List<BigDecimal> shares) {
        return shares.stream().map(amount::multiply).toArray(BigDecimal[]::new);
    }

    private static Function2<Integer, Iterator<Row>, Iterator<Found>> looking(
            List<Sum> before, long[] ranks, BigDecimal[] amounts) {
        return (index, partition) -> {
            List<Found> found = new ArrayList<>();
            long rows = before.get(index).rows();
            BigDecimal amount = before.get(index).amount();
            while (partition.hasNext()) {
                Row row = partition.next();
                BigDecimal value = row.getDecimal(0);
                long rowsThen = rows + row.getLong(1);
                BigDecimal amountThen = amount.add(value.multiply(BigDecimal.valueOf(row.getLong(1))));
                for (long rank : ranks) {
                    if (rows < rank && rank <= rowsThen) {
                        BigDecimal there = amount.add(value.multiply(BigDecimal.valueOf(rank - rows)));
                        found.add(new Found(false, new Point(rank, there, value)));
                    }
                }
                for (BigDecimal cut : amounts) {
                    if (amount.compareTo(cut) < 0 && cut.compareTo(amountThen) <= 0) {
                        found.add(new Found(true, new Point(rowsThen, amountThen, value)));
                    }
                }
                rows = rowsThen;
                amount = amountThen;
            }
            return found.iterator();
        };
    }

    /** Partitions are in order, and so is what was found in them. */
    private static List<Point> points(List<Found> found, boolean areCuts) {
        return found.stream()
                .filter(one -> one.isCut() == areCuts)
                .map(Found::point)
                .toList();
    }
}
