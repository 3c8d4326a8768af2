package dev.tare.net;

import dev.tare.harness.ChildJvm;
import dev.tare.harness.MeasuredCalls;
import dev.tare.harness.Parameters;
import dev.tare.net.peer.UnixEchoMain;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Control;

/**
 * One request at a time, and its response of the same size, to a process on this machine over a UNIX socket: the local limit.
 *
 * <p>Two wake-ups and four system calls, and nothing of IP in between: what {@link RoundTripBench#tcp} needs more on loopback is
 * TCP's, and what it needs more across a virtual network is the network's. Of a hypervisor it shows what waking another
 * processor costs in it.
 *
 * <p>The response's number, length and end are checked in every exchange, all of the last response's content after every
 * iteration. Connecting is excluded. Each thread of {@code -t N} has a process of its own to talk to.
 *
 * <p>Source: lmbench's lat_unix.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class UnixSocketBench {
    /** What both ends' kernels take at once, so that neither end waits for the other to read. */
    private static final int MOST_BYTES = 1 << 16;

    private static final Duration START_LIMIT = Duration.ofSeconds(30);

    /** A thread and the process that answers it. */
    @State(Scope.Thread)
    public static class Client {
        /** Size of the request, and of the response; 64 KiB at most. */
        @Param({"1", "1024"})
        public String messageBytes;

        private Path folder;
        private ChildJvm echo;
        private RoundTrips trips;

        /** Starts the process and connects to it, in a folder that nobody else may enter. */
        @Setup(Level.Trial)
        public void connect() throws IOException {
            folder = Files.createTempDirectory("tare-unix");
            Path socket = folder.resolve("echo");
            echo = ChildJvm.start(
                    "echo",
                    List.of("-XX:+UseSerialGC", "-Xmx32m"),
                    UnixEchoMain.class,
                    List.of(socket.toString()),
                    UnixEchoMain.READY,
                    START_LIMIT);
            trips = new RoundTrips.OverConnection(
                    SocketChannel.open(UnixDomainSocketAddress.of(socket)), bytes(messageBytes));
        }

        void exchange() throws IOException {
            try {
                trips.exchange();
            } catch (IOException e) {
                throw echo.withLastWords(e);
            }
        }

        /** Checks the last response whole. */
        @TearDown(Level.Iteration)
        public void verify() throws IOException {
            trips.verify();
        }

        /** Ends the process, and leaves nothing behind. */
        @TearDown(Level.Trial)
        public void close() throws IOException {
            trips.close();
            echo.close();
            Files.deleteIfExists(folder.resolve("echo"));
            Files.deleteIfExists(folder);
        }
    }

    static int bytes(String messageBytes) {
        return Parameters.bytes("messageBytes", messageBytes, 1, MOST_BYTES);
    }

    /** A request and its response. */
    @Benchmark
    public void roundTrip(Client client, RoundTripBench.Rates rates, Control control) throws IOException {
        boolean counts = MeasuredCalls.begins(control, rates.roundTripsPerS == 0);
        client.exchange();
        if (counts) {
            rates.roundTripsPerS++;
        }
    }
}
