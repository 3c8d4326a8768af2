package dev.tare.profiles.jmh;

import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.runner.format.OutputFormat;

/**
 * Notices benchmarks that failed.
 *
 * <p>Without {@code -foe true} JMH goes on after a failure and exits with 0. A failed benchmark shows in two ways only:
 * it starts and never ends, or it ends with fewer iterations than its parameters promise.
 */
final class FailureWatch extends ForwardingFormat {
    private final List<BenchmarkParams> started = new ArrayList<>();
    private final List<BenchmarkParams> complete = new ArrayList<>();

    FailureWatch(OutputFormat next) {
        super(next);
    }

    /** Every benchmark that was started and did not yield all its iterations. */
    List<BenchmarkParams> failed() {
        List<BenchmarkParams> failed = new ArrayList<>(started);
        failed.removeAll(complete);
        return failed;
    }

    @Override
    public void startBenchmark(BenchmarkParams benchmark) {
        started.add(benchmark);
        super.startBenchmark(benchmark);
    }

    @Override
    public void endBenchmark(BenchmarkResult result) {
        if (result != null) {
            BenchmarkParams params = result.getParams();
            int expected =
                    Math.max(1, params.getForks()) * params.getMeasurement().getCount();
            if (result.getIterationResults().size() == expected) {
                complete.add(params);
            }
        }
        super.endBenchmark(result);
    }
}
