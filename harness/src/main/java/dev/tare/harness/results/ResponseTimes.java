package dev.tare.harness.results;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.Deflater;
import org.HdrHistogram.Histogram;

/**
 * Response times of one thread, percentiles of which are told with three significant digits; average and maximum are
 * exact. Recording allocates nothing. Those of several threads, forks or guests can be added.
 */
public final class ResponseTimes {
    private static final int SIGNIFICANT_DIGITS = 3;

    // Of a fixed range: one that grows allocates while it records.
    private final Histogram histogram = new Histogram(Long.MAX_VALUE, SIGNIFICANT_DIGITS);
    private long sumNs;
    private long maxNs;

    /** Records one response. */
    public void record(long responseNs) {
        long ns = Math.max(0, responseNs);
        histogram.recordValue(ns);
        sumNs += ns;
        maxNs = Math.max(maxNs, ns);
    }

    /** Adds another thread's. */
    public void add(ResponseTimes other) {
        histogram.add(other.histogram);
        sumNs += other.sumNs;
        maxNs = Math.max(maxNs, other.maxNs);
    }

    /** Forgets everything. */
    public void clear() {
        histogram.reset();
        sumNs = 0;
        maxNs = 0;
    }

    /** Responses recorded. */
    public long count() {
        return histogram.getTotalCount();
    }

    /** Average in nanoseconds; not a number when nothing was recorded. */
    public double averageNs() {
        return (double) sumNs / count();
    }

    /** Largest, in nanoseconds; 0 when nothing was recorded. */
    public long maxNs() {
        return maxNs;
    }

    /**
     * The time that so many in a hundred responses did not exceed, in nanoseconds, rounded up to the last that has the same
     * three digits.
     *
     * @param percent more than 0 and at most 100
     */
    public long percentileNs(double percent) {
        return Math.min(maxNs, histogram.getValueAtPercentile(percent));
    }

    /** Average and percentiles of an iteration by their names in a result, {@code P999} for 99.9 %; in microseconds. */
    Map<String, Double> averageAndPercentilesUs() {
        Map<String, Double> us = new LinkedHashMap<>();
        us.put("AverageUs", averageNs() / 1e3);
        us.put("P50Us", percentileNs(50) / 1e3);
        us.put("P90Us", percentileNs(90) / 1e3);
        us.put("P95Us", percentileNs(95) / 1e3);
        us.put("P99Us", percentileNs(99) / 1e3);
        us.put("P999Us", percentileNs(99.9) / 1e3);
        us.put("P9999Us", percentileNs(99.99) / 1e3);
        return us;
    }

    /** All of them, in nanoseconds, as HdrHistogram writes a histogram into its logs: format V2, compressed, in Base64. */
    String encoded() {
        ByteBuffer bytes = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        int length = histogram.encodeIntoCompressedByteBuffer(bytes, Deflater.DEFAULT_COMPRESSION);
        return Base64.getEncoder().encodeToString(Arrays.copyOf(bytes.array(), length));
    }
}
