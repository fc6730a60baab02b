package io.clientele.segment;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.schema.CustomerRfm;
import io.clientele.testing.SparkTest;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;

@SparkTest
class ClustersJobTest {

    private static final ClustersJob.Config CONFIG = new ClustersJob.Config(3, 3, 20, 0.0001, 1);

    @Test
    void shouldFindGroupsThatAreFarApart(SparkSession spark) {
        var customers = ClustersJob.features(threeGroups(spark)).persist();

        var fit = ClustersJob.fit(customers, 3, CONFIG);
        var assigned = ClustersJob.assign(customers, fit.model());

        assertThat(assigned.groupBy(functions.expr("cast(substr(customer_id, 1, 1) as int) as grp"))
                        .agg(functions.countDistinct("cluster_id"))
                        .collectAsList())
                .allSatisfy(row -> assertThat(row.getLong(1)).isEqualTo(1));
        assertThat(fit.silhouette()).isGreaterThan(0.9);
    }

    @Test
    void shouldNumberClustersFromTheBiggestSpendersDown(SparkSession spark) {
        var customers = ClustersJob.features(threeGroups(spark)).persist();

        var assigned = ClustersJob.assign(
                customers, ClustersJob.fit(customers, 3, CONFIG).model());

        List<Row> averages = assigned.groupBy("cluster_id")
                .agg(functions.avg("monetary"))
                .orderBy("cluster_id")
                .collectAsList();
        assertThat(averages).extracting(row -> row.getInt(0)).containsExactly(1, 2, 3);
        assertThat(averages.get(0).getDecimal(1)).isGreaterThan(averages.get(1).getDecimal(1));
        assertThat(averages.get(1).getDecimal(1)).isGreaterThan(averages.get(2).getDecimal(1));
    }

    @Test
    void shouldGiveTheSameWhateverTheOrderAndThePartitionsOfTheRows(SparkSession spark) {
        var rows = threeGroups(spark);

        var one = clusters(rows);
        var other = clusters(rows.orderBy(functions.rand(9)).repartition(7));

        assertThat(other).isEqualTo(one);
    }

    @Test
    void shouldTakeAFeatureThatIsTheSameForAll(SparkSession spark) {
        var constant = threeGroups(spark).withColumn("frequency", functions.lit(1L));

        assertThat(clusters(constant)).hasSize(90);
    }

    private static List<Row> clusters(Dataset<Row> rows) {
        var customers = ClustersJob.features(rows).persist();
        return ClustersJob.assign(
                        customers, ClustersJob.fit(customers, 3, CONFIG).model())
                .select("customer_id", "cluster_id", "distance")
                .orderBy("customer_id")
                .collectAsList();
    }

    /** Three times thirty customers; the group is the first letter of the identifier. */
    private static Dataset<Row> threeGroups(SparkSession spark) {
        return spark.range(90)
                .select(
                        CustomerRfm.CUSTOMER_ID.is(
                                functions.concat(functions.expr("id % 3"), functions.lit("-"), functions.col("id"))),
                        CustomerRfm.RECENCY_DAYS.is(functions.expr("pow(20, id % 3) + id % 2")),
                        CustomerRfm.FREQUENCY.is(functions.expr("pow(10, 2 - id % 3)")),
                        CustomerRfm.MONETARY.is(functions.expr("pow(30, 3 - id % 3) + id % 5")));
    }
}
