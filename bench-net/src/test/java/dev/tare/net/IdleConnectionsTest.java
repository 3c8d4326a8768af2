package dev.tare.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tare.net.peer.PeerOptions;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Connections that are kept open, to a peer in this JVM. */
final class IdleConnectionsTest {
    private static final int MANY = 300;

    private final IdleConnections idle = new IdleConnections();

    @Test
    void allAreOpenBetweenOpeningAndClosing() throws Exception {
        try (LoopbackPeer peer = LoopbackPeer.open(PeerOptions.Limits.standard().withIdleConnections(MANY))) {
            long before = sockets();
            idle.idleConnections = Integer.toString(MANY);
            idle.open(peer.link());
            // Both ends are in this process.
            assertThat(sockets() - before).isGreaterThanOrEqualTo(2 * MANY);

            idle.close();
            assertThat(sockets() - before).isLessThan(2 * MANY);
            // A quota that was not given back would refuse the second round.
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

    /** Sockets that this process has open, by the kernel's own list. */
    private static long sockets() throws IOException {
        long sockets = 0;
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path descriptor : descriptors) {
                // The list's own descriptor has gone when it is looked at.
                if (Files.isSymbolicLink(descriptor)
                        && Files.readSymbolicLink(descriptor).toString().startsWith("socket:")) {
                    sockets++;
                }
            }
        }
        return sockets;
    }
}
