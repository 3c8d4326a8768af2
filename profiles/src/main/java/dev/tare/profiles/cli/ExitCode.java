package dev.tare.profiles.cli;

/** Exit codes of the launcher. */
public enum ExitCode {
    /** Everything that was asked for was done. */
    OK(0),
    /** A benchmark failed, or results are incomplete. */
    INCOMPLETE(1),
    /** The command line or the profile is wrong. */
    USAGE(2),
    /** The command was right but this machine, folder, network or run cannot serve it. */
    UNAVAILABLE(3),
    /** Something is worse than it was, and this was asked to be an error. */
    REGRESSION(4),
    /** Stopped by Ctrl-C; all that was measured is kept. After {@code kill} the JVM itself makes it 143. */
    INTERRUPTED(130);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    /** The number that the process exits with. */
    public int code() {
        return code;
    }
}
