package io.clientele.segment.kmeans;

import java.io.Serializable;

/** What one pass over all points has found, given the centres of clusters. */
public final class Pass implements Serializable {

    private static final long serialVersionUID = 1L;

    private final Grid grid;
    private final int axes;
    private final int width;
    private final double[] centres;
    private final double[] limits;
    private final long[] counts;
    private final long[] beyond;
    private final double[] sums;
    private double cost;

    Pass(Grid grid, int axes, double[] centres, double[] limits) {
        this.grid = grid;
        this.axes = axes;
        this.width = grid.columns();
        this.centres = centres;
        this.limits = limits;
        int k = centres.length / axes;
        this.counts = new long[k];
        this.beyond = new long[k];
        this.sums = new double[k * width];
    }

    void add(double[] values, int start) {
        int cluster = WeightedPoints.nearest(values, start, centres, axes);
        double distance = WeightedPoints.squaredDistance(values, start, centres, cluster * axes, axes);
        counts[cluster]++;
        cost += grid.roundSquare(distance);
        if (distance > limits[cluster] * limits[cluster]) {
            beyond[cluster]++;
        }
        for (int i = 0, at = cluster * width; i < width; i++, at++) {
            sums[at] += values[start + i];
        }
    }

    Pass merge(Pass other) {
        for (int i = 0; i < counts.length; i++) {
            counts[i] += other.counts[i];
            beyond[i] += other.beyond[i];
        }
        for (int i = 0; i < sums.length; i++) {
            sums[i] += other.sums[i];
        }
        cost += other.cost;
        return this;
    }

    public int k() {
        return counts.length;
    }

    /** The sum of squared distances to the nearest centre. */
    public double cost() {
        return cost;
    }

    public long count() {
        long count = 0;
        for (long one : counts) {
            count += one;
        }
        return count;
    }

    public long count(int cluster) {
        return counts[cluster];
    }

    /** How many points of a cluster are farther from its centre than its limit. */
    public long beyond(int cluster) {
        return beyond[cluster];
    }

    /** The sum of a column over the points of a cluster; the first columns are the axes. */
    public double sum(int cluster, int column) {
        return sums[cluster * width + column];
    }

    /** The sum of a column over all points. */
    public double sum(int column) {
        double sum = 0;
        for (int cluster = 0; cluster < counts.length; cluster++) {
            sum += sum(cluster, column);
        }
        return sum;
    }

    /** The means of the clusters' points; a cluster without points keeps its centre. */
    double[] means() {
        double[] means = centres.clone();
        for (int cluster = 0; cluster < counts.length; cluster++) {
            for (int axis = 0; axis < axes && counts[cluster] > 0; axis++) {
                means[cluster * axes + axis] = sum(cluster, axis) / counts[cluster];
            }
        }
        return means;
    }
}
