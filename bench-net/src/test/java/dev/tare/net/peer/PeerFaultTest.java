package dev.tare.net.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tare.net.client.PeerException;
import dev.tare.net.client.PeerSession;
import dev.tare.net.control.Token;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults of the program itself in the peer's threads. */
final class PeerFaultTest {
    private final Queue<String> journal = new ConcurrentLinkedQueue<>();

    @ParameterizedTest
    @ValueSource(classes = {IllegalStateException.class, OutOfMemoryError.class})
    void anAcceptorThatMeetsAFaultSaysSoAndGoesOnAccepting(Class<? extends Throwable> fault) throws Exception {
        PeerOptions options = new PeerOptions(
                InetAddress.getLoopbackAddress(), 0, Token.none(), PeerOptions.Limits.standard(), journal::add);
        Throwable thrown = fault.getConstructor(String.class).newInstance("a fault at the first connection");
        FaultyServer server = new FaultyServer(thrown);
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        try (Peer peer = Peer.start(options, server);
                PeerSession session = PeerSession.open(peer.address(), Token.none())) {
            session.ping();
        }

        assertThat(journal).anyMatch(line -> line.contains("a fault at the first connection"));
    }

    @Test
    void aSessionThatMeetsAFaultEndsAndOthersAreServed() throws Exception {
        AtomicBoolean first = new AtomicBoolean(true);
        PeerOptions options = new PeerOptions(
                InetAddress.getLoopbackAddress(), 0, Token.none(), PeerOptions.Limits.standard(), line -> {
                    journal.add(line);
                    if (line.endsWith("has come") && first.getAndSet(false)) {
                        throw new IllegalStateException("a fault of the first session");
                    }
                });
        try (Peer peer = Peer.start(options)) {
            try (PeerSession faulty = PeerSession.open(peer.address(), Token.none())) {
                assertThatThrownBy(faulty::ping).isInstanceOf(PeerException.class);
            }
            try (PeerSession next = PeerSession.open(peer.address(), Token.none())) {
                next.ping();
            }
        }

        assertThat(journal).anyMatch(line -> line.contains("a fault of the first session"));
    }

    /** A server socket that works, except that its first accept ends with a fault. */
    private static final class FaultyServer extends ServerSocketChannel {
        private final ServerSocketChannel real;
        private final Throwable fault;
        private final AtomicBoolean first = new AtomicBoolean(true);

        FaultyServer(Throwable fault) throws IOException {
            super(SelectorProvider.provider());
            this.real = ServerSocketChannel.open();
            this.fault = fault;
        }

        @Override
        public SocketChannel accept() throws IOException {
            if (first.getAndSet(false)) {
                if (fault instanceof Error error) {
                    throw error;
                }
                throw (RuntimeException) fault;
            }
            return real.accept();
        }

        @Override
        public ServerSocketChannel bind(SocketAddress local, int backlog) throws IOException {
            real.bind(local, backlog);
            return this;
        }

        @Override
        public <T> ServerSocketChannel setOption(SocketOption<T> name, T value) throws IOException {
            real.setOption(name, value);
            return this;
        }

        @Override
        public <T> T getOption(SocketOption<T> name) throws IOException {
            return real.getOption(name);
        }

        @Override
        public Set<SocketOption<?>> supportedOptions() {
            return real.supportedOptions();
        }

        @Override
        public ServerSocket socket() {
            return real.socket();
        }

        @Override
        public SocketAddress getLocalAddress() throws IOException {
            return real.getLocalAddress();
        }

        @Override
        protected void implCloseSelectableChannel() throws IOException {
            real.close();
        }

        @Override
        protected void implConfigureBlocking(boolean block) throws IOException {
            real.configureBlocking(block);
        }
    }
}
