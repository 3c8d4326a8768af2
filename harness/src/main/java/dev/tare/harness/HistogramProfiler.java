package dev.tare.harness;

import java.io.File;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.ExternalProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.Result;

/**
 * Lets a fork print its response times whole when it ends: a line {@code # histogram response: HISTFAAA...} for each kind, of
 * its measured iterations, which HdrHistogram reads and adds to others. Percentiles of iterations cannot be added.
 *
 * <p>{@code -prof histograms}; the launcher's runs always have them.
 */
public class HistogramProfiler implements ExternalProfiler {
    /** Whether histograms are printed; a system property of the fork. */
    static final String PROPERTY = "tare.histograms";

    @Override
    public String getDescription() {
        return "Response times whole, as lines that HdrHistogram reads";
    }

    @Override
    public Collection<String> addJVMInvokeOptions(BenchmarkParams params) {
        return List.of();
    }

    @Override
    public Collection<String> addJVMOptions(BenchmarkParams params) {
        return List.of("-D" + PROPERTY + "=true");
    }

    @Override
    public void beforeTrial(BenchmarkParams params) {
        // All is done by the fork.
    }

    @Override
    public Collection<? extends Result<?>> afterTrial(BenchmarkResult result, long pid, File stdOut, File stdErr) {
        return List.of();
    }

    @Override
    public boolean allowPrintOut() {
        return true;
    }

    @Override
    public boolean allowPrintErr() {
        return true;
    }
}
