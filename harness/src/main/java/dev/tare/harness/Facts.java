package dev.tare.harness;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.Supplier;
import org.openjdk.jmh.infra.ThreadParams;

/**
 * What is worth knowing about a fork and is no number: lines {@code # fact key: value} on its standard output, which plain
 * JMH shows and the launcher keeps with the result.
 *
 * <p>JMH prints the beginning of a line before an iteration and its end after it. In a fork facts therefore wait for the
 * end of the JVM, so that JMH's lines stay whole; without a fork they are printed at once, on lines of their own.
 */
public final class Facts {
    private static final String FORK = "org.openjdk.jmh.runner.ForkedMain";
    private static final boolean IS_FORK =
            System.getProperty("sun.java.command", "").startsWith(FORK);
    private static final List<Supplier<List<String>>> WAITING = new ArrayList<>();

    private Facts() {}

    /**
     * Prints a fact.
     *
     * @param key in kebab case
     * @param value line breaks in it become spaces
     */
    public static void print(String key, Object value) {
        line("# fact " + key + ": " + value);
    }

    /** Prints facts in the map's order. */
    public static void print(Map<String, ?> facts) {
        facts.forEach(Facts::print);
    }

    /** Prints a fact once for all threads of the fork. */
    public static void print(ThreadParams thread, String key, Object value) {
        if (thread.getThreadIndex() == 0) {
            print(key, value);
        }
    }

    /**
     * Prints facts that are known only when the JVM ends, such as counts over all iterations; in the map's order.
     *
     * @param facts asked once, while the JVM ends
     */
    public static synchronized void printAtEnd(Supplier<? extends Map<String, ?>> facts) {
        atEnd(() -> facts.get().entrySet().stream()
                .map(fact -> whole("# fact " + fact.getKey() + ": " + fact.getValue()))
                .toList());
    }

    /**
     * Prints whole histograms when the JVM ends, lines {@code # histogram name: } and what HdrHistogram has in a line of its logs;
     * only where {@link HistogramProfiler} asked for them, because they are long and people read numbers.
     *
     * @param histograms asked once, while the JVM ends
     */
    public static synchronized void printHistogramsAtEnd(Supplier<? extends Map<String, String>> histograms) {
        if (Boolean.getBoolean(HistogramProfiler.PROPERTY)) {
            atEnd(() -> histograms.get().entrySet().stream()
                    .map(one -> "# histogram " + one.getKey() + ": " + one.getValue())
                    .toList());
        }
    }

    @SuppressWarnings("SystemOut") // Standard output is the channel between a benchmark and whoever runs it.
    static synchronized void line(String text) {
        String whole = whole(text);
        if (IS_FORK) {
            atEnd(() -> List.of(whole));
        } else {
            System.out.println(System.lineSeparator() + whole);
        }
    }

    private static String whole(String text) {
        return text.replaceAll("\\R", " ");
    }

    private static void atEnd(Supplier<List<String>> lines) {
        if (WAITING.isEmpty()) {
            Runtime.getRuntime().addShutdownHook(new Thread(Facts::printWaiting, "facts"));
        }
        WAITING.add(lines);
    }

    private static void printWaiting() {
        List<Supplier<List<String>>> waiting;
        synchronized (Facts.class) {
            // What asks for a value may wait for somebody who prints a fact.
            waiting = List.copyOf(WAITING);
        }
        StringJoiner all = new StringJoiner(System.lineSeparator(), "", System.lineSeparator()).setEmptyValue("");
        for (Supplier<List<String>> lines : waiting) {
            try {
                lines.get().forEach(all::add);
            } catch (RuntimeException e) {
                // One that cannot be told is no reason to lose the others.
                System.err.println("facts: expected their values at the end of the JVM, got " + Reasons.of(e));
            }
        }
        // The fork's System.out leads through JMH's connection, which closes at the same time. Written at once, because
        // JMH's host prints the last score when its message arrives, be it between two writes of ours.
        try (FileOutputStream out = new FileOutputStream(FileDescriptor.out)) {
            out.write(all.toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            System.err.println("facts: " + all + " could not be written: " + Reasons.of(e));
        }
    }
}
