package dev.tare.io.workload;

import dev.tare.io.profile.IoProfiler;
import org.HdrHistogram.Histogram;
import org.openjdk.jmh.results.AggregationPolicy;

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

    /** Makes them secondary results of the present iteration. */
    void recordResults() {
        us("responseAverageUs", averageNs() / 1e3, AggregationPolicy.AVG);
        us("responseP50Us", percentileNs(50) / 1e3, AggregationPolicy.AVG);
        us("responseP90Us", percentileNs(90) / 1e3, AggregationPolicy.AVG);
        us("responseP99Us", percentileNs(99) / 1e3, AggregationPolicy.AVG);
        us("responseP999Us", percentileNs(99.9) / 1e3, AggregationPolicy.AVG);
        us("responseMaxUs", maxNs / 1e3, AggregationPolicy.MAX);
    }

    private static void us(String name, double value, AggregationPolicy policy) {
        IoProfiler.RESULTS.record(name, value, "us", policy);
    }
}
