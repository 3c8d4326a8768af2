package dev.tare.net;

import dev.tare.harness.MeasuredCalls;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Control;

/**
 * Messages over TCP to a peer, and from it.
 *
 * <p>A guest's packets pass through its own kernel, a virtual network card and the host's kernel; emulated cards leave the
 * guest for every few packets, which is where fully virtual networks lost three quarters of their throughput. Streams
 * of large messages show copies and exits per byte, small messages show the cost per call.
 *
 * <p>An operation is one message that the other end's program has received: the receiver grants what may be under way, so
 * that what the kernels buffer is the same at both edges of an iteration. Connecting, filling the connection before an
 * iteration and draining it after one are not measured. Both ends count bytes and verify samples of the content.
 * With {@code -t N} there are N connections with a thread of their own at both ends.
 *
 * <p>Source: Iometer's network test (message sizes, passive peer) and netperf's TCP_STREAM, TCP_MAERTS and TCP_SENDFILE.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class SocketBench {
    /** Messages from this machine's memory to the peer. */
    @Benchmark
    public void send(Sending.OfMemory sending, StreamRates rates, Control control) throws IOException {
        boolean counts = MeasuredCalls.begins(control, rates.bandwidthMBps == 0);
        sending.send(rates);
        if (counts) {
            rates.addBytes(sending.messageBytes());
        }
    }

    /** Messages from a file to the peer, by the kernel (sendfile): what copies by the program cost. */
    @Benchmark
    public void zeroCopy(Sending.OfFile sending, StreamRates rates, Control control) throws IOException {
        boolean counts = MeasuredCalls.begins(control, rates.bandwidthMBps == 0);
        sending.send(rates);
        if (counts) {
            rates.addBytes(sending.messageBytes());
        }
    }

    /** Messages from the peer to this machine. */
    @Benchmark
    public void receive(Receiving receiving, StreamRates rates, Control control) throws IOException {
        boolean counts = MeasuredCalls.begins(control, rates.bandwidthMBps == 0);
        receiving.receive(rates);
        if (counts) {
            rates.addBytes(receiving.messageBytes());
        }
    }
}
