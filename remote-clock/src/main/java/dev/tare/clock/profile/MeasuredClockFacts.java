package dev.tare.clock.profile;

import dev.tare.clock.ClockStatus;
import dev.tare.clock.MeasuredInterval.Witness;
import dev.tare.clock.RemoteClock;
import dev.tare.clock.agent.MeasuringClock;
import dev.tare.harness.Facts;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.results.ScalarResult;

/** What is no number about the clock of this JVM's measurements: facts that are known when the JVM ends. */
final class MeasuredClockFacts {
    private static final Map<ClockStatus, Integer> STATUSES = new EnumMap<>(ClockStatus.class);
    private static final Map<Witness, Integer> WITNESSES = new EnumMap<>(Witness.class);
    private static final Map<String, List<ScalarResult>> FIGURES = new LinkedHashMap<>();
    private static @Nullable ClockChoice used;
    private static @Nullable IterationVerdict worst;

    private MeasuredClockFacts() {}

    /** The clock in use; the first call arranges for the facts to be printed. */
    static synchronized void use(ClockChoice choice) {
        if (used == null) {
            used = choice;
            Facts.print("clock", choice.label());
            Facts.printAtEnd(MeasuredClockFacts::ofIterations);
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

    /** All figures of a measured iteration, where they are not secondary results. */
    static synchronized void addFigures(List<ScalarResult> results) {
        results.forEach(result -> FIGURES.computeIfAbsent(result.getLabel(), label -> new ArrayList<>())
                .add(result));
    }

    private static synchronized Map<String, String> ofIterations() {
        Map<String, String> facts = new LinkedHashMap<>();
        if (worst != null) {
            facts.put("clock-status", counted(STATUSES));
            facts.put("clock-witness", counted(WITNESSES));
            facts.put("clock-shortest-iteration", advice(worst));
        }
        if (!FIGURES.isEmpty()) {
            facts.put(
                    "clock-figures",
                    FIGURES.values().stream().map(MeasuredClockFacts::figure).collect(Collectors.joining(", ")));
        }
        MeasuringClock.clock()
                .ifPresent(clock ->
                        facts.put("clock-server", clock.server().hostPort().toString()));
        MeasuringClock.clock().flatMap(RemoteClock::failure).ifPresent(failure -> facts.put("clock-failure", failure));
        return facts;
    }

    /** Such as {@code clock.roundTripUs 39.1 to 41.3 us}, the least and the greatest of the iterations. */
    private static String figure(List<ScalarResult> iterations) {
        DoubleSummaryStatistics all =
                iterations.stream().mapToDouble(ScalarResult::getScore).summaryStatistics();
        ScalarResult first = iterations.get(0);
        return String.format(
                Locale.ROOT, "%s %.4g to %.4g %s", first.getLabel(), all.getMin(), all.getMax(), first.getScoreUnit());
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
