package io.clientele.failure;

/** How a run ended, for the orchestrator that called it. */
public enum ExitCode {
    OK(0, "all went well"),
    BUG(1, "a fault of the program; the log has the place"),
    USAGE(2, "the command line is wrong"),
    CONFIGURATION(3, "a configuration file is wrong"),
    INPUT(4, "an expected input is missing"),
    QUALITY(5, "the counts do not balance, nothing more was done"),
    LOCKED(6, "another run is writing to the lake; try again later"),
    STORAGE(7, "the lake cannot be read or written: disk full, read-only, no permission"),
    INCOMPATIBLE(8, "the lake was written by a newer version"),
    GATE(9, "a quality rule stopped the night before bad rows were published"),
    TRANSIENT(10, "the store or the network did not answer, several times; run again later"),
    STOPPED(143, "the run was told to stop, and did; run again");

    private final int code;
    private final String doc;

    ExitCode(int code, String doc) {
        this.code = code;
        this.doc = doc;
    }

    public int code() {
        return code;
    }

    public String doc() {
        return doc;
    }
}
