package io.clientele.predict.propensity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A model with its card: what it predicts and of whom, from what it was learned, how good it is beside others, what it is
 * not good for, and all that is needed to score with it again.
 *
 * @param features those that it uses
 * @param examples of each cut-off, how many customers it was about and for how many it came true
 * @param evaluations on the latest outcomes, of both algorithms, and of the champion before if it predicted the same
 * @param leftOut the features that it does not use, and why
 * @param limits what one should know before using it
 */
record Propensity(
        Target target,
        FeatureSettings featureSettings,
        Training training,
        CutOffs cutOffs,
        Map<LocalDate, Outcome> examples,
        List<String> features,
        Predictor predictor,
        Calibration calibration,
        Map<String, Evaluation> evaluations,
        Map<String, String> leftOut,
        List<String> limits) {

    static final String CHAMPION_BEFORE = "champion_before";

    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /** @param cameTrue for how many of the customers */
    record Outcome(long customers, long cameTrue) {}

    String json() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    static Propensity parse(String json) {
        try {
            return JSON.readValue(json, Propensity.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a model of the lake is not what this job writes", e);
        }
    }

    Scorer scorer() {
        return new Scorer(Scorer.positions(features, Features.names(featureSettings)), predictor);
    }

    /** On outcomes from which it has learned nothing. */
    Evaluation evaluation() {
        return evaluations.get(predictor.algorithm());
    }

    /** Whether it was learned as the configuration says. */
    boolean isOf(Target configured, FeatureSettings features, Training trained) {
        return target.equals(configured) && featureSettings.equals(features) && training.equals(trained);
    }

    /** All measures of all that were compared. */
    Map<String, Double> metrics() {
        Map<String, Double> metrics = new TreeMap<>(evaluation().metrics());
        evaluations.forEach((name, evaluation) ->
                evaluation.metrics().forEach((metric, value) -> metrics.put(name + "." + metric, value)));
        return metrics;
    }

    Propensity beside(Evaluation champion) {
        Map<String, Evaluation> all = new TreeMap<>(evaluations);
        all.put(CHAMPION_BEFORE, champion);
        return new Propensity(
                target,
                featureSettings,
                training,
                cutOffs,
                examples,
                features,
                predictor,
                calibration,
                all,
                leftOut,
                limits);
    }
}
