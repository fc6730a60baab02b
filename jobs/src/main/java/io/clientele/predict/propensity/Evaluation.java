package io.clientele.predict.propensity;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a model fares on outcomes later than those to which it was fitted and calibrated.
 *
 * @param customers how many were judged
 * @param baseRate the share for whom it came true
 * @param auc area under the receiver operating characteristic, 0.5 for no better than chance to 1
 * @param precisionRecallArea average precision; the base rate for no better than chance, to 1
 * @param brier mean square of probability less outcome
 * @param logLoss mean negative logarithm of the probability that was given to what came
 * @param calibrationError mean distance between the mean probability of a decile and the share for whom it came true
 * @param deciles the highest scores first; a decile that has no customers, because many have equal scores, is left out
 */
record Evaluation(
        long customers,
        double baseRate,
        double auc,
        double precisionRecallArea,
        double brier,
        double logLoss,
        double calibrationError,
        List<Decile> deciles) {

    private static final double DIGITS = 1e8;

    /** Nothing is surer than this: the logarithm of 0 is none. */
    private static final double SURE = 1e-12;

    /**
     * A tenth of the customers.
     *
     * @param lift how many times the base rate its share is
     */
    record Decile(int decile, long customers, double meanProbability, double actualShare, double lift) {}

    static Evaluation of(Ranking ranking, Calibration calibration) {
        double total = ranking.size();
        double baseRate = ranking.positives() / total;
        double squares = 0;
        double logarithms = 0;
        List<Long> cuts = ranking.decileCuts();
        Map<Integer, double[]> sums = new TreeMap<>();
        for (Map.Entry<Long, Ranking.Bin> entry : ranking.bins().entrySet()) {
            Ranking.Bin bin = entry.getValue();
            double probability = Math.max(SURE, Math.min(1 - SURE, calibration.ofBin(entry.getKey())));
            squares += bin.positives() * square(1 - probability) + bin.negatives() * square(probability);
            logarithms -= bin.positives() * Math.log(probability) + bin.negatives() * Math.log1p(-probability);
            double[] sum = sums.computeIfAbsent(Ranking.decile(entry.getKey(), cuts), decile -> new double[3]);
            sum[0] += bin.size();
            sum[1] += bin.size() * probability;
            sum[2] += bin.positives();
        }
        List<Decile> deciles = new ArrayList<>();
        double error = 0;
        for (Map.Entry<Integer, double[]> entry : sums.entrySet()) {
            double[] sum = entry.getValue();
            deciles.add(new Decile(
                    entry.getKey(),
                    (long) sum[0],
                    rounded(sum[1] / sum[0]),
                    rounded(sum[2] / sum[0]),
                    rounded(sum[2] / sum[0] / baseRate)));
            error += Math.abs(sum[1] - sum[2]) / total;
        }
        return new Evaluation(
                (long) total,
                rounded(baseRate),
                rounded(ranking.auc()),
                rounded(ranking.precisionRecallArea()),
                rounded(squares / total),
                rounded(logarithms / total),
                rounded(error),
                List.copyOf(deciles));
    }

    Map<String, Double> metrics() {
        Map<String, Double> metrics = new TreeMap<>();
        metrics.put("base_rate", baseRate);
        metrics.put("auc", auc);
        metrics.put("pr_auc", precisionRecallArea);
        metrics.put("brier", brier);
        metrics.put("log_loss", logLoss);
        metrics.put("calibration_error", calibrationError);
        metrics.put("lift_of_first_decile", deciles.get(0).lift());
        return metrics;
    }

    private static double square(double value) {
        return value * value;
    }

    /** Sums of doubles may differ in their last digits from one machine to another; what is kept does not. */
    private static double rounded(double value) {
        return Math.round(value * DIGITS) / DIGITS;
    }
}
