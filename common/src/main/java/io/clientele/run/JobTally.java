package io.clientele.run;

import io.clientele.failure.ExitCode;
import io.clientele.failure.Failure;
import io.clientele.lake.Lake.Written;
import io.clientele.quality.Outcome;
import io.clientele.run.RunRecord.JobRecord;
import io.clientele.run.RunRecord.TableRead;
import io.clientele.run.RunRecord.TableWrite;
import io.clientele.table.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What one job reads, writes, counts and measures, while it runs, in as many threads as it likes. */
final class JobTally {

    private final String job;
    private final Instant startedAt;
    private final Map<String, TableRead> reads = new TreeMap<>();
    private final Map<String, TableWrite> writes = new TreeMap<>();
    private String basis;
    private String scope;
    private final Map<String, Double> metrics = new LinkedHashMap<>();
    private final List<String> warnings = new ArrayList<>();
    private final List<Outcome> quality = new ArrayList<>();

    JobTally(String job, Instant startedAt) {
        this.job = job;
        this.startedAt = startedAt;
    }

    synchronized void read(Table table, long version) {
        read(table.qualifiedName(), version);
    }

    synchronized void read(String table, long version) {
        reads.put(table, new TableRead(table, version));
    }

    /** A table that is what the job would make it. */
    synchronized void stands(String table, long version) {
        writes.put(table, new TableWrite(table, version, null, null, null, null));
    }

    synchronized List<TableRead> reads() {
        return List.copyOf(reads.values());
    }

    /** Several writes of one job to one table add up. */
    synchronized void wrote(Table table, Written written) {
        writes.merge(
                table.qualifiedName(),
                new TableWrite(table.qualifiedName(), written.version(), null, written.rows(), null, null),
                (one, next) -> new TableWrite(
                        one.table(),
                        next.version(),
                        one.rowsIn(),
                        one.rowsOut() + next.rowsOut(),
                        one.rowsRejected(),
                        one.rowsMerged()));
    }

    synchronized void balance(Table table, long in, long out, long rejected, long merged) {
        TableWrite write = writes.get(table.qualifiedName());
        if (write == null) {
            throw new IllegalStateException("job '" + job + "' balances " + table + ", which it did not write");
        }
        writes.put(
                table.qualifiedName(),
                new TableWrite(write.table(), write.version(), in, write.rowsOut(), rejected, merged));
        if (in != out + rejected + merged) {
            throw new Failure(
                    ExitCode.QUALITY,
                    "%s: %,d rows in, but %,d out + %,d rejected + %,d merged; job '%s' lost or made rows"
                            .formatted(table, in, out, rejected, merged, job));
        }
    }

    synchronized void basis(String digest) {
        basis = digest;
    }

    synchronized void scope(String words) {
        scope = words;
    }

    synchronized void metric(String name, double value) {
        metrics.put(name, value);
    }

    synchronized void warn(String message) {
        warnings.add(message);
    }

    synchronized void judged(Outcome outcome) {
        quality.add(outcome);
    }

    synchronized JobRecord ended(String status, double seconds) {
        return new JobRecord(
                job,
                status,
                startedAt,
                seconds,
                reads(),
                List.copyOf(writes.values()),
                basis,
                scope,
                new LinkedHashMap<>(metrics),
                List.copyOf(warnings),
                List.copyOf(quality));
    }
}
