package io.clientele.lake;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.ThreadLocalRandom;
import okhttp3.Interceptor;
import okhttp3.Response;

/** Asks again when a store is too busy, or the line breaks: a little later each time. */
final class Persistence implements Interceptor {

    private static final int TRIES = 6;
    private static final long FIRST_PAUSE_MILLIS = 100;

    @Override
    public Response intercept(Chain chain) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                Response response = chain.proceed(chain.request());
                if (response.code() < 500 || response.code() == 501 || attempt == TRIES) {
                    return response;
                }
                response.close();
            } catch (IOException e) {
                if (attempt == TRIES || chain.call().isCanceled()) {
                    throw e;
                }
            }
            pause(attempt);
        }
    }

    /** Twice as long each time, and never the same for two who were turned away together. */
    private static void pause(int attempt) throws InterruptedIOException {
        long longest = FIRST_PAUSE_MILLIS << attempt;
        try {
            Thread.sleep(ThreadLocalRandom.current().nextLong(longest / 2, longest));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
    }
}
