package io.clientele.stats;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.testing.SparkTest;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@SparkTest
class QuantilesTest {

    @ParameterizedTest
    @ValueSource(ints = {2, 5})
    void shouldCutAsTheDefinitionSays(int bands, SparkSession spark) {
        var random = new Random(bands);
        for (int size : new int[] {1, 7, 250}) {
            List<BigDecimal> values = random.doubles(size, -50, 50)
                    .mapToObj(value -> decimal(value, random.nextInt(3)))
                    .toList();

            assertThat(cuts(spark, values, 3, bands)).isEqualTo(reference(values, bands));
        }
    }

    @Test
    void shouldNotDependOnOrderOrPartitions(SparkSession spark) {
        List<BigDecimal> values = new ArrayList<>(new Random(1)
                .ints(400, 0, 60)
                .mapToObj(value -> decimal(value, 0))
                .toList());
        List<BigDecimal> expected = reference(values, 5);

        for (int partitions : new int[] {1, 4, 16}) {
            Collections.shuffle(values, new Random(partitions));

            assertThat(cuts(spark, values, partitions, 5)).isEqualTo(expected);
        }
    }

    @Test
    void shouldKeepTiesInOneBand(SparkSession spark) {
        List<BigDecimal> values = Stream.of("1", "2", "2", "2", "2", "2", "2", "2", "3", "4")
                .map(BigDecimal::new)
                .map(value -> value.setScale(4))
                .toList();
        List<BigDecimal> cuts = cuts(spark, values, 4, 5);

        List<Row> bands = dataset(spark, values, 2)
                .select(col("value"), Quantiles.band(col("value"), cuts).as("band"))
                .distinct()
                .orderBy("value")
                .collectAsList();

        assertThat(bands).extracting(row -> row.getDecimal(0).intValue()).containsExactly(1, 2, 3, 4);
        assertThat(bands)
                .extracting(row -> row.getInt(1))
                .isSorted()
                .startsWith(1)
                .endsWith(5);
    }

    @Test
    void shouldMakeBandsOfEqualNumbersOfDistinctValues(SparkSession spark) {
        List<BigDecimal> values = Stream.iterate(BigDecimal.ONE, BigDecimal.ONE::add)
                .limit(100)
                .map(value -> value.setScale(4))
                .toList();
        List<BigDecimal> cuts = cuts(spark, values, 4, 4);

        assertThat(cuts).extracting(BigDecimal::intValueExact).containsExactly(25, 50, 75);
        assertThat(dataset(spark, values, 2)
                        .groupBy(Quantiles.band(col("value"), cuts).as("band"))
                        .count()
                        .orderBy("band")
                        .collectAsList())
                .extracting(row -> row.getInt(0) + ":" + row.getLong(1))
                .containsExactly("1:25", "2:25", "3:25", "4:25");
    }

    @Test
    void shouldCutEachGroupAndEachColumnByItself(SparkSession spark) {
        List<BigDecimal> values = new Random(3)
                .doubles(400, -1e6, 1e12)
                .mapToObj(value -> decimal(value, 2))
                .toList();
        Dataset<Row> rows = dataset(spark, values, 3)
                .select(
                        col("value"),
                        col("value").multiply(-3).as("other"),
                        col("value").gt(4e11).as("group"));

        Map<String, List<BigDecimal>> cuts = new TreeMap<>();
        Quantiles.cuts(rows, List.of("group"), Map.of("one", col("value"), "two", col("other")), 5)
                .orderBy(Quantiles.BAND)
                .collectAsList()
                .forEach(row -> cuts.computeIfAbsent(row.getBoolean(0) + row.getString(1), key -> new ArrayList<>())
                        .add(row.getDecimal(3)));

        BigDecimal border = new BigDecimal("4e11");
        for (boolean isAbove : new boolean[] {false, true}) {
            List<BigDecimal> group = values.stream()
                    .filter(value -> value.compareTo(border) > 0 == isAbove)
                    .toList();
            assertThat(cuts.get(isAbove + "one")).isEqualTo(reference(group, 5));
            assertThat(cuts.get(isAbove + "two"))
                    .isEqualTo(reference(
                            group.stream()
                                    .map(value -> value.multiply(new BigDecimal(-3)))
                                    .toList(),
                            5));
        }
    }

    @Test
    void shouldFindNoCutWhereThereIsNoRow(SparkSession spark) {
        List<BigDecimal> none = cuts(spark, List.of(), 1, 5);

        assertThat(none).isEmpty();
        assertThat(dataset(spark, List.of(BigDecimal.ONE), 1)
                        .select(Quantiles.band(col("value"), none))
                        .head()
                        .getInt(0))
                .isEqualTo(1);
    }

    @Test
    void shouldPutASingleRowInTheFirstBand(SparkSession spark) {
        List<BigDecimal> one = List.of(decimal(7.5, 1));
        List<BigDecimal> cuts = cuts(spark, one, 1, 4);

        assertThat(cuts).hasSize(3).containsOnly(decimal(7.5, 1));
        assertThat(dataset(spark, one, 1)
                        .select(Quantiles.band(col("value"), cuts))
                        .head()
                        .getInt(0))
                .isEqualTo(1);
    }

    /** The smallest value that at least k of so many parts do not exceed. */
    private static List<BigDecimal> reference(List<BigDecimal> values, int bands) {
        List<BigDecimal> cuts = new ArrayList<>();
        for (int k = 1; k < bands; k++) {
            int part = k;
            cuts.add(values.stream()
                    .sorted()
                    .filter(value -> values.stream()
                                            .filter(other -> other.compareTo(value) <= 0)
                                            .count()
                                    * bands
                            >= (long) part * values.size())
                    .findFirst()
                    .orElseThrow());
        }
        return cuts;
    }

    private static List<BigDecimal> cuts(SparkSession spark, List<BigDecimal> values, int partitions, int bands) {
        return Quantiles.cuts(dataset(spark, values, partitions), col("value"), bands);
    }

    private static Dataset<Row> dataset(SparkSession spark, List<BigDecimal> values, int partitions) {
        return spark.createDataset(values, Encoders.DECIMAL()).toDF("value").repartition(partitions);
    }

    private static BigDecimal decimal(double value, int decimals) {
        return BigDecimal.valueOf(value)
                .setScale(decimals, RoundingMode.HALF_UP)
                .setScale(4);
    }
}
