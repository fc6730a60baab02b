package io.clientele.bench;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.from_json;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lpad;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.pow;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import io.clientele.config.ConfigFolder;
import io.clientele.lake.DeltaLake;
import io.clientele.run.Session;
import io.clientele.schema.CustomerFigures;
import io.clientele.schema.CustomerRefs;
import io.clientele.schema.CustomerRfm;
import io.clientele.schema.CustomerSegments;
import io.clientele.schema.DimCustomers;
import io.clientele.segment.SegmentsJob;
import io.clientele.table.Field;
import io.clientele.table.Table;
import io.clientele.testing.LoneNight;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.FileSourceScanExec;
import org.apache.spark.sql.execution.QueryExecution;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.adaptive.AdaptiveSparkPlanExec;
import org.apache.spark.sql.execution.adaptive.QueryStageExec;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.util.QueryExecutionListener;
import scala.jdk.javaapi.CollectionConverters;

/** Two nights of 200 rules over made-up customers; prints one line of JSON for each. Arguments: customers, an empty folder. */
public final class SegmentsBench {

    private static final int RULES = 200;
    private static final LocalDate FIRST = LocalDate.of(2025, 11, 29);

    private SegmentsBench() {}

    /** How often plans read the table of customers. */
    private static final class Scans implements QueryExecutionListener {
        private final AtomicLong ofCustomers = new AtomicLong();

        @Override
        public void onSuccess(String function, QueryExecution query, long nanos) {
            ofCustomers.addAndGet(scans(query.executedPlan()));
        }

        @Override
        public void onFailure(String function, QueryExecution query, Exception exception) {}

        /** The log of a Delta table is read by Spark too. */
        private static boolean isOfCustomers(FileSourceScanExec scan) {
            String path = scan.relation().location().rootPaths().mkString();
            return path.contains(DimCustomers.TABLE.name()) && !path.contains("_delta_log");
        }

        private static long scans(SparkPlan plan) {
            long scans = plan instanceof FileSourceScanExec scan && isOfCustomers(scan) ? 1 : 0;
            if (plan instanceof AdaptiveSparkPlanExec adaptive) {
                scans += scans(adaptive.executedPlan());
            }
            if (plan instanceof QueryStageExec stage) {
                scans += scans(stage.plan());
            }
            return scans
                    + CollectionConverters.asJava(plan.children()).stream()
                            .mapToLong(Scans::scans)
                            .sum();
        }
    }

    public static void main(String[] arguments) throws Exception {
        long customers = Long.parseLong(arguments[0]);
        Path folder = Path.of(arguments[1]);
        SparkSession spark = Session.start(Map.of());
        spark.sparkContext().setLogLevel("ERROR");
        DeltaLake lake = new DeltaLake(spark, folder.resolve("lake").toString());
        SegmentsJob.JOB.reads().forEach(lake::createIfAbsent);
        var job = SegmentsJob.JOB.configured(new ConfigFolder(rules(folder)));
        for (int night = 0; night < 2; night++) {
            fill(spark, lake, customers, night);
            Scans scans = new Scans();
            spark.listenerManager().register(scans);
            long start = System.nanoTime();
            job.body().accept(new LoneNight(spark, lake, FIRST.plusDays(night)));
            double seconds = (System.nanoTime() - start) / 1e9;
            spark.sparkContext().listenerBus().waitUntilEmpty();
            spark.listenerManager().unregister(scans);
            Dataset<Row> memberships = lake.read(CustomerSegments.TABLE);
            System.out.printf(
                    Locale.ROOT,
                    "{\"data\":\"segments\",\"customers\":%d,\"rules\":%d,\"night\":%d,\"memberships\":%d,\"left\":%d,"
                            + "\"scans_of_customers\":%d,\"seconds\":%.1f}%n",
                    customers,
                    RULES,
                    night + 1,
                    memberships.count(),
                    memberships
                            .where(CustomerSegments.LEFT_ON.col().isNotNull())
                            .count(),
                    scans.ofCustomers.get(),
                    seconds);
        }
        spark.stop();
    }

