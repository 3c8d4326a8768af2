package dev.tare.net;

import dev.tare.net.usage.CpuTimes;
import dev.tare.net.usage.MachineTimes;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Control;

/** Physical rates of a thread; JMH divides them by the measured time and sums them over the threads. */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.OPERATIONS)
public class NetRates {
    private static final double BYTES_PER_MB = 1e6;

    /** Received by the other end, 10^6 bytes. */
    public double bandwidthMBps;

    /** Processors of this machine that were busy, with anything. */
    public double systemCpuCores;

    /** Processors of the peer's machine that were busy, with anything; the same machine when the peer is embedded. */
    public double peerCpuCores;

    /**
     * Whether an operation that begins now belongs to the measured interval. JMH runs the benchmark method before and
     * after it too, while it waits for other threads.
     */
    static boolean counts(Control control) {
        return control.startMeasurement && !control.stopMeasurement;
    }

    void addBytes(long bytes) {
        bandwidthMBps += bytes / BYTES_PER_MB;
    }

    void addCpu(CpuTimes client, CpuTimes peer) {
        systemCpuCores = client.machine().map(MachineTimes::busyS).orElse(Double.NaN);
        peerCpuCores = peer.machine().map(MachineTimes::busyS).orElse(Double.NaN);
    }
}
