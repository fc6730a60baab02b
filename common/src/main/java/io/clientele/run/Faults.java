package io.clientele.run;

import io.clientele.failure.ExitCode;
import io.clientele.failure.Failure;
import io.clientele.failure.StorageFault;
import io.clientele.failure.TransientFault;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.SparkThrowable;

/**
 * Turns whatever went wrong into one {@link Failure}. The messages of the engine quote values of the data, hence only its
 * error conditions, which do not, are passed on.
 */
final class Faults {

    private Faults() {}

    static Failure explain(Throwable thrown, String job, String lake) {
        List<Throwable> chain = chain(thrown);
        for (Throwable cause : chain) {
            if (cause instanceof Failure failure) {
                return failure;
            }
        }
        for (Throwable cause : chain) {
            Optional<StorageFault> fault = StorageFault.of(cause);
            if (fault.isPresent()) {
                return new Failure(
                        ExitCode.STORAGE,
                        "job '%s': the lake %s cannot be written or read (%s); make room or give access, then run again"
                                .formatted(job, lake, fault.get().words()),
                        thrown);
            }
        }
        Optional<Throwable> passing = TransientFault.among(thrown);
        if (passing.isPresent()) {
            return new Failure(
                    ExitCode.TRANSIENT,
                    "job '%s': the lake %s or the network did not answer (%s), also when tried again; run it again later"
                            .formatted(job, lake, passing.get().getClass().getSimpleName()),
                    thrown);
        }
        Throwable root = chain.get(chain.size() - 1);
        String condition = chain.stream()
                .filter(SparkThrowable.class::isInstance)
                .map(cause -> ((SparkThrowable) cause).getCondition())
                .filter(Objects::nonNull)
                .reduce((outer, inner) -> inner)
                .orElse(root.getClass().getSimpleName());
        return new Failure(
                ExitCode.BUG,
                "job '%s' failed: %s%s%s"
                        .formatted(job, condition, isOurs(root) ? ": " + root.getMessage() : "", place(chain)),
                thrown);
    }

    private static List<Throwable> chain(Throwable thrown) {
        List<Throwable> chain = new ArrayList<>();
        for (Throwable cause = thrown; cause != null && chain.size() < 50; cause = cause.getCause()) {
            chain.add(cause);
        }
        return chain;
    }

    /** Only messages made by this program are known to hold no data. */
    private static boolean isOurs(Throwable root) {
        return (root instanceof IllegalStateException || root instanceof IllegalArgumentException)
                && root.getStackTrace().length > 0
                && root.getStackTrace()[0].getClassName().startsWith("io.clientele.");
    }

    private static String place(List<Throwable> chain) {
        return chain.stream()
                .flatMap(cause -> Arrays.stream(cause.getStackTrace()))
                .filter(frame -> frame.getClassName().startsWith("io.clientele."))
                .findFirst()
                .map(frame -> " (at %s:%d)".formatted(frame.getFileName(), frame.getLineNumber()))
                .orElse("");
    }
}
