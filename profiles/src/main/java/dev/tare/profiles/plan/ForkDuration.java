package dev.tare.profiles.plan;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.Defaults;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * How long one fork takes by its iterations.
 *
 * @param iterations the sum of all iterations, plus the start of the JVM
 * @param open true when iterations end with the work instead of after a time (single shots), so that it may take longer
 */
public record ForkDuration(Duration iterations, boolean open) {
    /** JVM, class loading and JMH's hand-shake; the set-up of a benchmark comes on top and only a run can tell it. */
    private static final Duration START = Duration.ofMillis(800);

    static ForkDuration of(BenchmarkListEntry benchmark, Options options) {
        boolean shots = benchmark.getMode() == Mode.SingleShotTime;
        int warmups = options.getWarmupIterations()
                .orElse(benchmark
                        .getWarmupIterations()
                        .orElse(shots ? Defaults.WARMUP_ITERATIONS_SINGLESHOT : Defaults.WARMUP_ITERATIONS));
        int measurements = options.getMeasurementIterations()
                .orElse(benchmark
                        .getMeasurementIterations()
                        .orElse(shots ? Defaults.MEASUREMENT_ITERATIONS_SINGLESHOT : Defaults.MEASUREMENT_ITERATIONS));
        if (shots) {
            return new ForkDuration(START, true);
        }
        Duration warmup =
                nanos(options.getWarmupTime().orElse(benchmark.getWarmupTime().orElse(Defaults.WARMUP_TIME)));
        Duration measurement = nanos(options.getMeasurementTime()
                .orElse(benchmark.getMeasurementTime().orElse(Defaults.MEASUREMENT_TIME)));
        Duration all = START.plus(warmup.multipliedBy(warmups)).plus(measurement.multipliedBy(measurements));
        int warmupForks =
                options.getWarmupForkCount().orElse(benchmark.getWarmupForks().orElse(Defaults.WARMUP_FORKS));
        return new ForkDuration(all.multipliedBy(1L + warmupForks), false);
    }

    private static Duration nanos(TimeValue time) {
        return Duration.ofNanos(time.convertTo(TimeUnit.NANOSECONDS));
    }
}
