package io.clientele.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clientele.bench.NightTasks.Work;
import io.clientele.lake.DeltaLake;
import io.clientele.run.AtOnce;
import io.clientele.run.Session;
import io.clientele.schema.DimProducts;
import io.clientele.schema.FctOrderLines;
import io.clientele.table.Table;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/**
 * What nights took, of each job, beside DuckDB on the files that they left. Arguments: the folder with what
 * {@code scripts/bench night} kept, and the memory that DuckDB may take.
 */
final class NightBench {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> NIGHTS = List.of("full", "more", "again");

    private NightBench() {}

    public static void main(String[] arguments) throws IOException, SQLException {
        Path folder = Path.of(arguments[0]);
        Map<String, Object> figures = new LinkedHashMap<>();
        Map<String, JsonNode> nights = new LinkedHashMap<>();
        Map<String, Map<String, Work>> work = new LinkedHashMap<>();
        for (String night : NIGHTS) {
            JsonNode run = JSON.readTree(folder.resolve(night + ".json").toFile());
            nights.put(night, run);
            figures.put(night + "_seconds", run.get("seconds").asDouble());
            figures.put(night + "_peak_heap_mb", number(folder.resolve(night + ".heap")));
            work.put(night, NightTasks.of(folder.resolve(night + ".events")));
            Work all = work.get(night).values().stream().reduce(Work.NONE, Work::plus);
            figures.put(night + "_core_seconds", all.coreSeconds());
            figures.put(night + "_cpu_seconds", all.cpuSeconds());
            figures.put(night + "_read_bytes", all.readBytes());
            figures.put(night + "_shuffled_bytes", all.shuffledBytes());
            figures.put(night + "_lake_bytes", number(folder.resolve(night + ".stored")));
        }
        Map<String, Double> duckdb = new LinkedHashMap<>();
        String lines;
        String products;
        try (SparkSession spark = Session.start(Map.of())) {
            DeltaLake lake = new DeltaLake(spark, folder.resolve("lake").toString());
            figures.put("order_lines", lake.read(FctOrderLines.TABLE).count());
            lines = files(lake, FctOrderLines.TABLE);
            products = files(lake, DimProducts.TABLE);
        }
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute("set threads = 2");
            statement.execute("set memory_limit = '%sB'".formatted(arguments[1].toUpperCase(Locale.ROOT)));
            for (Map.Entry<String, String> query :
                    queries(folder, lines, products).entrySet()) {
                long start = System.nanoTime();
                statement.execute(query.getValue());
                duckdb.put(query.getKey(), (System.nanoTime() - start) / 1e9);
            }
        }
        figures.put("duckdb_seconds", duckdb);
        Map<String, Map<String, Double>> jobs = seconds(nights);
        figures.put("job_seconds", jobs);
        figures.put("job_tasks", work);
        double readingSpeed = readingSpeed(folder.resolve("lake"));
        figures.put("bytes_read_per_second", readingSpeed);
        print(figures, jobs, duckdb, System.out);
        print(work, readingSpeed, System.out);
        System.out.println(JSON.writeValueAsString(figures));
    }

    private static long number(Path file) throws IOException {
        return Long.parseLong(Files.readString(file).strip());
    }

    private static String files(DeltaLake lake, Table table) {
        return Stream.of(lake.read(table).inputFiles())
                .map(file -> "'" + Path.of(URI.create(file)) + "'")
                .collect(Collectors.joining(", ", "[", "]"));
    }

    /** By job, of each night. */
    private static Map<String, Map<String, Double>> seconds(Map<String, JsonNode> nights) {
        Map<String, Map<String, Double>> seconds = new LinkedHashMap<>();
        nights.forEach((night, run) -> run.get("jobs")
                .forEach(job -> seconds.computeIfAbsent(job.get("job").asText(), none -> new LinkedHashMap<>())
                        .put(night, job.get("seconds").asDouble())));
        return seconds;
    }

    /** What the jobs of these names do, as one would write it in SQL. */
    private static Map<String, String> queries(Path folder, String lines, String products) {
        Map<String, String> queries = new LinkedHashMap<>();
        queries.put("rfm", """
                copy (
                    select customer_id, max(day) as last_day, count(*) as frequency, sum(amount) as monetary,
                        ntile(5) over (order by max(day)) as r, ntile(5) over (order by count(*)) as f,
                        ntile(5) over (order by sum(amount)) as m
                    from (
                        select customer_id, order_id, ordered_on as day, sum(amount) as amount
                        from read_parquet(%s)
                        where line_kind = 'sale' and customer_id is not null and amount is not null
                        group by all)
                    group by customer_id) to '%s' (format parquet)""".formatted(lines, folder.resolve("rfm.parquet")));
        queries.put("sales_cube", """
                copy (
                    select strftime(ordered_on, '%%Y-%%m') as month, country, channel, product_group, count(*) as lines,
                        sum(quantity) as units, sum(amount) as amount
                    from read_parquet(%s) left join read_parquet(%s) using (product_id)
                    where line_kind = 'sale' and amount is not null
                    group by cube (month, country, channel, product_group)) to '%s' (format parquet)""".formatted(lines, products, folder.resolve("cube.parquet")));
        return queries;
    }

    private static void print(
            Map<String, Object> figures,
            Map<String, Map<String, Double>> jobs,
            Map<String, Double> duckdb,
            PrintStream out) {
        out.printf(Locale.ROOT, "%,d order lines%n%n", (Long) figures.get("order_lines"));
        out.printf("%-26s%18s%18s%18s%18s%n", "", "full night", "1 % more", "again", "DuckDB");
        List<String> names = new ArrayList<>(jobs.keySet());
        for (String job : names) {
            Map<String, Double> of = jobs.get(job);
            row(out, job, of.get("full"), of.get("more"), of.get("again"), duckdb.get(job));
        }
        out.println();
        for (String what : List.of(
                "seconds",
                "core_seconds",
                "cpu_seconds",
                "peak_heap_mb",
                "read_bytes",
                "shuffled_bytes",
                "lake_bytes")) {
            row(
                    out,
                    what,
                    ((Number) figures.get("full_" + what)).doubleValue(),
                    ((Number) figures.get("more_" + what)).doubleValue(),
                    ((Number) figures.get("again_" + what)).doubleValue(),
                    null);
        }
        double full = (Double) figures.get("full_seconds");
        out.printf(
                Locale.ROOT,
                "%nfull: %,.0f lines per second; 1 %% more: %.0f %% of the full night%n",
                (Long) figures.get("order_lines") / full,
                100 * (Double) figures.get("more_seconds") / full);
    }

    /** Where the work goes, and how much of it would be left if it were nothing but reading. */
    private static void print(Map<String, Map<String, Work>> nights, double readingSpeed, PrintStream out) {
        Map<String, Work> full = nights.get("full");
        Map<String, Work> more = nights.get("more");
        out.printf("%nOf tasks: seconds of a core, megabytes read and shuffled%n");
        out.printf(
                "%-26s%18s%12s%12s%18s%12s%12s%n",
                "", "full night", "read", "shuffled", "1 % more", "read", "shuffled");
        full.keySet().stream()
                .sorted(Comparator.comparing(job -> -full.get(job).coreSeconds()))
                .forEach(job -> {
                    Work of = full.get(job);
                    Work then = more.getOrDefault(job, Work.NONE);
                    out.printf(
                            Locale.ROOT,
                            "%-26s%18.1f%12.0f%12.0f%18.1f%12.0f%12.0f%n",
                            job,
                            of.coreSeconds(),
                            of.readBytes() / 1e6,
                            of.shuffledBytes() / 1e6,
                            then.coreSeconds(),
                            then.readBytes() / 1e6,
                            then.shuffledBytes() / 1e6);
                });
        double bytes = full.values().stream()
                .mapToDouble(work -> work.readBytes() + 2.0 * work.shuffledBytes())
                .sum();
        out.printf(
                Locale.ROOT,
                "%nTwo cores read files of the lake at %,.0f MB/s here: what the full night read, and what it shuffled, twice, would"
                        + " take %.1f s at that speed.%n",
                readingSpeed / 1e6,
                bytes / readingSpeed);
    }

    /** Bytes per second, of files that were just written, with two at a time. */
    private static double readingSpeed(Path lake) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(lake)) {
            files = all.filter(file -> file.toString().endsWith(".parquet")).toList();
        }
        long start = System.nanoTime();
        long bytes =
                AtOnce.all(IntStream.range(0, 2)
                                .<Callable<Long>>mapToObj(part -> () -> read(files, part))
                                .toList())
                        .stream()
                        .mapToLong(Long::longValue)
                        .sum();
        return bytes / ((System.nanoTime() - start) / 1e9);
    }

    private static long read(List<Path> files, int part) throws IOException {
        byte[] buffer = new byte[1 << 20];
        long bytes = 0;
        for (int i = part; i < files.size(); i += 2) {
            try (InputStream file = Files.newInputStream(files.get(i))) {
                for (int read = file.read(buffer); read >= 0; read = file.read(buffer)) {
                    bytes += read;
                }
            }
        }
        return bytes;
    }

    private static void row(PrintStream out, String name, Double... values) {
        out.printf("%-26s", name);
        for (Double value : values) {
            out.printf(Locale.ROOT, "%18s", value == null ? "" : String.format(Locale.ROOT, "%,.1f", value));
        }
        out.println();
    }
}
