package dev.tare.report.comparison;

import dev.tare.report.comparison.Side.Measured;
import dev.tare.report.efficiency.ForkMeans;
import dev.tare.report.efficiency.Interval;
import dev.tare.runs.Configuration;
import dev.tare.runs.Measurement;
import dev.tare.runs.Metric;
import dev.tare.runs.Run;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a run tells only when several of its configurations are taken together: the average of the STREAM kernels, as
 * RAMspeed prints it below the four, and how much of what its cores can do at most a calculation reaches. Forks are taken
 * together round by round, since those of a round ran at about the same time; a round that one of them lacks is left out.
 */
final class DerivedMetrics {
    /** The label under which a measurement carries its share of the peak. */
    static final String SHARE_OF_PEAK = "ofPeakPercent";

    private static final List<String> KERNELS = List.of("copy", "scale", "add", "triad");
    private static final String BANDWIDTH = "MB/s";
    private static final String PEAK = ".FmaPeakBench.";
    private static final String FLOP_RATE = "GFLOP/s";
    private static final String PERCENT = "%";
    private static final double HIGHEST_SHARE = 100;

    private DerivedMetrics() {}

    /** The run with all that follows from its measurements. */
    static Run added(Run run) {
        return withSharesOfPeak(withKernelAverages(run));
    }

    /** An average stands behind the last kernel of each set of four. */
    private static Run withKernelAverages(Run run) {
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
                    average(run, average, set).ifPresent(all::add);
                }
            }
        }
        return run.with(all);
    }

    /** Empty when a kernel reports no bandwidth, or when no round has all of them. */
    private static Optional<Measurement> average(Run run, Configuration configuration, List<Measurement> kernels) {
        List<SortedMap<Integer, Double>> bandwidths = new ArrayList<>();
        SortedSet<Integer> anyHas = new TreeSet<>();
        for (Measurement kernel : kernels) {
            Measured primary = new Side(0, run, kernel).primary(kernel.secondary());
            if (!primary.measure().unit().equals(BANDWIDTH)) {
                return Optional.empty();
            }
            bandwidths.add(primary.byRound());
            anyHas.addAll(primary.byRound().keySet());
        }
        SortedMap<Integer, Double> means = new TreeMap<>();
        for (int round : anyHas) {
            if (bandwidths.stream().allMatch(byRound -> byRound.containsKey(round))) {
                means.put(
                        round,
                        bandwidths.stream()
                                .mapToDouble(byRound -> byRound.getOrDefault(round, Double.NaN))
                                .average()
                                .orElse(Double.NaN));
            }
        }
        if (means.isEmpty()) {
            return Optional.empty();
        }
        Metric metric = new Metric(BANDWIDTH, mean(means), means);
        return Optional.of(new Measurement(
                configuration,
                kernels.get(0).settings(),
                metric,
                new TreeMap<>(Map.of("averageMBps", metric)),
                facts(kernels),
                leftOut(anyHas, means)));
    }

    private static double mean(SortedMap<Integer, Double> byRound) {
        return byRound.values().stream()
                .mapToDouble(Double::doubleValue)
                .average()
                .orElse(Double.NaN);
    }

    private static List<String> leftOut(SortedSet<Integer> anyHas, SortedMap<Integer, Double> means) {
        return anyHas.stream()
                .filter(round -> !means.containsKey(round))
                .map(round -> "round " + round + ": not in the average, since not all kernels have it")
                .toList();
    }

    private static SortedMap<String, SortedSet<String>> facts(List<Measurement> kernels) {
        SortedMap<String, SortedSet<String>> facts = new TreeMap<>();
        kernels.forEach(kernel -> kernel.facts()
                .forEach((key, values) ->
                        facts.computeIfAbsent(key, any -> new TreeSet<>()).addAll(values)));
        return facts;
    }

    /** A share stands beside all GFLOP/s; nothing changes when the run did not measure the peak. */
    private static Run withSharesOfPeak(Run run) {
        List<Measured> peaks = run.measurements().stream()
                .filter(DerivedMetrics::isPeak)
                .flatMap(measurement -> flopRate(run, measurement).stream())
                .sorted(Comparator.comparingInt(DerivedMetrics::threads))
                .toList();
        return run.with(run.measurements().stream()
                .map(measurement -> isPeak(measurement)
                        ? measurement
                        : flopRate(run, measurement)
                                .flatMap(rate -> share(rate, peaks))
                                .map(share -> withShare(measurement, share))
                                .orElse(measurement))
                .toList());
    }

    private static boolean isPeak(Measurement measurement) {
        return measurement.configuration().benchmark().contains(PEAK);
    }

    private static Optional<Measured> flopRate(Run run, Measurement measurement) {
        Measured primary = new Side(0, run, measurement).primary(measurement.secondary());
        return Optional.of(primary).filter(measured -> measured.measure().unit().equals(FLOP_RATE));
    }

    /**
     * The share is that of a core. Cores that work at the same time may be slower than one alone, so the peak is the one
     * that was measured with as many threads; where there is none, that of the fewest threads counts for each core.
     */
    private static Optional<Metric> share(Measured rate, List<Measured> peaks) {
        int cores = cores(rate);
        return peaks.stream()
                .filter(peak -> threads(peak) == cores)
                .findFirst()
                .or(() -> peaks.stream().findFirst())
                .map(peak -> {
                    double factor = 100.0 * threads(peak) / cores;
                    SortedMap<Integer, Double> peakByRound = peak.byRound();
                    SortedMap<Integer, Double> shares = new TreeMap<>(rate.byRound());
                    shares.keySet().retainAll(peakByRound.keySet());
                    shares.replaceAll((round, flops) -> factor * flops / peakByRound.getOrDefault(round, Double.NaN));
                    return new Metric(PERCENT, factor * rate.value() / peak.value(), shares);
                });
    }

    /** JMH's threads, each with the workers that it has. */
    private static int cores(Measured rate) {
        Configuration configuration = rate.side().measurement().configuration();
        String workers = configuration.params().getOrDefault("workers", "1");
        return configuration.threads() * (workers.matches("[1-9][0-9]{0,3}") ? Integer.parseInt(workers) : 1);
    }

    private static int threads(Measured measured) {
        return measured.side().measurement().configuration().threads();
    }

    /**
     * No calculation is faster than the processor can multiply and add. A share that is above 100 % by more than chance says
     * that the peak of this run is none, and so does not stand there as a result.
     */
    private static Measurement withShare(Measurement measurement, Metric share) {
        SortedMap<String, Metric> secondary = new TreeMap<>(measurement.secondary());
        List<String> remarks = new ArrayList<>(measurement.remarks());
        double least =
                new ForkMeans(share.forkScores()).interval().map(Interval::low).orElse(share.score());
        if (least > HIGHEST_SHARE) {
            remarks.add(String.format(
                    Locale.ROOT,
                    "no share of the peak: expected at most 100 %%, got %.1f %%, at least %.1f %%; what "
                            + "FmaPeakBench measured in this run is less than the processor can do",
                    share.score(),
                    least));
        } else {
            secondary.put(SHARE_OF_PEAK, share);
        }
        return new Measurement(
                measurement.configuration(),
                measurement.settings(),
                measurement.primary(),
                secondary,
                measurement.facts(),
                remarks,
                measurement.forkRecords());
    }
}
