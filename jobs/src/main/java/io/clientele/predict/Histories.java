package io.clientele.predict;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How many customers have which history. A history is how often a customer bought again after the first purchase, when that
 * was last and how long ago the first purchase was; nothing else enters the models of buying, so that ten million customers are
 * some hundred thousand histories. They are in one order, whatever the order in which they came.
 */
final class Histories {

    private static final int BITS = 21;
    private static final int MASK = (1 << BITS) - 1;

    private final TimeUnit unit;
    private final long[] keys;
    private final long[] customers;

    private Histories(TimeUnit unit, long[] keys, long[] customers) {
        this.unit = unit;
        this.keys = keys;
        this.customers = customers;
    }

    /**
     * @param keys histories by {@link #key}; equal ones are put together
     * @param customers how many customers have each
     */
    static Histories of(TimeUnit unit, long[] keys, long[] customers) {
        long[] sorted = keys.clone();
        Arrays.parallelSort(sorted);
        int distinct = 0;
        for (int i = 0; i < sorted.length; i++) {
            if (i == 0 || sorted[i] != sorted[i - 1]) {
                sorted[distinct++] = sorted[i];
            }
        }
        sorted = Arrays.copyOf(sorted, distinct);
        long[] counts = new long[distinct];
        for (int i = 0; i < keys.length; i++) {
            counts[Arrays.binarySearch(sorted, keys[i])] += customers[i];
        }
        return new Histories(unit, sorted, counts);
    }

    /**
     * A history in one number.
     *
     * @param repeats purchases after the first, less than two millions
     * @param lastDays days from the first purchase to the last, likewise
     * @param ageDays days from the first purchase to the end of what was observed, likewise
     */
    static long key(int repeats, int lastDays, int ageDays) {
        return ((long) repeats << (2 * BITS)) | ((long) lastDays << BITS) | ageDays;
    }

    /** The repeat purchases of a history in one number. */
    static int repeatsOf(long key) {
        return (int) (key >>> (2 * BITS));
    }

    int size() {
        return keys.length;
    }

    int repeats(int i) {
        return repeatsOf(keys[i]);
    }

    int lastDays(int i) {
        return (int) (keys[i] >>> BITS) & MASK;
    }

    int ageDays(int i) {
        return (int) keys[i] & MASK;
    }

    /** Time from the first purchase to the last. */
    double last(int i) {
        return unit.of(lastDays(i));
    }

    /** Time from the first purchase to the end. */
    double age(int i) {
        return unit.of(ageDays(i));
    }

    long customers(int i) {
        return customers[i];
    }

    TimeUnit unit() {
        return unit;
    }

    long totalCustomers() {
        return Arrays.stream(customers).sum();
    }

    /** Customers who bought again. */
    long repeatBuyers() {
        return IntStream.range(0, size())
                .filter(i -> repeats(i) > 0)
                .mapToLong(this::customers)
                .sum();
    }

    /** The days from the very first purchase to the end; 0 if there is none. */
    int longestDays() {
        return IntStream.range(0, size()).map(this::ageDays).max().orElse(0);
    }

    int mostRepeats() {
        return size() == 0 ? 0 : repeats(size() - 1);
    }

    /** Purchases after the first, in a unit of time. */
    double rate() {
        double bought = 0;
        double time = 0;
        for (int i = 0; i < size(); i++) {
            bought += (double) customers[i] * repeats(i);
            time += customers[i] * age(i);
        }
        return bought / time;
    }

    double meanAge() {
        double time = 0;
        for (int i = 0; i < size(); i++) {
            time += customers[i] * age(i);
        }
        return time / totalCustomers();
    }
}
