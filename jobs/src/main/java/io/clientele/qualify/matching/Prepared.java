package io.clientele.qualify.matching;

import java.io.Serializable;
import java.util.List;
import java.util.function.IntFunction;

/** A record made ready to be compared. */
final class Prepared implements Serializable {

    private final String id;
    private final String[] values;
    private final String[] sketches;
    private final int[] counts;

    /**
     * Of one record.
     *
     * @param values of each column, prepared; null where there is none
     * @param sketches of each column, {@link Kind#SKETCHES} after one another
     * @param counts of each column, how many records have the same value; empty where rarity does not matter
     */
    Prepared(String id, String[] values, String[] sketches, int... counts) {
        this.id = id;
        this.values = values;
        this.sketches = sketches;
        this.counts = counts;
    }

    /** The values of a record as they are compared, from its columns as they are. */
    static String[] values(List<Kind> kinds, IntFunction<String> columns) {
        String[] values = new String[kinds.size()];
        for (int column = 0; column < values.length; column++) {
            values[column] = kinds.get(column).prepared(columns.apply(column));
        }
        NamesInEmail.complete(values, kinds);
        return values;
    }

    /** The sketches of all values. */
    static String[] sketches(String[] values, List<Kind> kinds) {
        String[] sketches = new String[values.length * Kind.SKETCHES];
        for (int column = 0; column < values.length; column++) {
            System.arraycopy(
                    kinds.get(column).sketches(values[column]), 0, sketches, column * Kind.SKETCHES, Kind.SKETCHES);
        }
        return sketches;
    }

    String id() {
        return id;
    }

    String value(int column) {
        return values[column];
    }

    /** The first sketch of a column. */
    String sketch(int column) {
        return sketches[column * Kind.SKETCHES];
    }

    int count(int column) {
        return counts[column];
    }

    /** Its block by each key. */
    long[] blocks(Blocks blocks) {
        return blocks.of(values, sketches);
    }
}
