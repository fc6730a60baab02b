package io.clientele.failure;

/**
 * What stops a run, told to the person who can do something about it: what is wrong, where, and what to do. The message
 * never holds personal data, for it goes to logs and to the ledger.
 */
public final class Failure extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private final ExitCode exitCode;

    public Failure(ExitCode exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    public Failure(ExitCode exitCode, String message, Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    public static Failure configuration(String format, Object... values) {
        return new Failure(ExitCode.CONFIGURATION, String.format(format, values));
    }

    public static Failure input(String format, Object... values) {
        return new Failure(ExitCode.INPUT, String.format(format, values));
    }

    public ExitCode exitCode() {
        return exitCode;
    }
}
