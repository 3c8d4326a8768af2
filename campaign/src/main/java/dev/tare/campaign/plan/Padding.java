package dev.tare.campaign.plan;

import dev.tare.campaign.agent.HostWork.PlannedLine;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * How many iterations each host measures, so that each is under load from before the counted time of all others until after
 * it: JMH cannot be told to go on, so there is a fixed surplus. A host that measures alone has none.
 */
public final class Padding {
    /** For the spread of starts, the bounds of clocks, and what lies between iterations. */
    private static final long MARGIN_MS = 250;

    /** A JVM with its clock, and what it says at its end. */
    private static final long START_MS = 1500;

    private static final long NOTICE_MS = 2000;

    private Padding() {}

    /**
     * Iterations by host.
     *
     * @param lines of the hosts that run something
     * @param measured those whose scores are results: their iterations are to count
     */
    public static Map<String, Integer> iterations(Map<String, PlannedLine> lines, Set<String> measured) {
        Map<String, Integer> iterations = new LinkedHashMap<>();
        long windowMs = lines.entrySet().stream()
                .filter(line -> measured.contains(line.getKey()))
                .mapToLong(
                        line -> line.getValue().iterations() * line.getValue().iterationMs())
                .max()
                .orElse(0);
        long longestMs = lines.values().stream()
                .mapToLong(PlannedLine::iterationMs)
                .max()
                .orElse(0);
        lines.forEach((host, line) -> {
            int count = line.iterations();
            if (lines.size() > 1) {
                count = line.iterationMs() == 0
                        // Nobody knows how long they take; the proof will say what came of it.
                        ? line.iterations() + 2
                        : (int) Math.ceil((windowMs + 2.0 * (longestMs + MARGIN_MS)) / line.iterationMs());
            }
            iterations.put(host, Math.max(count, line.iterations()));
        });
        return iterations;
    }

    /** How long an attempt takes from the start of its JVMs, as far as the lines tell: start, warm-up, notice, iterations. */
    public static long durationMs(Map<String, PlannedLine> lines, Map<String, Integer> iterations) {
        long warmupMs = lines.values().stream()
                .mapToLong(line -> line.warmups() * line.warmupMs())
                .max()
                .orElse(0);
        return START_MS + warmupMs + NOTICE_MS + measuredMs(lines, iterations);
    }

    /** How long the longest of them measures. */
    public static long measuredMs(Map<String, PlannedLine> lines, Map<String, Integer> iterations) {
        return lines.entrySet().stream()
                .mapToLong(line -> iterations.getOrDefault(line.getKey(), 0)
                        * line.getValue().iterationMs())
                .max()
                .orElse(0);
    }

    /** Whether somebody's iterations end with their work. */
    public static boolean isOpen(Collection<PlannedLine> lines) {
        return lines.stream().anyMatch(line -> line.iterationMs() == 0);
    }
}
