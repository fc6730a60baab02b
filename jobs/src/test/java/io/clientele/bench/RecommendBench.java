package io.clientele.bench;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import io.clientele.config.ConfigFolder;
import io.clientele.lake.DeltaLake;
import io.clientele.lake.Lake;
import io.clientele.predict.recommend.RecommendationsJob;
import io.clientele.run.Session;
import io.clientele.schema.DimProducts;
import io.clientele.schema.FctOrderLines;
import io.clientele.schema.ProductRecommendations;
import io.clientele.testing.LoneNight;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The job on lakes: how many held-out last baskets hold something recommended, beside something popular, and how long it
 * takes. The arguments: a file for lines of JSON, a folder to work in, configuration and lake of the real order lines
 * (the latter {@code -} if there is none), configuration of the baskets that are made up, and for how many customers.
 */
public final class RecommendBench {

    private static final LocalDate REAL_DATE = LocalDate.of(2011, 12, 10);
    private static final LocalDate MADE_UP_DATE = LocalDate.of(2025, 11, 30);
    private static final int THINGS = 1_000;

    private final SparkSession spark;
    private final Path file;
    private final Path folder;

    private RecommendBench(SparkSession spark, Path file, Path folder) {
        this.spark = spark;
        this.file = file;
        this.folder = folder;
    }

    @SuppressWarnings("SystemOut") // what it measures is told there
    public static void main(String[] arguments) throws IOException {
        SparkSession spark = Session.start(Map.of("spark.master", "local[*]", "spark.ui.enabled", "false"));
        var bench = new RecommendBench(spark, Path.of(arguments[0]), Path.of(arguments[1]));
        System.out.printf(
                "%-36s %10s %9s %7s %12s %10s %9s%n",
                "data", "customers", "hit rate", "MRR", "popular hits", "their MRR", "seconds");
        if (!arguments[3].equals("-")) {
            Path conf = Path.of(arguments[2]);
            Lake real = new DeltaLake(spark, arguments[3]);
            bench.measure("online_retail", real, conf, REAL_DATE);
            bench.measure("online_retail, new products only", real, bench.withoutRepeats(conf), REAL_DATE);
        }
        Path conf = Path.of(arguments[4]);
        long customers = Long.parseLong(arguments[5]);
        bench.measure("planted", bench.planted(customers), conf, MADE_UP_DATE);
    }

