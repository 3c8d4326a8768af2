package dev.tare.os.profile;

import dev.tare.harness.results.SecondaryResults;
import dev.tare.harness.results.SecondaryResultsProfiler;

/**
 * How late timers are and what the kernel counted, for {@code -prof}.
 *
 * <p>{@code overshootAverageUs}, {@code overshootP50Us} to {@code overshootP9999Us}, {@code overshootMaxUs}: how much longer
 * than it asked a thread slept; the maximum is the largest of all iterations, the others are averages over them. {@code
 * contextSwitchesPercent}: how often the two threads of a hand-over left their processors, in percent of the hand-overs.
 * {@code shootdownsPercent}: interrupts of this machine by which one processor told another to drop a translation, in percent of
 * the operations.
 */
public class OsProfiler extends SecondaryResultsProfiler {
    /** Where the benchmarks of this module record what is theirs. */
    public static final SecondaryResults RESULTS = new SecondaryResults();

    /** Of this module. */
    public OsProfiler() {
        super(RESULTS);
    }

    @Override
    public String getDescription() {
        return "How late timers are and what the kernel counted, of the benchmarks of timers, system calls and scheduling";
    }
}
