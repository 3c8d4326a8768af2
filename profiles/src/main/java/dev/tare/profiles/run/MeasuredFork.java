package dev.tare.profiles.run;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.results.BenchmarkResult;

/**
 * What one fork yielded.
 *
 * @param result JMH's result with all its iterations
 * @param facts what the fork said of itself that is no number
 * @param iterations the records of its iterations, JSON objects
 * @param started when it began
 * @param duration from its start to its end, set-up included
 */
record MeasuredFork(
        BenchmarkResult result,
        Map<String, String> facts,
        List<String> iterations,
        Instant started,
        Duration duration) {
    /** How many iterations others disturbed beyond the limits. */
    int contaminated() {
        return (int) iterations.stream()
                .filter(iteration -> iteration.contains("\"contaminated\":true"))
                .count();
    }
}
