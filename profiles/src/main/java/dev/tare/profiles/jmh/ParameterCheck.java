package dev.tare.profiles.jmh;

import dev.tare.harness.BenchmarkCheck;
import dev.tare.machine.cpu.Processors;
import dev.tare.profiles.cli.CommandException;
import dev.tare.profiles.cli.Suggestions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.Defaults;
import org.openjdk.jmh.runner.options.Options;

/**
 * Refuses parameters that a benchmark of ours would refuse in its set-up, before a JVM is forked for it.
 *
 * <p>Systems and arrays of all threads must fit the heap that the fork gets, and the memory that the machine has left.
 * What only the fork knows (the files and hosts it finds, what it allocates beside) is left to the set-up.
 */
public final class ParameterCheck {
    private ParameterCheck() {}

    /**
     * Refuses a parameter that no benchmark has: JMH ignores it, and would measure something else.
     *
     * @param place where it stands, for the message
     * @param names those that were given
     * @param known those of the selected benchmarks
     * @throws CommandException with the nearest known ones
     */
    public static void requireKnown(String place, Collection<String> names, Collection<String> known) {
        for (String name : names) {
            if (!known.contains(name)) {
                throw CommandException.usage(place + ": no benchmark here has the parameter \"" + name
                        + "\", expected one of " + known + Suggestions.hint(name, known));
            }
        }
    }

    /** One value for each parameter of a benchmark, in every combination that these options make JMH run. */
    public static List<Map<String, String>> combinations(BenchmarkListEntry benchmark, Options options) {
        List<Map<String, String>> combinations = List.of(Map.of());
        for (Map.Entry<String, String[]> param :
                benchmark.getParams().orElse(Map.of()).entrySet()) {
            Collection<String> values = options.getParameter(param.getKey()).orElse(List.of(param.getValue()));
            List<Map<String, String>> longer = new ArrayList<>();
            for (Map<String, String> combination : combinations) {
                for (String value : values) {
                    Map<String, String> more = new LinkedHashMap<>(combination);
                    more.put(param.getKey(), value);
                    longer.add(more);
                }
            }
            combinations = longer;
        }
        return combinations;
    }

    /**
     * Checks one such combination.
     *
     * @param place where it comes from, for the message
     * @param options those that it is to be run with: they decide its threads and its heap
     * @return what this JVM or machine lacks for it, in the benchmark's own words; empty when it can be measured
     * @throws CommandException when the benchmark would refuse it, with the benchmark's own reason
     */
    public static Optional<String> require(
            String place, BenchmarkListEntry benchmark, Options options, Map<String, String> params) {
        String name = benchmark.getUsername();
        ForkMemory memory = ForkMemory.of(benchmark, options);
        BenchmarkCheck.Requested requested = new BenchmarkCheck.Requested(
                name, params, threads(benchmark, options), memory.heapBytes(), memory.machineBytes());
        Optional<String> lacking = Optional.empty();
        for (BenchmarkCheck check : ServiceLoader.load(BenchmarkCheck.class)) {
            if (check.knows(name)) {
                try {
                    check.require(requested);
                } catch (IllegalArgumentException e) {
                    throw CommandException.usage(place + ": " + simpleName(name) + ": " + e.getMessage());
                }
                lacking = lacking.or(() -> check.lacking(requested));
            }
        }
        return lacking;
    }

    /** The refusal of what cannot be left out. */
    public static CommandException unavailable(String place, BenchmarkListEntry benchmark, String lacking) {
        return CommandException.unavailable(place + ": " + simpleName(benchmark.getUsername()) + ": " + lacking);
    }

    /** Class and method of a benchmark's full name. */
    static String simpleName(String name) {
        return name.substring(name.lastIndexOf('.', name.lastIndexOf('.') - 1) + 1);
    }

    /** How many threads run a benchmark; as many as the processors within the control groups where it asks for all. */
    public static int threads(BenchmarkListEntry benchmark, Options options) {
        int threads = options.getThreads().orElse(benchmark.getThreads().orElse(Defaults.THREADS));
        int wanted = threads == Threads.MAX ? Processors.usable() : threads;
        // JMH adds threads until every group is whole.
        int group = IntStream.of(options.getThreadGroups().orElse(benchmark.getThreadGroups()))
                .sum();
        return (wanted + group - 1) / group * group;
    }
}
