package dev.tare.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.tare.net.peer.PeerOptions;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** Connections that are kept open, to a peer in this JVM. */
final class IdleConnectionsTest {
    private static final int MANY = 300;

    private final IdleConnections idle = new IdleConnections();

    @Test
    void allAreOpenBetweenOpeningAndClosing() throws Exception {
        try (LoopbackPeer peer = LoopbackPeer.open(PeerOptions.Limits.standard().withIdleConnections(MANY))) {
            // Who measures beside them uses the link, too.
            peer.link().acquire();
            long before = descriptors();
            idle.idleConnections = Integer.toString(MANY);
            idle.open(peer.link());
            assertThat(descriptors() - before).isGreaterThanOrEqualTo(2 * MANY);

            idle.close();
            // The peer sees that they are closed a little later, and gives their quota back.
            while (descriptors() - before > MANY / 10) {
                Thread.onSpinWait();
            }
            idle.open(peer.link());
            idle.close();
        }
    }

    @Test
    void moreConnectionsThanAPeerAllowsAreRefusedWithBothNumbers() throws Exception {
        try (LoopbackPeer peer = LoopbackPeer.open(PeerOptions.Limits.standard().withIdleConnections(10))) {
            idle.idleConnections = "11";

            assertThatThrownBy(() -> idle.open(peer.link()))
                    .hasMessageStartingWith("idleConnections: expected 11, got 10: the peer closed it")
                    .hasMessageContaining("--idle-connections");
        }
    }

    @Test
    void aPeerAllowsNoneUnlessItIsTold() throws Exception {
        try (LoopbackPeer peer = LoopbackPeer.open()) {
            idle.idleConnections = "1";

            assertThatThrownBy(() -> idle.open(peer.link()))
                    .hasMessageStartingWith("idleConnections: expected 1, got 0");
        }
    }

    @Test
    void oneThatHasBeenLostFailsTheBenchmarkAtItsEnd() throws Exception {
        try (LoopbackPeer peer = LoopbackPeer.open(PeerOptions.Limits.standard().withIdleConnections(3))) {
            idle.idleConnections = "3";
            idle.open(peer.link());
            peer.stop();

            assertThatThrownBy(idle::close).hasMessageStartingWith("idle connection 0 of 3: expected it to be open");
        }
    }

    /** Descriptors of this process, which has both ends. */
    private static long descriptors() {
        return ManagementFactory.getPlatformMXBean(UnixOperatingSystemMXBean.class)
                .getOpenFileDescriptorCount();
    }
}
