package dev.tare.harness;

import dev.tare.machine.MachineFiles;
import dev.tare.machine.cgroup.ControlGroup;
import dev.tare.machine.cpu.KernelThread;
import dev.tare.machine.cpu.Processors;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.profile.ProfilerException;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.runner.IterationType;

/**
 * Leaves a line {@code # iteration {json}} for every measured iteration of any benchmark: when it was, its score, and what
 * this machine did meanwhile besides; docs/iteration-records.md describes the fields.
 *
 * <p>An iteration is contaminated when steal, throttling by a control group, or foreign CPU time exceed a limit, {@code
 * -prof iterations:maxSteal=1;maxForeign=5} in percent of the iteration's length, separated by
 * semicolons or commas. Foreign is what all processes used but this one and those that it started: a peer or target that a
 * benchmark runs as its child belongs to the benchmark; what somebody else started does not, nor does the JVM that launches
 * forks.
 *
 * <p>All is read in JMH's call-backs around an iteration, nothing within. So the interval contains the set-up and tear-down
 * of an iteration, and those of the trial where there is no warm-up.
 */
public class IterationProfiler implements InternalProfiler {
    private static final String MAX_STEAL = "maxSteal";
    private static final String MAX_FOREIGN = "maxForeign";
    /** A benchmark may have thousands of threads, and each is a file to read. */
    private static final int MOST_THREADS = 1000;

    private static final int MOST_WORKERS = 64;
    private static final Map<String, Double> DEFAULTS = Map.of(MAX_STEAL, 1.0, MAX_FOREIGN, 5.0);

    private final IterationAccount.Limits limits;
    private @Nullable ControlGroup group;
    private @Nullable Processors processors;
    private @Nullable IterationReadings begin;
    private int iteration;

    /** With the default limits. */
    public IterationProfiler() {
        this.limits = limits(DEFAULTS);
    }

    /**
     * With limits.
     *
     * @param options such as {@code maxSteal=1;maxForeign=5}; a limit that is left out keeps its default
     * @throws ProfilerException when they have another form
     */
    public IterationProfiler(String options) throws ProfilerException {
        this.limits = limits(parsed(options));
    }

    @Override
    public String getDescription() {
        return "Time, steal and foreign CPU time of every iteration, as lines of JSON";
    }

    @Override
    public void beforeIteration(BenchmarkParams benchmark, IterationParams params) {
        if (params.getType() != IterationType.MEASUREMENT) {
            iteration = 0;
            return;
        }
        // Not in the constructor: JMH constructs profilers only to list them, too.
        if (group == null) {
            group = ControlGroup.ofThisProcess();
        }
        if (processors == null) {
            processors = Processors.ofThisMachine();
        }
        begin = IterationReadings.atBegin(group, processors);
    }

    @Override
    public List<Result<?>> afterIteration(BenchmarkParams benchmark, IterationParams params, IterationResult result) {
        if (begin == null || group == null || processors == null || params.getType() != IterationType.MEASUREMENT) {
            return List.of();
        }
        IterationReadings end = IterationReadings.atEnd(group, processors);
        iteration++;
        Facts.line("# iteration "
                + new IterationAccount(begin, end, limits)
                        .json(
                                score(benchmark, result),
                                Timescale.inUse().name(),
                                processors.frequencyMHz(),
                                processorsOfWorkers(benchmark)));
        begin = null;
        return List.of();
    }

    /** On which processor each of JMH's threads ran last, oldest first: they live until the fork ends. */
    private static List<Integer> processorsOfWorkers(BenchmarkParams benchmark) {
        return KernelThread.ofThisProcess(MachineFiles.ofThisMachine(), MOST_THREADS).stream()
                .filter(thread -> thread.nameBegins(benchmark.getBenchmark() + "-jmh-worker-"))
                .limit(MOST_WORKERS)
                .map(KernelThread::processor)
                .toList();
    }

    /** A failed iteration has no result, and JMH throws when asked for its score. */
    private IterationAccount.Score score(BenchmarkParams benchmark, IterationResult result) {
        boolean isMeasured = !result.getRawPrimaryResults().isEmpty();
        return new IterationAccount.Score(
                benchmark.getBenchmark(),
                iteration,
                isMeasured ? OptionalDouble.of(result.getPrimaryResult().getScore()) : OptionalDouble.empty(),
                isMeasured ? result.getScoreUnit() : "");
    }

    private static Map<String, Double> parsed(String options) throws ProfilerException {
        Map<String, Double> values = new HashMap<>(DEFAULTS);
        for (String option : List.of(options.split("[;,]"))) {
            int equals = option.indexOf('=');
            String name = equals < 0 ? option : option.substring(0, equals);
            if (!option.isBlank()) {
                if (equals < 0 || !DEFAULTS.containsKey(name.strip())) {
                    throw refusal(option);
                }
                values.put(name.strip(), percent(option, option.substring(equals + 1)));
            }
        }
        return values;
    }

    private static double percent(String option, String value) throws ProfilerException {
        if (!value.strip().matches("\\d{1,9}(\\.\\d{1,9})?")) {
            throw refusal(option);
        }
        return Double.parseDouble(value.strip());
    }

    private static ProfilerException refusal(String option) {
        return new ProfilerException("IterationProfiler: expected " + MAX_STEAL + "=PERCENT or " + MAX_FOREIGN
                + "=PERCENT with a number from 0, got \"" + option + "\"; pass for example " + MAX_STEAL + "=1;"
                + MAX_FOREIGN + "=5");
    }

    private static IterationAccount.Limits limits(Map<String, Double> values) {
        return new IterationAccount.Limits(values.getOrDefault(MAX_STEAL, 0.0), values.getOrDefault(MAX_FOREIGN, 0.0));
    }
}
