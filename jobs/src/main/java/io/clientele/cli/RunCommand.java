package io.clientele.cli;

import io.clientele.Jobs;
import io.clientele.collect.CollectJob;
import io.clientele.failure.ExitCode;
import io.clientele.failure.Failure;
import io.clientele.lake.RawZone;
import io.clientele.lineage.LineageEvents;
import io.clientele.run.DueNights;
import io.clientele.run.Job;
import io.clientele.run.Metrics;
import io.clientele.run.Progress;
import io.clientele.run.Rounds;
import io.clientele.run.RunRecord;
import io.clientele.run.Runner;
import io.clientele.run.Session;
import io.clientele.run.Stop;
import io.clientele.table.Layer;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
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

    /** At what is new in the raw zone: often enough for the minute, rarely enough for what a store charges. */
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(10);

    /** How results are told. */
    enum Output {
        TEXT,
        JSON
    }

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "JOB",
            arity = "1..*",
            description =
                    "The jobs (see plan); those that collect, qualify, derive, watch or keep; nightly for all of them.")
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

    @Option(
            names = "--continuous",
            paramLabel = "ZONE",
            description =
                    "Goes on until it is told to stop: runs the jobs, and those that watch, for today's date in this time"
                            + " zone whenever files have arrived. Nights go first.")
    private ZoneId continuous;

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
        List<Job<?>> jobs = jobs();
        // First, and also when nothing is due: what is wrong is told on the day on which it was changed, before Spark
        // starts.
        Runner.Configured configured = configured(jobs);
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
        try (Stop stop = Stop.onSignal();
                TerminalProgress progress =
                        new TerminalProgress(spec.commandLine().getErr())) {
            Runner runner = new Runner(Clock.systemUTC(), withLineage(progress, jobs), stop);
            return continuous == null
                    ? tell(runner.run(request(configured, dates)), out)
                    : goOn(runner, jobs, new Rounds(Clock.system(continuous), BETWEEN_LOOKS, progress, stop), out);
        }
    }

    private List<Job<?>> jobs() {
        List<Job<?>> jobs = Jobs.NIGHTLY.select(names);
        if (continuous == null) {
            return jobs;
        }
        if (!jobs.contains(CollectJob.JOB)) {
            throw new Failure(
                    ExitCode.USAGE,
                    "--continuous runs when files arrive, which is the business of collect; name it too");
        }
        List<String> all = new ArrayList<>(names);
        all.add(Layer.LIVE.verb());
        return Jobs.NIGHTLY.select(all);
    }

    private Runner.Configured configured(List<Job<?>> jobs) {
        return Runner.configure(jobs, Jobs.NIGHTLY.tables(), where.conf());
    }

    private Runner.Request request(Runner.Configured configured, List<LocalDate> dates) {
        return new Runner.Request(
                configured,
                dates,
                where.lake(),
                where.raw(),
                where.spark(),
                where.jobsAtOnce(),
                isFull,
                where.retries(),
                Clientele.Version.number());
    }

    private int goOn(Runner runner, List<Job<?>> jobs, Rounds rounds, PrintWriter out) {
        RawZone raw = new RawZone(where.raw(), Session.hadoop(where.spark()));
        Set<String> warned = new HashSet<>();
        return rounds.run(
                        () -> CollectJob.lying(where.conf(), raw),
                        () -> DueNights.last(Session.start(where.spark()), where.lake(), nightly()),
                        date -> runner.run(request(configured(jobs), List.of(date)))
                                .get(0),
                        round -> tellRound(round, warned, out))
                .map(failed -> {
                    spec.commandLine().getErr().println("clientele: " + failed.error());
                    return failed.exitCode();
                })
                .orElse(ExitCode.OK.code());
    }

    /** @param warned what was said of earlier rounds, and need not be said again */
    private void tellRound(RunRecord round, Set<String> warned, PrintWriter out) {
        if (output == Output.JSON) {
            out.println(round.toJson());
        } else {
            Summary.warnings(round).stream().filter(warned::add).forEach(warning -> out.println("! " + warning));
            Summary.printShort("Round " + round.runId(), round, out);
        }
        writeMetrics(round);
    }

    private void writeMetrics(RunRecord run) {
        if (metrics != null) {
            Metrics.write(run, metrics);
        }
    }

    private static List<String> nightly() {
        return Jobs.NIGHTLY.jobs().stream().map(Job::name).toList();
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
        writeMetrics(last);
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
        long ways =
                Stream.of(date, from, due, continuous).filter(Objects::nonNull).count();
        if (ways == 1 && (from == null) == (to == null)) {
            if (date != null) {
                return List.of(date);
            }
            if (continuous != null) {
                return List.of(LocalDate.now(Clock.system(continuous)));
            }
            if (due != null) {
                return DueNights.of(
                        Session.start(where.spark()),
                        where.lake(),
                        jobs.stream().map(Job::name).toList(),
                        LocalDate.now(Clock.system(due)).minusDays(1));
            }
            if (!to.isBefore(from)) {
                return from.datesUntil(to.plusDays(1)).toList();
            }
        }
        throw new Failure(
                ExitCode.USAGE,
                "say for which date: --date YYYY-MM-DD, or --from-date and --to-date, in that order, or --due ZONE, or --continuous ZONE");
    }
}
