package io.clientele.lake;

import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.io.IOException;
import java.time.Duration;
import okhttp3.Interceptor;
import okhttp3.Response;

/** Asks again when a store is too busy, or the line breaks: twice as much later each time, and never the same for two. */
final class Persistence implements Interceptor {

    private static final int TRIES = 6;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(150);
    private static final double GROWTH = 2;
    private static final double SPREAD = 0.3;

    @Override
    public Response intercept(Chain chain) throws IOException {
        Retry retry = Retry.of(
                "store",
                RetryConfig.<Response>custom()
                        .maxAttempts(TRIES)
                        .intervalFunction(IntervalFunction.ofExponentialRandomBackoff(FIRST_PAUSE, GROWTH, SPREAD))
                        .retryOnResult(response -> response.code() >= 500 && response.code() != 501)
                        .consumeResultBeforeRetryAttempt((attempt, response) -> response.close())
                        .retryOnException(thrown ->
                                thrown instanceof IOException && !chain.call().isCanceled())
                        .build());
        try {
            return retry.executeCallable(() -> chain.proceed(chain.request()));
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) { // which the action does not throw
            throw new IOException(e);
        }
    }
}
