package io.clientele.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.OperatingSystemMXBean;
import io.clientele.Project;
import io.clientele.config.ConfigFolder;
import io.clientele.run.Session;
import io.clientele.schema.DimProducts;
import io.clientele.score.RfmJob;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/**
 * Order lines summed up, cut and scored by the transforms of the job, and by DuckDB. Arguments: {@code clientele},
 * {@code duckdb} or {@code compare}, the folder with the lines, and for {@code duckdb} the memory that it may take, for
 * {@code compare} the peak of the heap in megabytes.
 */
final class RfmBench {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final LocalDate DATE = LocalDate.of(2025, 11, 30);
    private static final int DAYS = 365;
    private static final int RUNS = 2;

    private RfmBench() {}

    public static void main(String[] arguments) throws IOException, SQLException {
        Path folder = Path.of(arguments[1]);
        switch (arguments[0]) {
            case "clientele" -> keep(folder, "clientele", clientele(folder));
            case "duckdb" -> keep(folder, "duckdb", duckdb(folder, arguments[2]));
            default -> compare(folder, Integer.parseInt(arguments[2]), System.out);
        }
    }

    /** Seconds of a run, and how long its threads kept a core busy: the same on a machine that others use too. */
    private record Took(double seconds, double cores) {
        static Took since(long start, long startOfCores) {
            return new Took((System.nanoTime() - start) / 1e9, (coreNanos() - startOfCores) / 1e9);
        }
    }

    private static long coreNanos() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    private static Took[] clientele(Path folder) throws IOException {
        RfmJob.Config shipped = new ConfigFolder(Project.ROOT.resolve("conf")).read("rfm", RfmJob.Config.class);
        RfmJob.Config config = new RfmJob.Config(
                Map.of("last_12_months", DAYS),
                List.of(),
                shipped.frequency(),
                shipped.monetary(),
                shipped.weights(),
                shipped.segments(),
                shipped.points());
        try (SparkSession spark = Session.start(Map.of())) {
            Dataset<Row> products = spark.createDataFrame(List.of(), DimProducts.TABLE.schema());
            Took[] took = new Took[RUNS];
            for (int run = 0; run < RUNS; run++) {
                long start = System.nanoTime();
                long startOfCores = coreNanos();
                Dataset<Row> lines =
                        spark.read().parquet(folder.resolve("lines").toString());
                Dataset<Row> summed =
                        RfmJob.summarise(lines, products, DATE, config).persist(StorageLevel.MEMORY_AND_DISK());
                String cuts = folder.resolve("clientele.cuts").toString();
                RfmJob.cuts(summed, DATE).write().mode("overwrite").parquet(cuts);
                RfmJob.score(summed, spark.read().parquet(cuts), DATE, config)
                        .write()
                        .mode("overwrite")
                        .parquet(folder.resolve("clientele.scores").toString());
                summed.unpersist(true);
                took[run] = Took.since(start, startOfCores);
            }
            return took;
        }
    }

