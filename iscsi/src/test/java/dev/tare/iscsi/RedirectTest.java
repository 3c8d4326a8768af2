package dev.tare.iscsi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tare.iscsi.initiator.IscsiException;
import dev.tare.iscsi.initiator.Lun;
import dev.tare.iscsi.initiator.LunAddress;
import dev.tare.iscsi.initiator.SessionOptions;
import dev.tare.iscsi.login.TextKeys;
import dev.tare.iscsi.pdu.Header;
import dev.tare.iscsi.pdu.Opcode;
import dev.tare.iscsi.pdu.PduStream;
import dev.tare.iscsi.pdu.Wire;
import dev.tare.iscsi.target.TargetOptions;
import dev.tare.iscsi.target.TargetServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A target that says at the login that it is elsewhere. */
@Timeout(60)
class RedirectTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final InetSocketAddress LOOPBACK = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    @Test
    void aTargetThatMovedIsFollowed() throws Exception {
        TargetOptions options = TargetOptions.of(TargetOptions.NAME, null, LOOPBACK);
        try (TargetServer target = TargetServer.ofMemory(1 << 20, options, event -> {});
                Redirecting portal =
                        new Redirecting("127.0.0.1:" + target.address().getPort() + ",1");
                Lun lun = open(portal)) {
            assertThat(lun.sizeBytes()).isEqualTo(1 << 20);
            assertThat(lun.facts())
                    .containsEntry(
                            "iscsi-portal",
                            "127.0.0.1:" + target.address().getPort() + " (the target moved there from 127.0.0.1:"
                                    + portal.port() + ")");
        }
    }

    @Test
    void aRedirectToNowhereIsAProtocolViolation() throws Exception {
        try (Redirecting portal = new Redirecting("[nowhere")) {
            assertThatThrownBy(() -> open(portal))
                    .isInstanceOf(IscsiException.class)
                    .hasMessageContaining("expected TargetAddress=host[:port][,portal group], got \"[nowhere\"");
        }
    }

    @Test
    void aRedirectInACircleEnds() throws Exception {
        try (Redirecting portal = new Redirecting(null)) {
            assertThatThrownBy(() -> open(portal))
                    .isInstanceOf(IscsiException.class)
                    .hasMessageContaining("expected to arrive after 3 redirects");
        }
    }

    private static Lun open(Redirecting portal) throws IOException {
        return Lun.open(
                LunAddress.parse("iscsi://127.0.0.1:" + portal.port() + "/" + TargetOptions.NAME + "/0"),
                SessionOptions.plain());
    }

    /** Answers each login with another address, or with its own. */
    private static final class Redirecting implements AutoCloseable {
        private final ServerSocketChannel listener = ServerSocketChannel.open().bind(LOOPBACK);
        private final String address;
        private final Thread thread = new Thread(this::serve, "redirecting portal");

        Redirecting(@Nullable String address) throws IOException {
            this.address = address == null ? "127.0.0.1:" + port() : address;
            thread.start();
        }

        int port() throws IOException {
            return ((InetSocketAddress) listener.getLocalAddress()).getPort();
        }

        private void serve() {
            while (true) {
                try (Wire wire = Wire.accepted(listener.accept())) {
                    PduStream stream = new PduStream(wire);
                    Header request = stream.receive(LIMIT).header();
                    stream.send(
                            Header.blank()
                                    .clear(Opcode.LOGIN_RESPONSE)
                                    .taskTag(request.taskTag())
                                    .octet(36, 1)
                                    .octet(37, 1),
                            new TextKeys().add("TargetAddress", address).bytes(),
                            LIMIT);
                    assertThatThrownBy(() -> stream.receive(LIMIT)).hasMessageContaining("closed by");
                } catch (ClosedChannelException e) {
                    return;
                } catch (IOException e) {
                    System.out.println("redirecting portal: " + e.getMessage());
                }
            }
        }

        @Override
        public void close() throws IOException {
            listener.close();
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
