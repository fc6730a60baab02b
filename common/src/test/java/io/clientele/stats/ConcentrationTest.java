package io.clientele.stats;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.stats.Concentration.Curve;
import io.clientele.stats.Concentration.Point;
import io.clientele.testing.SparkTest;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

@SparkTest
class ConcentrationTest {

    private static final List<BigDecimal> SHARES = decimals("0.5", "0.8", "1");

    @Test
    void shouldCutWhereTheLargestMakeTheShare(SparkSession spark) {
        Curve curve = curve(spark, decimals("10", "40", "20", "15", "15"), 1, 5);

        assertThat(curve.rows()).isEqualTo(5);
        assertThat(curve.amount()).isEqualByComparingTo("100");
        assertThat(curve.cuts()).containsExactly(point(2, "60", "20"), point(4, "90", "15"), point(5, "100", "10"));
        assertThat(curve.points())
                .containsExactly(
                        point(1, "40", "40"),
                        point(2, "60", "20"),
                        point(3, "75", "15"),
                        point(4, "90", "15"),
                        point(5, "100", "10"));
    }

    @Test
    void shouldKeepTiesTogetherAndLeaveOutWhatIsNotPositive(SparkSession spark) {
        Curve curve = curve(spark, decimals("10", "10", "10", "10", "0", "-500"), 3, 2);

        assertThat(curve.rows()).isEqualTo(4);
        assertThat(curve.cuts()).containsExactly(point(4, "40", "10"), point(4, "40", "10"), point(4, "40", "10"));
        assertThat(curve.points()).containsExactly(point(2, "20", "10"), point(4, "40", "10"));
    }

    @Test
    void shouldHaveNoCurveWhereNothingIsPositive(SparkSession spark) {
        Curve curve = curve(spark, decimals("0", "-1"), 2, 100);

        assertThat(curve).isEqualTo(new Curve(0, BigDecimal.ZERO, List.of(), List.of()));
    }

    @Test
    void shouldFindTheSameWhateverTheOrderAndThePartitions(SparkSession spark) {
        Random random = new Random(3);
        List<BigDecimal> values = new ArrayList<>(random.ints(300, 1, 80)
                .mapToObj(value -> new BigDecimal(value).setScale(4))
                .toList());
        List<Point> expected = points(values, 10);

        for (int partitions : new int[] {1, 4, 9}) {
            Collections.shuffle(values, random);

            assertThat(curve(spark, values, partitions, 10).points()).isEqualTo(expected);
        }
    }

    /** By the definition: sort, and add up. */
    private static List<Point> points(List<BigDecimal> values, int points) {
        List<BigDecimal> sorted =
                values.stream().sorted(Comparator.reverseOrder()).toList();
        return IntStream.rangeClosed(1, points)
                .map(k -> k * values.size() / points)
                .mapToObj(rows -> new Point(
                        rows,
                        sorted.stream().limit(rows).reduce(BigDecimal.ZERO, BigDecimal::add),
                        sorted.get(rows - 1)))
                .toList();
    }

    private static Curve curve(SparkSession spark, List<BigDecimal> values, int partitions, int points) {
        return Concentration.of(
                spark.createDataset(values, Encoders.DECIMAL()).toDF().repartition(partitions),
                col("value"),
                points,
                SHARES);
    }

    private static Point point(long rows, String amount, String value) {
        return new Point(rows, new BigDecimal(amount).setScale(4), new BigDecimal(value).setScale(4));
    }

    private static List<BigDecimal> decimals(String... values) {
        return Stream.of(values).map(BigDecimal::new).toList();
    }
}
