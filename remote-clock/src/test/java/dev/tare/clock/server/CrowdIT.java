package dev.tare.clock.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.clock.ClockAddress;
import dev.tare.clock.ClockTransport;
import dev.tare.clock.MeasuredInterval;
import dev.tare.clock.MeasuredInterval.Witness;
import dev.tare.clock.RemoteClock.OpenInterval;
import dev.tare.clock.client.Discipline;
import dev.tare.clock.client.DisciplinedClock;
import dev.tare.clock.wire.NtpPacket;
import dev.tare.clock.wire.NtpReply;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

/** Many clients at once, and hostile ones. */
final class CrowdIT {
    private static final int CONNECTIONS = 1_000;

    @Test
    void aThousandConnectionsWithSlowAndSilentOnesAmongThemAreServed() throws Exception {
        List<SocketChannel> clients = new ArrayList<>();
        ClockServer server = ClockServer.start(ClockServerOptions.loopback().withPort(0));
        try (server) {
            InetSocketAddress address = server.addresses().get(0);
            for (int i = 0; i < CONNECTIONS; i++) {
                clients.add(SocketChannel.open(address));
            }
            ByteBuffer frame = ByteBuffer.allocate(NtpPacket.BYTES);
            for (int i = 1; i < CONNECTIONS; i += 2) {
                // Every second client is silent, every fourth has sent half a request.
                NtpPacket.writeRequest(frame, i);
                clients.get(i).write(i % 4 == 1 ? frame.limit(20) : frame.limit(0));
            }
            long slowestNs = 0;
            for (int round = 1; round <= 5; round++) {
                for (int i = 0; i < CONNECTIONS; i += 2) {
                    long beginNs = System.nanoTime();
                    assertThat(ask(clients.get(i), frame, round)).isEqualTo(round);
                    slowestNs = Math.max(slowestNs, System.nanoTime() - beginNs);
                }
            }
            assertThat(server.statistics().connections()).isBetween(CONNECTIONS / 2, CONNECTIONS);
            System.out.println("crowd: slowest answer of 2500 " + slowestNs / 1000 + " us, " + server.statistics());
        } finally {
            for (SocketChannel client : clients) {
                client.close();
            }
        }
        // An answer is counted when it has been handed over, which its client may see first; closing waits for that.
        assertThat(server.statistics().answers()).isEqualTo(5L * CONNECTIONS / 2);
    }

    private static long ask(SocketChannel client, ByteBuffer frame, long nonce) throws Exception {
        NtpPacket.writeRequest(frame, nonce);
        client.write(frame);
        frame.clear();
        while (frame.hasRemaining()) {
            assertThat(client.read(frame)).isPositive();
        }
        return NtpReply.origin(frame);
    }

    @Test
    void clockStaysRightWhileItsServerIsFlooded() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        LongAdder sent = new LongAdder();
        try (ClockServer server =
                ClockServer.start(ClockServerOptions.loopback().withPort(0))) {
            List<Thread> flood = List.of(
                    new Thread(() -> flood(server, over, sent, 1), "flood 1"),
                    new Thread(() -> flood(server, over, sent, 2), "flood 2"));
            try (DisciplinedClock clock = DisciplinedClock.open(
                    new ClockAddress("127.0.0.1", server.port(), ClockTransport.UDP), Discipline.standard())) {
                flood.forEach(Thread::start);
                long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
                int intervals = 0;
                int confirmed = 0;
                while (intervals < 8 || confirmed == 0) {
                    OpenInterval begin = clock.beginInterval();
                    long goalSent = sent.sum() + 20_000;
                    while (sent.sum() < goalSent) {
                        Thread.onSpinWait();
                    }
                    MeasuredInterval interval = clock.endInterval(begin);
                    assertThat(interval.localNs()).isBetween(interval.shortestNs(), interval.longestNs());
                    intervals++;
                    confirmed += interval.witness() == Witness.CONFIRMED ? 1 : 0;
                    assertThat(deadlineNs - System.nanoTime()).as("time left").isPositive();
                }
                System.out.println("flood: " + sent.sum() + " packets sent, " + confirmed + " of " + intervals
                        + " intervals confirmed, " + clock.counts() + ", " + server.statistics());
            } finally {
                over.set(true);
                for (Thread thread : flood) {
                    thread.join();
                }
            }
        }
    }

    /** Half random bytes, half good requests, as fast as they go. */
    private static void flood(ClockServer server, AtomicBoolean over, LongAdder sent, long seed) {
        Random random = new Random(seed);
        byte[] bytes = new byte[NtpPacket.BYTES];
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            socket.connect(server.addresses().get(0));
            while (!over.get()) {
                random.nextBytes(bytes);
                if (random.nextBoolean()) {
                    bytes[0] = 0x23;
                }
                socket.send(new DatagramPacket(bytes, bytes.length));
                sent.increment();
            }
        } catch (java.io.IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
