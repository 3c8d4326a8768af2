package dev.tare.profiles.jmh;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.ProfilerConfig;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.runner.options.WarmupMode;
import org.openjdk.jmh.util.Optional;

/**
 * Two sets of JMH options of which the upper one wins.
 *
 * <p>JMH's {@code OptionsBuilder.parent} concatenates what it selects with what its parent selects; here the upper
 * selection of benchmarks replaces the lower one. Profilers and excludes add up. Files are left out: where output and
 * results go is decided for a run as a whole, not for each of its forks.
 */
public final class OverlaidOptions implements Options {
    private final Options upper;
    private final Options lower;

    /** Options in which {@code upper} wins over {@code lower}. */
    public OverlaidOptions(Options upper, Options lower) {
        this.upper = upper;
        this.lower = lower;
    }

    @Override
    public List<String> getIncludes() {
        return upper.getIncludes().isEmpty() ? lower.getIncludes() : upper.getIncludes();
    }

    @Override
    public List<String> getExcludes() {
        return both(Options::getExcludes);
    }

    @Override
    public Optional<String> getOutput() {
        return Optional.none();
    }

    @Override
    public Optional<ResultFormatType> getResultFormat() {
        return Optional.none();
    }

    @Override
    public Optional<String> getResult() {
        return Optional.none();
    }

    @Override
    public Optional<Boolean> shouldDoGC() {
        return first(Options::shouldDoGC);
    }

    @Override
    public List<ProfilerConfig> getProfilers() {
        // The upper one replaces a lower one of its class: two clocks, or two limits, would contradict each other.
        List<ProfilerConfig> profilers = new ArrayList<>(lower.getProfilers());
        upper.getProfilers().forEach(wanted -> {
            profilers.removeIf(other -> other.getKlass().equals(wanted.getKlass()));
            profilers.add(wanted);
        });
        return profilers;
    }

    @Override
    public Optional<VerboseMode> verbosity() {
        return first(Options::verbosity);
    }

    @Override
    public Optional<Boolean> shouldFailOnError() {
        return first(Options::shouldFailOnError);
    }

    @Override
    public Optional<Integer> getThreads() {
        return first(Options::getThreads);
    }

    @Override
    public Optional<int[]> getThreadGroups() {
        return first(Options::getThreadGroups);
    }

    @Override
    public Optional<Boolean> shouldSyncIterations() {
        return first(Options::shouldSyncIterations);
    }

    @Override
    public Optional<Integer> getWarmupIterations() {
        return first(Options::getWarmupIterations);
    }

    @Override
    public Optional<TimeValue> getWarmupTime() {
        return first(Options::getWarmupTime);
    }

    @Override
    public Optional<Integer> getWarmupBatchSize() {
        return first(Options::getWarmupBatchSize);
    }

    @Override
    public Optional<WarmupMode> getWarmupMode() {
        return first(Options::getWarmupMode);
    }

    @Override
    public List<String> getWarmupIncludes() {
        return both(Options::getWarmupIncludes);
    }

    @Override
    public Optional<Integer> getMeasurementIterations() {
        return first(Options::getMeasurementIterations);
    }

    @Override
    public Optional<TimeValue> getMeasurementTime() {
        return first(Options::getMeasurementTime);
    }

    @Override
    public Optional<Integer> getMeasurementBatchSize() {
        return first(Options::getMeasurementBatchSize);
    }

    @Override
    public Collection<Mode> getBenchModes() {
        return upper.getBenchModes().isEmpty() ? lower.getBenchModes() : upper.getBenchModes();
    }

    @Override
    public Optional<TimeUnit> getTimeUnit() {
        return first(Options::getTimeUnit);
    }

    @Override
    public Optional<Integer> getOperationsPerInvocation() {
        return first(Options::getOperationsPerInvocation);
    }

    @Override
    public Optional<Integer> getForkCount() {
        return first(Options::getForkCount);
    }

    @Override
    public Optional<Integer> getWarmupForkCount() {
        return first(Options::getWarmupForkCount);
    }

    @Override
    public Optional<String> getJvm() {
        return first(Options::getJvm);
    }

    @Override
    public Optional<Collection<String>> getJvmArgs() {
        return first(Options::getJvmArgs);
    }

    @Override
    public Optional<Collection<String>> getJvmArgsAppend() {
        return first(Options::getJvmArgsAppend);
    }

    @Override
    public Optional<Collection<String>> getJvmArgsPrepend() {
        return first(Options::getJvmArgsPrepend);
    }

    @Override
    public Optional<Collection<String>> getParameter(String name) {
        return first(options -> options.getParameter(name));
    }

    @Override
    public Optional<TimeValue> getTimeout() {
        return first(Options::getTimeout);
    }

    private <T> Optional<T> first(Function<Options, Optional<T>> property) {
        Optional<T> above = property.apply(upper);
        return above.hasValue() ? above : property.apply(lower);
    }

    private <T> List<T> both(Function<Options, List<T>> property) {
        List<T> all = new ArrayList<>(property.apply(lower));
        all.addAll(property.apply(upper));
        return all;
    }
}
