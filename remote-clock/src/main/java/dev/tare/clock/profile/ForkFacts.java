package dev.tare.clock.profile;

import dev.tare.clock.ClockStatus;
import dev.tare.clock.Witness;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/** What is no number about the clock of this JVM's measurements; printed when the JVM ends, one {@code # fact} each. */
final class ForkFacts {
    private static final Map<ClockStatus, Integer> STATUSES = new EnumMap<>(ClockStatus.class);
    private static final Map<Witness, Integer> WITNESSES = new EnumMap<>(Witness.class);
    private static @Nullable ClockChoice used;
    private static @Nullable IterationVerdict worst;

    private ForkFacts() {}

    /** The clock in use; the first call arranges for the facts to be printed. */
    static synchronized void use(ClockChoice choice) {
        if (used == null) {
            used = choice;
            // JMH prints the beginning of a line before an iteration and its end after, so facts wait for the end.
            Runtime.getRuntime().addShutdownHook(new Thread(ForkFacts::print, "facts of the clock"));
        }
    }

    /** A measured iteration. */
    static synchronized void add(IterationVerdict verdict) {
        STATUSES.merge(verdict.interval().status(), 1, Integer::sum);
        WITNESSES.merge(verdict.interval().witness(), 1, Integer::sum);
        if (worst == null || verdict.shortestIterationNs(1) > worst.shortestIterationNs(1)) {
            worst = verdict;
        }
    }

    private static synchronized void print() {
        // The fork's System.out leads through JMH's connection, which closes at the same time.
        try (PrintStream out =
                new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8)) {
            if (used != null) {
                out.println("# fact clock: " + used.label());
            }
            if (worst != null) {
                out.println("# fact clock-status: " + counted(STATUSES));
                out.println("# fact clock-witness: " + counted(WITNESSES));
                out.println("# fact clock-shortest-iteration: " + advice(worst));
            }
        }
    }

    /** Such as {@code synchronized 4, free_running 1}. */
    private static String counted(Map<? extends Enum<?>, Integer> counts) {
        return counts.entrySet().stream()
                .map(entry -> entry.getKey().name().toLowerCase(Locale.ROOT) + " " + entry.getValue())
                .collect(Collectors.joining(", "));
    }

    /** How long an iteration must be for the timing error to stay below a share of it. */
    private static String advice(IterationVerdict verdict) {
        return DoubleStream.of(1, 0.1, 0.01)
                .mapToObj(share -> {
                    double shortestNs = verdict.shortestIterationNs(share);
                    String length = Double.isFinite(shortestNs)
                            ? String.format(Locale.ROOT, "%.3g ms", shortestNs / 1e6)
                            : "no length";
                    return length + " for " + IterationVerdict.plain(share) + " %";
                })
                .collect(Collectors.joining(", "));
    }
}
