package io.clientele.run;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.util.ShutdownHookManager;

/**
 * A wish that a run end. Whoever asks waits for nothing: the run starts no further job, cancels what the engine is doing,
 * keeps its record, lets go of the lake, and ends.
 */
public final class Stop implements AutoCloseable {

    /** Before the hooks of Spark and Hadoop, which take away what a run needs to end well. */
    private static final int BEFORE_ALL_OTHERS = 1_000;

    private static final int PATIENCE_SECONDS = 60;

    private final CountDownLatch ended = new CountDownLatch(1);
    private final CountDownLatch asked = new CountDownLatch(1);

    /** One that is asked for when the process is told to end (SIGTERM, Ctrl-C), which then waits for {@link #close}. */
    public static Stop onSignal() {
        Stop stop = new Stop();
        ShutdownHookManager.get()
                .addShutdownHook(stop::askAndWait, BEFORE_ALL_OTHERS, PATIENCE_SECONDS, TimeUnit.SECONDS);
        return stop;
    }

    public void ask() {
        asked.countDown();
    }

    public boolean isAsked() {
        return asked.getCount() == 0;
    }

    /** Waits until it is asked, so long at most, and tells whether it is. */
    public boolean await(Duration atMost) {
        try {
            return asked.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Says that the run has ended, one way or the other. */
    @Override
    public void close() {
        ended.countDown();
    }

    private void askAndWait() {
        if (ended.getCount() == 0) {
            return;
        }
        ask();
        try {
            ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        }
    }
}
