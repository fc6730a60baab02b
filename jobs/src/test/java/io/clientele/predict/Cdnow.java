package io.clientele.predict;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.clientele.Project;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The CDNOW sample: 2,357 customers who first bought in the first quarter of 1997, and what they bought until June 1998. */
public final class Cdnow {

    /** The end of the months on which the published fits stand, and that of the sample. */
    public static final LocalDate CUT = LocalDate.of(1997, 9, 30);

    public static final LocalDate END = LocalDate.of(1998, 6, 30);

    private static final Path FILE = Project.data().resolve("retail/CDNOW_sample.txt");

    /** For each customer what was spent on each day of a purchase. */
    private final Map<String, NavigableMap<LocalDate, BigDecimal>> customers;

    private Cdnow(Map<String, NavigableMap<LocalDate, BigDecimal>> customers) {
        this.customers = customers;
    }

    public static boolean isThere() {
        return Files.exists(FILE);
    }

    /** The sample; the test is skipped where it is not. */
    public static Cdnow read() {
        assumeTrue(isThere(), "skipped: no " + FILE);
        Map<String, NavigableMap<LocalDate, BigDecimal>> customers = new TreeMap<>();
        try {
            for (String line : Files.readAllLines(FILE)) {
                String[] cells = line.strip().split(" +", -1);
                customers
                        .computeIfAbsent(cells[1], id -> new TreeMap<>())
                        .merge(
                                LocalDate.parse(cells[2], DateTimeFormatter.BASIC_ISO_DATE),
                                new BigDecimal(cells[4]),
                                BigDecimal::add);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Cdnow(customers);
    }

    /** For each customer what was spent on each day of a purchase. */
    public Map<String, NavigableMap<LocalDate, BigDecimal>> customers() {
        return customers;
    }

    /** The histories until the cut, in weeks. */
    public Histories histories() {
        return histories(TimeUnit.WEEKS);
    }

    Histories histories(TimeUnit unit) {
        long[] keys = customers.values().stream()
                .map(days -> days.headMap(CUT, true))
                .mapToLong(days -> Histories.key(
                        days.size() - 1, (int) ChronoUnit.DAYS.between(days.firstKey(), days.lastKey()), (int)
                                ChronoUnit.DAYS.between(days.firstKey(), CUT)))
                .toArray();
        long[] ones = new long[keys.length];
        Arrays.fill(ones, 1);
        return Histories.of(unit, keys, ones);
    }

    /** What those who bought again until the cut spent at their repeat purchases. */
    public Spends spends() {
        List<Spends.Count> counts = new ArrayList<>();
        customers.values().stream()
                .map(days -> days.headMap(CUT, true))
                .filter(days -> days.size() > 1)
                .forEach(days -> {
                    BigDecimal total = days.values().stream().skip(1).reduce(BigDecimal.ZERO, BigDecimal::add);
                    double average = total.doubleValue() / (days.size() - 1);
                    counts.add(new Spends.Count(days.size() - 1, 1, average, Math.log(average)));
                });
        return Spends.of(counts);
    }

    /** Purchases after the cut, of all. */
    public int purchasesAfterTheCut() {
        return customers.values().stream()
                .mapToInt(days -> days.tailMap(CUT, false).size())
                .sum();
    }
}
