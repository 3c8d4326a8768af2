package dev.tare.profiles.jmh;

import dev.tare.cpu.CpuParameters;
import dev.tare.io.IoParameters;
import dev.tare.mem.MemParameters;
import dev.tare.net.control.StreamOptions;
import dev.tare.profiles.exit.Refusal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.options.Options;

/**
 * Refuses parameters that a benchmark of ours would refuse in its set-up, before a JVM is forked for it.
 *
 * <p>What only the fork knows (its heap, its threads, the files and hosts it finds) is left to the set-up.
 */
public final class ParameterCheck {
    private static final String NET = "dev.tare.net.";

    /** Each leaves alone what is not of its module. */
    private static final List<BiConsumer<String, Map<String, String>>> CHECKS = List.of(
            CpuParameters::require, MemParameters::require, IoParameters::require, ParameterCheck::requireMessage);

    private ParameterCheck() {}

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
     * @param benchmark class and method
     * @throws Refusal when the benchmark would refuse it, with the benchmark's own reason
     */
    public static void require(String place, String benchmark, Map<String, String> params) {
        try {
            CHECKS.forEach(check -> check.accept(benchmark, params));
        } catch (IllegalArgumentException e) {
            String simple = benchmark.substring(benchmark.lastIndexOf('.', benchmark.lastIndexOf('.') - 1) + 1);
            throw Refusal.usage(place + ": " + simple + ": " + e.getMessage());
        }
    }

    /** What holds for messages of any kind; datagrams are smaller still, as their set-up says. */
    private static void requireMessage(String benchmark, Map<String, String> params) {
        if (benchmark.startsWith(NET) && params.containsKey("messageBytes")) {
            new StreamOptions(wholeNumber(params, "messageBytes"), StreamOptions.KERNEL_CHOOSES, true);
        }
    }

    private static int wholeNumber(Map<String, String> params, String name) {
        String value = params.getOrDefault(name, "");
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    name + ": expected a whole number below 2^31, got \"" + value + "\"; pass for example -p " + name
                            + "=4096",
                    e);
        }
    }
}
