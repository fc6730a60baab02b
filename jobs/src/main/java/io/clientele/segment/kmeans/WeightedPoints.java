package io.clientele.segment.kmeans;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Points in memory, row after row in one array, each standing for so many as its weight says. */
public final class WeightedPoints {

    private final int axes;
    private final double[] coordinates;
    private final double[] weights;

    public WeightedPoints(int axes, double[] coordinates, double[] weights) {
        if (coordinates.length != axes * weights.length) {
            throw new IllegalArgumentException(
                    "%d coordinates of %d points on %d axes".formatted(coordinates.length, weights.length, axes));
        }
        this.axes = axes;
        this.coordinates = coordinates;
        this.weights = weights;
    }

    /** Points that stand for themselves. */
    public static WeightedPoints of(List<double[]> points, int axes) {
        return of(points, axes, Collections.nCopies(points.size(), 1.0));
    }

    static WeightedPoints of(List<double[]> points, int axes, List<Double> weights) {
        double[] coordinates = new double[points.size() * axes];
        double[] all = new double[points.size()];
        for (int i = 0; i < all.length; i++) {
            System.arraycopy(points.get(i), 0, coordinates, i * axes, axes);
            all[i] = weights.get(i);
        }
        return new WeightedPoints(axes, coordinates, all);
    }

    public int size() {
        return weights.length;
    }

    public int axes() {
        return axes;
    }

    public double weight(int point) {
        return weights[point];
    }

    double total() {
        double total = 0;
        for (double weight : weights) {
            total += weight;
        }
        return total;
    }

    double coordinate(int point, int axis) {
        return coordinates[point * axes + axis];
    }

    /** The first points; those of a coreset come in a random order. */
    WeightedPoints first(int most) {
        return most >= size()
                ? this
                : new WeightedPoints(axes, Arrays.copyOf(coordinates, most * axes), Arrays.copyOf(weights, most));
    }

    /** The same points, each with its weight times a factor. */
    WeightedPoints times(double[] factors) {
        double[] products = new double[weights.length];
        for (int i = 0; i < products.length; i++) {
            products[i] = weights[i] * factors[i];
        }
        return new WeightedPoints(axes, coordinates, products);
    }

    /** How many different points there are, as far as {@code most}. */
    public int distinct(int most) {
        Set<List<Double>> seen = new HashSet<>();
        for (int i = 0; i < size() && seen.size() < most; i++) {
            Double[] point = new Double[axes];
            for (int axis = 0; axis < axes; axis++) {
                point[axis] = coordinate(i, axis) + 0.0;
            }
            seen.add(List.of(point));
        }
        return seen.size();
    }

    double squaredDistance(int point, double[] centres, int cluster) {
        return squaredDistance(coordinates, point * axes, centres, cluster * axes, axes);
    }

    double squaredDistance(int point, int other) {
        return squaredDistance(coordinates, point * axes, coordinates, other * axes, axes);
    }

    void copy(int point, double[] into, int cluster) {
        System.arraycopy(coordinates, point * axes, into, cluster * axes, axes);
    }

    /** Adds a point to a sum, so many times. */
    void add(int point, double times, double[] sums, int cluster) {
        for (int axis = 0; axis < axes; axis++) {
            sums[cluster * axes + axis] += times * coordinates[point * axes + axis];
        }
    }

    /** The cluster of each point: that of the nearest centre, of equally near ones the first. */
    public int[] labels(double[] centres) {
        int[] labels = new int[size()];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = nearest(coordinates, i * axes, centres, axes);
        }
        return labels;
    }

    /** The distance of each point to the centre of its cluster. */
    public double[] distances(double[] centres, int[] labels) {
        double[] distances = new double[size()];
        for (int i = 0; i < distances.length; i++) {
            distances[i] = Math.sqrt(squaredDistance(i, centres, labels[i]));
        }
        return distances;
    }

    double cost(double[] centres) {
        double cost = 0;
        for (int i = 0; i < size(); i++) {
            int cluster = nearest(coordinates, i * axes, centres, axes);
            cost += weights[i] * squaredDistance(i, centres, cluster);
        }
        return cost;
    }

    static double squaredDistance(double[] one, int start, double[] other, int otherStart, int axes) {
        double sum = 0;
        for (int axis = 0; axis < axes; axis++) {
            double difference = one[start + axis] - other[otherStart + axis];
            sum += difference * difference;
        }
        return sum;
    }

    /** The centre nearest to a point, of equally near ones the first. */
    static int nearest(double[] points, int start, double[] centres, int axes) {
        int nearest = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int cluster = 0, at = 0; at < centres.length; cluster++, at += axes) {
            double distance = squaredDistance(points, start, centres, at, axes);
            if (distance < least) {
                least = distance;
                nearest = cluster;
            }
        }
        return nearest;
    }
}
