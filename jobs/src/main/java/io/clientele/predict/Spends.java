package io.clientele.predict;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * What repeat buyers spent on average, the first purchase left out: customers of the same number of purchases and nearly the
 * same average are counted together, with the sum of the logarithms of their averages. They are in one order, whatever the order
 * in which they came.
 */
final class Spends {

    /**
     * @param repeats purchases after the first, at least one
     * @param buyers how many customers
     * @param average amount of a purchase, positive
     * @param logarithms sum over the customers of the logarithm of their average
     */
    record Count(int repeats, long buyers, double average, double logarithms) {}

    private final List<Count> counts;
    private final int[] groups;
    private final int[] repeatsOfGroups;

    private Spends(List<Count> counts) {
        this.counts = counts;
        this.repeatsOfGroups =
                counts.stream().mapToInt(Count::repeats).distinct().toArray();
        this.groups = counts.stream()
                .mapToInt(count -> Arrays.binarySearch(repeatsOfGroups, count.repeats()))
                .toArray();
    }

    static Spends of(List<Count> counts) {
        return new Spends(counts.stream()
                .sorted(Comparator.comparingInt(Count::repeats).thenComparingDouble(Count::average))
                .toList());
    }

    Spends dividedBy(double unit) {
        return new Spends(counts.stream()
                .map(count -> new Count(
                        count.repeats(),
                        count.buyers(),
                        count.average() / unit,
                        count.logarithms() - count.buyers() * Math.log(unit)))
                .toList());
    }

    int size() {
        return counts.size();
    }

    int repeats(int i) {
        return counts.get(i).repeats();
    }

    long buyers(int i) {
        return counts.get(i).buyers();
    }

    double average(int i) {
        return counts.get(i).average();
    }

    double logarithms(int i) {
        return counts.get(i).logarithms();
    }

    /** Which of the different numbers of purchases this is. */
    int group(int i) {
        return groups[i];
    }

    int groups() {
        return repeatsOfGroups.length;
    }

    int repeatsOfGroup(int group) {
        return repeatsOfGroups[group];
    }

    long totalBuyers() {
        return counts.stream().mapToLong(Count::buyers).sum();
    }

    /** What half of the customers spent at most, on average: no single amount moves it, however large it is. 0 of nobody. */
    double median() {
        long half = (totalBuyers() + 1) / 2;
        long buyers = 0;
        for (Count count : counts.stream()
                .sorted(Comparator.comparingDouble(Count::average))
                .toList()) {
            buyers += count.buyers();
            if (buyers >= half) {
                return count.average();
            }
        }
        return 0;
    }

    /**
     * The correlation between how often customers buy and how much they spend at a time, of the logarithms of both; NaN if all
     * are the same in one of them.
     */
    double correlation() {
        double n = 0;
        double often = 0;
        double much = 0;
        for (Count count : counts) {
            n += count.buyers();
            often += count.buyers() * Math.log(count.repeats());
            much += count.logarithms();
        }
        double often2 = 0;
        double much2 = 0;
        double both = 0;
        for (Count count : counts) {
            double x = Math.log(count.repeats()) - often / n;
            double z = count.logarithms() / count.buyers() - much / n;
            often2 += count.buyers() * x * x;
            much2 += count.buyers() * z * z;
            both += count.buyers() * x * z;
        }
        return both / Math.sqrt(often2 * much2);
    }
}
