package dev.tare.clock.profile;

import dev.tare.clock.ClockUnreachableException;
import dev.tare.clock.MeasuredInterval;
import dev.tare.clock.RemoteClock;
import dev.tare.clock.agent.ClockAgent;
import dev.tare.clock.agent.ClockSettings;
import dev.tare.clock.agent.MeasuringClock;
import dev.tare.harness.Reasons;
import dev.tare.machine.virtualization.VirtualizationDetector;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.Main;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.ExternalProfiler;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.profile.ProfilerException;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;
import org.openjdk.jmh.runner.BenchmarkException;
import org.openjdk.jmh.runner.IterationType;

/**
 * Measures benchmarks with a remote clock, or watches the local clock while it measures.
 *
 * <p>{@code -prof remoteclock:server=HOST:PORT[,transport=udp|tcp][,mode=disciplined|direct]
 * [,when=virtual|always|never][,wander=PPM][,max-error=PERCENT][,verbosity=normal|terse]}. By default the clock is swapped in guests only; an
 * iteration whose time is not known to {@code max-error} (1 %) fails its benchmark.
 *
 * <p>JMH makes instances in the host JVM, to check the options and then one per benchmark, and one in every fork. An
 * exception from a constructor stops the run only in the first of these, else the profiler is silently left out; so
 * everything that may fail later does so in a call-back.
 */
public class RemoteClockProfiler implements ExternalProfiler, InternalProfiler {
    /** Tells a fork the choice of its host. */
    private static final String CHOICE = "dev.tare.clock.choice";

    private static final AtomicBoolean EXIT_ARMED = new AtomicBoolean();

    /** Trials that were begun and have no score, or none yet. */
    private static final AtomicInteger UNSCORED = new AtomicInteger();

    private final ProfilerOptions options;
    private final ClockChoice choice;
    private RemoteClock.@Nullable OpenInterval iteration;
    private long directReadings;

    /** For {@link java.util.ServiceLoader}, which makes an instance at every look-up and drops it: does nothing. */
    public RemoteClockProfiler() {
        options = ProfilerOptions.parse("");
        choice = new ClockChoice(Optional.empty(), "none chosen");
    }

    /**
     * Chooses the clock.
     *
     * @param text the options
     * @throws ProfilerException when the options are wrong, when a guest lacks a server, or when the server is silent
     */
    public RemoteClockProfiler(String text) throws ProfilerException {
        String fromHost = System.getProperty(CHOICE);
        try {
            options = ProfilerOptions.parse(text);
            choice = fromHost == null
                    ? ClockChoice.of(options, VirtualizationDetector.detectHere())
                    : ClockChoice.inFork(options, fromHost);
            if (fromHost == null) {
                choice.checkServerOnce();
            }
        } catch (IllegalArgumentException | ClockUnreachableException e) {
            throw new ProfilerException("remote clock: " + e.getMessage());
        }
        if (fromHost == null && choice.swaps()) {
            // Takes effect without forks only: no generated class is ever loaded in the host of a fork.
            ClockAgent.swap();
        }
    }

    @Override
    public String getDescription() {
        return "Measures with a remote clock (remoteclock:server=HOST:PORT), in guests by default";
    }

    @Override
    public Collection<String> addJVMInvokeOptions(BenchmarkParams params) {
        return List.of();
    }

    @Override
    public Collection<String> addJVMOptions(BenchmarkParams params) {
        List<String> added = new ArrayList<>();
        added.add("-D" + CHOICE + "=" + choice.property());
        if (choice.settings().isPresent()) {
            try {
                added.add("-javaagent:" + ClockAgent.jar() + "="
                        + choice.settings().get().arguments());
            } catch (IOException e) {
                throw failed("remote clock: the agent's jar cannot be read or written: " + Reasons.of(e)
                        + "; make java.io.tmpdir writable");
            }
        }
        return added;
    }

