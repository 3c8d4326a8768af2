package dev.tare.profiles.jmh;

import dev.tare.harness.Reasons;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.runner.RunnerException;

/** Why JMH failed, in words for people. */
public final class JmhFailure {
    private JmhFailure() {}

    /**
     * The messages of the innermost causes, without JMH's wrappers.
     *
     * @return one line for every cause
     */
    public static String message(RunnerException failure) {
        List<String> lines = new ArrayList<>();
        collect(failure, lines);
        return String.join("\n", lines);
    }

    private static void collect(Throwable thrown, List<String> lines) {
        List<Throwable> inner = new ArrayList<>(List.of(thrown.getSuppressed()));
        if (thrown.getCause() != null) {
            inner.add(thrown.getCause());
        }
        // JMH's own exceptions carry what happened as a cause or as suppressed ones; their own words add nothing.
        if (thrown.getClass().getName().startsWith("org.openjdk.jmh.") && !inner.isEmpty()) {
            inner.forEach(cause -> collect(cause, lines));
            return;
        }
        String line = Reasons.of(thrown);
        if (!lines.contains(line)) {
            lines.add(line);
        }
    }
}
