package dev.tare.net;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.tare.net.peer.Peer;
import dev.tare.net.peer.PeerOptions;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.infra.Control;
import org.openjdk.jmh.infra.ThreadParams;

/** What a measured thread allocates. */
final class AllocationTest {
    private static final ThreadParams ONLY_THREAD = new ThreadParams(0, 1, 0, 1, 0, 1, 0, 1, 0, 1);
    private static final int OPERATIONS = 10_000;

    private Peer peer;
    private PeerLink link;

    @BeforeEach
    void startPeer() throws Exception {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        peer = Peer.start(PeerOptions.onLoopback(loopback));
        link = new PeerLink();
        link.tokenFile = "none";
        link.peer = loopback.getHostAddress() + ":" + peer.address().getPort();
        link.open();
    }

    @AfterEach
    void stopPeer() throws Exception {
        link.close();
        peer.close();
    }

    @Test
    void aMessageSentAllocatesNothing() throws Exception {
        Sending sending = new Sending.OfMemory();
        sending.connect(link, parameters(), ONLY_THREAD);
        sending.fill();
        StreamRates rates = new StreamRates();

        assertNothingIsAllocatedBy(() -> sending.send(rates));

        sending.settle();
        sending.disconnect();
    }

    @Test
    void aMessageReceivedAllocatesNothing() throws Exception {
        Receiving receiving = new Receiving();
        receiving.connect(link, parameters(), ONLY_THREAD);
        receiving.fill();
        StreamRates rates = new StreamRates();

        assertNothingIsAllocatedBy(() -> receiving.receive(rates));

        receiving.settle();
        receiving.disconnect();
    }

    @Test
    void aRoundTripOverTcpAllocatesNothing() throws Exception {
        TcpExchanging exchanging = new TcpExchanging();
        exchanging.messageBytes = 64;
        exchanging.connect(link, blocking(), ONLY_THREAD);
        exchanging.begin();
        RoundTripRates rates = new RoundTripRates();

        assertNothingIsAllocatedBy(() -> exchanging.exchange(rates));

        exchanging.end();
        exchanging.disconnect();
    }

    @Test
    void aRoundTripOverUdpAllocatesNothing() throws Exception {
        UdpExchanging exchanging = new UdpExchanging();
        exchanging.messageBytes = 64;
        exchanging.connect(link, blocking(), ONLY_THREAD);
        exchanging.begin();
        RoundTripRates rates = new RoundTripRates();

        assertNothingIsAllocatedBy(() -> exchanging.exchange(rates));

        exchanging.end();
        exchanging.disconnect();
    }

    @Test
    void aDatagramSentAllocatesNothing() throws Exception {
        DatagramSending sending = new DatagramSending();
        sending.datagramBytes = 1472;
        sending.offeredMBps = "unlimited";
        sending.connect(link, ONLY_THREAD);
        sending.begin();
        DatagramRates rates = new DatagramRates();
        Control control = new Control();
        control.startMeasurement = true;

        assertNothingIsAllocatedBy(() -> sending.send(rates, control));

        sending.end();
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

    private static StreamParameters parameters() {
        StreamParameters parameters = new StreamParameters();
        parameters.messageBytes = 4096;
        parameters.socketBufferBytes = "kernel";
        parameters.noDelay = true;
        return parameters;
    }

    private static Waiting blocking() {
        Waiting waiting = new Waiting();
        waiting.waiting = "block";
        return waiting;
    }
}
