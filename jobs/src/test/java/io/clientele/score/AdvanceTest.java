package io.clientele.score;

import static io.clientele.testing.Rows.completed;
import static io.clientele.testing.Rows.rows;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.LakeTables;
import io.clientele.Project;
import io.clientele.config.ConfigFolder;
import io.clientele.lake.Lake;
import io.clientele.run.Before;
import io.clientele.schema.CustomerRfm;
import io.clientele.schema.CustomerRfmSlices;
import io.clientele.schema.DimProducts;
import io.clientele.schema.FctOrderLines;
import io.clientele.schema.RfmCells;
import io.clientele.schema.RfmCuts;
import io.clientele.score.Slices.Monetary;
import io.clientele.score.Slices.Purchase;
import io.clientele.table.Table;
import io.clientele.testing.LoneNight;
import io.clientele.testing.MemoryLake;
import io.clientele.testing.SparkTest;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Marks that go on from those of the last run are those that all order lines give. */
@SparkTest
class AdvanceTest {

    private static final LocalDate FIRST = LocalDate.of(2025, 1, 31);
    private static final List<Table> MARTS =
            List.of(CustomerRfm.TABLE, CustomerRfmSlices.TABLE, RfmCuts.TABLE, RfmCells.TABLE);
    private static final String PRODUCTS = """
            product_id | brand
            p0         | Lune
            p1         | Soleil
            p2         |
            """;

    private final Map<Integer, String> lines = new TreeMap<>();
    private int number;

    @ParameterizedTest
    @CsvSource({"1, INVOICES, TOTAL", "2, PURCHASE_DAYS, MEAN"})
    void shouldEqualSummingUpAllWhateverTheNightsBring(
            long seed, Purchase purchase, Monetary monetary, SparkSession spark) {
        Random random = new Random(seed);
        RfmJob.Config config = config(purchase, monetary);
        Lake lake = new MemoryLake(spark);
        LocalDate date = FIRST;
        for (int i = 0; i < 150; i++) {
            order(random, date.minusDays(random.nextInt(25)));
        }
        lake.replace(FctOrderLines.TABLE, table(spark, lines.values()));
        lake.replace(DimProducts.TABLE, completed(spark, DimProducts.TABLE, PRODUCTS));
        Optional<Before> before = Optional.empty();
        for (int night = 0; night < 5; night++) {
            LoneNight run = new LoneNight(spark, lake, date, before);
            RfmJob.run(config, run);

            assertThat(run.warnings()).isEmpty();
            shouldEqualAll(spark, lake, date, config);
            before = Optional.of(before(lake, date));
            date = date.plusDays(random.nextInt(4));
            change(spark, lake, random, before.get().date(), date);
        }
    }

    @Test
    void shouldSumUpAllWhenProductsAreComparedByAnotherBrand(SparkSession spark) {
        Random random = new Random(4);
        RfmJob.Config config = config(Purchase.INVOICES, Monetary.TOTAL);
        Lake lake = new MemoryLake(spark);
        for (int i = 0; i < 30; i++) {
            order(random, FIRST.minusDays(random.nextInt(25)));
        }
        lake.replace(FctOrderLines.TABLE, table(spark, lines.values()));
        lake.replace(DimProducts.TABLE, completed(spark, DimProducts.TABLE, PRODUCTS));
        RfmJob.run(config, new LoneNight(spark, lake, FIRST));
        Before before = before(lake, FIRST);
        lake.replace(DimProducts.TABLE, completed(spark, DimProducts.TABLE, PRODUCTS.replace("Lune", "Terre")));

        LoneNight next = new LoneNight(spark, lake, FIRST.plusDays(1), Optional.of(before));
        RfmJob.run(config, next);

        assertThat(next.warnings()).containsExactly("all: products have changed what they are compared by");
        shouldEqualAll(spark, lake, FIRST.plusDays(1), config);
    }

