package io.clientele.segment.kmeans;

import java.io.Serializable;

/** Where a point belongs: to the nearest centre. A pass over all points finds the same. */
public final class Placement implements Serializable {

    private static final long serialVersionUID = 1L;

    private final Grid grid;
    private final double[] centres;
    private final double[] limits;

    /** The cluster, counted from 0, how far its centre is, and whether that is beyond its limit. */
    public record Place(int cluster, double distance, boolean isBeyond) {}

    /**
     * @param grid of the axes
     * @param centres one after the other
     * @param limits of each cluster, the distance beyond which a point is told apart
     */
    public Placement(Grid grid, double[] centres, double[] limits) {
        this.grid = grid;
        this.centres = centres;
        this.limits = limits;
    }

    /** @param point its coordinates, which are brought to the grid */
    public Place of(double[] point) {
        for (int axis = 0; axis < point.length; axis++) {
            point[axis] = grid.round(point[axis], axis);
        }
        int cluster = WeightedPoints.nearest(point, 0, centres, point.length);
        double squared = WeightedPoints.squaredDistance(point, 0, centres, cluster * point.length, point.length);
        return new Place(cluster, Math.sqrt(squared), squared > limits[cluster] * limits[cluster]);
    }
}
