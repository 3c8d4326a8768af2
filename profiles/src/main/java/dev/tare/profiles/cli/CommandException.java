package dev.tare.profiles.cli;

/** What was asked for cannot be done; the message says what, what was expected, what came, and what to do next. */
public final class CommandException extends RuntimeException {
    private final ExitCode exitCode;

    private CommandException(ExitCode exitCode, String message, Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    private CommandException(ExitCode exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /** The command line or a profile is wrong. */
    public static CommandException usage(String message) {
        return new CommandException(ExitCode.USAGE, message);
    }

    /** This machine, folder, network or run cannot serve the request. */
    public static CommandException unavailable(String message) {
        return new CommandException(ExitCode.UNAVAILABLE, message);
    }

    /** This machine, folder, network or run cannot serve the request, for the given reason. */
    public static CommandException unavailable(String message, Throwable cause) {
        return new CommandException(ExitCode.UNAVAILABLE, message, cause);
    }

    /** The code that the process is to exit with. */
    public ExitCode exitCode() {
        return exitCode;
    }
}
