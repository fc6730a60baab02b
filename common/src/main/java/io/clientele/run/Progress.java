package io.clientele.run;

import java.time.LocalDate;

/** Told how a run goes, for whoever watches. */
public interface Progress {

    Progress SILENT = new Progress() {};

    default void runStarted(String runId, LocalDate date, int jobs) {}

    default void jobStarted(String job) {}

    /** @param rows rows written so far, by all jobs */
    default void stageAdvanced(String stage, int tasksDone, int tasks, long rows) {}

    default void jobEnded(RunRecord.JobRecord job) {}

    default void runEnded(RunRecord run) {}

    /** Something worth saying at once: a lock taken over from a dead run. */
    default void said(String message) {}
}
