package io.clientele.cli;

/** Whether a person watches. */
final class Watcher {

    private Watcher() {}

    @SuppressWarnings("SystemConsoleNull") // true up to Java 21, which is the last that Spark 4.1 runs on
    static boolean isThere() {
        return System.console() != null;
    }
}
