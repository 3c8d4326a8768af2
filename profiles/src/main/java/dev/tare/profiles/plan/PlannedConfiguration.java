package dev.tare.profiles.plan;

import dev.tare.report.unit.SizeParameter;
import dev.tare.runs.Configuration;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.Defaults;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * One benchmark with one value for each of its parameters: what a fork measures.
 *
 * @param benchmark class and method
 * @param mode JMH's mode
 * @param threads number of threads
 * @param params value of every parameter, in the benchmark's order
 * @param shown names of the parameters that tell it from others: those that a benchmark has several values for, or that
 *     somebody set
 * @param forks how many forks are to be measured
 * @param fork options that make JMH run exactly one fork of it
 * @param duration how long such a fork takes
 */
public record PlannedConfiguration(
        String benchmark,
        Mode mode,
        int threads,
        Map<String, String> params,
        Set<String> shown,
        int forks,
        Options fork,
        ForkDuration duration) {

    /** The same with other options for its forks. */
    public PlannedConfiguration with(Options otherFork) {
        return new PlannedConfiguration(benchmark, mode, threads, params, shown, forks, otherFork, duration);
    }

    /** What it is called in the journal and in reports. */
    public Configuration identity() {
        return new Configuration(benchmark, mode.shortLabel(), threads, new TreeMap<>(params));
    }

    /** For people: the simple class, the method, and the parameters that matter. */
    public String title() {
        int method = benchmark.lastIndexOf('.');
        int type = benchmark.lastIndexOf('.', method - 1);
        String name = benchmark.substring(type + 1);
        String modeIfUnusual = mode == Mode.Throughput ? "" : " " + mode.shortLabel();
        String threadsIfMany = threads == 1 ? "" : " t=" + threads;
        return name + modeIfUnusual + threadsIfMany + (shown.isEmpty() ? "" : " " + parameters());
    }

    private String parameters() {
        return params.entrySet().stream()
                .filter(param -> shown.contains(param.getKey()))
                .map(param -> param.getKey() + "=" + SizeParameter.readable(param.getKey(), param.getValue()))
                .collect(Collectors.joining(" "));
    }

    /**
     * How long one fork takes by its iterations.
     *
     * @param iterations the sum of all iterations, plus the start of the JVM
     * @param open true when iterations end with the work instead of after a time (single shots), so that it may take longer
     * @param warmups how many iterations of warm-up
     * @param warmup of one of them
     * @param measurements how many iterations that are measured
     * @param measurement of one of them
     */
    public record ForkDuration(
            Duration iterations, boolean open, int warmups, Duration warmup, int measurements, Duration measurement) {
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
                            .orElse(
                                    shots
                                            ? Defaults.MEASUREMENT_ITERATIONS_SINGLESHOT
                                            : Defaults.MEASUREMENT_ITERATIONS));
            Duration warmup = nanos(
                    options.getWarmupTime().orElse(benchmark.getWarmupTime().orElse(Defaults.WARMUP_TIME)));
            Duration measurement = nanos(options.getMeasurementTime()
                    .orElse(benchmark.getMeasurementTime().orElse(Defaults.MEASUREMENT_TIME)));
            if (shots) {
                return new ForkDuration(START, true, warmups, warmup, measurements, measurement);
            }
            Duration all = START.plus(warmup.multipliedBy(warmups)).plus(measurement.multipliedBy(measurements));
            int warmupForks = options.getWarmupForkCount()
                    .orElse(benchmark.getWarmupForks().orElse(Defaults.WARMUP_FORKS));
            return new ForkDuration(
                    all.multipliedBy(1L + warmupForks), false, warmups, warmup, measurements, measurement);
        }

        private static Duration nanos(TimeValue time) {
            return Duration.ofNanos(time.convertTo(TimeUnit.NANOSECONDS));
        }
    }
}
