package io.clientele.qualify.matching;

/** A record made ready to be compared. */
final class Prepared {

    private final String id;
    private final String[] values;
    private final String[] sketches;
    private final int[] counts;
    private final String[] keys;

    /**
     * Of one record.
     *
     * @param values of each column, prepared; null where there is none
     * @param sketches of each column
     * @param counts how many records have the same value in the column
     * @param keys the value of each blocking key; null where the record is in no block of it
     */
    Prepared(String id, String[] values, String[] sketches, int[] counts, String[] keys) {
        this.id = id;
        this.values = values;
        this.sketches = sketches;
        this.counts = counts;
        this.keys = keys;
    }

    String id() {
        return id;
    }

    String value(int column) {
        return values[column];
    }

    String sketch(int column) {
        return sketches[column];
    }

    int count(int column) {
        return counts[column];
    }

    /** The keys on which both records agree, as bits. */
    long agreedKeys(Prepared other) {
        long agreed = 0;
        for (int key = 0; key < keys.length; key++) {
            if (keys[key] != null && keys[key].equals(other.keys[key])) {
                agreed |= 1L << key;
            }
        }
        return agreed;
    }
}
