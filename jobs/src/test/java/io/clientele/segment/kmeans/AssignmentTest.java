package io.clientele.segment.kmeans;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class AssignmentTest {

    @Property(tries = 300)
    void shouldCostNoMoreThanAnyOtherPairing(
            @ForAll @IntRange(min = 1, max = 6) int rows,
            @ForAll @IntRange(min = 1, max = 6) int columns,
            @ForAll long seed) {
        double[][] costs = costs(rows, columns, seed);

        int[] paired = Assignment.of(costs);

        assertThat(cost(costs, paired)).isCloseTo(cheapest(costs, 0, new boolean[columns]), within(1e-9));
    }

    @Property(tries = 100)
    void shouldPairAsManyAsCanBeAndNoneTwice(
            @ForAll @IntRange(min = 1, max = 100) int rows,
            @ForAll @IntRange(min = 1, max = 100) int columns,
            @ForAll long seed) {
        int[] paired = Assignment.of(costs(rows, columns, seed));

        int[] columnsUsed = Arrays.stream(paired).filter(column -> column >= 0).toArray();
        assertThat(columnsUsed).hasSize(Math.min(rows, columns)).doesNotHaveDuplicates();
        assertThat(Arrays.stream(columnsUsed)).allMatch(column -> column < columns);
    }

    @Property(tries = 100)
    void shouldFindThingsAgainThatWereOnlyMovedALittleAndShuffled(
            @ForAll @IntRange(min = 1, max = 40) int size, @ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] shuffled = shuffled(size, random);
        double[][] costs = new double[size][size];
        for (int row = 0; row < size; row++) {
            for (int column = 0; column < size; column++) {
                double distance = 10 * (shuffled[row] - column) + random.nextDouble();
                costs[row][column] = distance * distance;
            }
        }

        assertThat(Assignment.of(costs)).isEqualTo(shuffled);
    }

    @Test
    void shouldPairNothingWithNothing() {
        assertThat(Assignment.of(new double[0][0])).isEmpty();
    }

    private static double[][] costs(int rows, int columns, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[][] costs = new double[rows][columns];
        for (double[] row : costs) {
            for (int column = 0; column < columns; column++) {
                // Few different costs make ties.
                row[column] = random.nextInt(-3, 8);
            }
        }
        return costs;
    }

    private static int[] shuffled(int size, SplittableRandom random) {
        int[] order = new int[size];
        for (int i = 0; i < size; i++) {
            int other = random.nextInt(i + 1);
            order[i] = order[other];
            order[other] = i;
        }
        return order;
    }

    private static double cost(double[][] costs, int[] paired) {
        double cost = 0;
        for (int row = 0; row < costs.length; row++) {
            cost += paired[row] < 0 ? 0 : costs[row][paired[row]];
        }
        return cost;
    }

    /** By trying all. As many rows are left over as there are too many. */
    private static double cheapest(double[][] costs, int row, boolean[] isTaken) {
        if (row == costs.length) {
            return 0;
        }
        double least = Double.POSITIVE_INFINITY;
        int free = 0;
        for (int column = 0; column < isTaken.length; column++) {
            if (!isTaken[column]) {
                free++;
                isTaken[column] = true;
                least = Math.min(least, costs[row][column] + cheapest(costs, row + 1, isTaken));
                isTaken[column] = false;
            }
        }
        return costs.length - row > free ? Math.min(least, cheapest(costs, row + 1, isTaken)) : least;
    }
}
