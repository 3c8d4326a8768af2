package dev.tare.profiles.command;

import dev.tare.history.check.SeriesName;
import dev.tare.profiles.cli.CommandException;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Parameters;

/** Which series are meant. */
final class SeriesOptions {
    @Parameters(
            arity = "0..1",
            paramLabel = "SERIES",
            description = "A regular expression found in the names of the series that are meant (default: all).")
    private String expression = "";

    private @Nullable Pattern compiled;

    boolean isAll() {
        return expression.isEmpty();
    }

    boolean include(SeriesName series) {
        return compiled().matcher(series.name()).find();
    }

    /** Whether a host is meant of which there is no series. */
    boolean includeHost(String host) {
        return compiled().matcher(host).find();
    }

    private Pattern compiled() {
        if (compiled == null) {
            try {
                compiled = Pattern.compile(expression);
            } catch (PatternSyntaxException e) {
                throw CommandException.usage(
                        "SERIES: expected a regular expression, got " + expression + ": " + e.getDescription());
            }
        }
        return compiled;
    }
}
