package dev.tare.profiles.command;

import dev.tare.history.check.ChangeFinding;
import dev.tare.history.check.HistoryCheck;
import dev.tare.profiles.cli.ExitCode;
import java.util.Locale;
import picocli.CommandLine.Option;

/** What of a check makes the exit code 4. */
final class FailOnOption {
    private enum Failing {
        NEVER,
        REGRESSION,
        CHANGE;

        /** As it is written, also in the message about another word. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Option(
            names = "--fail-on",
            paramLabel = "regression|change|never",
            description = "Exit with 4 when there is one that was not accepted (default: never).")
    private Failing failOn = Failing.NEVER;

    ExitCode of(HistoryCheck check) {
        boolean failed = switch (failOn) {
            case NEVER -> false;
            case REGRESSION -> check.news().stream().anyMatch(ChangeFinding::isRegression);
            case CHANGE -> !check.news().isEmpty();
        };
        return failed ? ExitCode.REGRESSION : ExitCode.OK;
    }
}
