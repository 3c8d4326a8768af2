package dev.tare.net;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Processor seconds of both ends' machines; JMH divides them by the measured time. The first thread counts for all. */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.OPERATIONS)
public class CpuRates {
    /** Processors of this machine that were busy, with anything. */
    public double systemCpuCores;

    /** Processors of the peer's machine that were busy, with anything; the same machine when the peer is embedded. */
    public double peerCpuCores;
}
