package io.clientele.cli;

import io.clientele.run.Progress;
import io.clientele.run.RunRecord;
import java.io.PrintWriter;
import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.Set;

/** One line that tells how far the run is, rewritten in place; silent when nobody watches a terminal. */
final class TerminalProgress implements Progress, AutoCloseable {

    private static final long REFRESH_NANOS = 100_000_000;

    private final PrintWriter err;
    private final boolean isTerminal = Watcher.isThere();
    private String night = "";
    private final Set<String> running = new LinkedHashSet<>();
    private int started;
    private int planned;
    private long shownAt;

    TerminalProgress(PrintWriter err) {
        this.err = err;
    }

    @Override
    public synchronized void runStarted(String runId, LocalDate date, int jobs) {
        night = date.toString();
        running.clear();
        started = 0;
        planned = jobs;
        show("starting");
    }

    @Override
    public synchronized void jobStarted(String job) {
        running.add(job);
        started++;
        show("");
    }

    @Override
    public synchronized void jobEnded(RunRecord.JobRecord job) {
        running.remove(job.job());
    }

    @Override
    public synchronized void stageAdvanced(String stage, int tasksDone, int tasks, long rows) {
        if (System.nanoTime() - shownAt > REFRESH_NANOS) {
            show("%s, task %d of %d%s"
                    .formatted(stage, tasksDone, tasks, rows > 0 ? ", %,d rows".formatted(rows) : ""));
        }
    }

    @Override
    public synchronized void runEnded(RunRecord run) {
        close();
    }

    @Override
    public synchronized void said(String message) {
        close();
        err.println("clientele: " + message);
    }

    /** Leaves the line clean for what is printed next. */
    @Override
    public synchronized void close() {
        if (isTerminal) {
            err.print("\r\u001b[K");
            err.flush();
        }
    }

    private void show(String what) {
        if (isTerminal) {
            shownAt = System.nanoTime();
            err.print("\r\u001b[K"
                    + "%s  %d/%d %s  %s".formatted(night, started, planned, String.join(" + ", running), what));
            err.flush();
        }
    }
}
