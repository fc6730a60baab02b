package io.clientele.failure;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;

/** What passes by itself: a store that does not answer, is overloaded, or cuts the line. Told by type, never by message. */
public final class TransientFault {

    private static final int DEEPEST = 50;

    private static final Set<Class<?>> OF_THE_NETWORK = Set.of(
            ConnectException.class,
            NoRouteToHostException.class,
            PortUnreachableException.class,
            SocketException.class,
            SocketTimeoutException.class,
            TimeoutException.class,
            UnknownHostException.class);

    /** Of libraries that are there only where a lake needs them. */
    private static final Set<String> OF_STORES = Set.of(
            "org.apache.hadoop.fs.s3a.AWSApiCallTimeoutException",
            "org.apache.hadoop.fs.s3a.AWSServiceThrottledException",
            "org.apache.hadoop.fs.s3a.AWSStatus500Exception",
            "org.apache.hadoop.fs.s3a.HttpChannelEOFException",
            "org.apache.hadoop.ipc.RetriableException",
            "org.apache.hadoop.ipc.StandbyException",
            "org.apache.hadoop.net.ConnectTimeoutException",
            "org.apache.http.NoHttpResponseException",
            "org.apache.http.conn.ConnectTimeoutException");

    private TransientFault() {}

    /** The fault that passes by itself among the causes of what was thrown, if there is one. */
    public static Optional<Throwable> among(Throwable thrown) {
        int depth = 0;
        for (Throwable cause = thrown; cause != null && depth < DEEPEST; cause = cause.getCause(), depth++) {
            if (cause instanceof Failure) {
                return Optional.empty();
            }
            if (passes(cause)) {
                return Optional.of(cause);
            }
        }
        return Optional.empty();
    }

    private static boolean passes(Throwable cause) {
        return OF_THE_NETWORK.contains(cause.getClass())
                || OF_STORES.contains(cause.getClass().getName())
                || (cause instanceof IOException && saysBusy(String.valueOf(cause.getMessage())));
    }

    /** The words of HTTP's answers 500, 502, 503 and 504. */
    private static boolean saysBusy(String message) {
        String said = message.toLowerCase(Locale.ROOT);
        return said.contains("slow down")
                || said.contains("slowdown")
                || said.contains("service unavailable")
                || said.contains("bad gateway")
                || said.contains("gateway timeout")
                || said.contains("internal server error");
    }
}
