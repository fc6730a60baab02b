package io.clientele.predict.propensity;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import scala.collection.Seq;

/**
 * Picks the features of a model out of all, on a scale on which amounts and counts are comparable: the logarithm of one more
 * than the value, with the sign of the value.
 *
 * @param positions of the features among all
 */
@SuppressWarnings("ArrayRecordComponent") // read for each customer, compared by nobody
record Scorer(int[] positions, Predictor predictor) implements Serializable {

    /** @param all the features that there are, in the order of {@link Features#VALUES} */
    static int[] positions(List<String> chosen, List<String> all) {
        return chosen.stream().mapToInt(all::indexOf).toArray();
    }

    static double scaled(double value) {
        return Math.copySign(Math.log1p(Math.abs(value)), value);
    }

    double score(Seq<Double> values) {
        return predictor.score(features(values, positions));
    }

    double[] features(Seq<Double> values) {
        return features(values, positions);
    }

    private static double[] features(Seq<Double> values, int[] positions) {
        double[] features = new double[positions.length];
        for (int i = 0; i < positions.length; i++) {
            features[i] = scaled(values.apply(positions[i]));
        }
        return features;
    }

    /** The features as a vector, from which Spark learns. */
    static Column vector(int[] positions) {
        UDF1<Seq<Double>, Vector> vector = values -> Vectors.dense(features(values, positions));
        return functions.udf(vector, SQLDataTypes.VectorType()).apply(Features.VALUES);
    }
}
