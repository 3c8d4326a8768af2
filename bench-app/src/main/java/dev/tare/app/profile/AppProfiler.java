package dev.tare.app.profile;

import dev.tare.harness.results.SecondaryResults;
import dev.tare.harness.results.SecondaryResultsProfiler;

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
public class AppProfiler extends SecondaryResultsProfiler {
    /** Where the benchmarks of this module record what is theirs. */
    public static final SecondaryResults RESULTS = new SecondaryResults();

    /** Of this module. */
    public AppProfiler() {
        super(RESULTS);
    }

    @Override
    public String getDescription() {
        return "Response times and costs of the transactions of the benchmarks of applications";
    }
}
