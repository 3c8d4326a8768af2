package dev.tare.io.device;

import java.io.PrintStream;
import java.util.Map;

/** Prints what is no number: a line {@code # fact key: value} each, which the launcher keeps with the result. */
public final class Facts {
    private Facts() {}

    /** Prints facts in the map's order; line breaks in a value become spaces. */
    public static void print(PrintStream out, Map<String, String> facts) {
        if (facts.isEmpty()) {
            return;
        }
        // JMH has begun a line for the iteration; and one call, so that lines of concurrent threads do not mix.
        StringBuilder lines = new StringBuilder(System.lineSeparator());
        facts.forEach((key, value) -> lines.append("# fact ")
                .append(key)
                .append(": ")
                .append(value.replaceAll("\\R", " "))
                .append(System.lineSeparator()));
        out.print(lines);
        out.flush();
    }
}
