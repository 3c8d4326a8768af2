package dev.tare.profiles.exit;

/** What was asked for cannot be done; the message says what, what was expected, what came, and what to do next. */
public final class Refusal extends RuntimeException {
    private final ExitCode exitCode;

    private Refusal(ExitCode exitCode, String message, Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    private Refusal(ExitCode exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /** The command line or a profile is wrong. */
    public static Refusal usage(String message) {
        return new Refusal(ExitCode.USAGE, message);
    }

    /** This machine, folder, network or run cannot serve the request. */
    public static Refusal unavailable(String message) {
        return new Refusal(ExitCode.UNAVAILABLE, message);
    }

    /** This machine, folder, network or run cannot serve the request, for the given reason. */
    public static Refusal unavailable(String message, Throwable cause) {
        return new Refusal(ExitCode.UNAVAILABLE, message, cause);
    }

    /** The code that the process is to exit with. */
    public ExitCode exitCode() {
        return exitCode;
    }
}
