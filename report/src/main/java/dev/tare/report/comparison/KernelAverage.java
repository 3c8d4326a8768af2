package dev.tare.report.comparison;

import dev.tare.runs.Configuration;
import dev.tare.runs.Measurement;
import dev.tare.runs.Metric;
import dev.tare.runs.Run;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** The average of copy, scale, add and triad, as RAMspeed prints it below the four: computed fork by fork. */
final class KernelAverage {
    private static final List<String> KERNELS = List.of("copy", "scale", "add", "triad");
    private static final String UNIT = "MB/s";

    private KernelAverage() {}

    /** The run with an average behind the last kernel of each set of four. */
    static Run appended(Run run) {
        Map<Configuration, List<Measurement>> sets = new LinkedHashMap<>();
        List<Measurement> all = new ArrayList<>();
        for (Measurement measurement : run.measurements()) {
            all.add(measurement);
            Configuration configuration = measurement.configuration();
            String benchmark = configuration.benchmark();
            int dot = benchmark.lastIndexOf('.');
            if (dot > 0 && KERNELS.contains(benchmark.substring(dot + 1))) {
                Configuration average = new Configuration(
                        benchmark.substring(0, dot) + ".average",
                        configuration.mode(),
                        configuration.threads(),
                        configuration.params());
                List<Measurement> set = sets.computeIfAbsent(average, any -> new ArrayList<>());
                set.add(measurement);
                if (set.size() == KERNELS.size()) {
                    average(average, set).ifPresent(all::add);
                }
            }
        }
        return run.with(all);
    }

    /** Empty when a kernel reports no bandwidth. The average has as many forks as the kernel with the fewest. */
    private static Optional<Measurement> average(Configuration configuration, List<Measurement> kernels) {
        List<List<Double>> bandwidths = new ArrayList<>();
        for (Measurement kernel : kernels) {
            Side side = new Side(0, "", kernel);
            Measured main = Measured.main(side, kernel.secondary());
            if (!main.measure().unit().equals(UNIT)) {
                return Optional.empty();
            }
            bandwidths.add(main.forks().values());
        }
        int forks = bandwidths.stream().mapToInt(List::size).min().orElse(0);
        List<Double> means = IntStream.range(0, forks)
                .mapToObj(fork -> bandwidths.stream()
                        .mapToDouble(values -> values.get(fork))
                        .average()
                        .orElse(Double.NaN))
                .toList();
        double mean = means.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
        Metric metric = new Metric(UNIT, mean, means);
        SortedMap<String, Metric> counters = new TreeMap<>(Map.of("averageMBps", metric));
        return Optional.of(
                new Measurement(configuration, kernels.get(0).settings(), metric, counters, facts(kernels), List.of()));
    }

    private static SortedMap<String, SortedSet<String>> facts(List<Measurement> kernels) {
        SortedMap<String, SortedSet<String>> facts = new TreeMap<>();
        kernels.forEach(kernel -> kernel.facts()
                .forEach((key, values) ->
                        facts.computeIfAbsent(key, any -> new TreeSet<>()).addAll(values)));
        return facts;
    }
}
