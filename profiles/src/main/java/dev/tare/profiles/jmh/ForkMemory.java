package dev.tare.profiles.jmh;

import dev.tare.machine.memory.Machine;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.Defaults;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.util.Optional;

/**
 * What the JVM that measures a benchmark can have.
 *
 * @param heapBytes its largest heap
 * @param machineBytes what this machine can give to a process now
 */
record ForkMemory(long heapBytes, long machineBytes) {
    private static final Pattern LARGEST_HEAP = Pattern.compile("-(?:Xmx|XX:MaxHeapSize=)(\\d{1,12})([kKmMgGtT]?)");
    private static final Pattern SHARE_OF_MEMORY = Pattern.compile("-XX:MaxRAMPercentage=(\\d{1,3}(?:\\.\\d{1,9})?)");

    /** What HotSpot takes of the memory unless it is told. */
    private static final double DEFAULT_PERCENTAGE = 25;

    /** Of a fork of this benchmark; of this JVM when it is not to be forked. */
    static ForkMemory of(BenchmarkListEntry benchmark, Options options) {
        int forks = options.getForkCount().orElse(benchmark.getForks().orElse(Defaults.MEASUREMENT_FORKS));
        long heapBytes = forks == 0
                ? Runtime.getRuntime().maxMemory()
                : heapBytes(arguments(benchmark, options), Machine.totalBytes());
        return new ForkMemory(heapBytes, Machine.obtainableBytes());
    }

    /**
     * The largest heap of a JVM with these arguments, of which the last one counts. One that HotSpot cannot read counts
     * for nothing here: it ends the fork with HotSpot's own reason.
     *
     * @param allBytes the memory of the machine, or of its container
     */
    static long heapBytes(List<String> arguments, long allBytes) {
        double percentage = DEFAULT_PERCENTAGE;
        OptionalLong largestBytes = OptionalLong.empty();
        for (String argument : arguments) {
            Matcher largest = LARGEST_HEAP.matcher(argument);
            Matcher share = SHARE_OF_MEMORY.matcher(argument);
            if (largest.matches()) {
                largestBytes = OptionalLong.of(Long.parseLong(largest.group(1)) * unitBytes(largest.group(2)));
            } else if (share.matches()) {
                percentage = Double.parseDouble(share.group(1));
            }
        }
        return largestBytes.orElse((long) (allBytes * (percentage / 100)));
    }

    private static long unitBytes(String unit) {
        return switch (unit) {
            case "k", "K" -> 1L << 10;
            case "m", "M" -> 1L << 20;
            case "g", "G" -> 1L << 30;
            case "t", "T" -> 1L << 40;
            default -> 1;
        };
    }

    /** Put together as JMH does it. */
    private static List<String> arguments(BenchmarkListEntry benchmark, Options options) {
        List<String> arguments = new ArrayList<>();
        arguments.addAll(first(options.getJvmArgsPrepend(), benchmark.getJvmArgsPrepend(), List.of()));
        arguments.addAll(first(
                options.getJvmArgs(),
                benchmark.getJvmArgs(),
                ManagementFactory.getRuntimeMXBean().getInputArguments()));
        arguments.addAll(first(options.getJvmArgsAppend(), benchmark.getJvmArgsAppend(), List.of()));
        return arguments;
    }

    private static Collection<String> first(
            Optional<Collection<String>> given, Optional<Collection<String>> annotated, Collection<String> otherwise) {
        return given.orElse(annotated.orElse(otherwise));
    }
}
