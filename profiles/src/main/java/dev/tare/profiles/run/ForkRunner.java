package dev.tare.profiles.run;

import dev.tare.harness.HistogramProfiler;
import dev.tare.harness.IterationProfiler;
import dev.tare.profiles.jmh.ForkOutput;
import dev.tare.profiles.jmh.JmhFailure;
import dev.tare.profiles.jmh.Profilers;
import dev.tare.profiles.plan.PlannedConfiguration;
import dev.tare.runs.RunHeader;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Lets JMH run one fork. */
final class ForkRunner {
    private final PrintStream log;
    private final Map<String, String> hostFacts;
    private final String limits;

    /**
     * Everything that JMH says goes into {@code log}.
     *
     * @param hostFacts what holds for every fork here unless it says otherwise
     * @param header has the limits beyond which an iteration is contaminated
     */
    ForkRunner(PrintStream log, Map<String, String> hostFacts, RunHeader header) {
        this(log, hostFacts, "maxSteal=" + header.maxStealPercent() + ";maxForeign=" + header.maxForeignPercent());
    }

    /** The same with limits as the profiler of iterations takes them; its own where they are empty. */
    ForkRunner(PrintStream log, Map<String, String> hostFacts, String limits) {
        this.log = log;
        this.hostFacts = hostFacts;
        this.limits = limits;
    }

    /**
     * Runs one fork of a configuration.
     *
     * @throws ForkFailedException when the fork did not yield all its iterations, or when JMH, or a profiler that was asked
     *     for, cannot work here
     */
    MeasuredFork run(PlannedConfiguration configuration) throws ForkFailedException {
        OutputFormat format = OutputFormatFactory.createFormatInstance(
                log, configuration.fork().verbosity().orElse(VerboseMode.NORMAL));
        long startNs = System.nanoTime();
        Collection<RunResult> results;
        Map<String, String> facts;
        List<String> iterations;
        Map<String, String> histograms;
        Instant started = Instant.now();
        try (ForkOutput output = ForkOutput.redirect(log)) {
            results = new Runner(recorded(configuration.fork()), output.listening(format)).run();
            facts = new LinkedHashMap<>(hostFacts);
            facts.putAll(output.facts());
            iterations = output.iterations();
            histograms = output.histograms();
        } catch (RunnerException e) {
            throw new ForkFailedException(JmhFailure.message(e), e);
        } catch (RuntimeException e) {
            // A profiler's fault outside of the fork; or JMH finds this JVM on its way down.
            throw new ForkFailedException(e.toString(), e);
        }
        Duration duration = Duration.ofNanos(System.nanoTime() - startNs);
        BenchmarkResult result = results.stream()
                .flatMap(run -> run.getBenchmarkResults().stream())
                .findFirst()
                .orElseThrow(() -> new ForkFailedException("the fork yielded no result; see log.txt", null));
        int expected = result.getParams().getMeasurement().getCount();
        int got = result.getIterationResults().size();
        if (got != expected) {
            throw new ForkFailedException("expected iterations: " + expected + ", got: " + got + "; see log.txt", null);
        }
        return new MeasuredFork(result, facts, iterations, histograms, started, duration);
    }

    private Options recorded(Options fork) {
        ChainedOptionsBuilder recorded = new OptionsBuilder().parent(fork);
        if (!Profilers.has(fork, IterationProfiler.class)) {
            recorded.addProfiler(IterationProfiler.class, limits);
        }
        if (!Profilers.has(fork, HistogramProfiler.class)) {
            recorded.addProfiler(HistogramProfiler.class);
        }
        return recorded.build();
    }

    /**
     * What one fork yielded.
     *
     * @param result JMH's result with all its iterations
     * @param facts what the fork said of itself that is no number
     * @param iterations the records of its iterations, JSON objects
     * @param histograms its response times whole, by what responded
     * @param started when it began
     * @param duration from its start to its end, set-up included
     */
    record MeasuredFork(
            BenchmarkResult result,
            Map<String, String> facts,
            List<String> iterations,
            Map<String, String> histograms,
            Instant started,
            Duration duration) {
        /** How many iterations others disturbed beyond the limits. */
        int contaminated() {
            return (int) iterations.stream()
                    .filter(iteration -> iteration.contains("\"contaminated\":true"))
                    .count();
        }
    }

    /** A fork ended without all its iterations. */
    static final class ForkFailedException extends Exception {
        private final String reason;

        ForkFailedException(String reason, @Nullable Throwable cause) {
            super(reason, cause);
            this.reason = reason;
        }

        /** What the benchmark said, for people. */
        String reason() {
            return reason;
        }
    }
}
