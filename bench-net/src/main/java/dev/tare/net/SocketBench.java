package dev.tare.net;

import dev.tare.harness.MeasuredCalls;
import dev.tare.harness.Parameters;
import dev.tare.net.control.StreamOptions;
import dev.tare.net.socket.SocketSettings;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Group;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
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
 * iteration and draining it at the end are not measured. Both ends count bytes and verify samples of the content.
 * With {@code -t N} there are N connections with a thread of their own at both ends.
 *
 * <p>Source: Iometer's network test (message sizes, passive peer) and netperf's TCP_STREAM, TCP_MAERTS and TCP_SENDFILE.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 3,
        jvmArgsPrepend = {SocketSettings.NATIVE_ACCESS, SocketSettings.DESCRIPTORS})
public class SocketBench {
    static final double BYTES_PER_MB = 1e6;

    /**
     * A rate of a parameter in 10^6 bytes per second, as bytes per second.
     *
     * @param unlimited the word for an infinite one
     */
    static double bytesPerS(String name, String value, String unlimited) {
        if (value.equals(unlimited)) {
            return Double.POSITIVE_INFINITY;
        }
        try {
            double rateMBps = Double.parseDouble(value);
            if (rateMBps > 0 && Double.isFinite(rateMBps)) {
                return rateMBps * BYTES_PER_MB;
            }
        } catch (NumberFormatException e) {
            throw wrongRate(name, value, unlimited, e);
        }
        throw wrongRate(name, value, unlimited, null);
    }

    private static IllegalArgumentException wrongRate(
            String name, String value, String unlimited, @Nullable Throwable cause) {
        return Parameters.refusal(name, unlimited + " or a number above 0", value, unlimited, cause);
    }

    /** What a thread's stream moved; JMH divides it by the measured time and sums it over the threads. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    public static class Rates {
        /** Received by the other end, 10^6 bytes. */
        public double bandwidthMBps;
    }

    /** What can be chosen for a stream of messages. */
    @State(Scope.Benchmark)
    public static class StreamParameters {
        private static final String KERNEL = "kernel";
        private static final String UNLIMITED = "unlimited";

        /** Size of one message, 1 byte to 64 MiB: the transfer size of the study's network tests. */
        @Param({"4096", "32768", "262144", "1048576", "4194304"})
        public String messageBytes;

        /** What the kernels are asked for as send and receive buffers at both ends; {@code kernel} leaves it to them. */
        @Param(KERNEL)
        public String socketBufferBytes;

        /** Whether small segments are sent at once (TCP_NODELAY). */
        @Param("true")
        public boolean noDelay;

        /**
         * What each stream sends at most per second, in 10^6 bytes of content: by the kernel where the JVM can ask it to, else by the
         * program, message by message; the fact {@code pacing} says which. Or {@code unlimited}.
         */
        @Param(UNLIMITED)
        public String pacedMBps = UNLIMITED;

        StreamOptions options() {
            return new StreamOptions(messageBytes(messageBytes), bufferBytes(socketBufferBytes), noDelay)
                    .paced(pacedBytesPerS(pacedMBps));
        }

        static double pacedBytesPerS(String pacedMBps) {
            return bytesPerS("pacedMBps", pacedMBps, UNLIMITED);
        }

        static int messageBytes(String messageBytes) {
            return messageBytes("messageBytes", messageBytes);
        }

        static int messageBytes(String name, String messageBytes) {
            return Parameters.bytes(name, messageBytes, 1, StreamOptions.LARGEST_MESSAGE_BYTES);
        }

        static int bufferBytes(String socketBufferBytes) {
            return socketBufferBytes.equals(KERNEL)
                    ? StreamOptions.KERNEL_CHOOSES
                    : Parameters.bytes(
                            "socketBufferBytes",
                            socketBufferBytes,
                            1,
                            StreamOptions.LARGEST_SOCKET_BUFFER_BYTES,
                            KERNEL + " or ");
        }
    }

    /** Messages from this machine's memory to the peer. */
    @Benchmark
    public void send(StreamSender.OfMemory sender, Rates rates, Control control) throws IOException {
        boolean counts = MeasuredCalls.begins(control, rates.bandwidthMBps == 0);
        sender.send();
        if (counts) {
            rates.bandwidthMBps += sender.messageBytes() / BYTES_PER_MB;
        }
    }

    /** Messages from a file to the peer, by the kernel (sendfile): what copies by the program cost. */
    @Benchmark
    public void zeroCopy(StreamSender.OfFile sender, Rates rates, Control control) throws IOException {
        boolean counts = MeasuredCalls.begins(control, rates.bandwidthMBps == 0);
        sender.send();
        if (counts) {
            rates.bandwidthMBps += sender.messageBytes() / BYTES_PER_MB;
        }
    }

    /** Messages from the peer to this machine. */
    @Benchmark
    public void receive(StreamReceiver receiver, Rates rates, Control control) throws IOException {
        boolean counts = MeasuredCalls.begins(control, rates.bandwidthMBps == 0);
        receiver.receive();
        if (counts) {
            rates.bandwidthMBps += receiver.messageBytes() / BYTES_PER_MB;
        }
    }

    /** Messages to the peer, while as many threads as here receive: iperf3's {@code --bidir}. Counters add up both directions. */
    @Benchmark
    @Group("duplex")
    public void duplexSend(StreamSender.OfMemory sender, Rates rates, Control control) throws IOException {
        send(sender, rates, control);
    }

    /** Messages from the peer, while as many threads as here send. */
    @Benchmark
    @Group("duplex")
    public void duplexReceive(StreamReceiver receiver, Rates rates, Control control) throws IOException {
        receive(receiver, rates, control);
    }
}
