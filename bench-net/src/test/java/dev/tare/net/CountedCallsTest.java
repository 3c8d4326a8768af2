package dev.tare.net;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.infra.Control;
import org.openjdk.jmh.infra.ThreadParams;

/** The calls that a late thread measures when another one has already stopped. */
final class CountedCallsTest {
    private static final ThreadParams ONLY_THREAD = new ThreadParams(0, 1, 0, 1, 0, 1, 0, 1, 0, 1);

    private final Control control = new Control();
    private final CpuRates cpu = new CpuRates();
    private LoopbackPeer peer;
    private PeerLink link;

    @BeforeEach
    void openLink() throws Exception {
        peer = LoopbackPeer.open();
        link = peer.link();
        control.startMeasurement = true;
        control.stopMeasurement = true;
    }

    @AfterEach
    void close() throws Exception {
        peer.close();
    }

    @Test
    void itsFirstConnectionCountsAndItsSecondDoesNot() throws Exception {
        ConnectBench.Connector connector = new ConnectBench.Connector();
        connector.open(link, ONLY_THREAD);
        connector.begin();
        ConnectBench.Rates rates = new ConnectBench.Rates();

        new ConnectBench().connection(connector, rates, control);
        new ConnectBench().connection(connector, rates, control);

        assertThat(rates.connectionsPerS).isEqualTo(1);
        connector.end(cpu);
        connector.close();
    }

    @Test
    void itsFirstRequestOnAConnectionCountsAndItsSecondDoesNot() throws Exception {
        ConnectBench.Requester requester = new ConnectBench.Requester();
        requester.messageBytes = "100k";
        requester.open(link, ONLY_THREAD);
        requester.begin();
        ConnectBench.Rates rates = new ConnectBench.Rates();

        new ConnectBench().requestResponse(requester, rates, control);
        new ConnectBench().requestResponse(requester, rates, control);

        assertThat(rates.connectionsPerS).isEqualTo(1);
        requester.end(cpu);
        requester.close();
    }

    @Test
    void itsFirstDatagramCountsAndItsSecondDoesNot() throws Exception {
        DatagramSender sender = new DatagramSender();
        sender.connect(link, new DatagramBench.Datagrams(), ONLY_THREAD);
        sender.begin();
        DatagramBench.Rates rates = new DatagramBench.Rates();

        new DatagramBench().send(sender, control);
        new DatagramBench().send(sender, control);
        sender.end(rates, cpu);

        assertThat(rates.goodputMBps).isEqualTo(1472 / 1e6);
        sender.disconnect();
    }
}
