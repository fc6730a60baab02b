package io.clientele.run;

import io.clientele.failure.ExitCode;
import io.clientele.failure.Failure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs the place of a bug: types and frames, never the messages of the engine, which quote the data. */
final class FailureLog {

    private static final Logger LOG = LoggerFactory.getLogger(FailureLog.class);
    private static final int FRAMES = 12;

    private FailureLog() {}

    static void write(Failure failure) {
        if (failure.exitCode() != ExitCode.BUG) {
            return;
        }
        StringBuilder trace = new StringBuilder();
        int depth = 0;
        for (Throwable cause = failure.getCause(); cause != null && depth < 6; cause = cause.getCause(), depth++) {
            trace.append("\n  caused by ").append(cause.getClass().getName());
            StackTraceElement[] frames = cause.getStackTrace();
            for (int i = 0; i < Math.min(FRAMES, frames.length); i++) {
                trace.append("\n    at ").append(frames[i]);
            }
        }
        LOG.error("{}{}", failure.getMessage(), trace);
    }
}
