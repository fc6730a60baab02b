package io.clientele.segment.kmeans;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * One K-means fit of points in memory: greedy k-means++ (Arthur and Vassilvitskii 2007), then Lloyd's iterations with the bounds
 * of Hamerly (2010), which spare most distances and change no result.
 */
final class Lloyd {

    private final WeightedPoints points;
    private final int k;
    private final double[] centres;
    private final int[] labels;
    /** At least the distance of each point to its centre. */
    private final double[] upper;
    /** At most its distance to any other centre. */
    private final double[] lower;

    private final double[] sums;
    private final double[] masses;

    private Lloyd(WeightedPoints points, double[] centres) {
        this.points = points;
        this.k = centres.length / points.axes();
        this.centres = centres;
        this.labels = new int[points.size()];
        this.upper = new double[points.size()];
        this.lower = new double[points.size()];
        this.sums = new double[centres.length];
        this.masses = new double[k];
    }

    /**
     * Fits from one start.
     *
     * @param k how many clusters; fewer are found if there are fewer different points
     * @param iterations the most
     * @param tolerance how far centres may still move when the fit ends
     */
    static Clustering fit(WeightedPoints points, int k, long seed, int iterations, double tolerance) {
        return from(points, start(points, k, new SplittableRandom(seed)), iterations, tolerance);
    }

    /** Fits from centres that are there. */
    static Clustering from(WeightedPoints points, double[] centres, int iterations, double tolerance) {
        Lloyd lloyd = new Lloyd(points, centres.clone());
        lloyd.assignAll();
        for (int i = 0; i < iterations; i++) {
            double[] moves = lloyd.moveCentres();
            if (lloyd.fillEmpty()) {
                lloyd.assignAll();
            } else if (Arrays.stream(moves).max().orElse(0) <= tolerance) {
                break;
            } else {
                lloyd.reassign(moves);
            }
        }
        return new Clustering(points.axes(), lloyd.centres, points.cost(lloyd.centres));
    }

    /** Points far from each other, drawn by squared distance; of several draws the one that leaves the lowest cost. */
    private static double[] start(WeightedPoints points, int k, SplittableRandom random) {
        int size = points.size();
        int draws = 2 + (int) Math.log(k);
        double[] centres = new double[k * points.axes()];
        double[] potential = new double[size];
        for (int i = 0; i < size; i++) {
            potential[i] = points.weight(i);
        }
        points.copy(draw(potential, random), centres, 0);
        for (int i = 0; i < size; i++) {
            potential[i] = points.weight(i) * points.squaredDistance(i, centres, 0);
        }
        for (int cluster = 1; cluster < k; cluster++) {
            double left = sum(potential);
            if (!(left > 0)) {
                return Arrays.copyOf(centres, cluster * points.axes());
            }
            double[] best = null;
            int chosen = -1;
            for (int i = 0; i < draws; i++) {
                int candidate = draw(potential, random);
                double[] reduced = reduced(points, potential, candidate);
                double remains = sum(reduced);
                if (best == null || remains < left) {
                    best = reduced;
                    chosen = candidate;
                    left = remains;
                }
            }
            points.copy(chosen, centres, cluster);
            potential = best;
        }
        return centres;
    }

    private static double[] reduced(WeightedPoints points, double[] potential, int candidate) {
        double[] reduced = new double[potential.length];
        for (int i = 0; i < reduced.length; i++) {
            reduced[i] = Math.min(potential[i], points.weight(i) * points.squaredDistance(i, candidate));
        }
        return reduced;
    }

    /** A number drawn with the odds given. */
    private static int draw(double[] odds, SplittableRandom random) {
        double left = random.nextDouble() * sum(odds);
        int last = 0;
        for (int i = 0; i < odds.length; i++) {
            if (odds[i] > 0) {
                last = i;
                left -= odds[i];
                if (left < 0) {
                    break;
                }
            }
        }
        return last;
    }

    private static double sum(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum;
    }

