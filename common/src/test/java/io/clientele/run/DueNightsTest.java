package io.clientele.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.clientele.lake.DeltaLake;
import io.clientele.testing.SparkTest;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SparkTest
class DueNightsTest {

    private static final LocalDate FIRST = LocalDate.of(2026, 2, 27);

    @TempDir
    private Path folder;

    @Test
    void shouldBeginWithTheLastDateIfThereWasNoNight(SparkSession spark) {
        assertThat(due(spark, FIRST, "collect", "rfm")).containsExactly(FIRST);
    }

    @Test
    void shouldGoOnAfterTheLastNightThatSucceeded(SparkSession spark) {
        ran(spark, FIRST, RunRecord.SUCCEEDED, "collect", "rfm");
        ran(spark, FIRST.plusDays(1), RunRecord.FAILED, "collect", "rfm");

        assertThat(due(spark, FIRST.plusDays(3), "collect", "rfm"))
                .containsExactly(FIRST.plusDays(1), FIRST.plusDays(2), FIRST.plusDays(3));
        assertThat(due(spark, FIRST, "collect", "rfm")).isEmpty();
    }

    @Test
    void shouldTakeADateForDoneIfItsJobsSucceededInSeveralRuns(SparkSession spark) {
        ran(spark, FIRST, RunRecord.SUCCEEDED, "collect", "rfm");
        ran(spark, FIRST.plusDays(1), RunRecord.SUCCEEDED, "collect");
        ran(spark, FIRST.plusDays(1), RunRecord.SUCCEEDED, "rfm");
        ran(spark, FIRST.plusDays(2), RunRecord.SUCCEEDED, "rfm");

        assertThat(due(spark, FIRST.plusDays(2), "collect", "rfm")).containsExactly(FIRST.plusDays(2));
    }

    @Test
    void shouldNotWantOfADateAJobThatCameLater(SparkSession spark) {
        ran(spark, FIRST, RunRecord.SUCCEEDED, "collect", "rfm");

        assertThat(due(spark, FIRST.plusDays(1), "collect", "rfm", "clusters")).containsExactly(FIRST.plusDays(1));
    }

    private List<LocalDate> due(SparkSession spark, LocalDate until, String... jobs) {
        return DueNights.of(spark, lake(), List.of(jobs), until);
    }

    private void ran(SparkSession spark, LocalDate date, String status, String... jobs) {
        RunRecord run = new RunRecord(
                date + "-" + jobs.length + jobs[0],
                date,
                status,
                0,
                date.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC),
                1.0,
                List.of(jobs),
                "1",
                null,
                List.of());
        new Ledger(spark, new DeltaLake(spark, lake())).keep(run);
    }

    private String lake() {
        return folder.toUri().toString();
    }
}
