package dev.tare.harness.results;

import java.util.Collection;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;

/** Hands to JMH what a module's benchmarks recorded in an iteration; a module's own says what that is. */
public abstract class SecondaryResultsProfiler implements InternalProfiler {
    private final SecondaryResults results;

    /** Of one module. */
    protected SecondaryResultsProfiler(SecondaryResults results) {
        this.results = results;
    }

    @Override
    public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
        results.clear();
    }

    @Override
    @SuppressWarnings("rawtypes") // JMH's interface declares it so.
    public Collection<? extends Result> afterIteration(
            BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
        return results.take(iteration);
    }
}
