package dev.tare.net;

import dev.tare.harness.Parameters;
import dev.tare.net.stream.DatagramStatistics;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Control;

/**
 * Datagrams over UDP to the peer or from it, at full speed or at a given rate.
 *
 * <p>Nothing slows the sender down but itself, so a virtual network card or bridge that is too slow shows as loss, and a
 * virtual processor that is not always there shows as jitter. TCP hides both.
 *
 * <p>An operation is one datagram: when sending one that was handed to this machine's kernel, so that JMH's own score is what was
 * offered, when receiving one that has come. What counts is {@code goodputMBps}, the content that the other end has received; loss and
 * reordering in percent and jitter come from {@link dev.tare.net.profile.NetProfiler}. Before and after an iteration a datagram goes
 * there and back, so that none is under way at its edges.
 *
 * <p>Source: iperf3's UDP test, whose definitions of loss, order and jitter (RFC 3550) are used.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class DatagramBench {
    /** What became of a thread's datagrams; JMH divides it by the measured time and sums it over the threads. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    public static class Rates {
        /** Content that the other end received, 10^6 bytes. */
        public double goodputMBps;
    }

    /** What can be chosen for datagrams. */
    @State(Scope.Benchmark)
    public static class Datagrams {
        private static final String UNLIMITED = "unlimited";

        /** Size of one datagram's content, 16 to 65,507 bytes; 1472 fill an Ethernet frame. */
        @Param("1472")
        public String datagramBytes = "1472";

        /** Content offered per second and thread, in 10^6 bytes, or {@code unlimited}. */
        @Param(UNLIMITED)
        public String offeredMBps = UNLIMITED;

        int bytes() {
            return bytes(datagramBytes);
        }

        /** Infinite for an unlimited rate. */
        double offeredBytesPerS() {
            return bytesPerS(offeredMBps);
        }

        static int bytes(String datagramBytes) {
            return Parameters.bytes(
                    "datagramBytes",
                    datagramBytes,
                    DatagramStatistics.SMALLEST_BYTES,
                    DatagramStatistics.LARGEST_BYTES);
        }

        static double bytesPerS(String offeredMBps) {
            return SocketBench.bytesPerS("offeredMBps", offeredMBps, UNLIMITED);
        }
    }

    /** Datagrams from this machine to the peer. */
    @Benchmark
    public void send(DatagramSender sender, Control control) throws IOException {
        sender.send(control);
    }

    /** Datagrams from the peer to this machine: iperf3's {@code -u -R}. What is lost and in which order is counted here. */
    @Benchmark
    public void receive(DatagramReceiver receiver, Control control) throws IOException {
        receiver.receive(control);
    }
}
