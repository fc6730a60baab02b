package io.clientele.predict;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.floor;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;

/**
 * The histories of all customers, counted by the engine and brought here as numbers: until the business date, and until the cut of
 * the hold-out.
 *
 * @param all histories until the business date
 * @param beforeCut those until the cut
 * @param boughtAfterCut purchases after the cut, by the number of repeat purchases before it
 * @param isCoarse whether times were rounded to weeks
 */
record CountedHistories(Histories all, Histories beforeCut, Map<Integer, Long> boughtAfterCut, boolean isCoarse) {

    /**
     * The most histories that are brought here, in 32 bytes each; were there more, times are rounded to weeks. Customers of one
     * day of a year have one history if they did not buy again, and those who did are fewer: ten million customers with two
     * years behind them have some three million. Rounding says the same of all customers, which leaving some out would not.
     */
    private static final long MOST = 5_000_000;

    private static final int WEEK = 7;

    private static final String PERIOD = "period";
    private static final String CUSTOMERS = "customers";
    private static final String BOUGHT = "bought_after";

    /** Until when a history goes; each has three columns. */
    enum Period {
        ALL(0, ""),
        BEFORE_CUT(1, "_before");

        private final int number;
        private final String suffix;

        Period(int number, String suffix) {
            this.number = number;
            this.suffix = suffix;
        }

        String repeats() {
            return "repeats" + suffix;
        }

        String lastDays() {
            return "last_days" + suffix;
        }

        String ageDays() {
            return "age_days" + suffix;
        }

        private Column columns() {
            return struct(
                    lit(number).as(PERIOD),
                    col(repeats()).as(ALL.repeats()),
                    col(lastDays()).as(ALL.lastDays()),
                    col(ageDays()).as(ALL.ageDays()));
        }
    }

    /** How many customers have which history, for both periods, with what they bought after the cut. */
    static Dataset<Row> counts(Dataset<Row> customers) {
        Column before = Period.BEFORE_CUT.columns();
        Column both = array(Period.ALL.columns(), before);
        Column isBefore = col(Period.BEFORE_CUT.ageDays()).isNotNull();
        return customers
                .select(
                        explode(when(isBefore, both).otherwise(array(Period.ALL.columns())))
                                .as("history"),
                        col(Period.ALL.repeats())
                                .minus(col(Period.BEFORE_CUT.repeats()))
                                .cast(DataTypes.LongType)
                                .as(BOUGHT))
                .select(col("history.*"), col(BOUGHT))
                .groupBy(col(PERIOD), col(Period.ALL.repeats()), col(Period.ALL.lastDays()), col(Period.ALL.ageDays()))
                .agg(count(lit(1)).as(CUSTOMERS), sum(col(BOUGHT)).as(BOUGHT));
    }

    /** The different histories until the business date. */
    static Dataset<Row> distinct(Dataset<Row> counts) {
        return counts.where(col(PERIOD).equalTo(Period.ALL.number))
                .select(col(Period.ALL.repeats()), col(Period.ALL.lastDays()), col(Period.ALL.ageDays()));
    }

    /** Brings the counts here. */
    static CountedHistories of(Dataset<Row> counts, TimeUnit unit) {
        boolean isCoarse = counts.count() > MOST;
        List<long[]> packed = (isCoarse ? coarse(counts) : counts)
                .select(
                        col(PERIOD),
                        col(Period.ALL.repeats()),
                        col(Period.ALL.lastDays()),
                        col(Period.ALL.ageDays()),
                        col(CUSTOMERS),
                        col(BOUGHT))
                .toJavaRDD()
                .mapPartitions(packing())
                .collect();
        Map<Integer, Long> bought = new TreeMap<>();
        packed.forEach(numbers -> {
            for (int i = 0; i < numbers.length; i += 4) {
                if (numbers[i] == Period.BEFORE_CUT.number) {
                    bought.merge(Histories.repeatsOf(numbers[i + 1]), numbers[i + 3], Long::sum);
                }
            }
        });
        return new CountedHistories(
                histories(packed, Period.ALL, unit), histories(packed, Period.BEFORE_CUT, unit), bought, isCoarse);
    }

    private static Dataset<Row> coarse(Dataset<Row> counts) {
        return counts.groupBy(
                        col(PERIOD),
                        col(Period.ALL.repeats()),
                        nearestWeek(col(Period.ALL.lastDays())).as(Period.ALL.lastDays()),
                        nearestWeek(col(Period.ALL.ageDays())).as(Period.ALL.ageDays()))
                .agg(sum(col(CUSTOMERS)).as(CUSTOMERS), sum(col(BOUGHT)).as(BOUGHT));
    }

    private static Column nearestWeek(Column days) {
        return floor(days.plus(WEEK / 2).divide(WEEK)).multiply(WEEK).cast(DataTypes.IntegerType);
    }

    /** Four numbers for each row of a partition: period, history, customers, what they bought after the cut. */
    private static FlatMapFunction<Iterator<Row>, long[]> packing() {
        return rows -> {
            LongStream.Builder numbers = LongStream.builder();
            while (rows.hasNext()) {
                Row row = rows.next();
                numbers.add(row.getInt(0));
                numbers.add(Histories.key(row.getInt(1), row.getInt(2), row.getInt(3)));
                numbers.add(row.getLong(4));
                numbers.add(row.isNullAt(5) ? 0 : row.getLong(5));
            }
            return List.of(numbers.build().toArray()).iterator();
        };
    }

    private static Histories histories(List<long[]> packed, Period period, TimeUnit unit) {
        int size = 0;
        for (long[] numbers : packed) {
            for (int i = 0; i < numbers.length; i += 4) {
                size += numbers[i] == period.number ? 1 : 0;
            }
        }
        long[] keys = new long[size];
        long[] customers = new long[size];
        int next = 0;
        for (long[] numbers : packed) {
            for (int i = 0; i < numbers.length; i += 4) {
                if (numbers[i] == period.number) {
                    keys[next] = numbers[i + 1];
                    customers[next++] = numbers[i + 2];
                }
            }
        }
        return Histories.of(unit, keys, customers);
    }
}
