package io.clientele.cli;

import io.clientele.Jobs;
import io.clientele.failure.ExitCode;
import io.clientele.failure.Failure;
import io.clientele.generate.Retailer;
import io.clientele.run.RunRecord;
import io.clientele.run.Runner;
import io.clientele.run.Session;
import io.clientele.run.Stop;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code clientele demo}. */
@Command(
        name = "demo",
        description = "Makes up a retailer, runs its last three nights, and shows what came of it.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpAutoWidth = true)
final class DemoCommand implements Callable<Integer> {

    private static final LocalDate LAST_NIGHT = LocalDate.of(2025, 11, 30);
    private static final int NIGHTS = 3;

    /** For so little data, compiling queries, adapting and checking them takes longer than running them as they are. */
    private static final Map<String, String> SETTINGS = Map.of(
            "spark.sql.codegen.wholeStage", "false",
            "spark.sql.codegen.factoryMode", "NO_CODEGEN",
            "spark.sql.adaptive.enabled", "false",
            "spark.sql.lightweightPlanChangeValidation", "false",
            "spark.sql.icu.caseMappings.enabled", "false",
            "spark.sql.shuffle.partitions", "2");

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--customers",
            defaultValue = "8000",
            paramLabel = "N",
            description = "How many persons (default: ${DEFAULT-VALUE}).")
    private long customers;

    @Option(
            names = "--days",
            defaultValue = "60",
            paramLabel = "D",
            description = "How many days of history (default: ${DEFAULT-VALUE}).")
    private int days;

    @Option(
            names = "--out",
            defaultValue = "demo",
            paramLabel = "DIR",
            description = "Where the raw files and the lake go; made anew (default: ${DEFAULT-VALUE}).")
    private Path out;

    @Override
    public Integer call() throws IOException {
        PrintWriter text = spec.commandLine().getOut();
        clear();
        text.printf(
                Locale.ROOT,
                "A retailer with %,d customers, %d days of files, in %s ...%n",
                customers,
                days,
                out.resolve("raw"));
        Retailer.Tally made = new Retailer(
                        new Retailer.Settings(customers, days, 1, LAST_NIGHT, NIGHTS, Retailer.USUAL_MALFORMED_SHARE))
                .generate(out, Runtime.getRuntime().availableProcessors());
        text.printf(
                Locale.ROOT,
                "%,d contact records, %,d order lines, %,d events; %,d records malformed on purpose.%n",
                made.contacts(),
                made.orderLines(),
                made.events(),
                made.malformed());
        Where where = new Where();
        String lake = Where.resolved(out.resolve("lake").toString());
        Runner.Request nights = new Runner.Request(
                Runner.configure(Jobs.NIGHTLY.jobs(), Jobs.NIGHTLY.tables(), where.conf()),
                LAST_NIGHT
                        .minusDays(NIGHTS - 1)
                        .datesUntil(LAST_NIGHT.plusDays(1))
                        .toList(),
                lake,
                Where.resolved(out.resolve("raw").toString()),
                SETTINGS,
                where.jobsAtOnce(),
                false,
                where.retries(),
                Clientele.Version.number());
        try (Stop stop = Stop.onSignal();
                TerminalProgress progress =
                        new TerminalProgress(spec.commandLine().getErr())) {
            List<RunRecord> runs = new Runner(Clock.systemUTC(), progress, stop).run(nights);
            for (RunRecord run : runs) {
                Summary.printShort("Night of " + run.date(), run, text);
            }
            RunRecord last = runs.get(runs.size() - 1);
            if (!last.hasSucceeded()) {
                spec.commandLine().getErr().println("clientele: " + last.error());
                return last.exitCode();
            }
            Summary.print(last, text);
        }
        show(Session.start(SETTINGS), lake, text);
        return ExitCode.OK.code();
    }

    private void show(SparkSession spark, String lake, PrintWriter text) {
        LakeCatalog.register(spark, lake, LakeCatalog.Marts.PUBLISHED);
        text.println("Segments (mart.customer_rfm):\n");
        Results.print(spark.sql("""
                        select segment, count(*) as customers, round(avg(recency_days)) as recency_days,
                            round(avg(frequency), 1) as frequency, round(avg(monetary), 2) as monetary
                        from mart.customer_rfm group by segment order by monetary desc"""), Results.Format.TABLE, text);
        text.println("\nClusters (mart.cluster_profiles):\n");
        Results.print(spark.sql("""
                        select cluster_id, customers, round(share, 3) as share, description
                        from mart.cluster_profiles order by cluster_id"""), Results.Format.TABLE, text);
        text.println("\nWhat was refused, and why (collected.rejects):\n");
        Results.print(spark.sql("""
                        select reason.issue, count(*) as records, min(file) as for_example
                        from (select explode(reasons) as reason, file from collected.rejects)
                        group by 1 order by records desc, issue"""), Results.Format.TABLE, text);
        text.println("\nLook further:");
        text.println("  scripts/clientele sql --lake " + out.resolve("lake"));
        text.println("  scripts/clientele sql --lake " + out.resolve("lake")
                + " \"select month, sales_amount from mart.sales_cube where country = '(all)' and channel = '(all)'"
                + " and product_group = '(all)' order by 1\"");
        text.println("  common/DICTIONARY.md says what every table and column means.");
    }

    /** Only what a demo made is cleared; any other folder is left alone. */
    private void clear() throws IOException {
        if (!Files.exists(out)) {
            return;
        }
        try (Stream<Path> entries = Files.list(out)) {
            if (!entries.map(entry -> entry.getFileName().toString())
                    .allMatch(name -> List.of("raw", "truth", "lake").contains(name))) {
                throw new Failure(
                        ExitCode.USAGE, out + " holds other things than a demo; name a new folder with --out");
            }
        }
        try (Stream<Path> all = Files.walk(out)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
