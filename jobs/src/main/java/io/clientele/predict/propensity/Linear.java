package io.clientele.predict.propensity;

import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Logistic regression. A feature contributes its coefficient times its distance from the mean.
 *
 * @param means of the features among those from whom was learned
 */
@SuppressWarnings("ArrayRecordComponent") // read for each customer, compared by nobody
record Linear(double intercept, double[] coefficients, double[] means) implements Predictor {

    static final String ALGORITHM = "logistic_regression";

    /** Keeps the coefficients of features finite that tell the outcome perfectly; too little to be noticed else. */
    private static final double RIDGE = 1e-5;

    private static final int MOST_ITERATIONS = 100;

    static Linear fit(Dataset<Row> examples, double[] means) {
        LogisticRegressionModel model = new LogisticRegression()
                .setLabelCol(Learner.LABEL)
                .setFeaturesCol(Learner.FEATURES)
                .setRegParam(RIDGE)
                .setMaxIter(MOST_ITERATIONS)
                .fit(examples);
        Vector coefficients = model.coefficients();
        return new Linear(
                Predictor.rounded(model.intercept()),
                Predictor.rounded(coefficients.toArray()),
                Predictor.rounded(means));
    }

    @Override
    public String algorithm() {
        return ALGORITHM;
    }

    @Override
    public double score(double[] features) {
        double score = intercept;
        for (int i = 0; i < features.length; i++) {
            score += coefficients[i] * features[i];
        }
        return score;
    }

    @Override
    public double[] contributions(double[] features) {
        double[] contributions = new double[features.length];
        for (int i = 0; i < features.length; i++) {
            contributions[i] = coefficients[i] * (features[i] - means[i]);
        }
        return contributions;
    }
}
