package dev.tare.profiles.command;

import dev.tare.history.check.SeriesName;
import dev.tare.profiles.cli.CommandException;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import picocli.CommandLine.Parameters;

/** Which series are meant. */
final class SeriesOptions {
    @Parameters(
            arity = "0..1",
            paramLabel = "SERIES",
            description = "A regular expression found in the names of the series that are meant (default: all).")
    private String expression = "";

    boolean isAll() {
        return expression.isEmpty();
    }

    boolean include(SeriesName series) {
        return isFoundIn(series.name());
    }

    /** Whether a host is meant of which there is no series. */
    boolean includeHost(String host) {
        return isFoundIn(host);
    }

    private boolean isFoundIn(String name) {
        try {
            return Pattern.compile(expression).matcher(name).find();
        } catch (PatternSyntaxException e) {
            throw CommandException.usage(
                    "SERIES: expected a regular expression, got " + expression + ": " + e.getDescription());
        }
    }
}
