package io.clientele.qualify.matching;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Compares two records column by column; the levels of all columns are packed into one number, four bits each. */
final class Comparison implements Serializable {

    private static final int BITS = 4;
    private static final int MASK = (1 << BITS) - 1;
    private static final int MOST = 15;

    private final Kind[] kinds;
    private final int[][] siblings;

    Comparison(List<Kind> kinds) {
        this.kinds = kinds.toArray(Kind[]::new);
        this.siblings = new int[kinds.size()][];
        for (int column = 0; column < siblings.length; column++) {
            int self = column;
            siblings[column] = IntStream.range(0, siblings.length)
                    .filter(other -> other != self && kinds.get(other).isSibling(kinds.get(self)))
                    .toArray();
        }
    }

    int columns() {
        return kinds.length;
    }

    int levels(int column) {
        return kinds[column].levels().size();
    }

    /** The level of a value that stands in another column; 0 if there is none. */
    int swap(int column) {
        return kinds[column].movesBetweenColumns() ? levels(column) - 1 : 0;
    }

    boolean isLifelong(int column) {
        return kinds[column].isLifelong();
    }

    /** Whether pairs that agree in these columns tell how relatives agree in the others: not by what is reached, which wanders. */
    boolean tellRelatives(List<Integer> columns) {
        return columns.stream()
                .map(column -> kinds[column])
                .noneMatch(kind -> kind.ownFrom() == 1 || kind == Kind.PHONE || kind == Kind.EMAIL);
    }

    /** Whether any column holds what is a person's own: without one, relatives cannot be told from one and the same. */
    boolean knowsRelatives() {
        return Arrays.stream(kinds).anyMatch(kind -> kind.ownFrom() <= kind.equality());
    }

    /** See {@link Kind#ownFrom}. */
    int ownFrom(int column) {
        return kinds[column].ownFrom();
    }

    /** The pattern of agreement of two records. */
    Pattern compare(Prepared one, Prepared other) {
        int[] levels = new int[kinds.length];
        for (int column = 0; column < kinds.length; column++) {
            levels[column] = kinds[column].compare(one, other, column, siblings[column]);
        }
        return Pattern.of(levels);
    }

    /** The levels of two records, packed. */
    record Pattern(long low, long high) implements Serializable {
        static Pattern of(int[] levels) {
            long low = 0;
            long high = 0;
            for (int column = 0; column < levels.length; column++) {
                if (column < MOST) {
                    low |= (long) levels[column] << (BITS * column);
                } else {
                    high |= (long) levels[column] << (BITS * (column - MOST));
                }
            }
            return new Pattern(low, high);
        }

        int level(int column) {
            return column < MOST
                    ? (int) (low >>> (BITS * column)) & MASK
                    : (int) (high >>> (BITS * (column - MOST))) & MASK;
        }
    }
}
