package io.clientele.segment.kmeans;

import java.io.Serializable;

/**
 * Rounds coordinates to about a millionth of the standard deviation of their axis, on a power of two. Sums of such numbers are
 * exact for up to some thousand million points, so they are the same in whatever order they are added: a fit gives the same
 * whatever the partitions.
 */
public final class Grid implements Serializable {

    private static final long serialVersionUID = 1L;
    private static final int BITS = 20;

    private final double[] units;
    private final double squareUnit;

    private Grid(double[] units, double squareUnit) {
        this.units = units;
        this.squareUnit = squareUnit;
    }

    /** @param deviations the standard deviation of each axis; 0 for one on which all points are the same */
    public static Grid of(double... deviations) {
        return of(deviations.length, deviations);
    }

    /**
     * Of points that carry other columns after their axes.
     *
     * @param axes how many of the columns are axes
     * @param deviations of each column
     */
    public static Grid of(int axes, double[] deviations) {
        double[] units = new double[deviations.length];
        double variance = 0;
        for (int i = 0; i < units.length; i++) {
            units[i] = unit(deviations[i]);
            variance += i < axes ? deviations[i] * deviations[i] : 0;
        }
        return new Grid(units, unit(variance));
    }

    int columns() {
        return units.length;
    }

    public double round(double value, int axis) {
        return Math.rint(value / units[axis]) * units[axis];
    }

    double roundSquare(double squaredDistance) {
        return Math.rint(squaredDistance / squareUnit) * squareUnit;
    }

    private static double unit(double deviation) {
        return Math.scalb(1.0, (deviation > 0 ? Math.getExponent(deviation) : 0) - BITS);
    }
}
