package dev.tare.os.profile;

import dev.tare.harness.results.SecondaryResults;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;

/**
 * How late timers are and what the kernel counted, for {@code -prof}.
 *
 * <p>{@code overshootAverageUs}, {@code overshootP50Us} to {@code overshootP9999Us}, {@code overshootMaxUs}: how much longer
 * than it asked a thread slept; the maximum is the largest of all iterations, the others are averages over them. {@code
 * contextSwitchesPercent}: how often the two threads of a hand-over left their processors, in percent of the hand-overs.
 * {@code shootdownsPercent}: interrupts of this machine by which one processor told another to drop a translation, in percent of
 * the operations.
 */
public class OsProfiler implements InternalProfiler {
    /** Where the benchmarks of this module record what is theirs. */
    public static final SecondaryResults RESULTS = new SecondaryResults();

    @Override
    public String getDescription() {
        return "How late timers are and what the kernel counted, of the benchmarks of timers, system calls and scheduling";
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
