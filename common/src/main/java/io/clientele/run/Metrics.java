package io.clientele.run;

import io.clientele.quality.Outcome;
import io.clientele.run.RunRecord.JobRecord;
import io.clientele.run.RunRecord.TableWrite;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.StringJoiner;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The figures of a run for Prometheus, in its text format, which is OpenMetrics too. They are of the last run, but for the
 * time of the last success, which a run that fails takes over from the text before it.
 */
public final class Metrics {

    private static final String LAST_SUCCESS = "clientele_run_last_success_timestamp_seconds";
    private static final Pattern LAST_SUCCESS_BEFORE = Pattern.compile("(?m)^" + LAST_SUCCESS + " (\\S+)$");

    /** One figure, with what it is about as name and value in turn. */
    private record Sample(double value, List<String> labels) {
        private Sample(double value, String... labels) {
            this(value, List.of(labels));
        }
    }

    private final StringBuilder text = new StringBuilder();

    private Metrics() {}

    /** @param before the text of the run before; empty if there was none */
    static String text(RunRecord run, String before) {
        Metrics metrics = new Metrics();
        metrics.ofRun(run, before);
        metrics.ofJobs(run.jobs());
        metrics.ofTables(run.jobs());
        metrics.ofQuality(run.jobs());
        return metrics.text.append("# EOF\n").toString();
    }

    /** Replaces the file in one step: whoever reads it finds the old text or the new one, whole. */
    public static void write(RunRecord run, Path file) {
        Path draft = file.resolveSibling(file.getFileName() + ".draft");
        try {
            String before = Files.exists(file) ? Files.readString(file) : "";
            Files.writeString(draft, text(run, before));
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void ofRun(RunRecord run, String before) {
        gauge(
                "clientele_run_info",
                "The run, and the version of Clientele",
                new Sample(1, "run", run.runId(), "version", run.version()));
        gauge("clientele_run_succeeded", "Whether it succeeded", new Sample(run.hasSucceeded() ? 1 : 0));
        if (run.exitCode() != null) {
            gauge("clientele_run_exit_code", "Its exit code", new Sample(run.exitCode()));
        }
        gauge(
                "clientele_run_business_date_timestamp_seconds",
                "The business date, at its midnight in UTC",
                new Sample(run.date().atStartOfDay().toEpochSecond(ZoneOffset.UTC)));
        gauge("clientele_run_start_timestamp_seconds", "When it started", new Sample(seconds(run.startedAt())));
        if (run.seconds() != null) {
            gauge("clientele_run_duration_seconds", "How long it took", new Sample(run.seconds()));
        }
        lastSuccess(run, before)
                .forEach(at -> gauge(LAST_SUCCESS, "When the last run that succeeded ended", new Sample(at)));
    }

    private static Stream<Double> lastSuccess(RunRecord run, String before) {
        return run.hasSucceeded() && run.seconds() != null
                ? Stream.of(seconds(run.startedAt()) + run.seconds())
                : LAST_SUCCESS_BEFORE.matcher(before).results().map(found -> Double.valueOf(found.group(1)));
    }

    private void ofJobs(List<JobRecord> jobs) {
        gauge("clientele_job_succeeded", "Whether the job succeeded", samples(jobs, job -> job.hasSucceeded() ? 1 : 0));
        gauge("clientele_job_duration_seconds", "How long the job took", samples(jobs, JobRecord::seconds));
        gauge("clientele_job_warnings", "What of the job somebody should look at", samples(jobs, job -> job.warnings()
                .size()));
        gauge(
                "clientele_job_measure",
                "What the job counted and measured, by name",
                jobs.stream().flatMap(job -> job.metrics().entrySet().stream()
                        .map(measure ->
                                new Sample(measure.getValue(), "job", job.job(), "measure", measure.getKey()))));
    }

    private static Stream<Sample> samples(List<JobRecord> jobs, ToDoubleFunction<JobRecord> figure) {
        return jobs.stream().map(job -> new Sample(figure.applyAsDouble(job), "job", job.job()));
    }

    private void ofTables(List<JobRecord> jobs) {
        rows(jobs, "clientele_table_rows_in", "Rows that went towards the table", TableWrite::rowsIn);
        rows(jobs, "clientele_table_rows_written", "Rows written to the table", TableWrite::rowsOut);
        rows(jobs, "clientele_table_rows_rejected", "Rows rejected", TableWrite::rowsRejected);
        rows(jobs, "clientele_table_rows_merged", "Rows that others stand for", TableWrite::rowsMerged);
    }

    private void rows(List<JobRecord> jobs, String name, String help, Function<TableWrite, Long> rows) {
        gauge(name, help, jobs.stream().flatMap(job -> job.writes().stream()
                .filter(write -> rows.apply(write) != null)
                .map(write -> new Sample(rows.apply(write), "job", job.job(), "table", write.table()))));
    }

    private void ofQuality(List<JobRecord> jobs) {
        List<Outcome> outcomes =
                jobs.stream().flatMap(job -> job.quality().stream()).toList();
        gauge(
                "clientele_quality_verdict",
                "What came of the rule, in which write of the run to the table",
                outcomes.stream().map(outcome -> new Sample(1, about(outcome))));
        gauge(
                "clientele_quality_failing_ratio",
                "The share of rows that fail the rule",
                outcomes.stream()
                        .filter(outcome -> outcome.share() != null)
                        .map(outcome -> new Sample(outcome.share(), about(outcome))));
    }

    private static String[] about(Outcome outcome) {
        return new String[] {
            "rule",
            outcome.rule(),
            "table",
            outcome.table(),
            "write",
            Integer.toString(outcome.write()),
            "verdict",
            outcome.verdict().code()
        };
    }

    private static double seconds(Instant instant) {
        return instant.toEpochMilli() / 1000.0;
    }

    private void gauge(String name, String help, Sample sample) {
        gauge(name, help, Stream.of(sample));
    }

    private void gauge(String name, String help, Stream<Sample> samples) {
        List<Sample> all = samples.toList();
        if (!all.isEmpty()) {
            text.append("# HELP %s %s.\n# TYPE %s gauge\n".formatted(name, help, name));
            all.forEach(sample -> text.append(name)
                    .append(labels(sample.labels()))
                    .append(' ')
                    .append(number(sample.value()))
                    .append('\n'));
        }
    }

    private static String labels(List<String> labels) {
        StringJoiner joined = new StringJoiner(",", "{", "}").setEmptyValue("");
        for (int i = 0; i < labels.size(); i += 2) {
            joined.add(labels.get(i) + "=\"" + escaped(labels.get(i + 1)) + '"');
        }
        return joined.toString();
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    private static String number(double value) {
        if (Double.isInfinite(value)) {
            return value > 0 ? "+Inf" : "-Inf";
        }
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
