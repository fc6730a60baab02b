package io.clientele.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.quality.Dimension;
import io.clientele.quality.Outcome;
import io.clientele.quality.Severity;
import io.clientele.quality.Verdict;
import io.clientele.run.RunRecord.JobRecord;
import io.clientele.run.RunRecord.TableWrite;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsTest {

    private static final Instant START = Instant.parse("2026-02-01T03:30:00Z");
    private static final JobRecord COLLECT = new JobRecord(
            "collect",
            RunRecord.SUCCEEDED,
            START,
            12.5,
            List.of(),
            List.of(new TableWrite("collected.contacts", 3, 100L, 90L, 10L, 0L)),
            null,
            null,
            Map.of("files of \"today\"", 7.0),
            List.of("a source came late"),
            List.of(new Outcome(
                    "contacts_have_a_name",
                    "collected.contacts",
                    1,
                    Dimension.COMPLETENESS,
                    Severity.WARN,
                    90,
                    9L,
                    0.1,
                    null,
                    0.05,
                    Verdict.WARN)));

    @TempDir
    private Path folder;

    @Test
    void shouldTellTheFiguresOfARunAndItsJobs() {
        assertThat(Metrics.text(run(RunRecord.SUCCEEDED, 0), ""))
                .contains("# TYPE clientele_run_duration_seconds gauge\nclientele_run_duration_seconds 30.5\n")
                .contains("clientele_run_info{run=\"r1\",version=\"1\"} 1\n")
                .contains("clientele_run_business_date_timestamp_seconds 1769817600\n")
                .contains("clientele_run_last_success_timestamp_seconds 1.7699166305E9\n")
                .contains("clientele_job_duration_seconds{job=\"collect\"} 12.5\n")
                .contains("clientele_job_warnings{job=\"collect\"} 1\n")
                .contains("clientele_job_measure{job=\"collect\",measure=\"files of \\\"today\\\"\"} 7\n")
                .contains("clientele_table_rows_rejected{job=\"collect\",table=\"collected.contacts\"} 10\n")
                .contains(
                        "rule=\"contacts_have_a_name\",table=\"collected.contacts\",write=\"1\",verdict=\"warn\"} 0.1\n")
                .endsWith("# EOF\n");
    }

    @Test
    void shouldRememberTheLastSuccessWhenARunFails() throws IOException {
        Path file = folder.resolve("clientele.prom");

        Metrics.write(run(RunRecord.FAILED, 9), file);
        assertThat(file).content().doesNotContain("last_success").contains("clientele_run_exit_code 9\n");

        Metrics.write(run(RunRecord.SUCCEEDED, 0), file);
        Metrics.write(run(RunRecord.FAILED, 9), file);
        assertThat(file)
                .content()
                .contains("clientele_run_last_success_timestamp_seconds 1.7699166305E9\n")
                .contains("clientele_run_succeeded 0\n");
        assertThat(folder).isDirectoryNotContaining("glob:**.draft");
    }

    private static RunRecord run(String status, int code) {
        return new RunRecord(
                "r1",
                LocalDate.of(2026, 1, 31),
                status,
                code,
                START,
                30.5,
                List.of("collect"),
                "1",
                null,
                List.of(COLLECT));
    }
}
