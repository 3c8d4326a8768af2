package dev.tare.profiles.jmh;

import dev.tare.clock.profile.RemoteClockProfiler;
import dev.tare.harness.Reasons;
import dev.tare.profiles.cli.CommandException;
import dev.tare.profiles.cli.ExitCode;
import dev.tare.profiles.cli.Suggestions;
import java.io.FileNotFoundException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UnsupportedEncodingException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.openjdk.jmh.Main;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.Defaults;
import org.openjdk.jmh.runner.NoBenchmarksException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.util.UnCloseablePrintStream;
import org.openjdk.jmh.util.Utils;

/** JMH as in any JMH jar, except that our own figures are on and in their units, and that a failed benchmark makes the exit code non-zero. */
public final class PlainJmh {
    private static final OutputFormat SILENT = OutputFormatFactory.createFormatInstance(
            new PrintStream(OutputStream.nullOutputStream()), VerboseMode.SILENT);
    private static final String PLACE = "the command line";

    private final Collection<String> commands;

    /**
     * JMH beside our own commands.
     *
     * @param commands their names, to hint at when a filter that matches nothing looks like one of them
     */
    public PlainJmh(Collection<String> commands) {
        this.commands = List.copyOf(commands);
    }

    /** Runs JMH with these arguments. */
    public ExitCode run(List<String> arguments) {
        JmhCommandLine line = JmhCommandLine.parse(arguments);
        CommandLineOptions options = line.options();
        if (options.shouldHelp()
                || options.shouldList()
                || options.shouldListWithParams()
                || options.shouldListProfilers()
                || options.shouldListResultFormats()) {
            return list(arguments);
        }
        Collection<BenchmarkListEntry> found =
                BenchmarkList.defaultList().find(SILENT, options.getIncludes(), options.getExcludes());
        requireKnownParameters(line, found);
        Set<String> leftOut = leftOut(options, found);
        found.removeIf(benchmark -> leftOut.contains(benchmark.getUsername()));
        boolean terse = Profilers.wantsTerseClock(options);
        FailureWatch watch = new FailureWatch(
                new ShownResults(format(options), label -> terse && RemoteClockProfiler.isLeftOutByTerse(label)));
        Optional<ResultFile> file = found.isEmpty() ? Optional.empty() : ResultFile.asked(options);
        Options all = Profilers.withAllOfTheClock(withFittingTimeUnit(without(leftOut, options), found));
        Options measured = ResultFile.withoutFile(Profilers.withDefaults(all));
        Collection<RunResult> results;
        try (ForkOutput output = ForkOutput.passing()) {
            results = new Runner(measured, output.listening(watch)).run();
        } catch (NoBenchmarksException e) {
            String filter = arguments.isEmpty() ? "" : arguments.get(0);
            throw CommandException.usage(
                    "No matching benchmarks: expected a regular expression that finds a benchmark or one"
                            + " of the commands " + String.join(", ", commands) + ", got \""
                            + String.join(" ", arguments)
                            + "\"" + Suggestions.hint(filter, commands) + " (-l lists the benchmarks)");
        } catch (RunnerException e) {
            throw CommandException.unavailable(JmhFailure.message(e), e);
        }
        file.ifPresent(asked -> asked.write(results, watch));
        return outcome(watch);
    }

    /**
     * Checks what is to be measured. Of all benchmarks that a filter finds, those that this JVM or machine lacks something for are
     * left out, with the reason, for who measures everything did not ask for them; where nothing else is found, they are refused.
     *
     * @return JMH's full names of those that are left out
     */
    private static Set<String> leftOut(Options options, Collection<BenchmarkListEntry> found) {
        LeftOut lacking = new LeftOut();
        Set<String> names = new LinkedHashSet<>();
        Optional<CommandException> refusal = Optional.empty();
        for (BenchmarkListEntry benchmark : found) {
            List<Optional<String>> reasons = ParameterCheck.combinations(benchmark, options).stream()
                    .map(params -> ParameterCheck.require(PLACE, benchmark, options, params))
                    .toList();
            Optional<String> reason = reasons.stream().flatMap(Optional::stream).findFirst();
            if (reason.isPresent()) {
                CommandException unavailable = ParameterCheck.unavailable(PLACE, benchmark, reason.get());
                if (reasons.contains(Optional.<String>empty())) {
                    throw unavailable;
                }
                refusal = refusal.or(() -> Optional.of(unavailable));
                names.add(benchmark.getUsername());
                lacking.add(benchmark.getUsername(), reason.get());
            }
        }
        if (refusal.isPresent() && names.size() == found.size()) {
            throw refusal.get();
        }
        lacking.sentences().forEach(sentence -> System.err.println("left out: " + sentence));
        return names;
    }

    private static Options without(Set<String> leftOut, Options options) {
        ChainedOptionsBuilder fewer = new OptionsBuilder().parent(options);
        leftOut.forEach(name -> fewer.exclude("^" + Pattern.quote(name) + "$"));
        return fewer.build();
    }

