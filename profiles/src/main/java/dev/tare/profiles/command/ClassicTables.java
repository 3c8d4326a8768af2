package dev.tare.profiles.command;

import dev.tare.cpu.linpack.LinpackTable;
import dev.tare.mem.ramspeed.RamspeedTable;
import dev.tare.report.unit.Direction;
import dev.tare.report.unit.Measure;
import dev.tare.runs.Configuration;
import dev.tare.runs.Measurement;
import dev.tare.runs.Run;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Processor and memory results as LINPACK and RAMspeed print their own, to lay them beside older records. */
final class ClassicTables {
    private ClassicTables() {}

    /** The tables of a run, LINPACK's by array size and then RAMspeed's; empty when it measured neither. */
    static String of(Run run) {
        Map<Long, LinpackTable.Series> rolled = new TreeMap<>();
        Map<Long, LinpackTable.Series> unrolled = new TreeMap<>();
        RamspeedTable ramspeed = new RamspeedTable();
        for (Measurement measurement : run.measurements()) {
            Configuration configuration = measurement.configuration();
            if (configuration.benchmark().endsWith("LinpackBench.rolled")) {
                series(measurement).ifPresent(series -> rolled.put(arraySize(configuration), series));
            } else if (configuration.benchmark().endsWith("LinpackBench.unrolled")) {
                series(measurement).ifPresent(series -> unrolled.put(arraySize(configuration), series));
            } else {
                physical(measurement, "bandwidthMBps")
                        .ifPresent(rate -> ramspeed.add(configuration.benchmark(), configuration.params(), rate));
            }
        }
        StringBuilder tables = new StringBuilder();
        SortedSet<Long> arraySizes = new TreeSet<>(rolled.keySet());
        for (long arraySize : arraySizes) {
            LinpackTable.Series rolledSeries = rolled.get(arraySize);
            LinpackTable.Series unrolledSeries = unrolled.get(arraySize);
            if (rolledSeries != null && unrolledSeries != null) {
                tables.append(LinpackTable.render(Math.toIntExact(arraySize), rolledSeries, unrolledSeries))
                        .append('\n');
            }
        }
        return tables.append(ramspeed.render()).append(rule(run)).toString();
    }

    /** Says of arrays that are too small for STREAM's rule, or may be, that they are: RAMspeed's lines have no room. */
    private static String rule(Run run) {
        SortedSet<String> sentences = new TreeSet<>();
        for (Measurement measurement : run.measurements()) {
            String arrayBytes = measurement.configuration().params().getOrDefault("arrayBytes", "");
            measurement.facts().getOrDefault("stream-rule", new TreeSet<>()).stream()
                    .filter(rule -> !rule.equals("kept"))
                    .forEach(rule -> sentences.add("STREAM's rule for arrayBytes=" + arrayBytes + ": " + rule + "\n"));
        }
        return String.join("", sentences);
    }

    private static long arraySize(Configuration configuration) {
        return Long.parseLong(configuration.params().getOrDefault("arraySize", "0"));
    }

    private static Optional<LinpackTable.Series> series(Measurement measurement) {
        return physical(measurement, "repetitionsPerS")
                .flatMap(perS -> physical(measurement, "dgefaPercent")
                        .flatMap(dgefa -> physical(measurement, "dgeslPercent")
                                .map(dgesl -> LinpackTable.Series.ofRates(
                                        repetitions(measurement, perS), perS, dgefa, dgesl))));
    }

    /**
     * The repetitions that all threads did in a series: those that were asked for, or fewer where the time limit cut
     * them. The score counts series and the counter repetitions of the same time, so that their ratio is the mean of all
     * threads, forks and iterations, and needs no fact, which plain JMH does not keep.
     */
    private static int repetitions(Measurement measurement, double repetitionsPerS) {
        int threads = measurement.configuration().threads();
        Measure score = Measure.raw(Measure.OWN_SCORE, measurement.primary().scoreUnit());
        double converted = score.convert(measurement.primary().score());
        double seriesPerS = score.better() == Direction.MORE_IS_BETTER ? converted : threads / converted;
        return (int) Math.max(1, Math.rint(threads * repetitionsPerS / seriesPerS));
    }

    private static Optional<Double> physical(Measurement measurement, String counter) {
        int threads = measurement.configuration().threads();
        return Optional.ofNullable(measurement.secondary().get(counter))
                .flatMap(metric -> Measure.physical(counter, metric.scoreUnit(), threads)
                        .map(measure -> measure.convert(metric.score())));
    }
}
