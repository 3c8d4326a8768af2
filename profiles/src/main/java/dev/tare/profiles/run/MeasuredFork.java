package dev.tare.profiles.run;

import java.time.Duration;
import java.util.Map;
import org.openjdk.jmh.results.BenchmarkResult;

/**
 * What one fork yielded.
 *
 * @param result JMH's result with all its iterations
 * @param facts what the fork said of itself that is no number
 * @param duration from its start to its end, set-up included
 */
record MeasuredFork(BenchmarkResult result, Map<String, String> facts, Duration duration) {}
