package dev.tare.io.profile;

import dev.tare.harness.results.SecondaryResults;
import dev.tare.harness.results.SecondaryResultsProfiler;

/**
 * Response times and CPU per I/O of the benchmarks of this module, for {@code -prof}.
 *
 * <p>{@code responseAverageUs}, {@code responseP50Us}, {@code responseP90Us}, {@code responseP95Us}, {@code
 * responseP99Us}, {@code responseP999Us}, {@code responseP9999Us}, {@code responseMaxUs}: from the submission of an I/O, or
 * in an open loop from when it was due, to its completion, of the I/Os that the score counts, on the clock that the fact {@code
 * response-times} names; the maximum is the largest of all iterations, the others are averages over them. Where a benchmark
 * reads and writes, {@code read...} and {@code write...} tell the same of either, {@code fsync...} of the calls that {@code
 * sync=fsync:N} makes. {@code discardedAgainPercent}: discards that met what was discarded already. An open loop has {@code askedPerS}, its rate, and
 * {@code achievedPercent}, how many of the requests that were due were begun in an iteration; those that were not have waited
 * at least until its end, which counts as their response time. {@code cpuUserUs}, {@code cpuSystemUs}, {@code cpuIowaitUs}, {@code cpuStealUs}: time of all
 * processors of the system divided by the I/Os completed, with the few that JMH makes behind the measured time; at a
 * resolution of 10 ms per processor and iteration.
 */
public class IoProfiler extends SecondaryResultsProfiler {
    /** Where the benchmarks of this module record what is theirs. */
    public static final SecondaryResults RESULTS = new SecondaryResults();

    /** Of this module. */
    public IoProfiler() {
        super(RESULTS);
    }

    @Override
    public String getDescription() {
        return "Response times and CPU per I/O of the benchmarks of files, devices and LUNs";
    }
}
