package io.clientele.segment;

import io.clientele.segment.kmeans.Pass;

/**
 * How far tonight's customers are from those that a model was learned from.
 *
 * @param population the population stability index of the clusters' shares: 0 none, above 0.25 commonly taken for much
 * @param distanceGrowth by what part the mean squared distance to the centres has grown; below 0 it has fallen
 */
record Shift(double population, double distanceGrowth) {

    /** A share of nobody would be infinitely far from any other. */
    private static final double LEAST_SHARE = 1e-4;

    private static final double MOST_GROWTH = 1e6;

    static Shift of(ClusterModel model, Pass tonight) {
        double population = 0;
        for (int i = 0; i < model.k(); i++) {
            double expected = Math.max(LEAST_SHARE, model.clusters().get(i).share());
            double actual = Math.max(LEAST_SHARE, (double) tonight.count(i) / tonight.count());
            population += (actual - expected) * Math.log(actual / expected);
        }
        double now = tonight.cost() / tonight.count();
        double growth = model.meanSquare() > 0 ? now / model.meanSquare() - 1 : now > 0 ? MOST_GROWTH : 0;
        return new Shift(population, Math.min(MOST_GROWTH, growth));
    }
}
