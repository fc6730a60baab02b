package io.clientele.predict.propensity;

import static io.clientele.config.Requirement.check;

/**
 * How a model is learned and when.
 *
 * @param cutOffs the most dates from which is learned; fewer where history is short
 * @param stepDays from one of them to the one before
 * @param customers of how many customers at most; of more, a sample is taken
 * @param leastOutcomes so many customers at least must have done it, and so many not, in each of the three periods
 * @param leakageAuc a feature that tells the outcome alone this well is refused: it is too good to be true
 * @param trees in the boosted ensemble
 * @param depth of each tree
 * @param retrainAfterDays how old a model may be before another is tried
 * @param leastGain by what share of the champion's log-loss a challenger must be better
 * @param seed of the sample and of the trees
 */
record Training(
        int cutOffs,
        int stepDays,
        int customers,
        int leastOutcomes,
        double leakageAuc,
        int trees,
        int depth,
        int retrainAfterDays,
        double leastGain,
        long seed) {

    Training {
        check(cutOffs >= 1 && cutOffs <= 60, "key 'cutOffs' must be between 1 and 60, got %d", cutOffs);
        check(stepDays >= 1, "key 'stepDays' must be positive, got %d", stepDays);
        check(customers >= 1, "key 'customers' must be positive, got %d", customers);
        check(leastOutcomes >= 1, "key 'leastOutcomes' must be positive, got %d", leastOutcomes);
        check(leakageAuc > 0.5 && leakageAuc <= 1, "key 'leakageAuc' must be between 0.5 and 1, got %s", leakageAuc);
        check(trees >= 1 && trees <= 500, "key 'trees' must be between 1 and 500, got %d", trees);
        check(depth >= 1 && depth <= 10, "key 'depth' must be between 1 and 10, got %d", depth);
        check(retrainAfterDays >= 1, "key 'retrainAfterDays' must be positive, got %d", retrainAfterDays);
        check(leastGain >= 0 && leastGain < 1, "key 'leastGain' must be between 0 and 1, got %s", leastGain);
    }
}
