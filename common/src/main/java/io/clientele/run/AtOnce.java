package io.clientele.run;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Does things at the same time that do not depend on each other: while one query is planned, another runs. The threads are
 * new ones, so that they see what the caller sees (class loader, settings of the engine), which those of a common pool do
 * not.
 */
public final class AtOnce {

    private static final int MOST = 4;

    private AtOnce() {}

    /**
     * Does all of them, also if one fails.
     *
     * @return the results, in the order of the tasks
     * @throws RuntimeException (or an error) of the first task that failed, in that order
     */
    public static <T> List<T> all(List<Callable<T>> tasks) {
        ExecutorService threads = Executors.newFixedThreadPool(Math.max(1, Math.min(MOST, tasks.size())));
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> done : threads.invokeAll(tasks)) {
                results.add(done.get());
            }
            return results;
        } catch (ExecutionException e) {
            throw unchecked(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } finally {
            threads.shutdownNow();
        }
    }

    /** Scala throws checked exceptions undeclared, and so does this. */
    @SuppressWarnings("unchecked")
    private static <E extends Throwable> RuntimeException unchecked(Throwable thrown) throws E {
        throw (E) thrown;
    }
}
