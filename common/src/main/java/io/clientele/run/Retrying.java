package io.clientele.run;

import io.clientele.config.Retries;
import io.clientele.failure.TransientFault;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Tries again what failed for a reason that passes by itself, unless the run is asked to stop. */
final class Retrying {

    /** Pauses differ by up to half, so that many who wait for one store do not come back at once. */
    private static final double SPREAD = 0.5;

    private static final double GROWTH = 2;

    private final Retries retries;
    private final BooleanSupplier isStopped;

    Retrying(Retries retries, BooleanSupplier isStopped) {
        this.retries = retries;
        this.isStopped = isStopped;
    }

    /** Something that may throw what it likes: Scala throws checked exceptions undeclared. */
    @FunctionalInterface
    interface Action {
        void run() throws Exception;
    }

    /**
     * Does it until it is done, or fails for good.
     *
     * @param name what is tried, for the message
     * @param onRetry told what went wrong and when it is tried again
     */
    void run(String name, Consumer<String> onRetry, Action action) throws Exception {
        Retry retry = Retry.of(
                name,
                RetryConfig.custom()
                        .maxAttempts(retries.attempts())
                        .intervalFunction(IntervalFunction.ofExponentialRandomBackoff(
                                Duration.ofSeconds(retries.pauseSeconds()), GROWTH, SPREAD))
                        .retryOnException(thrown -> !isStopped.getAsBoolean()
                                && TransientFault.among(thrown).isPresent())
                        .build());
        retry.getEventPublisher()
                .onRetry(event -> onRetry.accept("%s: %s at attempt %d of %d; it is tried again in %d s"
                        .formatted(
                                name,
                                TransientFault.among(event.getLastThrowable())
                                        .map(fault -> fault.getClass().getSimpleName())
                                        .orElse("a fault"),
                                event.getNumberOfRetryAttempts(),
                                retries.attempts(),
                                event.getWaitInterval().toSeconds())));
        retry.executeCallable(() -> {
            action.run();
            return null;
        });
    }
}
