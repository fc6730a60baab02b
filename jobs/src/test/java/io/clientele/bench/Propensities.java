package io.clientele.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.clientele.lake.DeltaLake;
import io.clientele.lake.Lake;
import io.clientele.predict.propensity.PropensityComparison;
import io.clientele.run.Session;
import io.clientele.schema.Events;
import io.clientele.schema.FctOrderLines;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Purchase propensity and churn: {@code known <customers> <folder>} or {@code retail <folder of csv> <folder>}. */
public final class Propensities {

    private static final List<String> COLUMNS =
            List.of("auc", "pr_auc", "brier", "log_loss", "calibration_error", "lift_of_first_decile", "base_rate");

    private Propensities() {}

    public static void main(String[] arguments) throws IOException {
        Configurator.setRootLevel(Level.ERROR);
        SparkSession spark = Session.start(Map.of());
        Lake lake = new DeltaLake(spark, Path.of(arguments[2]).toUri().toString());
        if (arguments[0].equals("known")) {
            long customers = Long.parseLong(arguments[1]);
            print("known_process", customers, () -> PropensityComparison.onKnownProcess(spark, lake, customers));
        } else {
            fill(spark, lake, arguments[1]);
            List<LocalDate> dates =
                    List.of(LocalDate.of(2011, 10, 10), LocalDate.of(2011, 11, 9), LocalDate.of(2011, 12, 9));
            print("online_retail", 4_372, () -> PropensityComparison.onOrderLines(spark, lake, dates));
        }
        spark.stop();
    }

    private static void print(String data, long customers, Supplier<List<PropensityComparison.Line>> comparison)
            throws IOException {
        Instant start = Instant.now();
        List<PropensityComparison.Line> lines = comparison.get();
        long seconds = Duration.between(start, Instant.now()).toSeconds();
        System.out.printf("%n%s, %,d customers, %d s%n%n", data, customers, seconds);
        System.out.printf("%-10s %-10s %-24s %8s", "target", "as of", "model", "judged");
        COLUMNS.forEach(column -> System.out.printf(" %9s", column.replaceAll("_(of|error).*", "")));
        System.out.println();
        for (String group : new TreeSet<>(
                lines.stream().map(line -> line.target() + line.cutOff()).toList())) {
            lines.stream()
                    .filter(line -> (line.target() + line.cutOff()).equals(group))
                    .forEach(Propensities::print);
        }
        System.out.println();
        ObjectMapper json = new ObjectMapper();
        for (PropensityComparison.Line line : lines) {
            Map<String, Object> values = new LinkedHashMap<>();
            values.put("data", data);
            values.put("customers", customers);
            values.put("target", line.target());
            values.put("cut_off", line.cutOff().toString());
            values.put("model", line.model());
            values.put("judged", line.customers());
            values.putAll(line.metrics());
            values.put("seconds_of_all", seconds);
            System.out.println(json.writeValueAsString(values));
        }
    }

    private static void print(PropensityComparison.Line line) {
        System.out.printf("%-10s %-10s %-24s %8d", line.target(), line.cutOff(), line.model(), line.customers());
        COLUMNS.forEach(column -> System.out.printf(" %9.4f", line.metrics().get(column)));
        System.out.println();
    }

    /** The order lines of UCI Online Retail, as {@code conf/examples/online_retail} reads them. */
    private static void fill(SparkSession spark, Lake lake, String folder) {
        Dataset<Row> read =
                spark.read().option("header", true).option("escape", "\"").csv(folder);
        lake.replace(
                FctOrderLines.TABLE,
                read.selectExpr(
                                "uuid() as order_line_id",
                                "InvoiceNo as order_id",
                                "regexp_replace(CustomerID, '[.]0$', '') as customer_id",
                                "StockCode as product_id",
                                "to_timestamp(InvoiceDate, 'yyyy-MM-dd HH:mm:ss') as ordered_at",
                                "to_date(InvoiceDate, 'yyyy-MM-dd HH:mm:ss') as ordered_on",
                                "case when left(InvoiceNo, 1) = 'C' then 'cancellation' when left(InvoiceNo, 1) = 'A'"
                                        + " then 'adjustment' when cast(Quantity as int) <= 0 or cast(UnitPrice as decimal(14,4)) <= 0 then 'gift' else 'sale'"
                                        + " end as line_kind",
                                "'web' as channel",
                                "Country as country",
                                "cast(Quantity as decimal(12,3)) as quantity",
                                "cast(UnitPrice as decimal(14,4)) as unit_price",
                                "'GBP' as currency",
                                "cast(cast(Quantity as decimal(12,3)) * cast(UnitPrice as decimal(14,4)) as decimal(24,4)) as amount")
                        .select(FctOrderLines.TABLE.columns()));
        lake.createIfAbsent(Events.TABLE);
    }
}