    private static void requireKnownParameters(JmhCommandLine line, Collection<BenchmarkListEntry> found) {
        if (!found.isEmpty()) {
            Set<String> known = new TreeSet<>();
            found.forEach(benchmark ->
                    known.addAll(benchmark.getParams().orElse(Map.of()).keySet()));
            ParameterCheck.requireKnown(PLACE, line.parameterNames(), known);
        }
    }

    /**
     * Microseconds, where the user asks for times and names no unit: most of our benchmarks give theirs per second, which suits
     * their rates, and times in seconds would be mostly zeros.
     */
    private static Options withFittingTimeUnit(Options options, Collection<BenchmarkListEntry> found) {
        boolean timesAlone = !options.getBenchModes().isEmpty()
                && options.getBenchModes().stream().noneMatch(mode -> mode == Mode.Throughput || mode == Mode.All);
        boolean perSecond = found.stream()
                .allMatch(benchmark -> benchmark.getTimeUnit().orElse(Defaults.OUTPUT_TIMEUNIT) == TimeUnit.SECONDS);
        return timesAlone && perSecond && !options.getTimeUnit().hasValue()
                ? new OptionsBuilder()
                        .parent(options)
                        .timeUnit(TimeUnit.MICROSECONDS)
                        .build()
                : options;
    }

    private static ExitCode list(List<String> arguments) {
        try {
            Main.main(arguments.toArray(new String[0]));
            return ExitCode.OK;
        } catch (java.io.IOException e) {
            throw CommandException.unavailable("cannot list: " + Reasons.of(e), e);
        }
    }

    private static ExitCode outcome(FailureWatch watch) {
        List<BenchmarkParams> failed = watch.failed();
        for (BenchmarkParams params : failed) {
            StringBuilder name = new StringBuilder(params.getBenchmark());
            params.getParamsKeys()
                    .forEach(key -> name.append(' ').append(key).append('=').append(params.getParam(key)));
            System.err.println("FAILED: " + name + ": " + watch.reason(params));
        }
        return failed.isEmpty() ? ExitCode.OK : ExitCode.INCOMPLETE;
    }

    private static OutputFormat format(Options options) {
        return OutputFormatFactory.createFormatInstance(
                output(options), options.verbosity().orElse(Defaults.VERBOSITY));
    }

    private static PrintStream output(Options options) {
        try {
            return options.getOutput().hasValue()
                    ? new PrintStream(options.getOutput().get())
                    : new UnCloseablePrintStream(System.out, Utils.guessConsoleEncoding());
        } catch (FileNotFoundException e) {
            throw CommandException.unavailable(
                    "-o: cannot write to " + options.getOutput().get() + ": " + Reasons.of(e), e);
        } catch (UnsupportedEncodingException e) {
            throw CommandException.unavailable("the console's encoding is not supported: " + Reasons.of(e), e);
        }
    }

    /**
     * Notices benchmarks that failed.
     *
     * <p>Without {@code -foe true} JMH goes on after a failure and exits with 0. A failed benchmark shows in two ways only:
     * it starts and never ends, or it ends with fewer iterations than its parameters promise.
     */
    private static final class FailureWatch extends ForwardingFormat {
        private static final String FAILURE = "<failure>";
        private static final String DEAD_JVM = "<forked VM failed";
        private static final String LAST_WORDS = "<stderr last=";

        private final Map<BenchmarkParams, String> reasons = new HashMap<>();
        private final List<BenchmarkParams> started = new ArrayList<>();
        private final List<BenchmarkParams> complete = new ArrayList<>();
        private boolean failing;

        FailureWatch(OutputFormat next) {
            super(next);
        }

        /** What JMH said of a failure of this benchmark first. */
        String reason(BenchmarkParams benchmark) {
            return reasons.getOrDefault(benchmark, "it yielded fewer iterations than it was to; see above");
        }

        /** JMH says that there was a failure, or what a JVM that died said last, and then on lines of its own what it was. */
        @Override
        public void println(String text) {
            Optional<String> said = text.lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("# "))
                    .findFirst();
            if (said.isPresent() && !started.isEmpty()) {
                String line = said.get();
                BenchmarkParams benchmark = started.get(started.size() - 1);
                if (line.startsWith(DEAD_JVM) || (failing && !line.startsWith("<"))) {
                    reasons.merge(benchmark, line, (first, next) -> first.startsWith(DEAD_JVM) ? next : first);
                }
                failing = line.equals(FAILURE) || line.startsWith(LAST_WORDS);
            }
            super.println(text);
        }

        /** Every benchmark that was started and did not yield all its iterations. */
        List<BenchmarkParams> failed() {
            List<BenchmarkParams> failed = new ArrayList<>(started);
            failed.removeAll(complete);
            return failed;
        }

        @Override
        public void startBenchmark(BenchmarkParams benchmark) {
            started.add(benchmark);
            super.startBenchmark(benchmark);
        }

        @Override
        public void endBenchmark(BenchmarkResult result) {
            if (result != null) {
                BenchmarkParams params = result.getParams();
                int expected =
                        Math.max(1, params.getForks()) * params.getMeasurement().getCount();
                if (result.getIterationResults().size() == expected) {
                    complete.add(params);
                }
            }
            super.endBenchmark(result);
        }
    }
}
