package dev.tare.io.workload;

/** The fastest iteration of one thread. */
public final class Throughput {
    private long begunNs;
    private long bytes;
    private double fastestBytesPerS;

    /** Begins an iteration. */
    public void begin() {
        bytes = 0;
        begunNs = System.nanoTime();
    }

    /** Counts a transfer. */
    public void add(int transferred) {
        bytes += transferred;
    }

    /** Ends the iteration. */
    public void end() {
        long ns = System.nanoTime() - begunNs;
        if (ns > 0) {
            fastestBytesPerS = Math.max(fastestBytesPerS, bytes * 1e9 / ns);
        }
    }

    /** Bytes per second of the fastest iteration so far. */
    public double fastestBytesPerS() {
        return fastestBytesPerS;
    }
}
