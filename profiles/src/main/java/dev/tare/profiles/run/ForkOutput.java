package dev.tare.profiles.run;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a fork prints: it goes to the log, and lines like {@code # fact direct: yes} are collected.
 *
 * <p>JMH copies a fork's output to {@code System.out} and {@code System.err} of its host, past its own output format, so
 * both are taken over while a fork runs.
 */
final class ForkOutput implements AutoCloseable {
    private static final Pattern FACT = Pattern.compile("# fact ([a-z0-9-]+): (.*)");

    private final PrintStream log;
    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final Map<String, String> facts = new LinkedHashMap<>();

    private ForkOutput(PrintStream log) {
        this.log = log;
    }

    /** Takes over both streams until it is closed. */
    static ForkOutput redirect(PrintStream log) {
        ForkOutput output = new ForkOutput(log);
        PrintStream stream = new PrintStream(output.new Lines(), true, StandardCharsets.UTF_8);
        System.setOut(stream);
        System.setErr(stream);
        return output;
    }

    /** What was collected so far; when a fact is repeated the last word counts. */
    synchronized Map<String, String> facts() {
        return new LinkedHashMap<>(facts);
    }

    @Override
    public void close() {
        System.setOut(out);
        System.setErr(err);
    }

    private synchronized void print(int b) {
        if (b != '\n') {
            line.write(b);
            return;
        }
        String text = line.toString(StandardCharsets.UTF_8).stripTrailing();
        line.reset();
        log.println(text);
        Matcher fact = FACT.matcher(text);
        if (fact.matches()) {
            facts.put(fact.group(1), fact.group(2));
        }
    }

    private final class Lines extends OutputStream {
        @Override
        public void write(int b) {
            print(b);
        }
    }
}
