package dev.tare.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.infra.Control;
import org.openjdk.jmh.infra.ThreadParams;

/** A sender and a peer in this JVM, without JMH. */
final class DatagramSenderTest {
    private static final ThreadParams ONLY_THREAD = new ThreadParams(0, 1, 0, 1, 0, 1, 0, 1, 0, 1);

    private final Control control = new Control();
    private final DatagramBench.Datagrams datagrams = new DatagramBench.Datagrams();
    private final DatagramSender sender = new DatagramSender();
    private final DatagramBench.Rates rates = new DatagramBench.Rates();
    private LoopbackPeer peer;
    private PeerLink link;

    @BeforeEach
    void openLink() throws Exception {
        peer = LoopbackPeer.open();
        link = peer.link();
        control.startMeasurement = true;
        datagrams.datagramBytes = "1k";
    }

    @AfterEach
    void close() throws Exception {
        peer.close();
    }

    @Test
    void everyDatagramOfAPacedSenderCountsAndNoneIsLost() throws Exception {
        // One each 100 us and, at the edge, less than what parks a thread.
        datagrams.offeredMBps = "10.24";
        sender.connect(link, datagrams, ONLY_THREAD);
        for (int iteration = 1; iteration <= 2; iteration++) {
            sender.begin();
            for (int sent = 0; sent < 100; sent++) {
                sender.send(control);
            }
            sender.end(rates, new CpuRates());

            assertThat(rates.goodputMBps).isEqualTo(100 * 1024 / 1e6);
        }
        sender.disconnect();
    }

    @Test
    void anIterationInWhichNothingWasSentReceivedNothing() throws Exception {
        datagrams.offeredMBps = "unlimited";
        sender.connect(link, datagrams, ONLY_THREAD);
        sender.begin();
        sender.end(rates, new CpuRates());

        assertThat(rates.goodputMBps).isZero();
        sender.disconnect();
    }

    @Test
    void aRateOrSizeThatCannotBeIsRefusedBeforeAnythingIsOpened() {
        for (String rate : new String[] {"0", "-1", "fast", "NaN", "Infinity"}) {
            datagrams.offeredMBps = rate;
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> sender.connect(link, datagrams, ONLY_THREAD))
                    .withMessageStartingWith("offeredMBps: expected unlimited or a number above 0, got \"" + rate);
        }
        datagrams.offeredMBps = "unlimited";
        datagrams.datagramBytes = "15";
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sender.connect(link, datagrams, ONLY_THREAD))
                .withMessageStartingWith("datagramBytes: expected a number of bytes from 16 to 65507");
    }

    @Test
    void aPeerThatEndsFailsTheNextIterationWithItsName() throws Exception {
        datagrams.offeredMBps = "unlimited";
        sender.connect(link, datagrams, ONLY_THREAD);
        peer.stop();

        assertThatThrownBy(sender::begin).hasMessageContaining("peer 127.0.0.1:");
    }
}