    private static Took[] duckdb(Path folder, String memory) throws SQLException {
        Took[] took = new Took[RUNS];
        for (int run = 0; run < RUNS; run++) {
            try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                    Statement statement = connection.createStatement()) {
                statement.execute("set threads = 2");
                statement.execute("set memory_limit = '%sB'".formatted(memory.toUpperCase(Locale.ROOT)));
                statement.execute("set preserve_insertion_order = false");
                statement.execute("set temp_directory = '%s'".formatted(folder.resolve("duckdb.tmp")));
                long start = System.nanoTime();
                long startOfCores = coreNanos();
                for (String query : queries(folder)) {
                    statement.execute(query);
                }
                took[run] = Took.since(start, startOfCores);
            }
        }
        return took;
    }

    /** What the job does, as one would write it in SQL. */
    private static List<String> queries(Path folder) {
        return List.of(
                """
                create table customers as
                select customer_id, date '%1$s' - max(day) as recency, count(*) as frequency, sum(amount) as monetary
                from (
                    select customer_id, order_id, max(ordered_on) as day, sum(amount) as amount
                    from read_parquet('%2$s/lines/*.parquet')
                    where line_kind = 'sale' and customer_id is not null and amount is not null
                        and ordered_on <= date '%1$s' and ordered_on > date '%1$s' - %3$d
                    group by customer_id, order_id)
                group by customer_id""".formatted(DATE, folder, DAYS),
                """
                create table cuts as
                select quantile_disc(recency, [0.2, 0.4, 0.6, 0.8]) as r, quantile_disc(frequency, [0.2, 0.4, 0.6, 0.8]) as f,
                    quantile_disc(monetary, [0.2, 0.4, 0.6, 0.8]) as m
                from customers""",
                """
                copy (
                    select *, concat(r, f, m) as code,
                        case concat(r, (f + m + 1) // 2)
                            when '55' then 'Champions' when '54' then 'Champions' when '45' then 'Champions'
                            when '52' then 'Potential Loyalists' when '42' then 'Potential Loyalists'
                            when '33' then 'Potential Loyalists' when '43' then 'Potential Loyalists'
                            when '53' then 'Loyal' when '44' then 'Loyal' when '35' then 'Loyal' when '34' then 'Loyal'
                            when '51' then 'Recent' when '41' then 'Promising' when '31' then 'Promising'
                            when '32' then 'Needing Attention' when '23' then 'Needing Attention'
                            when '22' then 'Needing Attention' when '21' then 'About To Sleep'
                            when '25' then 'At Risk' when '24' then 'At Risk' when '13' then 'At Risk'
                            when '15' then 'Can''t Lose Them' when '14' then 'Can''t Lose Them'
                            when '12' then 'Hibernating' when '11' then 'Lost' end as segment,
                        round((2 * r + f + m) / 4, 4) as score,
                        case when recency < 30 then 5 when recency < 150 then 2 else 0 end
                            + case when frequency > 10 then 4 when frequency >= 2 then 2 else 0 end
                            + case when monetary > 50 then 3 when monetary >= 20 then 1 else 0 end as points
                    from (
                        select c.*,
                            5 - (recency > q.r[1])::int - (recency > q.r[2])::int - (recency > q.r[3])::int
                                - (recency > q.r[4])::int as r,
                            1 + (frequency > q.f[1])::int + (frequency > q.f[2])::int + (frequency > q.f[3])::int
                                + (frequency > q.f[4])::int as f,
                            1 + (monetary > q.m[1])::int + (monetary > q.m[2])::int + (monetary > q.m[3])::int
                                + (monetary > q.m[4])::int as m
                        from customers as c, cuts as q)
                ) to '%1$s/duckdb.scores' (format parquet)""".formatted(folder),
                "copy (select * from cuts) to '%s/duckdb.cuts' (format parquet)".formatted(folder));
    }

    private static void keep(Path folder, String who, Took[] took) throws IOException {
        Files.writeString(folder.resolve(who + ".took"), JSON.writeValueAsString(took));
    }

    private static void compare(Path folder, int peakHeap, PrintStream out) throws IOException, SQLException {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("bench", "rfm");
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute("create view lines as from read_parquet('%s/lines/*.parquet')".formatted(folder));
            statement.execute(
                    "create view clientele as from read_parquet('%s/clientele.scores/*.parquet')".formatted(folder));
            statement.execute("create view duckdb as from read_parquet('%s/duckdb.scores')".formatted(folder));
            statement.execute("create view cuts as from read_parquet('%s/clientele.cuts/*.parquet')".formatted(folder));
            figures.put("lines", answer(statement, "select count(*) from lines"));
            figures.put("customers", answer(statement, "select count(*) from clientele"));
            figures.put("purchases", answer(statement, "select sum(frequency)::bigint from clientele"));
            figures.put("scored_differently", answer(statement, """
                    select count(*) from clientele as c full join duckdb as d on c.customer_id = d.customer_id
                    where (c.recency_days, c.frequency, c.monetary, c.code, c.segment, c.score, c.points)
                        is distinct from (d.recency, d.frequency, d.monetary, d.code, d.segment, d.score, d.points)"""));
            figures.put("marked_differently_by_nights", answer(statement, """
                    select count(*) from clientele as c
                    full join (from read_parquet(%s)) as n on c.customer_id = n.customer_id
                    where (c.recency_days, c.frequency, c.monetary, c.code, c.segment, c.score, c.points)
                        is distinct from (n.recency_days, n.frequency, n.monetary, n.code, n.segment, n.score, n.points)""".formatted(
                            Files.readString(folder.resolve("marks.json")).replace('"', '\''))));
            figures.put("cut_differently", answer(statement, """
                    with theirs as (
                        select 'recency' as axis, unnest(r)::decimal(34,4) as cut from read_parquet('%1$s/duckdb.cuts')
                        union all select 'frequency', unnest(f) from read_parquet('%1$s/duckdb.cuts')
                        union all select 'monetary', unnest(m) from read_parquet('%1$s/duckdb.cuts'))
                    select (select count(*) from (select axis, up_to from cuts except all from theirs))
                        + (select count(*) from (from theirs except all select axis, up_to from cuts))""".formatted(folder)));
        }
        Took[] ours = took(folder, "clientele");
        Took[] theirs = took(folder, "duckdb");
        out.println(figures);
        out.printf("%-12s %10s %10s %16s %16s%n", "", "first, s", "second, s", "first, core s", "second, core s");
        row(out, "Clientele", ours[0], ours[1]);
        row(out, "DuckDB", theirs[0], theirs[1]);
        row(out, "ratio", ratio(ours[0], theirs[0]), ratio(ours[1], theirs[1]));
        for (String night : List.of("all", "more")) {
            JsonNode job = JSON.readTree(folder.resolve(night + ".json").toFile())
                    .get("jobs")
                    .get(0);
            figures.put("night_" + night + "_seconds", job.get("seconds").asDouble());
            out.printf(
                    Locale.ROOT,
                    "%-12s %10.1f  %s%n",
                    "a night",
                    job.get("seconds").asDouble(),
                    job.get("scope"));
        }
        figures.put("clientele", ours);
        figures.put("duckdb", theirs);
        figures.put("peak_heap_mb", peakHeap);
        out.println(JSON.writeValueAsString(figures));
    }

    private static long answer(Statement statement, String query) throws SQLException {
        try (ResultSet result = statement.executeQuery(query)) {
            result.next();
            return result.getLong(1);
        }
    }

    private static void row(PrintStream out, String name, Took first, Took second) {
        out.printf(
                Locale.ROOT,
                "%-12s %10.1f %10.1f %16.1f %16.1f%n",
                name,
                first.seconds(),
                second.seconds(),
                first.cores(),
                second.cores());
    }

    private static Took ratio(Took ours, Took theirs) {
        return new Took(ours.seconds() / theirs.seconds(), ours.cores() / theirs.cores());
    }

    private static Took[] took(Path folder, String who) throws IOException {
        return JSON.readValue(Files.readString(folder.resolve(who + ".took")), Took[].class);
    }
}
