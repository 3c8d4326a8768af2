package dev.tare.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tare.net.control.StreamOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Streams between this JVM and a peer in it. */
final class BackgroundLoadTest {
    private LoopbackPeer peer;
    private PeerLink link;

    @BeforeEach
    void openLink() throws Exception {
        peer = LoopbackPeer.open();
        link = peer.link();
    }

    @AfterEach
    void close() throws Exception {
        peer.close();
    }

    @Test
    void streamsMoveTheirWayBetweenStartAndStopAndNothingIsLeftUnderWay() throws Exception {
        try (BackgroundLoad load = BackgroundLoad.open(link, BackgroundLoad.Direction.DUPLEX, 2, options(1000))) {
            for (int round = 1; round <= 2; round++) {
                long sentBefore = load.sentBytes();
                long receivedBefore = load.receivedBytes();
                load.start();
                while (load.sentBytes() - sentBefore < 1_000_000 || load.receivedBytes() - receivedBefore < 1_000_000) {
                    Thread.onSpinWait();
                }
                load.stop();

                // Stopping has compared these with the peer's.
                assertThat(load.sentBytes() % 1000).isZero();
                assertThat(load.receivedBytes() % 1000).isZero();
            }
        }
    }

    @Test
    void aLoadInOneDirectionMovesNothingInTheOther() throws Exception {
        try (BackgroundLoad load = BackgroundLoad.open(link, BackgroundLoad.Direction.RECEIVE, 1, options(64))) {
            load.start();
            while (load.receivedBytes() < 100_000) {
                Thread.onSpinWait();
            }
            load.stop();

            assertThat(load.sentBytes()).isZero();
        }
    }

    @Test
    void aLoadThatBreaksSaysSoWhenItIsStopped() throws Exception {
        BackgroundLoad load = BackgroundLoad.open(link, BackgroundLoad.Direction.SEND, 1, options(1000));
        load.start();
        peer.stop();

        assertThatThrownBy(load::stop).hasMessageContaining("peer 127.0.0.1:");
        load.close();
    }

    private static StreamOptions options(int messageBytes) {
        return new StreamOptions(messageBytes, StreamOptions.KERNEL_CHOOSES, true);
    }
}
