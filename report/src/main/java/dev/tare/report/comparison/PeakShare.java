package dev.tare.report.comparison;

import dev.tare.runs.Configuration;
import dev.tare.runs.Measurement;
import dev.tare.runs.Metric;
import dev.tare.runs.Run;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * How much of what its cores can do at most a calculation reaches: its GFLOP/s by those of multiply-adds in registers,
 * which the same run measured.
 *
 * <p>The share is that of a core. Cores that work at the same time may be slower than one alone, so the peak is the one
 * that was measured with as many threads; where there is none, that of the fewest threads counts for each core.
 */
final class PeakShare {
    /** The label under which a measurement carries its share. */
    static final String LABEL = "ofPeakPercent";

    private static final String PEAK = ".FmaPeakBench.";
    private static final String UNIT = "GFLOP/s";
    private static final String PERCENT = "%";

    private PeakShare() {}

    /** The run with a share beside all GFLOP/s; unchanged when it did not measure the peak. */
    static Run added(Run run) {
        List<Measured> peaks = run.measurements().stream()
                .filter(PeakShare::isPeak)
                .flatMap(measurement -> gflops(measurement).stream())
                .sorted(Comparator.comparingInt(PeakShare::threads))
                .toList();
        return run.with(run.measurements().stream()
                .map(measurement -> isPeak(measurement)
                        ? measurement
                        : gflops(measurement)
                                .flatMap(rate -> share(rate, peaks))
                                .map(share -> withShare(measurement, share))
                                .orElse(measurement))
                .toList());
    }

    private static boolean isPeak(Measurement measurement) {
        return measurement.configuration().benchmark().contains(PEAK);
    }

    private static Optional<Measured> gflops(Measurement measurement) {
        Measured main = Measured.main(new Side(0, "", measurement), measurement.secondary());
        return Optional.of(main).filter(measured -> measured.measure().unit().equals(UNIT));
    }

    /** Fork by fork, since those of a round ran at about the same time; as many as both have. */
    private static Optional<Metric> share(Measured rate, List<Measured> peaks) {
        int cores = cores(rate);
        return peaks.stream()
                .filter(peak -> threads(peak) == cores)
                .findFirst()
                .or(() -> peaks.stream().findFirst())
                .map(peak -> {
                    double factor = 100.0 * threads(peak) / cores;
                    List<Double> of = rate.forks().values();
                    List<Double> all = peak.forks().values();
                    List<Double> shares = IntStream.range(0, Math.min(of.size(), all.size()))
                            .mapToObj(fork -> factor * of.get(fork) / all.get(fork))
                            .toList();
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

    private static Measurement withShare(Measurement measurement, Metric share) {
        SortedMap<String, Metric> secondary = new TreeMap<>(measurement.secondary());
        secondary.put(LABEL, share);
        return new Measurement(
                measurement.configuration(),
                measurement.settings(),
                measurement.primary(),
                secondary,
                measurement.facts(),
                measurement.remarks());
    }
}
