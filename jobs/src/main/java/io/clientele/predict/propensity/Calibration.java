package io.clientele.predict.propensity;

import java.io.Serializable;
import java.util.Map;

/**
 * Turns scores into probabilities by a logistic curve: J. Platt, Probabilistic Outputs for Support Vector Machines (1999),
 * fitted by Newton's method as H.-T. Lin, C.-J. Lin and R. Weng have it (Machine Learning 68, 2007). It is learned from
 * outcomes later than those from which the score was learned.
 *
 * @param slope never negative: calibration does not change the ranking
 * @param intercept the log-odds of a score of 0
 */
record Calibration(double slope, double intercept) implements Serializable {

    /** Bins to a unit of a score, which is a log-odds: so fine that no measure notices. */
    private static final double BINS = 500;

    private static final double HIGHEST = 40;
    private static final double LEAST_SLOPE = 0.01;
    private static final int MOST_STEPS = 100;

    static final Calibration NONE = new Calibration(1, 0);

    static long bin(double score) {
        return Math.round(Math.max(-HIGHEST, Math.min(HIGHEST, score)) * BINS);
    }

    double logOdds(double score) {
        return slope * score + intercept;
    }

    double probability(double score) {
        return logistic(logOdds(score));
    }

    double ofBin(long bin) {
        return probability(bin / BINS);
    }

    static double logistic(double logOdds) {
        return logOdds >= 0 ? 1 / (1 + Math.exp(-logOdds)) : Math.exp(logOdds) / (1 + Math.exp(logOdds));
    }

    /** The curve under which the outcomes are likeliest. */
    static Calibration of(Ranking outcomes) {
        Calibration free = fit(outcomes, NONE, true);
        return free.slope() >= LEAST_SLOPE ? free : fit(outcomes, new Calibration(LEAST_SLOPE, 0), false);
    }

    private static Calibration fit(Ranking outcomes, Calibration start, boolean isSlopeFree) {
        double positives = outcomes.positives();
        double negatives = outcomes.size() - positives;
        // Targets a little inside 0 and 1, so that outcomes that scores tell perfectly have a curve too.
        double high = (positives + 1) / (positives + 2);
        double low = 1 / (negatives + 2);
        Calibration at = start;
        double loss = loss(outcomes, at, high, low);
        for (int step = 0; step < MOST_STEPS; step++) {
            double[] sums = derivatives(outcomes, at, high, low);
            double slopeStep;
            double interceptStep;
            if (isSlopeFree) {
                double determinant = sums[2] * sums[4] - sums[3] * sums[3];
                slopeStep = (sums[4] * sums[0] - sums[3] * sums[1]) / determinant;
                interceptStep = (sums[2] * sums[1] - sums[3] * sums[0]) / determinant;
            } else {
                slopeStep = 0;
                interceptStep = sums[1] / sums[4];
            }
            double size = 1;
            Calibration next = at;
            double nextLoss = loss;
            for (; size > 1e-10; size /= 2) {
                next = new Calibration(at.slope() - size * slopeStep, at.intercept() - size * interceptStep);
                nextLoss = loss(outcomes, next, high, low);
                if (nextLoss <= loss) {
                    break;
                }
            }
            boolean isThere = loss - nextLoss <= 1e-12 * Math.abs(loss);
            if (nextLoss <= loss) {
                at = next;
                loss = nextLoss;
            }
            if (isThere || size <= 1e-10) {
                break;
            }
        }
        return at;
    }

    private static double loss(Ranking outcomes, Calibration at, double high, double low) {
        double loss = 0;
        for (Map.Entry<Long, Ranking.Bin> entry : outcomes.bins().entrySet()) {
            double logOdds = at.logOdds(entry.getKey() / BINS);
            // log(1 + exp(x)), without overflow
            double softPlus = Math.max(logOdds, 0) + Math.log1p(Math.exp(-Math.abs(logOdds)));
            loss += entry.getValue().positives() * (softPlus - high * logOdds)
                    + entry.getValue().negatives() * (softPlus - low * logOdds);
        }
        return loss;
    }

    /** By slope and intercept: the first derivatives; the second by slope, by both, by intercept. */
    private static double[] derivatives(Ranking outcomes, Calibration at, double high, double low) {
        double[] sums = {0, 0, 1e-12, 0, 1e-12};
        for (Map.Entry<Long, Ranking.Bin> entry : outcomes.bins().entrySet()) {
            double score = entry.getKey() / BINS;
            double probability = logistic(at.logOdds(score));
            double error = entry.getValue().positives() * (probability - high)
                    + entry.getValue().negatives() * (probability - low);
            double weight = entry.getValue().size() * probability * (1 - probability);
            sums[0] += score * error;
            sums[1] += error;
            sums[2] += weight * score * score;
            sums[3] += weight * score;
            sums[4] += weight;
        }
        return sums;
    }
}
