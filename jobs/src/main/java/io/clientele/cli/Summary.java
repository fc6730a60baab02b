package io.clientele.cli;

import io.clientele.quality.Outcome;
import io.clientele.quality.Verdict;
import io.clientele.run.Job;
import io.clientele.run.RunRecord;
import io.clientele.table.Table;
import java.io.PrintWriter;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a person reads of a run and of a plan. */
final class Summary {

    private Summary() {}

    static void print(RunRecord run, PrintWriter out) {
        out.printf(Locale.ROOT, "%n%s: run %s %s in %.1f s%n%n", run.date(), run.runId(), run.status(), run.seconds());
        TextTable table = new TextTable(List.of("table", "rows", "rejected", "merged", "job", "seconds"), 1, 2, 3, 5);
        for (RunRecord.JobRecord job : run.jobs()) {
            boolean isFirst = true;
            for (RunRecord.TableWrite write : job.writes()) {
                table.add(
                        write.table(),
                        write.rowsOut() == null ? "unchanged" : number(write.rowsOut()),
                        number(write.rowsRejected()),
                        number(write.rowsMerged()),
                        isFirst ? job.job() : "",
                        isFirst ? String.format(Locale.ROOT, "%.1f", job.seconds()) : "");
                isFirst = false;
            }
            if (isFirst) {
                table.add(
                        "(nothing written)", "", "", "", job.job(), String.format(Locale.ROOT, "%.1f", job.seconds()));
            }
        }
        table.print(out);
        printQuality(run, out);
        List<String> warnings = warnings(run);
        if (!warnings.isEmpty()) {
            out.println();
            warnings.forEach(warning -> out.println("! " + warning));
        }
        out.println();
    }

    /** What somebody should look at, each after the name of its job. */
    static List<String> warnings(RunRecord run) {
        return run.jobs().stream()
                .flatMap(job -> job.warnings().stream().map(warning -> job.job() + ": " + warning))
                .toList();
    }

    /** How many rules came to which verdict. */
    private static void printQuality(RunRecord run, PrintWriter out) {
        Map<Verdict, Long> verdicts = run.jobs().stream()
                .flatMap(job -> job.quality().stream())
                .collect(Collectors.groupingBy(Outcome::verdict, TreeMap::new, Collectors.counting()));
        if (!verdicts.isEmpty()) {
            out.println("\nQuality rules: "
                    + verdicts.entrySet().stream()
                            .map(verdict ->
                                    verdict.getValue() + " " + verdict.getKey().code())
                            .collect(Collectors.joining(", ")));
        }
    }

    /** One line, which begins with the words given. */
    static void printShort(String what, RunRecord run, PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "%s: %s in %.1f s, %,d records collected, of which %,d rejected.%n",
                what,
                run.status(),
                run.seconds(),
                sum(run, write -> write.table().startsWith("collected.") ? write.rowsIn() : null),
                sum(run, RunRecord.TableWrite::rowsRejected));
    }

    private static long sum(RunRecord run, Function<RunRecord.TableWrite, Long> rows) {
        return run.jobs().stream()
                .flatMap(job -> job.writes().stream())
                .map(rows)
                .filter(Objects::nonNull)
                .mapToLong(Long::longValue)
                .sum();
    }

    static void printPlan(List<Job<?>> jobs, PrintWriter out) {
        TextTable table = new TextTable(List.of("", "job", "reads", "writes"), 0);
        int number = 1;
        for (Job<?> job : jobs) {
            List<Table> reads = sorted(job.reads());
            List<Table> writes = sorted(job.writes());
            for (int i = 0; i < Math.max(1, Math.max(reads.size(), writes.size())); i++) {
                table.add(
                        i == 0 ? Integer.toString(number) : "",
                        i == 0 ? job.name() : "",
                        i < reads.size() ? reads.get(i).qualifiedName() : (i == 0 ? "raw files" : ""),
                        i < writes.size() ? writes.get(i).qualifiedName() : "");
            }
            number++;
        }
        table.print(out);
    }

    static List<Table> sorted(Collection<Table> tables) {
        return tables.stream()
                .sorted(Comparator.comparing(Table::layer).thenComparing(Table::name))
                .toList();
    }

    private static String number(Long rows) {
        return rows == null ? "" : String.format(Locale.ROOT, "%,d", rows);
    }
}
