package dev.tare.net.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tare.net.control.StreamOptions;
import dev.tare.net.control.StreamOptions.Role;
import dev.tare.net.socket.SocketSettings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

final class PeerStreamTest {
    /** A JVM that can set it has no such congestion control, another cannot set any. */
    private static final SocketSettings IMPOSSIBLE = new SocketSettings(
            Optional.of("nonesuch"), OptionalInt.empty(), OptionalInt.empty(), Optional.empty(), OptionalInt.empty());

    @Test
    void aStreamWhoseSocketCannotBeAsItWasAskedForSaysSoToWhoeverCountsIt() throws Exception {
        try (ServerSocketChannel server =
                        ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                SocketChannel client = SocketChannel.open(server.getLocalAddress());
                SocketChannel accepted = server.accept()) {
            PeerStream stream = new PeerStream(
                    Role.SINK, new StreamOptions(1, StreamOptions.KERNEL_CHOOSES, true).with(IMPOSSIBLE));

            assertThatThrownBy(() -> stream.serve(accepted)).hasMessageMatching("(?i).*congestion: expected .*");

            assertThat(stream.failure())
                    .hasValueSatisfying(why -> assertThat(why).matches("(?i).*congestion: expected .*"));
            assertThatThrownBy(() -> stream.count(0))
                    .hasMessage(stream.failure().orElseThrow());
            assertThat(client.isConnected()).isTrue();
        }
    }
}
