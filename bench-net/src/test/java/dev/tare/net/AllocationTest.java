package dev.tare.net;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.infra.Control;
import org.openjdk.jmh.infra.ThreadParams;

/** What a measured thread allocates. */
final class AllocationTest {
    private static final ThreadParams ONLY_THREAD = new ThreadParams(0, 1, 0, 1, 0, 1, 0, 1, 0, 1);
    private static final int OPERATIONS = 10_000;

    private LoopbackPeer peer;
    private PeerLink link;

    @BeforeEach
    void startPeer() throws Exception {
        peer = LoopbackPeer.open();
        link = peer.link();
    }

    @AfterEach
    void stopPeer() throws Exception {
        peer.close();
    }

    @Test
    void aMessageSentAllocatesNothing() throws Exception {
        StreamSender sending = new StreamSender.OfMemory();
        sending.connect(link, parameters(), new SocketParameters(), ONLY_THREAD);
        sending.fill();

        assertNothingIsAllocatedBy(() -> sending.send());

        sending.pause(new CpuRates());
        sending.disconnect();
    }

    @Test
    void aMessageReceivedAllocatesNothing() throws Exception {
        StreamReceiver receiving = new StreamReceiver();
        receiving.connect(link, parameters(), new SocketParameters(), ONLY_THREAD);
        receiving.fill();

        assertNothingIsAllocatedBy(() -> receiving.receive());

        receiving.pause(new CpuRates());
        receiving.disconnect();
    }

    @Test
    void aRoundTripOverTcpAllocatesNothing() throws Exception {
        RoundTripClient.OverTcp client = new RoundTripClient.OverTcp();
        client.messageBytes = "64";
        client.connect(link, blocking(), new RoundTripClient.Arriving(), new SocketParameters(), ONLY_THREAD);
        client.begin();

        assertNothingIsAllocatedBy(() -> client.exchange());

        client.end(new CpuRates());
        client.disconnect();
    }

    @Test
    void aRoundTripOverUdpAllocatesNothing() throws Exception {
        RoundTripClient.OverUdp client = new RoundTripClient.OverUdp();
        client.messageBytes = "64";
        client.connect(link, blocking(), new RoundTripClient.Arriving(), new SocketParameters(), ONLY_THREAD);
        client.begin();

        assertNothingIsAllocatedBy(() -> client.exchange());

        client.end(new CpuRates());
        client.disconnect();
    }

    @Test
    void aDatagramSentAllocatesNothing() throws Exception {
        DatagramSender sending = new DatagramSender();
        sending.connect(link, new DatagramBench.Datagrams(), ONLY_THREAD);
        sending.begin();
        Control control = new Control();
        control.startMeasurement = true;

        assertNothingIsAllocatedBy(() -> sending.send(control));

        sending.end(new DatagramBench.Rates(), new CpuRates());
        sending.disconnect();
    }

    private interface Operation {
        void run() throws IOException;
    }

    /** Once the classes on its way are loaded; less than a byte per operation is none. */
    private static void assertNothingIsAllocatedBy(Operation operation) throws IOException {
        ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
        repeat(operation);
        long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        repeat(operation);
        long after = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        assertThat(after - before).isLessThan(OPERATIONS);
    }

    private static void repeat(Operation operation) throws IOException {
        for (int count = 0; count < OPERATIONS; count++) {
            operation.run();
        }
    }

    private static SocketBench.StreamParameters parameters() {
        SocketBench.StreamParameters parameters = new SocketBench.StreamParameters();
        parameters.messageBytes = "4k";
        parameters.socketBufferBytes = "kernel";
        parameters.noDelay = true;
        return parameters;
    }

    private static RoundTripClient.Waiting blocking() {
        RoundTripClient.Waiting waiting = new RoundTripClient.Waiting();
        waiting.waiting = "block";
        return waiting;
    }
}
