package io.clientele.segment.kmeans;

import io.clientele.run.AtOnce;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;

/**
 * What speaks for a number of clusters.
 *
 * @param cost sum of squared distances to the centres (the inertia)
 * @param silhouette mean silhouette by squared distance, -1 to 1, as Spark ML has it; not comparable with one by plain distance
 * @param daviesBouldin the index of Davies and Bouldin (1979): scatter within clusters against distance between them; lower is
 *     better
 * @param stability how far clusters found in resamples of the customers are the same, by the adjusted Rand index (Hubert and
 *     Arabie 1985): 1 always the same, 0 no more than chance
 */
public record Indices(double cost, double silhouette, double daviesBouldin, double stability) {

    /** Resamples of more points tell no more. */
    private static final int RESAMPLED = 20_000;

    private static final int STARTS_OF_RESAMPLE = 2;

    /** @param resamples how many bootstrap resamples the stability is the mean of */
    public static Indices of(WeightedPoints points, Clustering clustering, int resamples, KMeansFit.Settings settings) {
        double[] centres = clustering.centres();
        int[] labels = points.labels(centres);
        return new Indices(
                clustering.cost(),
                silhouette(points, labels, clustering.k()),
                daviesBouldin(points, centres, labels),
                stability(points.first(RESAMPLED), clustering, resamples, settings));
    }

    /** Mean squared distances to all points of a cluster follow from the sum and the sum of squares of its points. */
    static double silhouette(WeightedPoints points, int[] labels, int k) {
        int axes = points.axes();
        double[] masses = new double[k];
        double[] sums = new double[k * axes];
        double[] squares = new double[k];
        double[] origin = new double[axes];
        for (int i = 0; i < labels.length; i++) {
            masses[labels[i]] += points.weight(i);
            points.add(i, points.weight(i), sums, labels[i]);
            squares[labels[i]] += points.weight(i) * points.squaredDistance(i, origin, 0);
        }
        double sum = 0;
        for (int i = 0; i < labels.length; i++) {
            double square = points.squaredDistance(i, origin, 0);
            double own = 0;
            double other = Double.POSITIVE_INFINITY;
            for (int cluster = 0; cluster < k; cluster++) {
                if (masses[cluster] > 0) {
                    double product = 0;
                    for (int axis = 0; axis < axes; axis++) {
                        product += points.coordinate(i, axis) * sums[cluster * axes + axis];
                    }
                    double total = Math.max(0, masses[cluster] * square - 2 * product + squares[cluster]);
                    if (cluster == labels[i]) {
                        own = masses[cluster] > 1 ? total / (masses[cluster] - 1) : 0;
                    } else {
                        other = Math.min(other, total / masses[cluster]);
                    }
                }
            }
            boolean isAlone = masses[labels[i]] <= 1 || Double.isInfinite(other);
            double greater = Math.max(own, other);
            sum += isAlone || greater == 0 ? 0 : points.weight(i) * (other - own) / greater;
        }
        return sum / points.total();
    }

    static double daviesBouldin(WeightedPoints points, double[] centres, int[] labels) {
        int axes = points.axes();
        int k = centres.length / axes;
        double[] masses = new double[k];
        double[] scatter = new double[k];
        double[] distances = points.distances(centres, labels);
        for (int i = 0; i < labels.length; i++) {
            masses[labels[i]] += points.weight(i);
            scatter[labels[i]] += points.weight(i) * distances[i];
        }
        double sum = 0;
        for (int one = 0; one < k; one++) {
            double worst = 0;
            for (int other = 0; other < k; other++) {
                if (one != other && masses[one] > 0 && masses[other] > 0) {
                    double gap =
                            Math.sqrt(WeightedPoints.squaredDistance(centres, one * axes, centres, other * axes, axes));
                    worst = Math.max(worst, (scatter[one] / masses[one] + scatter[other] / masses[other]) / gap);
                }
            }
            sum += worst;
        }
        return sum / k;
    }

    private static double stability(
            WeightedPoints points, Clustering clustering, int resamples, KMeansFit.Settings settings) {
        int[] labels = points.labels(clustering.centres());
        return AtOnce.all(IntStream.range(0, resamples)
                        .<Callable<Double>>mapToObj(resample -> () -> {
                            SplittableRandom random = new SplittableRandom(settings.seed() + resample);
                            WeightedPoints resampled = points.times(random.doubles(points.size())
                                    .map(Indices::poisson)
                                    .toArray());
                            Clustering again = KMeansFit.best(
                                    resampled,
                                    clustering.k(),
                                    new KMeansFit.Settings(
                                            STARTS_OF_RESAMPLE,
                                            settings.iterations(),
                                            settings.tolerance(),
                                            random.nextInt()));
                            return adjustedRand(points, labels, points.labels(again.centres()));
                        })
                        .toList())
                .stream()
                .mapToDouble(Double::doubleValue)
                .average()
                .orElse(Double.NaN);
    }

    /** How often a bootstrap resample draws a point: Poisson with mean 1, of a number from 0 to 1. */
    private static double poisson(double uniform) {
        double probability = Math.exp(-1);
        double sum = probability;
        int times = 0;
        while (uniform > sum && times < 20) {
            times++;
            probability /= times;
            sum += probability;
        }
        return times;
    }

    /** How far two groupings of the same points agree. */
    static double adjustedRand(WeightedPoints points, int[] one, int[] other) {
        int rows = 1 + IntStream.of(one).max().orElse(0);
        int columns = 1 + IntStream.of(other).max().orElse(0);
        double[] both = new double[rows * columns];
        double[] ofOne = new double[rows];
        double[] ofOther = new double[columns];
        for (int i = 0; i < one.length; i++) {
            both[one[i] * columns + other[i]] += points.weight(i);
            ofOne[one[i]] += points.weight(i);
            ofOther[other[i]] += points.weight(i);
        }
        double together = pairs(both);
        double inOne = pairs(ofOne);
        double inOther = pairs(ofOther);
        double chance = inOne * inOther / pairs(new double[] {points.total()});
        double most = (inOne + inOther) / 2;
        return most == chance ? 1 : (together - chance) / (most - chance);
    }

    private static double pairs(double[] masses) {
        double pairs = 0;
        for (double mass : masses) {
            pairs += mass * (mass - 1) / 2;
        }
        return pairs;
    }
}
