package dev.tare.net;

import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.CommandLineOptions;

/** JMH's command line, which also prints every iteration's secondary results whole: its own table rounds and averages. */
public final class BenchProgram {
    private static final String PACKAGE = BenchProgram.class.getPackageName() + ".";

    private BenchProgram() {}

    /** Runs without forks; prints a line {@code score Bench.method:result value} for each iteration. */
    public static void main(String[] arguments) throws Exception {
        for (RunResult run : new Runner(new CommandLineOptions(arguments)).run()) {
            String method = run.getParams().getBenchmark().substring(PACKAGE.length());
            run.getBenchmarkResults().stream()
                    .flatMap(fork -> fork.getIterationResults().stream())
                    .forEach(iteration -> print(method, iteration));
        }
    }

    private static void print(String method, IterationResult iteration) {
        iteration
                .getSecondaryResults()
                .forEach(
                        (name, result) -> System.out.println("score " + method + ":" + name + " " + result.getScore()));
    }
}
