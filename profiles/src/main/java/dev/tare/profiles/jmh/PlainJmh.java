package dev.tare.profiles.jmh;

import dev.tare.profiles.cli.CommandException;
import dev.tare.profiles.cli.ExitCode;
import dev.tare.profiles.cli.Suggestions;
import java.io.FileNotFoundException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UnsupportedEncodingException;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.Main;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.Defaults;
import org.openjdk.jmh.runner.NoBenchmarksException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.util.UnCloseablePrintStream;
import org.openjdk.jmh.util.Utils;

/** JMH as in any JMH jar, except that our own figures are on and that a failed benchmark makes the exit code non-zero. */
public final class PlainJmh {
    private static final OutputFormat SILENT = OutputFormatFactory.createFormatInstance(
            new PrintStream(OutputStream.nullOutputStream()), VerboseMode.SILENT);

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
        CommandLineOptions options = JmhCommandLine.parse(arguments).options();
        if (options.shouldHelp()
                || options.shouldList()
                || options.shouldListWithParams()
                || options.shouldListProfilers()
                || options.shouldListResultFormats()) {
            return list(arguments);
        }
        checkParameters(options);
        FailureWatch watch = new FailureWatch(format(options));
        try {
            new Runner(Profilers.withDefaults(options), watch).run();
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
        return outcome(watch.failed());
    }

    private static void checkParameters(Options options) {
        BenchmarkList.defaultList()
                .find(SILENT, options.getIncludes(), options.getExcludes())
                .forEach(benchmark -> ParameterCheck.combinations(benchmark, options)
                        .forEach(params -> ParameterCheck.require("the command line", benchmark, options, params)));
    }

    private static ExitCode list(List<String> arguments) {
        try {
            Main.main(Profilers.withClassNames(arguments).toArray(new String[0]));
            return ExitCode.OK;
        } catch (java.io.IOException e) {
            throw CommandException.unavailable("cannot list: " + e.getMessage(), e);
        }
    }

    private static ExitCode outcome(List<BenchmarkParams> failed) {
        for (BenchmarkParams params : failed) {
            System.err.println("FAILED: " + params.id());
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
                    "-o: cannot write to " + options.getOutput().get() + ": " + e.getMessage(), e);
        } catch (UnsupportedEncodingException e) {
            throw CommandException.unavailable("the console's encoding is not supported: " + e.getMessage(), e);
        }
    }
}
