package io.clientele.segment.kmeans;

import io.clientele.run.AtOnce;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;

/** K-means from many starts, of which the one of lowest cost is kept; on all points, by way of a coreset. */
public final class KMeansFit {

    /** Passes of Lloyd over all points after the coreset has been fitted: they take away what the sample left. */
    private static final int FULL_PASSES = 2;

    /**
     * How to fit.
     *
     * @param starts how many, with the seed and the numbers that follow it
     * @param iterations the most, of each start
     * @param tolerance how far centres may still move when a fit ends
     */
    public record Settings(int starts, int iterations, double tolerance, long seed) {}

    private KMeansFit() {}

    /** The best of several starts; of equal ones the first. */
    public static Clustering best(WeightedPoints points, int k, Settings settings) {
        List<Clustering> fits = AtOnce.all(LongStream.range(settings.seed(), settings.seed() + settings.starts())
                .<Callable<Clustering>>mapToObj(
                        seed -> () -> Lloyd.fit(points, k, seed, settings.iterations(), settings.tolerance()))
                .toList());
        return fits.stream().min(Comparator.comparingDouble(Clustering::cost)).orElseThrow();
    }

    /** The fit from centres that are there, if it costs at most so many times what the best of several starts does. */
    public static Clustering continued(WeightedPoints points, double[] centres, double most, Settings settings) {
        Clustering best = best(points, centres.length / points.axes(), settings);
        Clustering continued = Lloyd.from(points, centres, settings.iterations(), settings.tolerance());
        return continued.cost() <= most * best.cost() ? continued : best;
    }

    /** The best fit of the coreset, taken on over all points; its cost is that on all points. */
    public static Clustering best(Points points, int coreset, int k, Settings settings) {
        return refine(points, best(points.coreset(coreset), k, settings));
    }

    /** Takes a fit of a coreset on over all points. */
    public static Clustering refine(Points points, Clustering fit) {
        double[] centres = fit.centres();
        Pass pass = points.pass(centres);
        for (int i = 0; i < FULL_PASSES; i++) {
            centres = pass.means();
            pass = points.pass(centres);
        }
        return new Clustering(points.axes(), centres, pass.cost());
    }
}
