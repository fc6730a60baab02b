package io.clientele.predict;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Parameters of greatest likelihood.
 *
 * @param names of the parameters
 * @param values of the parameters, to ten digits
 * @param standardErrors by the delta method from the observed information; null where the data do not tell
 * @param logLikelihood at its maximum
 * @param steps how many steps it took
 * @param isConverged whether it is a maximum: no step gains anything
 */
record Estimates(
        List<String> names,
        List<Double> values,
        List<Double> standardErrors,
        double logLikelihood,
        int steps,
        boolean isConverged) {

    /** A standard error beyond so many times the value says that the value could be anything. */
    private static final double UNKNOWN = 2;

    double of(String name) {
        return values.get(names.indexOf(name));
    }

    Double standardErrorOf(String name) {
        return standardErrors.get(names.indexOf(name));
    }

    /**
     * The same, in another unit of a parameter.
     *
     * @param logLikelihoodPerUnit what a unit e times as large adds to the log-likelihood
     */
    Estimates times(String name, double unit, double logLikelihoodPerUnit) {
        int place = names.indexOf(name);
        List<Double> scaled = new ArrayList<>(values);
        scaled.set(place, MaximumLikelihood.rounded(values.get(place) * unit));
        List<Double> errors = new ArrayList<>(standardErrors);
        errors.set(place, errors.get(place) == null ? null : MaximumLikelihood.rounded(errors.get(place) * unit));
        double logarithm = MaximumLikelihood.rounded(logLikelihood + logLikelihoodPerUnit * Math.log(unit));
        return new Estimates(names, scaled, errors, logarithm, steps, isConverged);
    }

    /** The parameters that the data do not determine. */
    List<String> undetermined() {
        List<String> undetermined = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            Double error = standardErrors.get(i);
            if (error == null || error > UNKNOWN * values.get(i)) {
                undetermined.add(names.get(i));
            }
        }
        return undetermined;
    }

    /** Values and standard errors by name. */
    Map<String, Double> figures() {
        Map<String, Double> figures = new TreeMap<>();
        for (int i = 0; i < names.size(); i++) {
            figures.put(names.get(i), values.get(i));
            if (standardErrors.get(i) != null) {
                figures.put(names.get(i) + "_standard_error", standardErrors.get(i));
            }
        }
        return figures;
    }
}
