package io.clientele.predict.propensity;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import io.clientele.schema.CustomerPropensities;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.collection.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** Scores customers with a model, and says why. */
final class Scores {

    private static final int REASONS = 3;
    private static final double CONTRIBUTION_DIGITS = 1e4;
    private static final int PROBABILITY_DIGITS = 6;

    private static final Column BIN = col("bin");

    private static final StructType SCORE = DataTypes.createStructType(List.of(
            DataTypes.createStructField("bin", DataTypes.LongType, false),
            DataTypes.createStructField("probability", DataTypes.DoubleType, false),
            DataTypes.createStructField(
                    "reasons", CustomerPropensities.REASONS.spec().type(), false)));

    private Scores() {}

    /** Target, customer, probability, reasons and model, and the bin of the score, by which {@link #ranked} ranks. */
    static Dataset<Row> of(Dataset<Row> features, Propensity model, String target, String modelId) {
        return features.where(model.target().isAbout())
                .select(
                        History.CUSTOMER,
                        udf(scoring(model), SCORE).apply(Features.VALUES).as("score"))
                .select(
                        CustomerPropensities.CUSTOMER_ID.is(History.CUSTOMER),
                        CustomerPropensities.TARGET.is(lit(target)),
                        col("score.bin"),
                        CustomerPropensities.PROBABILITY.is(round(col("score.probability"), PROBABILITY_DIGITS)),
                        CustomerPropensities.REASONS.is(col("score.reasons")),
                        CustomerPropensities.MODEL_ID.is(lit(modelId)));
    }

    /** The rows of the mart: each target's customers cut into tenths. */
    static Dataset<Row> ranked(Dataset<Row> scored, LocalDate date) {
        Map<String, Ranking> rankings = new TreeMap<>();
        scored.groupBy(CustomerPropensities.TARGET.col(), BIN)
                .agg(count(lit(1)))
                .collectAsList()
                .forEach(row -> rankings.computeIfAbsent(row.getString(0), target -> new Ranking())
                        .add(row.getLong(1), 0, row.getLong(2)));
        Column decile = lit(null);
        for (Map.Entry<String, Ranking> ranking : rankings.entrySet()) {
            Column place = lit(1);
            for (long cut : ranking.getValue().decileCuts()) {
                place = place.plus(when(BIN.lt(cut), 1).otherwise(0));
            }
            decile = when(CustomerPropensities.TARGET.col().equalTo(ranking.getKey()), place)
                    .otherwise(decile);
        }
        return scored.withColumn(CustomerPropensities.AS_OF.column(), CustomerPropensities.AS_OF.is(lit(date)))
                .withColumn(CustomerPropensities.DECILE.column(), CustomerPropensities.DECILE.is(decile))
                .select(CustomerPropensities.TABLE.columns());
    }

    private static UDF1<Seq<Double>, Row> scoring(Propensity model) {
        Scorer scorer = model.scorer();
        Calibration calibration = model.calibration();
        String[] names = model.features().toArray(String[]::new);
        return values -> {
            double[] features = scorer.features(values);
            double score = scorer.predictor().score(features);
            return RowFactory.create(
                    Calibration.bin(score),
                    calibration.probability(score),
                    CollectionConverters.asScala(reasons(scorer, features, values, calibration.slope(), names))
                            .toSeq());
        };
    }

    /** The features that move the log-odds most, the strongest first. */
    private static List<Row> reasons(
            Scorer scorer, double[] features, Seq<Double> values, double slope, String[] names) {
        double[] contributions = scorer.predictor().contributions(features);
        for (int i = 0; i < contributions.length; i++) {
            contributions[i] = Math.round(slope * contributions[i] * CONTRIBUTION_DIGITS) / CONTRIBUTION_DIGITS;
        }
        return IntStream.range(0, contributions.length)
                .filter(i -> contributions[i] != 0)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -Math.abs(contributions[i]))
                        .thenComparingInt(i -> i))
                .limit(REASONS)
                .map(i -> RowFactory.create(names[i], values.apply(scorer.positions()[i]), contributions[i]))
                .toList();
    }
}