    @SuppressWarnings("SystemOut")
    private void measure(String data, Lake lake, Path conf, LocalDate date) throws IOException {
        Path confFolder = Files.createTempDirectory(folder, "conf");
        Files.copy(conf, confFolder.resolve("recommendations.yaml"));
        var night = new LoneNight(spark, lake, date);
        long begin = System.nanoTime();
        RecommendationsJob.JOB.configured(new ConfigFolder(confFolder)).body().accept(night);
        double seconds = (System.nanoTime() - begin) / 1e9;
        Map<String, Double> metrics = night.metrics();
        long recommendations = lake.read(ProductRecommendations.TABLE).count();
        System.out.printf(
                Locale.ROOT,
                "%-36s %,10.0f %9.4f %7.4f %12.4f %10.4f %9.1f%n",
                data,
                metrics.get("held_out.customers"),
                metrics.get("hit_rate"),
                metrics.get("mrr"),
                metrics.get("popularity.hit_rate"),
                metrics.get("popularity.mrr"),
                seconds);
        String json = String.format(
                Locale.ROOT,
                "{\"data\":\"%s\",\"held_out_customers\":%.0f,\"places\":%.0f,\"hit_rate\":%.4f,\"mrr\":%.4f,"
                        + "\"popularity_hit_rate\":%.4f,\"popularity_mrr\":%.4f,\"recommendations\":%d,\"seconds\":%.1f}",
                data,
                metrics.get("held_out.customers"),
                metrics.get("held_out.places"),
                metrics.get("hit_rate"),
                metrics.get("mrr"),
                metrics.get("popularity.hit_rate"),
                metrics.get("popularity.mrr"),
                recommendations,
                seconds);
        System.out.println(json);
        Files.writeString(file, json + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** The configuration under which no product is one that is bought again. */
    private Path withoutRepeats(Path conf) throws IOException {
        Path changed = Files.createTempFile(folder, "conf", ".yaml");
        Files.writeString(changed, Files.readString(conf).replaceAll("leastBuyers: \\d+", "leastBuyers: 2000000000"));
        return changed;
    }

    /**
     * Customers with four baskets of three products, some of which sell much; each product has a partner, which in a third of
     * the cases is in the next basket. The last basket is of the last days.
     */
    private Lake planted(long customers) {
        String random = "pmod(xxhash64(customer, basket, place, %d), 1000000) / 1e6";
        String thing = "cast(floor(%d * pow(%s, 3)) as int)".formatted(THINGS, random.formatted(1));
        Dataset<Row> lines = spark.range(customers)
                .withColumn("customer", col("id"))
                .withColumn("basket", expr("explode(sequence(0, 3))"))
                .withColumn("place", expr("explode(sequence(0, 2))"))
                .withColumn("thing", expr(thing))
                .withColumn(
                        "day",
                        expr(
                                "date_sub(date'2025-11-30', cast((3 - basket) * 30 + pmod(xxhash64(customer), 14) as int))"));
        Dataset<Row> partners = lines.where(expr("basket < 3 and " + random.formatted(2) + " < 1 / 3"))
                .withColumn("basket", expr("basket + 1"))
                .withColumn("day", expr("date_add(day, 30)"))
                .withColumn("place", expr("place + 3"))
                .withColumn("thing", expr("thing + " + THINGS));
        // Somebody buys both at once, so that it can be learned.
        Dataset<Row> together = lines.where(expr(random.formatted(3) + " < 0.1"))
                .withColumn("place", expr("place + 6"))
                .withColumn("thing", expr("thing + " + THINGS));
        Dataset<Row> sold = lines.unionByName(partners).unionByName(together);
        Lake lake = new DeltaLake(spark, folder.resolve("planted").toString());
        lake.replace(
                FctOrderLines.TABLE,
                sold.select(
                        FctOrderLines.ORDER_LINE_ID.is(expr("concat_ws('-', customer, basket, place)")),
                        FctOrderLines.ORDER_ID.is(expr("concat_ws('-', customer, basket)")),
                        FctOrderLines.CUSTOMER_ID.is(expr("concat('c', customer)")),
                        FctOrderLines.PRODUCT_ID.is(expr("concat('p', thing)")),
                        FctOrderLines.ORDERED_AT.is(col("day")),
                        FctOrderLines.ORDERED_ON.is(col("day")),
                        FctOrderLines.LINE_KIND.is(lit("sale")),
                        FctOrderLines.CHANNEL.is(lit("web")),
                        FctOrderLines.COUNTRY.is(lit("FR")),
                        FctOrderLines.QUANTITY.is(lit(1)),
                        FctOrderLines.UNIT_PRICE.is(expr("10 + thing % 50")),
                        FctOrderLines.CURRENCY.is(lit("EUR")),
                        FctOrderLines.AMOUNT.is(expr("10 + thing % 50"))));
        lake.replace(
                DimProducts.TABLE,
                spark.range(2 * THINGS)
                        .select(
                                DimProducts.PRODUCT_ID.is(expr("concat('p', id)")),
                                DimProducts.LABEL.is(expr("concat('p', id)")),
                                DimProducts.PRODUCT_GROUP.is(expr("concat('group ', id % 20)")),
                                DimProducts.BRAND.isNull(),
                                DimProducts.LIST_PRICE.is(expr("10 + id % 50")),
                                DimProducts.IS_LISTED.is(lit(true)),
                                DimProducts.UNITS_SOLD.is(lit(0)),
                                DimProducts.SALES_AMOUNT.is(lit(0))));
        return lake;
    }
}
