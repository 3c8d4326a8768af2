package dev.tare.net;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What a thread's stream moved; JMH divides them by the measured time and sums them over the threads. */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.OPERATIONS)
public class StreamRates {
    static final double BYTES_PER_MB = 1e6;

    /** Received by the other end, 10^6 bytes. */
    public double bandwidthMBps;

    /** Processors of this machine that were busy, with anything. */
    public double systemCpuCores;

    /** Processors of the peer's machine that were busy, with anything; the same machine when the peer is embedded. */
    public double peerCpuCores;

    void add(CpuUse use) {
        systemCpuCores = use.clientBusyS();
        peerCpuCores = use.peerBusyS();
    }

    void addBytes(long bytes) {
        bandwidthMBps += bytes / BYTES_PER_MB;
    }
}
