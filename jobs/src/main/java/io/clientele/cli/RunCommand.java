package io.clientele.cli;

import io.clientele.Jobs;
import io.clientele.failure.ExitCode;
import io.clientele.failure.Failure;
import io.clientele.lineage.LineageEvents;
import io.clientele.run.DueNights;
import io.clientele.run.Job;
import io.clientele.run.Metrics;
import io.clientele.run.Progress;
import io.clientele.run.RunRecord;
import io.clientele.run.Runner;
import io.clientele.run.Session;
import io.clientele.run.Stop;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code clientele run}. */
@Command(
        name = "run",
        description = "Runs jobs for a business date, or for each date of a period.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpAutoWidth = true)
final class RunCommand implements Callable<Integer> {

    /** How results are told. */
    enum Output {
        TEXT,
        JSON
    }

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "JOB", arity = "1..*", description = "The jobs, or nightly for all of them (see plan).")
    private List<String> names;

    @Option(names = "--date", paramLabel = "YYYY-MM-DD", description = "The business date.")
    private LocalDate date;

    @Option(names = "--from-date", paramLabel = "YYYY-MM-DD", description = "The first date of a back-fill.")
    private LocalDate from;

    @Option(names = "--to-date", paramLabel = "YYYY-MM-DD", description = "The last date of a back-fill.")
    private LocalDate to;

    @Option(
            names = "--due",
            paramLabel = "ZONE",
            description = "All dates that are due: from the one after the last night that succeeded to yesterday in"
                    + " this time zone, such as Europe/Paris.")
    private ZoneId due;

    @Mixin
    private Where where;

    @Option(names = "--dry-run", description = "Checks the configuration, says what would run, and runs nothing.")
    private boolean isDry;

    @Option(
            names = "--full",
            description = "Computes all again, also where what has changed since the last run would do.")
    private boolean isFull;

    @Option(
            names = "--output",
            paramLabel = "text|json",
            defaultValue = "text",
            description = "A summary to read, or one line of JSON per date (default: ${DEFAULT-VALUE}).")
    private Output output;

    @Option(
            names = "--metrics",
            paramLabel = "FILE",
            description = "Writes the figures of the last date here too, for the textfile collector of Prometheus.")
    private Path metrics;

    @Override
    public Integer call() {
        List<Job<?>> jobs = names.contains("nightly") ? Jobs.NIGHTLY.jobs() : Jobs.NIGHTLY.select(names);
        // First, and also when nothing is due: what is wrong is told on the day on which it was changed, before Spark
        // starts.
        Runner.configure(jobs, Jobs.NIGHTLY.tables(), where.conf());
        List<LocalDate> dates = dates(jobs);
        PrintWriter out = spec.commandLine().getOut();
        if (dates.isEmpty()) {
            out.println("Nothing is due: the night before has succeeded.");
            return ExitCode.OK.code();
        }
        if (isDry) {
            out.println("The configuration in " + where.conf().path() + " is good. From " + where.raw() + " into "
                    + where.lake() + ", for " + dates.get(0)
                    + (dates.size() > 1 ? " to " + dates.get(dates.size() - 1) : "") + ", would run:");
            Summary.printPlan(jobs, out);
            return ExitCode.OK.code();
        }
        Runner.Request request = new Runner.Request(
                jobs,
                Jobs.NIGHTLY.tables(),
                dates,
                where.conf(),
                where.lake(),
                where.raw(),
                where.spark(),
                where.jobsAtOnce(),
                isFull,
                where.retries(),
                Clientele.Version.number());
        try (Stop stop = Stop.onSignal();
                TerminalProgress progress =
                        new TerminalProgress(spec.commandLine().getErr())) {
            List<RunRecord> runs = new Runner(Clock.systemUTC(), withLineage(progress, jobs), stop).run(request);
            if (metrics != null) {
                Metrics.write(runs.get(runs.size() - 1), metrics);
            }
            return tell(runs, out);
        }
    }

    private Progress withLineage(Progress progress, List<Job<?>> jobs) {
        return where.openLineage()
                .<Progress>map(place -> new LineageEvents(
                        progress,
                        Clock.systemUTC(),
                        jobs,
                        where.lake(),
                        place,
                        Optional.ofNullable(System.getenv("OPENLINEAGE_API_KEY"))))
                .orElse(progress);
    }

    private int tell(List<RunRecord> runs, PrintWriter out) {
        for (RunRecord run : runs) {
            if (output == Output.JSON) {
                out.println(run.toJson());
            } else {
                Summary.print(run, out);
            }
        }
        RunRecord last = runs.get(runs.size() - 1);
        if (!last.hasSucceeded()) {
            spec.commandLine().getErr().println("clientele: " + last.error());
            return last.exitCode();
        }
        if (output == Output.TEXT) {
            out.println("Next: scripts/clientele sql --lake " + where.lake()
                    + " \"select segment, count(*) as customers from mart.customer_rfm group by 1\"");
        }
        return ExitCode.OK.code();
    }

    private List<LocalDate> dates(List<Job<?>> jobs) {
        if (due != null && date == null && from == null && to == null) {
            return DueNights.of(
                    Session.start(where.spark()),
                    where.lake(),
                    jobs.stream().map(Job::name).toList(),
                    LocalDate.now(Clock.system(due)).minusDays(1));
        }
        if (due == null && date != null && from == null && to == null) {
            return List.of(date);
        }
        if (due == null && date == null && from != null && to != null && !to.isBefore(from)) {
            return from.datesUntil(to.plusDays(1)).toList();
        }
        throw new Failure(
                ExitCode.USAGE,
                "say for which date: --date YYYY-MM-DD, or --from-date and --to-date, in that order, or --due ZONE");
    }
}
