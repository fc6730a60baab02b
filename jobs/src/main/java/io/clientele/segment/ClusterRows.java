package io.clientele.segment;

import io.clientele.schema.ClusterChoices;
import io.clientele.schema.ClusterProfiles;
import io.clientele.schema.CustomerClusters;
import io.clientele.segment.ClusterModel.Choice;
import io.clientele.segment.Portraits.Portrait;
import io.clientele.segment.kmeans.Grid;
import io.clientele.segment.kmeans.Placement;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import scala.jdk.javaapi.CollectionConverters;

/** Rows of the marts that tell of clusters. */
final class ClusterRows {

    /** Figures are told to so many digits. */
    private static final MathContext DIGITS = new MathContext(6);

    private static final double MILLION = 1e6;

    private ClusterRows() {}

    /** Each customer's cluster, how far from its centre, and whether too far. */
    static Dataset<Row> customers(SparkSession spark, Dataset<Row> rows, ClusterModel model) {
        FeatureReader reader = new FeatureReader(model.features(), FeatureReader.Values.LEFT_OUT);
        Grid grid = reader.grid();
        Placement placement = new Placement(grid, model.centres(), model.limits());
        int[] numbers =
                model.clusters().stream().mapToInt(ClusterModel.Cluster::number).toArray();
        Function<InternalRow, Row> place = row -> {
            double[] point = new double[reader.axes()];
            reader.read(row, point, 0);
            Placement.Place found = placement.of(point);
            return RowFactory.create(
                    row.getUTF8String(FeatureColumns.CUSTOMER).toString(),
                    numbers[found.cluster()],
                    Math.rint(found.distance() * MILLION) / MILLION,
                    found.isBeyond());
        };
        return spark.createDataFrame(
                rows.queryExecution().toRdd().toJavaRDD().map(place), CustomerClusters.TABLE.schema());
    }

    static Dataset<Row> profiles(SparkSession spark, List<Portrait> portraits, List<String> names) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < portraits.size(); i++) {
            Portrait portrait = portraits.get(i);
            rows.add(RowFactory.create(
                    portrait.cluster().number(),
                    names.get(i),
                    portrait.description(),
                    portrait.customers(),
                    rounded(portrait.share()),
                    portrait.outliers(),
                    CollectionConverters.asScala(portrait.figures().stream()
                                    .map(figure -> RowFactory.create(
                                            figure.name(),
                                            rounded(figure.mean()),
                                            rounded(figure.meanOfAll()),
                                            rounded(figure.deviation())))
                                    .toList())
                            .toSeq()));
        }
        return spark.createDataFrame(rows, ClusterProfiles.TABLE.schema());
    }

    static Dataset<Row> choices(SparkSession spark, List<Choice> choices) {
        return spark.createDataFrame(
                choices.stream()
                        .map(choice -> RowFactory.create(
                                choice.k(),
                                choice.indices().cost(),
                                choice.indices().silhouette(),
                                choice.indices().daviesBouldin(),
                                choice.indices().stability(),
                                choice.chosen()))
                        .toList(),
                ClusterChoices.TABLE.schema());
    }

    private static Double rounded(Double value) {
        return value == null ? null : new BigDecimal(value).round(DIGITS).doubleValue();
    }
}
