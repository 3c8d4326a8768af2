package dev.tare.profiles.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tare.profiles.jmh.ForwardingFormat;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.openjdk.jmh.runner.format.OutputFormat;

/**
 * What a fork prints: it goes to the log, and lines like {@code # fact direct: yes} and {@code # iteration {...}} are
 * collected.
 *
 * <p>JMH takes it two ways: what the fork prints through {@code System.out} and {@code System.err} comes out of those of its
 * host, and what it writes to descriptors 1 and 2 past them goes to JMH's output format, from one thread for each. Each
 * has a line buffer of its own, so that no line is torn.
 */
final class ForkOutput implements AutoCloseable {
    private static final Pattern FACT = Pattern.compile("# fact ([a-z0-9-]+): (.*)");
    private static final String ITERATION = "# iteration ";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final PrintStream log;
    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private final Lines fromOut = new Lines();
    private final Lines fromErr = new Lines();
    private final Map<Thread, Lines> fromDescriptors = new LinkedHashMap<>();
    private final Map<String, String> facts = new LinkedHashMap<>();
    private final List<String> iterations = new ArrayList<>();

    private ForkOutput(PrintStream log) {
        this.log = log;
    }

    /** Takes over both streams until it is closed. */
    static ForkOutput redirect(PrintStream log) {
        ForkOutput output = new ForkOutput(log);
        System.setOut(new PrintStream(output.fromOut, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(output.fromErr, true, StandardCharsets.UTF_8));
        return output;
    }

    /** The format with an ear for what a fork writes to its descriptors. */
    OutputFormat listening(OutputFormat next) {
        return new ForwardingFormat(next) {
            @Override
            public void write(int b) {
                ofThisThread().write(b);
            }

            @Override
            public void write(byte[] bytes) {
                ofThisThread().write(bytes, 0, bytes.length);
            }
        };
    }

    private synchronized Lines ofThisThread() {
        return fromDescriptors.computeIfAbsent(Thread.currentThread(), any -> new Lines());
    }

    /** What was collected so far; when a fact is repeated the last word counts. */
    synchronized Map<String, String> facts() {
        endLines();
        return new LinkedHashMap<>(facts);
    }

    /** The records of iterations so far, each a JSON object. */
    synchronized List<String> iterations() {
        endLines();
        return List.copyOf(iterations);
    }

    @Override
    public void close() {
        System.setOut(out);
        System.setErr(err);
        synchronized (this) {
            endLines();
        }
    }

    /** A fork that dies leaves its last line without an end. */
    private void endLines() {
        fromOut.end();
        fromErr.end();
        fromDescriptors.values().forEach(Lines::end);
    }

    private synchronized void line(String text) {
        log.println(text);
        Matcher fact = FACT.matcher(text);
        if (fact.matches()) {
            facts.put(fact.group(1), fact.group(2));
        } else if (text.startsWith(ITERATION) && isObject(text.substring(ITERATION.length()))) {
            iterations.add(text.substring(ITERATION.length()));
        }
    }

    private static boolean isObject(String json) {
        try {
            return JSON.readTree(json).isObject();
        } catch (JsonProcessingException foreignLine) {
            return false;
        }
    }

    private final class Lines extends OutputStream {
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();

        @Override
        public void write(int b) {
            synchronized (ForkOutput.this) {
                if (b == '\n') {
                    take();
                } else {
                    line.write(b);
                }
            }
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            for (int i = offset; i < offset + length; i++) {
                write(bytes[i]);
            }
        }

        private void end() {
            if (line.size() > 0) {
                take();
            }
        }

        private void take() {
            String text = line.toString(StandardCharsets.UTF_8).stripTrailing();
            line.reset();
            line(text);
        }
    }
}
