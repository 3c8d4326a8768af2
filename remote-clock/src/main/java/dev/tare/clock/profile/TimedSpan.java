package dev.tare.clock.profile;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.IterationResult;

/** How long the time was that decided an iteration's score, which fixtures and hand-overs around it do not lengthen. */
final class TimedSpan {
    private TimedSpan() {}

    /**
     * The time in nanoseconds, recovered from the score.
     *
     * @param wholeNs the whole iteration, which counts in sample mode: a score there is the mean of many short times
     */
    static double ns(BenchmarkParams params, IterationResult result, long wholeNs) {
        Mode mode = params.getMode();
        if (result.getRawPrimaryResults().isEmpty() || mode == Mode.SampleTime) {
            return wholeNs;
        }
        double score = result.getPrimaryResult().getScore();
        double operations = result.getMetadata().getMeasuredOps();
        double unitNs = TimeUnit.NANOSECONDS.convert(1, params.getTimeUnit());
        return switch (mode) {
            case Throughput -> operations / score * unitNs;
            case AverageTime -> score * operations / params.getThreads() * unitNs;
            default -> score * unitNs;
        };
    }
}
