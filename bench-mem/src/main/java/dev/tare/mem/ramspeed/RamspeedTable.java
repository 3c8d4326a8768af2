package dev.tare.mem.ramspeed;

import dev.tare.harness.Parameters;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/**
 * Results of {@code BlockBench} and {@code StreamBench} as RAMspeed prints its own, line by line, so that they can be
 * laid beside older records: INTmark and FLOATmark by block size, then INTmem and FLOATmem with the average of the four.
 *
 * <p>MB are 10^6 bytes. What is missing is left out, and so is the average of an incomplete four.
 */
public final class RamspeedTable {
    private static final List<String> KERNELS = List.of("copy", "scale", "add", "triad");

    /** RAMspeed's INTmark and FLOATmark, in the order in which it numbers them: writing before reading. */
    private enum Mark {
        INT_WRITE("intWrite", "INTEGER & WRITING"),
        INT_READ("intRead", "INTEGER & READING"),
        FLOAT_WRITE("floatWrite", "FL-POINT & WRITING"),
        FLOAT_READ("floatRead", "FL-POINT & READING");

        private final String method;
        private final String title;

        Mark(String method, String title) {
            this.method = method;
            this.title = title;
        }

        /** The mark that a method of {@code BlockBench} measures. */
        static Optional<Mark> of(String method) {
            return Stream.of(values())
                    .filter(mark -> mark.method.equals(method))
                    .findFirst();
        }

        /** What RAMspeed calls it. */
        String title() {
            return title;
        }
    }

    private final Map<Mark, Map<Long, Double>> marks = new TreeMap<>();
    private final Map<StreamRun, Map<String, Double>> streams = new TreeMap<>(
            Comparator.comparing(StreamRun::elementType).reversed().thenComparing(StreamRun::arrayBytes));

    /** What one run of the four kernels has in common. */
    private record StreamRun(String elementType, String arrayBytes) {
        String title() {
            return elementType.equals("LONG") ? "INTEGER " : "FL-POINT";
        }
    }

    /** The table of the results of a JMH run; results of other benchmarks are passed over. */
    public static RamspeedTable of(Collection<RunResult> results) {
        RamspeedTable table = new RamspeedTable();
        for (RunResult result : results) {
            BenchmarkParams run = result.getParams();
            Result<?> bandwidth = result.getSecondaryResults().get("bandwidthMBps");
            if (bandwidth != null) {
                Map<String, String> parameters =
                        run.getParamsKeys().stream().collect(Collectors.toMap(Function.identity(), run::getParam));
                table.add(run.getBenchmark(), parameters, bandwidth.getScore());
            }
        }
        return table;
    }

    /**
     * Adds one result, in place of an earlier one of the same benchmark and parameters.
     *
     * @param benchmark name of the benchmark with its class, for example {@code dev.tare.mem.BlockBench.intRead}
     * @param parameters its JMH parameters
     * @param bandwidthMBps its counter of that name
     * @return whether it has a line in the table
     */
    public boolean add(String benchmark, Map<String, String> parameters, double bandwidthMBps) {
        String method = benchmark.substring(benchmark.lastIndexOf('.') + 1);
        Optional<Mark> mark = Mark.of(method);
        String blockBytes = parameters.get("blockBytes");
        if (benchmark.contains("BlockBench.") && mark.isPresent() && blockBytes != null) {
            marks.computeIfAbsent(mark.get(), unused -> new TreeMap<>())
                    .put(Parameters.bytes("blockBytes", blockBytes), bandwidthMBps);
            return true;
        }
        String elementType = parameters.get("elementType");
        String arrayBytes = parameters.get("arrayBytes");
        if (benchmark.contains("StreamBench.") && elementType != null && arrayBytes != null) {
            streams.computeIfAbsent(new StreamRun(elementType, arrayBytes), unused -> new TreeMap<>())
                    .put(method, bandwidthMBps);
            return true;
        }
        return false;
    }

    /** All lines, each with its end. */
    public String render() {
        StringBuilder text = new StringBuilder();
        marks.forEach((mark, byBlock) -> {
            byBlock.forEach((blockBytes, rate) ->
                    text.append(line("%s %8d Kb block: %.2f MB/s", mark.title(), blockBytes >> 10, rate)));
            text.append('\n');
        });
        streams.forEach((arrays, byKernel) -> {
            KERNELS.stream()
                    .flatMap(
                            kernel -> Optional.ofNullable(byKernel.get(kernel))
                                    .map(rate -> stream(arrays, capital(kernel), rate))
                                    .stream())
                    .forEach(text::append);
            if (byKernel.keySet().containsAll(KERNELS)) {
                double sum = byKernel.values().stream()
                        .mapToDouble(Double::doubleValue)
                        .sum();
                text.append("---\n").append(stream(arrays, "AVERAGE", sum / KERNELS.size()));
            }
            text.append('\n');
        });
        return text.toString();
    }

    private static String stream(StreamRun arrays, String kernel, double rate) {
        return line("%s  %-10s %.2f MB/s", arrays.title(), kernel + ":", rate);
    }

    private static String capital(String kernel) {
        return kernel.substring(0, 1).toUpperCase(Locale.ROOT) + kernel.substring(1);
    }

    private static String line(String format, Object... values) {
        return String.format(Locale.ROOT, format, values) + "\n";
    }
}
