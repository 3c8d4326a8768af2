package dev.tare.net;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What a thread exchanged; JMH divides them by the measured time and sums them over the threads. */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.OPERATIONS)
public class RoundTripRates {
    /** Exchanges completed. */
    public long roundTripsPerS;

    /** Processors of this machine that were busy, with anything. */
    public double systemCpuCores;

    /** Processors of the peer's machine that were busy, with anything; the same machine when the peer is embedded. */
    public double peerCpuCores;

    void add(CpuUse use) {
        systemCpuCores = use.clientBusyS();
        peerCpuCores = use.peerBusyS();
    }
}
