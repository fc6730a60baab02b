package io.clientele.segment.kmeans;

import java.util.Arrays;

/** Pairs things with others at the lowest total cost: the Hungarian method with potentials (Kuhn 1955, Munkres 1957). */
public final class Assignment {

    private Assignment() {}

    /**
     * For each row the column that it is paired with, each column once. Where there are more rows than columns some rows are left
     * over: they have -1.
     *
     * @param costs of each row and column, finite
     */
    public static int[] of(double[][] costs) {
        int rows = costs.length;
        int columns = rows == 0 ? 0 : costs[0].length;
        int[] paired = new int[rows];
        Arrays.fill(paired, -1);
        if (rows <= columns) {
            pair(costs, rows, columns, paired);
            return paired;
        }
        double[][] turned = new double[columns][rows];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                turned[column][row] = costs[row][column];
            }
        }
        int[] rowOf = new int[columns];
        pair(turned, columns, rows, rowOf);
        for (int column = 0; column < columns; column++) {
            paired[rowOf[column]] = column;
        }
        return paired;
    }

    /** Rows come in one after the other; each is made room for along the shortest path of changes. Counts from 1. */
    private static void pair(double[][] costs, int rows, int columns, int[] paired) {
        double[] rowPotential = new double[rows + 1];
        double[] columnPotential = new double[columns + 1];
        int[] rowOf = new int[columns + 1];
        int[] way = new int[columns + 1];
        for (int row = 1; row <= rows; row++) {
            rowOf[0] = row;
            int column = 0;
            double[] least = new double[columns + 1];
            Arrays.fill(least, Double.POSITIVE_INFINITY);
            boolean[] isReached = new boolean[columns + 1];
            do {
                isReached[column] = true;
                int from = rowOf[column];
                int next = 0;
                double step = Double.POSITIVE_INFINITY;
                for (int to = 1; to <= columns; to++) {
                    if (!isReached[to]) {
                        double reduced = costs[from - 1][to - 1] - rowPotential[from] - columnPotential[to];
                        if (reduced < least[to]) {
                            least[to] = reduced;
                            way[to] = column;
                        }
                        if (least[to] < step) {
                            step = least[to];
                            next = to;
                        }
                    }
                }
                for (int to = 0; to <= columns; to++) {
                    if (isReached[to]) {
                        rowPotential[rowOf[to]] += step;
                        columnPotential[to] -= step;
                    } else {
                        least[to] -= step;
                    }
                }
                column = next;
            } while (rowOf[column] != 0);
            while (column != 0) {
                rowOf[column] = rowOf[way[column]];
                column = way[column];
            }
        }
        for (int column = 1; column <= columns; column++) {
            if (rowOf[column] > 0) {
                paired[rowOf[column] - 1] = column - 1;
            }
        }
    }
}
