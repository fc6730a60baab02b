package io.clientele.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.clientele.quality.Outcome;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/**
 * What happened in a run: what {@code run.json} holds, {@code --output json} prints and the ledger keeps.
 *
 * @param status running, succeeded, failed, stopped or killed
 * @param seconds how long it took; null while it runs
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunRecord(
        String runId,
        LocalDate date,
        String status,
        Integer exitCode,
        Instant startedAt,
        Double seconds,
        List<String> planned,
        String version,
        String error,
        List<JobRecord> jobs) {

    static final String RUNNING = "running";
    static final String SUCCEEDED = "succeeded";
    static final String FAILED = "failed";
    static final String STOPPED = "stopped";
    static final String KILLED = "killed";

    /**
     * One job of the run.
     *
     * @param basis a digest of settings, quality rules and program
     * @param scope what was computed: what has changed since a run, or nothing, or all, and why
     * @param quality what the quality rules found in what it wrote, or was about to write
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record JobRecord(
            String job,
            String status,
            Instant startedAt,
            double seconds,
            List<TableRead> reads,
            List<TableWrite> writes,
            String basis,
            String scope,
            Map<String, Double> metrics,
            List<String> warnings,
            List<Outcome> quality) {
        public JobRecord {
            quality = quality == null ? List.of() : quality; // as an older version left it
        }

        public boolean hasSucceeded() {
            return status.equals(SUCCEEDED);
        }
    }

    /** A table read, at a version. */
    public record TableRead(String table, long version) {}

    /**
     * A table written. The rows in, rejected and merged are null where rows are computed rather than passed on; all are where the
     * table stands as an earlier run wrote it.
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record TableWrite(
            String table, long version, Long rowsIn, Long rowsOut, Long rowsRejected, Long rowsMerged) {}

    /** The record as one line of JSON. */
    public String toJson() {
        return RunFiles.toJson(this);
    }

    public boolean hasSucceeded() {
        return status.equals(SUCCEEDED);
    }

    RunRecord ended(String newStatus, Integer code, Double took, String message) {
        return new RunRecord(runId, date, newStatus, code, startedAt, took, planned, version, message, jobs);
    }

    RunRecord with(List<JobRecord> done) {
        return new RunRecord(
                runId, date, status, exitCode, startedAt, seconds, planned, version, error, List.copyOf(done));
    }
}
