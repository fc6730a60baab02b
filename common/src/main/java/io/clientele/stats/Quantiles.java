package io.clientele.stats;

import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.storage.StorageLevel;

/**
 * Exact quantile cuts of a column, and the bands between them. Cuts are values, hence equal values are always in one band,
 * and neither the order of the rows nor their partitioning has a say; a band may be empty where one value is very frequent.
 */
public final class Quantiles {

    private Quantiles() {}

    /**
     * The cuts between bands of equal numbers of rows: cut <i>k</i> is the smallest value that at least <i>k</i>/<i>bands</i>
     * of the rows do not exceed (the inverse of the empirical distribution, type 1 of Hyndman and Fan, 1996). The values are
     * counted and sorted by the engine; only the cuts come to the driver.
     *
     * @param values a number, never null
     * @param bands at least 2
     * @return one value fewer than bands, ascending; empty if there are no rows
     */
    public static List<BigDecimal> cuts(Dataset<Row> rows, Column values, int bands) {
        Dataset<Row> histogram = rows.groupBy(
                        values.cast(DataTypes.createDecimalType(38, 4)).as("value"))
                .agg(count(lit(1)).as("rows"))
                .orderBy("value")
                .persist(StorageLevel.MEMORY_AND_DISK());
        try {
            JavaRDD<Row> sorted = histogram.toJavaRDD();
            List<Row> sums =
                    sorted.mapPartitionsWithIndex(sumOfPartition(), false).collect();
            long[] before = startOfPartitions(sums);
            long total = before[before.length - 1];
            return total == 0 ? List.of() : pick(sorted, before, ranks(total, bands));
        } finally {
            histogram.unpersist();
        }
    }

    /** The band of a value: 1 up to the first cut, one more after each cut that it exceeds. */
    public static Column band(Column value, List<BigDecimal> cuts) {
        Column band = lit(1);
        for (BigDecimal cut : cuts) {
            band = band.plus(when(value.gt(lit(cut)), 1).otherwise(0));
        }
        return band;
    }

    private static Function2<Integer, Iterator<Row>, Iterator<Row>> sumOfPartition() {
        return (index, partition) -> {
            long sum = 0;
            while (partition.hasNext()) {
                sum += partition.next().getLong(1);
            }
            return List.of(RowFactory.create(index, sum)).iterator();
        };
    }

    /** For each partition the number of rows before it, and the total at the end. */
    private static long[] startOfPartitions(List<Row> sums) {
        long[] before = new long[sums.size() + 1];
        sums.forEach(row -> before[row.getInt(0) + 1] = row.getLong(1));
        Arrays.parallelPrefix(before, Long::sum);
        return before;
    }

    private static long[] ranks(long total, int bands) {
        long[] ranks = new long[bands - 1];
        for (int k = 1; k < bands; k++) {
            ranks[k - 1] = (Math.multiplyExact(k, total) + bands - 1) / bands;
        }
        return ranks;
    }

    private static List<BigDecimal> pick(JavaRDD<Row> sorted, long[] before, long[] ranks) {
        Function2<Integer, Iterator<Row>, Iterator<BigDecimal>> picking = (index, partition) -> {
            List<BigDecimal> picked = new ArrayList<>();
            long seen = before[index];
            int next = 0;
            while (next < ranks.length && ranks[next] <= seen) {
                next++;
            }
            while (next < ranks.length && partition.hasNext()) {
                Row row = partition.next();
                seen += row.getLong(1);
                for (; next < ranks.length && ranks[next] <= seen; next++) {
                    picked.add(row.getDecimal(0));
                }
            }
            return picked.iterator();
        };
        return sorted.mapPartitionsWithIndex(picking, false).collect();
    }
}
