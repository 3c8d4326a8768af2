package dev.tare.profiles.run;

import dev.tare.profiles.exit.Refusal;
import dev.tare.profiles.jmh.Failure;
import dev.tare.profiles.plan.Configuration;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.ProfilersFailedException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Lets JMH run one fork. */
final class ForkRunner {
    private final PrintStream log;
    private final Map<String, String> hostFacts;

    /**
     * Everything that JMH says goes into {@code log}.
     *
     * @param hostFacts what holds for every fork here unless it says otherwise
     */
    ForkRunner(PrintStream log, Map<String, String> hostFacts) {
        this.log = log;
        this.hostFacts = hostFacts;
    }

    /**
     * Runs one fork of a configuration.
     *
     * @throws ForkFailedException when the fork did not yield all its iterations
     * @throws Refusal when a profiler cannot work here, before anything is measured
     */
    MeasuredFork run(Configuration configuration) throws ForkFailedException {
        OutputFormat format = OutputFormatFactory.createFormatInstance(
                log, configuration.fork().verbosity().orElse(VerboseMode.NORMAL));
        long startNs = System.nanoTime();
        Collection<RunResult> results;
        Map<String, String> facts;
        try (ForkOutput output = ForkOutput.redirect(log)) {
            results = new Runner(configuration.fork(), format).run();
            facts = new LinkedHashMap<>(hostFacts);
            facts.putAll(output.facts());
        } catch (ProfilersFailedException e) {
            throw Refusal.unavailable(Failure.message(e), e);
        } catch (RunnerException e) {
            throw new ForkFailedException(Failure.message(e), e);
        }
        Duration duration = Duration.ofNanos(System.nanoTime() - startNs);
        BenchmarkResult result = results.stream()
                .flatMap(run -> run.getBenchmarkResults().stream())
                .findFirst()
                .orElseThrow(() -> new ForkFailedException("the fork yielded no result; see log.txt", null));
        int expected = result.getParams().getMeasurement().getCount();
        int got = result.getIterationResults().size();
        if (got != expected) {
            throw new ForkFailedException("expected " + expected + " iterations, got " + got + "; see log.txt", null);
        }
        return new MeasuredFork(result, facts, duration);
    }
}