    /** The marts; from one night to the next one customer in fifty has bought. */
    private static void fill(SparkSession spark, DeltaLake lake, long customers, int night) {
        Dataset<Row> ids = spark.range(customers)
                .select(concat(lit("C"), lpad(col("id").cast("string"), 20, "0"))
                        .as(DimCustomers.CUSTOMER_ID.column()));
        Column hasBought = number("bought", 50).equalTo(night);
        Column orders = when(number("buyer", 10).gt(2), number("orders", 12)).otherwise(0);
        lake.replace(
                DimCustomers.TABLE,
                rows(
                        ids,
                        DimCustomers.TABLE,
                        Map.of(
                                DimCustomers.KIND, lit("person"),
                                DimCustomers.DEPARTMENT,
                                        lpad(number("department", 95).cast("string"), 2, "0"),
                                DimCustomers.ORDERS,
                                        orders.plus(when(hasBought, 1).otherwise(0)),
                                DimCustomers.SALES_AMOUNT, orders.multiply(number("price", 90)))));
        lake.replace(
                CustomerFigures.TABLE,
                rows(
                        ids,
                        CustomerFigures.TABLE,
                        Map.of(
                                CustomerFigures.AS_OF, lit(FIRST.plusDays(night)),
                                CustomerFigures.ORDERS_12_MONTHS,
                                        orders.divide(3).cast("int"),
                                CustomerFigures.NET_AMOUNT_12_MONTHS, pow(number("amount", 40), lit(2)),
                                CustomerFigures.AVERAGE_BASKET, number("basket", 400),
                                CustomerFigures.DAYS_SINCE_ORDER,
                                        when(hasBought, 0).otherwise(number("days", 900)),
                                CustomerFigures.PRODUCTS,
                                        array(
                                                concat(
                                                        lit("P"),
                                                        number("one", 300).cast("string")),
                                                concat(
                                                        lit("P"),
                                                        number("two", 300).cast("string"))))));
        lake.replace(
                CustomerRfm.TABLE,
                rows(
                        ids,
                        CustomerRfm.TABLE,
                        Map.of(
                                CustomerRfm.AS_OF, lit(FIRST.plusDays(night)),
                                CustomerRfm.R, number("r", 5).plus(1),
                                CustomerRfm.F, number("f", 5).plus(1),
                                CustomerRfm.SEGMENT,
                                        element_at(
                                                array(lit("Champions"), lit("Loyal"), lit("At Risk"), lit("Lost")),
                                                number("segment", 4).plus(1).cast("int")))));
        lake.replace(
                CustomerRefs.TABLE,
                rows(
                        ids.limit(1),
                        CustomerRefs.TABLE,
                        Map.of(CustomerRefs.FIRST_SEEN_ON, lit(FIRST), CustomerRefs.CUSTOMER_REF, lit("card:1"))));
    }

    /** A number below another, always the same for a customer. */
    private static Column number(String what, int below) {
        return pmod(xxhash64(DimCustomers.CUSTOMER_ID.col(), lit(what)), lit(below))
                .cast("int");
    }

    /** Required columns that are not told have a value of no meaning. */
    private static Dataset<Row> rows(Dataset<Row> ids, Table table, Map<? extends Field, Column> values) {
        return ids.select(table.fields().stream()
                .map(field -> {
                    if (field.column().equals(DimCustomers.CUSTOMER_ID.column())) {
                        return field.col();
                    }
                    if (values.containsKey(field)) {
                        return field.is(values.get(field));
                    }
                    return field.spec().isRequired() ? field.is(any(field.spec().type())) : field.isNull();
                })
                .toArray(Column[]::new));
    }

    private static Column any(DataType type) {
        if (type instanceof ArrayType || type instanceof MapType) {
            return from_json(lit(type instanceof ArrayType ? "[]" : "{}"), type, Map.of());
        }
        return type instanceof StringType ? lit("any") : lit(0).cast("string");
    }

    /** Rules of five kinds, each over other columns, of one customer in ten or so. */
    private static Path rules(Path folder) throws IOException {
        List<String> kinds = List.of(
                "days_since_order between %1$d and %1$d + 60 and average_basket > 100",
                "array_contains(products, 'P%1$d') or orders_12_months > 3",
                "department in ('%2$02d', '%3$02d') and net_amount_12_months > %1$d",
                "customer_rfm.segment = 'Loyal' and customer_rfm.r * 10 + f > 20 + %2$d and average_basket < 150",
                "segmentations.size = 'large' and average_basket between %1$d and %1$d + 100");
        String targets = IntStream.range(0, RULES)
                .mapToObj(i -> "      rule_%d: {holds: \"%s\"}\n"
                        .formatted(i, kinds.get(i % kinds.size()).formatted(i, i % 30, i % 90)))
                .reduce("", String::concat);
        Path conf = Files.createDirectories(folder.resolve("conf"));
        Files.writeString(conf.resolve("customer_figures.yaml"), "signalDays: 90\n");
        Files.writeString(conf.resolve("segments.yaml"), """
                segmentations:
                  life_cycle:
                    firstOf:
                      lapsed: {holds: orders > 0 and days_since_order > 365}
                      loyal: {holds: orders_12_months >= 3}
                      customer: {holds: orders > 0}
                      contact: {holds: "true"}
                  size: {byShare: {of: net_amount_12_months, upTo: {large: 0.5, medium: 0.8, small: 1}}}
                  rfm: {valueOf: customer_rfm.segment}
                  targets:
                    everyOf:
                """ + targets);
        return conf;
    }
}
