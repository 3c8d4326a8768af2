package dev.tare.app.profile;

import dev.tare.harness.results.SecondaryResults;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;

/**
 * Response times and costs of the transactions of this module, for {@code -prof}.
 *
 * <p>{@code responseAverageUs} to {@code responseMaxUs}: of the transactions that the score counts, from their begin, or with
 * {@code ratePerS} from when they were due. {@code serverCpuMs} and {@code clientCpuMs}: processor time of the server's processes and
 * of this one, in milliseconds a transaction, which is CPU seconds per 1,000 of them; the server's only where it runs beside this
 * process, to 10 ms an iteration and process. {@code walBytes}: what the server logged, a transaction. {@code
 * bufferHitPercent}: pages that it found in its buffers, where it tells in time (15 and newer). {@code flushUs}: what the
 * device of the server's data takes to make 8 KiB durable, before the first iteration. The work of others on a server elsewhere
 * counts in its figures.
 */
public class AppProfiler implements InternalProfiler {
    /** Where the benchmarks of this module record what is theirs. */
    public static final SecondaryResults RESULTS = new SecondaryResults();

    @Override
    public String getDescription() {
        return "Response times and costs of the transactions of the benchmarks of applications";
    }

    @Override
    public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
        RESULTS.clear();
    }

    @Override
    public List<Result<?>> afterIteration(
            BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
        return RESULTS.take(iteration);
    }
}
