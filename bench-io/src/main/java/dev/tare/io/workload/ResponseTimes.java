package dev.tare.io.workload;

import java.util.Arrays;

/**
 * Response times of one thread in buckets whose width is at most 1/32 of their value, which is how exactly a percentile
 * is told; average and maximum are exact. Recording allocates nothing.
 */
public final class ResponseTimes {
    private static final int SUB_BITS = 5;
    private static final int SUB_BUCKETS = 1 << SUB_BITS;

    private final long[] counts = new long[(Long.SIZE - SUB_BITS + 1) * SUB_BUCKETS];
    private long count;
    private long sumNs;
    private long maxNs;

    /** Records one response. */
    public void record(long responseNs) {
        long ns = Math.max(0, responseNs);
        counts[bucket(ns)]++;
        count++;
        sumNs += ns;
        maxNs = Math.max(maxNs, ns);
    }

    /** Adds another thread's. */
    public void add(ResponseTimes other) {
        for (int i = 0; i < counts.length; i++) {
            counts[i] += other.counts[i];
        }
        count += other.count;
        sumNs += other.sumNs;
        maxNs = Math.max(maxNs, other.maxNs);
    }

    /** Forgets everything. */
    public void clear() {
        Arrays.fill(counts, 0);
        count = 0;
        sumNs = 0;
        maxNs = 0;
    }

    /** Responses recorded. */
    public long count() {
        return count;
    }

    /** Average in nanoseconds; not a number when nothing was recorded. */
    public double averageNs() {
        return (double) sumNs / count;
    }

    /** Largest, in nanoseconds; 0 when nothing was recorded. */
    public long maxNs() {
        return maxNs;
    }

    /**
     * The time that a share of the responses did not exceed, in nanoseconds, rounded up to the end of its bucket.
     *
     * @param share more than 0 and at most 1
     */
    public long percentileNs(double share) {
        long wanted = (long) Math.ceil(share * count);
        long seen = 0;
        for (int i = 0; i < counts.length; i++) {
            seen += counts[i];
            if (seen >= wanted && seen > 0) {
                return Math.min(maxNs, lastOf(i));
            }
        }
        return maxNs;
    }

    // Values below 32 have a bucket each; above, the five bits behind the leading one choose it.
    private static int bucket(long ns) {
        int shift = Math.max(0, Long.SIZE - SUB_BITS - 1 - Long.numberOfLeadingZeros(ns | 1));
        return (shift << SUB_BITS) + (int) (ns >>> shift);
    }

    private static long lastOf(int bucket) {
        if (bucket < 2 * SUB_BUCKETS) {
            return bucket;
        }
        int shift = (bucket >> SUB_BITS) - 1;
        long first = (long) ((bucket & SUB_BUCKETS - 1) + SUB_BUCKETS) << shift;
        return first + (1L << shift) - 1;
    }
}