    private void assignAll() {
        Arrays.fill(sums, 0);
        Arrays.fill(masses, 0);
        for (int i = 0; i < labels.length; i++) {
            search(i);
            join(i, labels[i], points.weight(i));
        }
    }

    /** Finds the nearest centre and the distance to the second nearest. */
    private void search(int point) {
        double least = Double.POSITIVE_INFINITY;
        double second = Double.POSITIVE_INFINITY;
        for (int cluster = 0; cluster < k; cluster++) {
            double distance = points.squaredDistance(point, centres, cluster);
            if (distance < least) {
                second = least;
                least = distance;
                labels[point] = cluster;
            } else if (distance < second) {
                second = distance;
            }
        }
        upper[point] = Math.sqrt(least);
        lower[point] = Math.sqrt(second);
    }

    private void join(int point, int cluster, double weight) {
        points.add(point, weight, sums, cluster);
        masses[cluster] += weight;
    }

    /** Moves each centre to the mean of its points; tells how far. */
    private double[] moveCentres() {
        double[] moves = new double[k];
        int axes = points.axes();
        for (int cluster = 0; cluster < k; cluster++) {
            if (!isEmpty(cluster)) {
                double moved = 0;
                for (int at = cluster * axes; at < (cluster + 1) * axes; at++) {
                    double mean = sums[at] / masses[cluster];
                    moved += (mean - centres[at]) * (mean - centres[at]);
                    centres[at] = mean;
                }
                moves[cluster] = Math.sqrt(moved);
            }
        }
        return moves;
    }

    /** What adding and taking away leaves behind is no mass. */
    private boolean isEmpty(int cluster) {
        return masses[cluster] <= 1e-9;
    }

    /** A cluster without points takes the point that is farthest from its centre. */
    private boolean fillEmpty() {
        boolean isFilled = false;
        for (int cluster = 0; cluster < k; cluster++) {
            if (isEmpty(cluster)) {
                int farthest = 0;
                for (int i = 1; i < upper.length; i++) {
                    farthest = upper[i] > upper[farthest] && points.weight(i) > 0 ? i : farthest;
                }
                if (upper[farthest] > 0) {
                    points.copy(farthest, centres, cluster);
                    upper[farthest] = 0;
                    isFilled = true;
                }
            }
        }
        return isFilled;
    }

    private void reassign(double[] moves) {
        int farthestMover = 0;
        double second = 0;
        for (int cluster = 1; cluster < k; cluster++) {
            if (moves[cluster] > moves[farthestMover]) {
                second = moves[farthestMover];
                farthestMover = cluster;
            } else {
                second = Math.max(second, moves[cluster]);
            }
        }
        double[] halfGaps = halfGaps();
        for (int i = 0; i < labels.length; i++) {
            int label = labels[i];
            upper[i] += moves[label];
            lower[i] -= label == farthestMover ? second : moves[farthestMover];
            double safe = Math.max(halfGaps[label], lower[i]);
            if (upper[i] > safe) {
                upper[i] = Math.sqrt(points.squaredDistance(i, centres, label));
                if (upper[i] > safe) {
                    search(i);
                    if (labels[i] != label) {
                        join(i, label, -points.weight(i));
                        join(i, labels[i], points.weight(i));
                    }
                }
            }
        }
    }

    /** Half the distance of each centre to the nearest other one: a point nearer than that has no nearer centre. */
    private double[] halfGaps() {
        int axes = points.axes();
        double[] gaps = new double[k];
        Arrays.fill(gaps, Double.POSITIVE_INFINITY);
        for (int one = 0; one < k; one++) {
            for (int other = 0; other < one; other++) {
                double gap =
                        Math.sqrt(WeightedPoints.squaredDistance(centres, one * axes, centres, other * axes, axes)) / 2;
                gaps[one] = Math.min(gaps[one], gap);
                gaps[other] = Math.min(gaps[other], gap);
            }
        }
        return gaps;
    }
}
