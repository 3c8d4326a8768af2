package dev.tare.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.net.peer.Peer;
import dev.tare.net.peer.PeerOptions;
import java.net.InetAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.infra.Control;
import org.openjdk.jmh.infra.ThreadParams;

/** The calls that a late thread measures when another one has already stopped. */
final class CountedCallsTest {
    private static final ThreadParams ONLY_THREAD = new ThreadParams(0, 1, 0, 1, 0, 1, 0, 1, 0, 1);

    private final Control control = new Control();
    private Peer peer;
    private PeerLink link;

    @BeforeEach
    void openLink() throws Exception {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        peer = Peer.start(PeerOptions.onLoopback(loopback));
        link = new PeerLink();
        link.tokenFile = "none";
        link.peer = loopback.getHostAddress() + ":" + peer.address().getPort();
        link.open();
        control.startMeasurement = true;
        control.stopMeasurement = true;
    }

    @AfterEach
    void close() throws Exception {
        link.close();
        peer.close();
    }

    @Test
    void itsFirstConnectionCountsAndItsSecondDoesNot() throws Exception {
        Connecting connecting = new Connecting();
        connecting.open(link, ONLY_THREAD);
        connecting.begin();
        ConnectRates rates = new ConnectRates();

        new ConnectBench().connection(connecting, rates, control);
        new ConnectBench().connection(connecting, rates, control);

        assertThat(rates.connectionsPerS).isEqualTo(1);
        connecting.end();
        connecting.close();
    }

    @Test
    void itsFirstDatagramCountsAndItsSecondDoesNot() throws Exception {
        DatagramSending sending = new DatagramSending();
        sending.datagramBytes = 1472;
        sending.offeredMBps = "unlimited";
        sending.connect(link, ONLY_THREAD);
        sending.begin();
        DatagramRates rates = new DatagramRates();

        new DatagramBench().send(sending, rates, control);
        new DatagramBench().send(sending, rates, control);
        sending.end();

        assertThat(rates.goodputMBps).isEqualTo(1472 / 1e6);
        sending.disconnect();
    }
}
