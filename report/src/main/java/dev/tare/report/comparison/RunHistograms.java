package dev.tare.report.comparison;

import dev.tare.runs.ForkRecord;
import dev.tare.runs.Measurement;
import dev.tare.runs.ResponseHistogram;
import dev.tare.runs.Run;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;

/** Response times of runs whole: forks' histograms, added up or written for other programs. */
public final class RunHistograms {
    private static final double NS_PER_MS = 1e6;

    private RunHistograms() {}

    /** All responses of a configuration's forks, by what responded, in nanoseconds. */
    static SortedMap<String, Histogram> of(Measurement measurement) {
        SortedMap<String, Histogram> sums = new TreeMap<>();
        for (ForkRecord fork : measurement.forkRecords()) {
            for (Map.Entry<String, ResponseHistogram> one : fork.histograms().entrySet()) {
                Histogram histogram = one.getValue().decoded();
                sums.merge(one.getKey(), histogram, (sum, more) -> {
                    sum.add(more);
                    return sum;
                });
            }
        }
        return sums;
    }

    /**
     * A log that HdrHistogram's own programs read: a line for each fork and for what responded in it, tagged {@code
     * run/benchmark/parameters/responded}, with the fork's start and length. Values are nanoseconds, the column of maxima has
     * milliseconds.
     */
    public static String log(List<Run> runs) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        HistogramLogWriter writer = new HistogramLogWriter(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        writer.outputLogFormatVersion();
        writer.outputComment("[response times in nanoseconds; Interval_Max in milliseconds]");
        writer.outputLegend();
        for (Run run : runs) {
            for (Measurement measurement : run.measurements()) {
                for (ForkRecord fork : measurement.forkRecords()) {
                    fork.histograms().forEach((kind, one) -> write(writer, run, measurement, fork, kind, one));
                }
            }
        }
        writer.close();
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static void write(
            HistogramLogWriter writer,
            Run run,
            Measurement measurement,
            ForkRecord fork,
            String kind,
            ResponseHistogram one) {
        Histogram histogram = one.decoded();
        double startS = fork.started().map(Instant::parse).orElse(Instant.EPOCH).toEpochMilli() / 1e3;
        // A tag ends with a comma and holds no blank.
        String tag = String.join("/", run.name(), measurement.configuration().toString(), kind);
        histogram.setTag(tag.replaceAll("[,\\s]+", "/"));
        writer.outputIntervalHistogram(startS, startS + fork.seconds(), histogram, NS_PER_MS);
    }
}
