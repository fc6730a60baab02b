package io.clientele.score;

import static io.clientele.testing.Rows.assertRows;
import static io.clientele.testing.Rows.rows;
import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.Project;
import io.clientele.config.ConfigFolder;
import io.clientele.schema.CustomerRfm;
import io.clientele.schema.FctOrderLines;
import io.clientele.testing.SparkTest;
import java.time.LocalDate;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@SparkTest
class RfmJobTest {

    private static final LocalDate JAN_31 = LocalDate.of(2025, 1, 31);
    private static final RfmJob.Config CONFIG =
            new ConfigFolder(Project.ROOT.resolve("conf")).read("rfm", RfmJob.Config.class);

    @Test
    void shouldCountOrdersNotLinesAndOnlySalesInsideTheWindow(SparkSession spark) {
        var lines = rows(spark, FctOrderLines.TABLE, """
                order_id | customer_id | ordered_on | line_kind    | amount
                o1       | ann         | 2025-01-31 | sale         | 90.00
                o1       | ann         | 2025-01-31 | sale         | 10.00
                o2       | ann         | 2025-01-30 | return       | -10.00
                o3       | bob         | 2024-11-02 | sale         | 5.00
                o4       | bob         | 2024-02-02 | sale         | 7.00
                o5       | bob         | 2024-02-01 | sale         | 7.00
                o6       | bob         | 2025-02-01 | sale         | 7.00
                o7       | bob         | 2025-01-02 | cancellation | 7.00
                o8       |             | 2025-01-02 | sale         | 7.00
                """);

        assertRows(RfmJob.summarise(lines, JAN_31, CONFIG), CustomerRfm.TABLE, """
                customer_id | recency_days | frequency | monetary
                ann         | 0            | 1         | 100.00
                bob         | 90           | 2         | 12.00
                """);
    }

    @Test
    void shouldGivePointsByTheThresholdsOfTheReferenceGrid(SparkSession spark) {
        var customers =
                rows(spark, CustomerRfm.TABLE, """
                customer_id | recency_days | frequency | monetary
                best        | 29           | 11        | 50.01
                middle      | 30           | 10        | 50.00
                edge        | 149          | 2         | 20.00
                weakest     | 150          | 1         | 19.99
                """).select("customer_id", "recency_days", "frequency", "monetary");

        assertRows(RfmJob.score(customers, RfmJob.cuts(customers), JAN_31, CONFIG), CustomerRfm.TABLE, """
                customer_id | recency_points | frequency_points | monetary_points | points
                best        | 5              | 4                | 3               | 12
                middle      | 2              | 2                | 1               | 5
                edge        | 2              | 2                | 1               | 5
                weakest     | 0              | 0                | 0               | 0
                """);
    }

    @Test
    void shouldRankTheRecentTheFrequentAndTheBigHighest(SparkSession spark) {
        var customers = customers(spark, 5);

        assertRows(RfmJob.score(customers, RfmJob.cuts(customers), JAN_31, CONFIG), CustomerRfm.TABLE, """
                customer_id | code | segment
                c0          | 511  | Recent
                c1          | 422  | Potential Loyalists
                c2          | 333  | Potential Loyalists
                c3          | 244  | At Risk
                c4          | 155  | Can't Lose Them
                """);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 16})
    void shouldNotDependOnTheOrderOfTheRowsNorOnPartitions(int partitions, SparkSession spark) {
        var customers = customers(spark, 400);
        var shuffled = customers.orderBy(functions.rand(partitions)).repartition(partitions);

        var expected = RfmJob.score(customers, RfmJob.cuts(customers), JAN_31, CONFIG);
        var actual = RfmJob.score(shuffled, RfmJob.cuts(shuffled), JAN_31, CONFIG);

        assertThat(actual.orderBy("customer_id").collectAsList())
                .isEqualTo(expected.orderBy("customer_id").collectAsList());
    }

    @Test
    void shouldPutEveryCustomerInASegmentAndEqualOnesInTheSame(SparkSession spark) {
        var twins = customers(spark, 200).withColumn("frequency", functions.lit(1L));

        var scored = RfmJob.score(twins, RfmJob.cuts(twins), JAN_31, CONFIG);

        assertThat(scored.where("segment is null").count()).isZero();
        assertThat(scored.select("f").distinct().count()).isEqualTo(1);
    }

    @Test
    void shouldScoreNobodyWhenNobodyBought(SparkSession spark) {
        var none = customers(spark, 0);

        assertThat(RfmJob.score(none, RfmJob.cuts(none), JAN_31, CONFIG).count())
                .isZero();
    }

    private static Dataset<Row> customers(SparkSession spark, int count) {
        return spark.range(count)
                .select(
                        CustomerRfm.CUSTOMER_ID.is(functions.concat(functions.lit("c"), functions.col("id"))),
                        CustomerRfm.RECENCY_DAYS.is(
                                functions.col("id").multiply(3).mod(700)),
                        CustomerRfm.FREQUENCY.is(functions.col("id").plus(1)),
                        CustomerRfm.MONETARY.is(functions.col("id").multiply(7).plus(1)));
    }
}
