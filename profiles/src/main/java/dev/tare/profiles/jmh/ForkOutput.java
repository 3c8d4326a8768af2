package dev.tare.profiles.jmh;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.runner.format.OutputFormat;

/**
 * What a fork prints, line by line: lines like {@code # fact direct: yes}, {@code # iteration {...}} and {@code # histogram
 * response: HIST...} are collected, and
 * all of them are passed on, but not into a line that JMH has begun.
 *
 * <p>JMH takes it two ways: what the fork prints through {@code System.out} and {@code System.err} comes out of those of its
 * host, and what it writes to descriptors 1 and 2 past them goes to JMH's output format, from one thread for each. Each
 * has a line buffer of its own, so that no line is torn. JMH in turn prints {@code Iteration   1: } when an iteration
 * begins and its score when it ends: what comes between waits for the end of that line.
 */
public final class ForkOutput implements AutoCloseable {
    private static final Pattern FACT = Pattern.compile("# fact ([a-z0-9-]+): (.*)");
    private static final Pattern HISTOGRAM = Pattern.compile("# histogram ([a-zA-Z0-9]+): ([A-Za-z0-9+/=]+)");
    private static final String ITERATION = "# iteration ";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private final Lines fromOut;
    private final Lines fromErr;
    private final Map<Thread, Lines> fromDescriptors = new LinkedHashMap<>();
    private final List<Runnable> waiting = new ArrayList<>();
    private final Map<String, String> facts = new LinkedHashMap<>();
    private final List<String> iterations = new ArrayList<>();
    private final Map<String, String> histograms = new LinkedHashMap<>();
    private @Nullable OutputFormat jmh;
    private boolean inJmhsLine;

    private ForkOutput(Consumer<String> toOut, Consumer<String> toErr) {
        fromOut = new Lines(toOut);
        fromErr = new Lines(toErr);
    }

    /** Takes over both streams until it is closed; lines of the fork go to {@code log}. */
    public static ForkOutput redirect(PrintStream log) {
        return new ForkOutput(log::println, log::println).takingOver();
    }

    /** The same with lines that go where they would have gone. */
    static ForkOutput passing() {
        return new ForkOutput(System.out::println, System.err::println).takingOver();
    }

    private ForkOutput takingOver() {
        System.setOut(new PrintStream(fromOut, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(fromErr, true, StandardCharsets.UTF_8));
        return this;
    }

    /** The format with an ear for what a fork writes to its descriptors, and for when JMH is in the middle of a line. */
    public synchronized OutputFormat listening(OutputFormat next) {
        jmh = next;
        return new ForwardingFormat(next) {
            @Override
            public void write(int b) {
                ofThisThread(next).write(b);
            }

            @Override
            public void write(byte[] bytes) {
                ofThisThread(next).write(bytes, 0, bytes.length);
            }

            @Override
            public void iteration(BenchmarkParams benchmark, IterationParams params, int iteration) {
                jmh(() -> super.iteration(benchmark, params, iteration), true);
            }

            @Override
            public void iterationResult(
                    BenchmarkParams benchmark, IterationParams params, int iteration, IterationResult data) {
                jmh(() -> super.iterationResult(benchmark, params, iteration, data), false);
            }

            @Override
            public void startBenchmark(BenchmarkParams benchmark) {
                jmh(() -> super.startBenchmark(benchmark), false);
            }

            @Override
            public void endBenchmark(BenchmarkResult result) {
                jmh(() -> super.endBenchmark(result), false);
            }

            @Override
            public void print(String text) {
                jmh(() -> super.print(text), !text.endsWith("\n"));
            }

            @Override
            public void println(String text) {
                jmh(() -> super.println(text), false);
            }
        };
    }

    /** JMH prints something, and is in the middle of a line after it or not. */
    private synchronized void jmh(Runnable printing, boolean thenInALine) {
        printing.run();
        inJmhsLine = thenInALine;
        passOn();
    }

    private void passOn() {
        if (!inJmhsLine) {
            waiting.forEach(Runnable::run);
            waiting.clear();
        }
    }

    private synchronized Lines ofThisThread(OutputFormat format) {
        return fromDescriptors.computeIfAbsent(Thread.currentThread(), any -> new Lines(format::println));
    }

    /** What was collected so far; when a fact is repeated the last word counts. */
    public synchronized Map<String, String> facts() {
        endLines();
        return new LinkedHashMap<>(facts);
    }

    /** The records of iterations so far, each a JSON object. */
    public synchronized List<String> iterations() {
        endLines();
        return List.copyOf(iterations);
    }

    /** Response times whole, by what responded. */
    public synchronized Map<String, String> histograms() {
        endLines();
        return new LinkedHashMap<>(histograms);
    }

    @Override
    public void close() {
        System.setOut(out);
        System.setErr(err);
        synchronized (this) {
            endLines();
            if (inJmhsLine && jmh != null) {
                jmh.println("");
            }
            inJmhsLine = false;
            passOn();
        }
    }

    /** A fork that dies leaves its last line without an end. */
    private void endLines() {
        fromOut.end();
        fromErr.end();
        fromDescriptors.values().forEach(Lines::end);
    }

    private synchronized void line(String text, Consumer<String> to) {
        Matcher fact = FACT.matcher(text);
        if (fact.matches()) {
            facts.put(fact.group(1), fact.group(2));
        } else if (text.startsWith(ITERATION) && isObject(text.substring(ITERATION.length()))) {
            iterations.add(text.substring(ITERATION.length()));
        } else {
            Matcher histogram = HISTOGRAM.matcher(text);
            if (histogram.matches()) {
                histograms.put(histogram.group(1), histogram.group(2));
            }
        }
        waiting.add(() -> to.accept(text));
        passOn();
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
        private final Consumer<String> to;

        Lines(Consumer<String> to) {
            this.to = to;
        }

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
            line(text, to);
        }
    }
}
