package dev.tare.profiles.jmh;

import dev.tare.report.unit.Measure;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.ScalarResult;
import org.openjdk.jmh.runner.format.OutputFormat;

/**
 * Shows counters in the physical units that their names end with, and what the user wants to see. JMH labels every counter
 * with operations per time, also one that counts megabytes, and in average-time mode it shows the inverse. Results that it
 * writes to a file stay its own, and are all there.
 */
final class ShownResults extends ForwardingFormat {
    private final Predicate<String> hidden;

    /**
     * Shows results on another format.
     *
     * @param hidden of which labels secondary results are not shown
     */
    ShownResults(OutputFormat next, Predicate<String> hidden) {
        super(next);
        this.hidden = hidden;
    }

    @Override
    public void iterationResult(
            BenchmarkParams benchmark, IterationParams params, int iteration, IterationResult data) {
        super.iterationResult(benchmark, params, iteration, shown(benchmark, data));
    }

    @Override
    public void endBenchmark(BenchmarkResult result) {
        // JMH hands over null when a benchmark has failed.
        super.endBenchmark(result == null ? result : shown(result));
    }

    @Override
    public void endRun(Collection<RunResult> results) {
        super.endRun(results.stream().map(this::shown).toList());
    }

    private RunResult shown(RunResult result) {
        return new RunResult(
                result.getParams(),
                result.getBenchmarkResults().stream().map(this::shown).toList());
    }

    private BenchmarkResult shown(BenchmarkResult result) {
        List<IterationResult> iterations = result.getIterationResults().stream()
                .map(iteration -> shown(result.getParams(), iteration))
                .toList();
        BenchmarkResult shown = new BenchmarkResult(result.getParams(), iterations, result.getMetadata());
        result.getBenchmarkResults().values().forEach(shown::addBenchmarkResult);
        return shown;
    }

    private IterationResult shown(BenchmarkParams benchmark, IterationResult data) {
        // JMH throws when asked for secondary results of an iteration that failed.
        if (data.getRawPrimaryResults().isEmpty()) {
            return data;
        }
        IterationResult shown = new IterationResult(benchmark, data.getParams(), data.getMetadata());
        shown.addResults(data.getRawPrimaryResults());
        data.getSecondaryResults().forEach((label, result) -> {
            if (result.getRole().isDerivative() || hidden.test(label)) {
                return; // What is derivative JMH derives from the primary result again.
            }
            Optional<Measure> measure = Measure.physical(label, result.getScoreUnit(), benchmark.getThreads());
            if (measure.isPresent()) {
                shown.addResult(physical(measure.get(), result));
            } else {
                shown.addResults(data.getRawSecondaryResults().get(label));
            }
        });
        return shown;
    }

    private static Result<?> physical(Measure measure, Result<?> result) {
        return measure.unit().equals(result.getScoreUnit())
                ? result
                : new ScalarResult(
                        measure.name(), measure.convert(result.getScore()), measure.unit(), AggregationPolicy.AVG);
    }
}
