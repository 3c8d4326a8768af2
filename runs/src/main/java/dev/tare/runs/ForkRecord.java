package dev.tare.runs;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One measured fork of a configuration. A plain JMH file tells its samples only.
 *
 * @param round its round, from 1; in a plain JMH file its position
 * @param attempt 1, or more when its round was measured again because of contaminated iterations
 * @param started when it began, as the journal has it (ISO 8601, UTC); empty in a plain JMH file
 * @param seconds from its start to its end, set-up included; 0 when it is not known
 * @param facts what the fork said of itself that is no number
 * @param iterations what the iteration profiler recorded; empty without it
 * @param histograms its response times whole, by what responded
 * @param samples in sample mode how often each time occurred, in the metric's unit; empty in other modes
 */
public record ForkRecord(
        int round,
        int attempt,
        Optional<String> started,
        double seconds,
        SortedMap<String, String> facts,
        List<IterationRecord> iterations,
        SortedMap<String, ResponseHistogram> histograms,
        SortedMap<Double, Long> samples) {
    /** Keeps copies. */
    public ForkRecord {
        facts = Collections.unmodifiableSortedMap(new TreeMap<>(facts));
        iterations = List.copyOf(iterations);
        histograms = Collections.unmodifiableSortedMap(new TreeMap<>(histograms));
        samples = Collections.unmodifiableSortedMap(new TreeMap<>(samples));
    }

    /** How many of its iterations others disturbed beyond the limits that the run was given. */
    public int contaminated() {
        return (int) iterations.stream().filter(IterationRecord::contaminated).count();
    }
}