    @Override
    public void beforeTrial(BenchmarkParams params) {
        if (isUnderJmhsMain()) {
            exitAfterThisThread();
        }
        try {
            refuseSampling(params);
            choice.checkServer();
        } catch (IllegalStateException | ClockUnreachableException e) {
            throw failed(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public Collection<? extends Result<?>> afterTrial(
            BenchmarkResult result, long process, File standardOutput, File standardError) {
        // Called for trials that have a result only.
        if (isUnderJmhsMain()) {
            UNSCORED.decrementAndGet();
        }
        return List.of();
    }

    @Override
    public boolean allowPrintOut() {
        return true;
    }

    @Override
    public boolean allowPrintErr() {
        return true;
    }

    @Override
    public void beforeIteration(BenchmarkParams params, IterationParams iterationParams) {
        MeasuredClockFacts.use(choice);
        Optional<RemoteClock> clock = clock(params);
        directReadings = MeasuringClock.directReadings();
        iteration = clock.map(source -> orFail(source::beginInterval)).orElse(null);
    }

    @Override
    public Collection<? extends Result<?>> afterIteration(
            BenchmarkParams params, IterationParams iterationParams, IterationResult result) {
        RemoteClock.OpenInterval begun = iteration;
        Optional<RemoteClock> clock = MeasuringClock.clock();
        if (begun == null || clock.isEmpty()) {
            return IterationVerdict.localResults();
        }
        iteration = null;
        MeasuredInterval interval = orFail(() -> clock.get().endInterval(begun));
        IterationVerdict verdict = IterationVerdict.of(
                params, result, interval, options.direct() ? 0 : interval.localRateBoundPpm() + options.wanderPpm());
        if (iterationParams.getType() == IterationType.MEASUREMENT) {
            if (choice.swaps()) {
                refuseInvocations(params);
                verdict.objection(options.maxErrorPercent()).ifPresent(RemoteClockProfiler::fail);
            }
            MeasuredClockFacts.add(verdict);
        }
        List<ScalarResult> results = verdict.results(options.maxErrorPercent(), choice.swaps());
        if (!options.terse()) {
            return results;
        }
        if (iterationParams.getType() == IterationType.MEASUREMENT) {
            MeasuredClockFacts.addFigures(results);
        }
        return results.stream()
                .filter(row -> IterationVerdict.isEssential(row.getLabel()))
                .toList();
    }

    /**
     * Whether {@code verbosity=terse} leaves out the results of this label: those of the clock that say neither which one
     * measured nor how far it can be trusted.
     */
    public static boolean isLeftOutByTerse(String label) {
        return label.startsWith(IterationVerdict.PREFIX) && !IterationVerdict.isEssential(label);
    }

    /** The clock of this JVM, which a fork's agent has opened already and a JVM without forks opens now. */
    private Optional<RemoteClock> clock(BenchmarkParams params) {
        if (choice.settings().isEmpty()) {
            return Optional.empty();
        }
        ClockSettings settings = choice.settings().get();
        refuseSampling(params);
        if (!MeasuringClock.open(settings)) {
            fail("remote clock: " + MeasuringClock.failure().orElseThrow());
        }
        String generated = params.generatedBenchmark();
        String className = generated.substring(0, generated.lastIndexOf('.'));
        if (choice.swaps() && !ClockAgent.hasSwapped(className)) {
            fail("remote clock: expected to swap the clock of " + className + ", but "
                    + (ClockAgent.swap()
                            ? "it was loaded before, or reads no clock; run it in a fork (-f 1)"
                            : "this JVM was started without the agent; run with forks (-f 1), start with `java -jar` a jar"
                                    + " whose manifest has Launcher-Agent-Class: "
                                    + ClockAgent.class.getName() + ", or add -javaagent:JAR"));
        }
        return MeasuringClock.clock();
    }

    private void refuseSampling(BenchmarkParams params) {
        if (options.direct() && choice.swaps() && params.getMode() == Mode.SampleTime) {
            fail("remote clock: sample mode with mode=direct would measure the network, with a request for every call;"
                    + " use mode=disciplined, or another benchmark mode");
        }
    }

    private void refuseInvocations(BenchmarkParams params) {
        long readings = MeasuringClock.directReadings() - directReadings;
        if (readings > 2L * params.getThreads()) {
            fail("remote clock: expected two readings per thread and iteration, got " + readings
                    + ": with Level.Invocation fixtures every call is timed, and mode=direct would measure the network;"
                    + " use mode=disciplined");
        }
    }

    private static <T> T orFail(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (ClockUnreachableException e) {
            throw failure("remote clock: " + e.getMessage());
        }
    }

    private static void fail(String message) {
        throw failure(message);
    }

    /**
     * Ends a JVM as failed if a trial has no score: lets JMH's thread, which is the current one, report the failure and end;
     * then the JVM exits with code 1. JMH keeps the iterations that were complete before a profiler objected, and would make
     * a score of them; only a fork that exits with another code than 0 takes its benchmark's score with it. And JMH's own main
     * exits with 0 whatever failed.
     */
    private static void exitAfterThisThread() {
        UNSCORED.incrementAndGet();
        if (EXIT_ARMED.compareAndSet(false, true)) {
            Thread main = Thread.currentThread();
            new Thread(() -> exitAfter(main), "exit after failure").start();
        }
    }

    private static void exitAfter(Thread main) {
        try {
            main.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (UNSCORED.get() > 0) {
            System.exit(1);
        }
    }

    private static IllegalStateException failure(String message) {
        if (System.getProperty(CHOICE) != null || isUnderJmhsMain()) {
            exitAfterThisThread();
        }
        return new IllegalStateException(message);
    }

    /** Other launchers have exit codes of their own. */
    private static boolean isUnderJmhsMain() {
        return StackWalker.getInstance()
                .walk(frames -> frames.anyMatch(frame -> frame.getClassName().equals(Main.class.getName())));
    }

    /** In the host: JMH drops the benchmark with all its forks, and goes on with the next one. */
    private static BenchmarkException failed(String message) {
        IllegalStateException cause = new IllegalStateException(message);
        System.out.println("<failure>\n\n" + message + "\n");
        return new BenchmarkException(cause);
    }
}
