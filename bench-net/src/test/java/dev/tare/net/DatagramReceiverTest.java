package dev.tare.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tare.net.client.PeerSession.UdpStream;
import dev.tare.net.control.ControlRequest;
import dev.tare.net.control.StreamOptions;
import dev.tare.net.control.StreamOptions.Role;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.infra.Control;
import org.openjdk.jmh.infra.ThreadParams;

/** A receiver and a peer in this JVM, without JMH. */
final class DatagramReceiverTest {
    private static final ThreadParams ONLY_THREAD = new ThreadParams(0, 1, 0, 1, 0, 1, 0, 1, 0, 1);

    private final Control control = new Control();
    private final DatagramBench.Datagrams datagrams = new DatagramBench.Datagrams();
    private final DatagramReceiver receiver = new DatagramReceiver();
    private LoopbackPeer peer;
    private PeerLink link;

    @BeforeEach
    void openLink() throws Exception {
        peer = LoopbackPeer.open();
        link = peer.link();
        control.startMeasurement = true;
        datagrams.datagramBytes = "1000";
        datagrams.offeredMBps = "1";
    }

    @AfterEach
    void close() throws Exception {
        peer.close();
    }

    @Test
    void everyDatagramOfAPacedPeerCounts() throws Exception {
        receiver.connect(link, datagrams, ONLY_THREAD);
        for (int iteration = 1; iteration <= 2; iteration++) {
            DatagramBench.Rates rates = new DatagramBench.Rates();
            receiver.begin();
            for (int received = 0; received < 200; received++) {
                receiver.receive(control);
            }

            receiver.end(rates, new CpuRates());

            assertThat(rates.goodputMBps).isEqualTo(200 * 1000 / 1e6);
        }
        receiver.disconnect();
    }

    @Test
    void aSourceStopsWhenItsLeaseEnds() throws Exception {
        try (UdpStream stream = link.session()
                .openDatagrams(
                        Role.DATAGRAM_SOURCE,
                        new StreamOptions(100, StreamOptions.KERNEL_CHOOSES, true).paced(100_000))) {
            assertThat(sent(stream)).isZero();
            int[] came = {0};
            link.session().lease(stream.number(), 50);
            stream.wake();
            // Its return comes behind everything that the lease allowed.
            stream.flush(datagram -> came[0]++);
            // 1,000 a second for 50 ms, and ten that a late thread catches up.
            assertThat(sent(stream)).isEqualTo(came[0]).isLessThanOrEqualTo(61);

            link.session().lease(stream.number(), 5000);
            stream.wake();
            ByteBuffer buffer = ByteBuffer.allocate(1000);
            for (int next = 0; next < 10; ) {
                stream.channel().read(buffer.clear());
                if (buffer.position() == 100) {
                    came[0]++;
                    next++;
                }
            }
            link.session().lease(stream.number(), 0);
            stream.flush(datagram -> came[0]++);
            assertThat(sent(stream)).isEqualTo(came[0]).isGreaterThanOrEqualTo(10);
        }
    }

    private long sent(UdpStream stream) throws IOException {
        return link.session().count(stream.number(), 0).total();
    }

    @Test
    void leasesThatAreTooLongAndStreamsThatSendNothingAreRefused() throws Exception {
        UdpStream sink = link.session()
                .openDatagrams(Role.DATAGRAM_SINK, new StreamOptions(100, StreamOptions.KERNEL_CHOOSES, true));

        assertThatThrownBy(() -> link.session().lease(sink.number(), ControlRequest.Lease.LONGEST_LEASE_MS + 1))
                .hasMessageContaining("datagrams are sent for 0 to 5000 ms, got 5001");
        assertThatThrownBy(() -> link.session().lease(sink.number(), 100))
                .hasMessageContaining("a stream with the role DATAGRAM_SINK sends no datagrams");
        sink.close();
    }

    @Test
    void aPeerThatEndsFailsWhoWaits() throws Exception {
        receiver.connect(link, datagrams, ONLY_THREAD);
        receiver.begin();
        peer.stop();

        assertThatThrownBy(() -> {
                    while (true) {
                        receiver.receive(control);
                    }
                })
                .hasMessageContaining("peer 127.0.0.1:");
    }
}
