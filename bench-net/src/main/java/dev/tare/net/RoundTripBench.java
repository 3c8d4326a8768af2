package dev.tare.net;

import dev.tare.harness.MeasuredCalls;
import dev.tare.net.socket.SocketSettings;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Control;

/**
 * Requests, one at a time unless {@code burst} or {@code ratePerS} say otherwise, and their responses of the same size.
 *
 * <p>Throughput hides what every single packet costs; here nothing can be batched. Each exchange takes two packets through
 * all layers, two interrupts and, with {@code waiting=block}, two wake-ups of a sleeping processor. All of these leave the
 * guest. With {@code waiting=spin} this end polls instead, which shows the share of its wake-ups.
 *
 * <p>The response's number, length and end are checked in every exchange, all of the last response's content after every
 * iteration. Connecting is excluded; see {@link ConnectBench}. {@code -bm sample} gives the percentiles.
 *
 * <p>With {@code burst} several requests are on their way on each connection or UDP socket, with {@code ratePerS} they are sent when they are
 * due, whether earlier ones are answered or not; then {@code response*} tells how long responses took, from when their request was
 * sent or due. With {@code idleConnections} as many connections that carry nothing are open beside.
 *
 * <p>Source: netperf's TCP_RR and UDP_RR.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 3,
        jvmArgsPrepend = {SocketSettings.NATIVE_ACCESS, SocketSettings.DESCRIPTORS})
public class RoundTripBench {
    /** What a thread exchanged; JMH divides it by the measured time and sums it over the threads. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    public static class Rates {
        /** Round trips completed. */
        public long roundTripsPerS;
    }

    /** Over a TCP connection. */
    @Benchmark
    public void tcp(RoundTripClient.OverTcp client, IdleConnections idle, Rates rates, Control control)
            throws IOException {
        boolean counts = MeasuredCalls.begins(control, rates.roundTripsPerS == 0);
        client.exchange();
        if (counts) {
            rates.roundTripsPerS++;
        }
    }

    /**
     * Over UDP. What gets lost is sent again after 100 to 200 ms, while the rest of a {@code burst} goes on; how much of it there was
     * comes from {@link dev.tare.net.profile.NetProfiler}.
     */
    @Benchmark
    public void udp(RoundTripClient.OverUdp client, Rates rates, Control control) throws IOException {
        boolean counts = MeasuredCalls.begins(control, rates.roundTripsPerS == 0);
        client.exchange();
        if (counts) {
            rates.roundTripsPerS++;
        }
    }
}