    private static void shouldEqualAll(SparkSession spark, Lake lake, LocalDate date, RfmJob.Config config) {
        Lake all = new MemoryLake(spark);
        all.replace(FctOrderLines.TABLE, lake.read(FctOrderLines.TABLE));
        all.replace(DimProducts.TABLE, lake.read(DimProducts.TABLE));
        RfmJob.run(config, new LoneNight(spark, all, date));
        for (Table mart : MARTS) {
            LakeTables.assertSame(all.read(mart), lake.read(mart), mart);
        }
    }

    /** What a night may bring: orders of the days since, an order that comes late, one that is corrected, one that goes. */
    private void change(SparkSession spark, Lake lake, Random random, LocalDate from, LocalDate to) {
        List<Integer> gone = new ArrayList<>();
        List<String> come = new ArrayList<>();
        List<LocalDate> days = from.plusDays(1).datesUntil(to.plusDays(1)).toList();
        for (int i = 0; i < 12 && !days.isEmpty(); i++) {
            come.addAll(order(random, days.get(random.nextInt(days.size()))));
        }
        if (random.nextBoolean()) {
            come.addAll(order(random, from.minusDays(random.nextInt(20))));
        }
        if (random.nextBoolean()) {
            Integer corrected = List.copyOf(lines.keySet()).get(random.nextInt(lines.size()));
            lines.put(corrected, lines.get(corrected).replaceAll("c[0-9]+ ", "c" + random.nextInt(40) + " "));
            gone.add(corrected);
            come.add(lines.get(corrected));
        }
        if (random.nextBoolean()) {
            Integer taken = List.copyOf(lines.keySet()).get(random.nextInt(lines.size()));
            come.remove(lines.remove(taken));
            gone.add(taken);
        }
        lake.revise(
                FctOrderLines.TABLE,
                rows(
                                spark,
                                FctOrderLines.TABLE,
                                "order_line_id\n"
                                        + gone.stream().map(id -> "l" + id).collect(joining("\n")))
                        .select(FctOrderLines.ORDER_LINE_ID.col()),
                table(spark, come));
    }

    private List<String> order(Random random, LocalDate day) {
        List<String> come = new ArrayList<>();
        int order = ++number;
        for (int line = 0; line <= random.nextInt(3); line++) {
            String text = "l%d | o%d | c%d | p%d | 2025-01-01T00:00:00Z | %s | sale | web | k%d | 1 | %d | %s | %s"
                    .formatted(
                            ++number,
                            order,
                            order % 40,
                            random.nextInt(3),
                            day,
                            random.nextInt(3),
                            random.nextInt(50) + 1,
                            random.nextInt(9) == 0 ? "XAF" : "EUR",
                            random.nextInt(9) == 0 ? "" : random.nextInt(50) + 1);
            lines.put(number, text);
            come.add(text);
        }
        return come;
    }

    private static Dataset<Row> table(SparkSession spark, Iterable<String> texts) {
        return completed(
                spark,
                FctOrderLines.TABLE,
                "order_line_id | order_id | customer_id | product_id | ordered_at | ordered_on | line_kind | channel | country |"
                        + " quantity | unit_price | currency | amount\n"
                        + String.join("\n", texts));
    }

    private static Before before(Lake lake, LocalDate date) {
        return new Before(
                "the last run",
                date,
                "",
                Map.of(
                        FctOrderLines.TABLE.qualifiedName(), lake.version(FctOrderLines.TABLE),
                        DimProducts.TABLE.qualifiedName(), lake.version(DimProducts.TABLE)),
                Map.of());
    }

    private static RfmJob.Config config(Purchase purchase, Monetary monetary) {
        RfmJob.Config shipped = new ConfigFolder(Project.ROOT.resolve("conf")).read("rfm", RfmJob.Config.class);
        Map<String, Integer> windows = new LinkedHashMap<>();
        windows.put("ten", 10);
        windows.put("two", 2);
        windows.put("ever", 0);
        return new RfmJob.Config(
                windows,
                List.of("country", "brand", "currency"),
                purchase,
                monetary,
                shipped.weights(),
                shipped.segments(),
                shipped.points());
    }
}
