package io.clientele.predict.propensity;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.MathContext;

/** What a model has learned, in plain numbers: it scores the same in years and with any version of the engine. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "algorithm")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Linear.class, name = Linear.ALGORITHM),
    @JsonSubTypes.Type(value = Trees.class, name = Trees.ALGORITHM)
})
interface Predictor extends Serializable {

    /** Digits that are kept of what is learned: those after them may depend on which task of a fit ended first. */
    MathContext DIGITS = new MathContext(9);

    String algorithm();

    /** The log-odds, before calibration. */
    double score(double[] features);

    /** What each feature adds to the log-odds, compared with a customer of whom one knows nothing. */
    double[] contributions(double[] features);

    static double rounded(double value) {
        return new BigDecimal(value).round(DIGITS).doubleValue();
    }

    static double[] rounded(double[] values) {
        double[] rounded = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            rounded[i] = rounded(values[i]);
        }
        return rounded;
    }
}
