package dev.tare.net.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tare.net.client.PeerException;
import dev.tare.net.client.PeerSession;
import dev.tare.net.client.PeerSession.TcpStream;
import dev.tare.net.client.PeerSession.UdpStream;
import dev.tare.net.control.Handshake;
import dev.tare.net.control.Handshake.Greeting;
import dev.tare.net.control.Handshake.Verdict;
import dev.tare.net.control.Nonce;
import dev.tare.net.control.StreamOptions;
import dev.tare.net.control.StreamOptions.Role;
import dev.tare.net.control.Token;
import dev.tare.net.peer.PeerOptions.Bound;
import dev.tare.net.stream.CreditedSender;
import dev.tare.net.stream.DatagramStatistics;
import dev.tare.net.stream.Message;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real peer and real connections. */
final class PeerTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    /** How long a peer under test waits for those that say nothing: a client that is held up must not be taken for one. */
    private static final Duration BEARABLE_STALL = Duration.ofSeconds(8);

    private static final StreamOptions OPTIONS = new StreamOptions(1000, StreamOptions.KERNEL_CHOOSES, true);

    @TempDir
    Path folder;

    @Test
    void theFirstAddressOfAHostAtWhichThereIsAPeerServes() throws Exception {
        try (Peer peer = Peer.start(PeerOptions.onLoopback(InetAddress.getLoopbackAddress()))) {
            // All of 127.0.0.0/8 is this machine, but the peer listens on one address of it.
            InetSocketAddress absent = new InetSocketAddress(
                    InetAddress.getAllByName("127.0.0.2")[0], peer.address().getPort());
            try (PeerSession session =
                    PeerSession.open(List.of(absent, peer.address()), Token.none(), Optional.empty())) {
                session.ping();
                assertThat(session.peer()).isEqualTo(peer.address());
            }
            assertThatThrownBy(() -> PeerSession.open(List.of(absent, absent), Token.none(), Optional.empty()))
                    .isInstanceOf(PeerException.class)
                    .hasMessageStartingWith("peer: expected it at one of 2 addresses, got it at none. peer 127.0.0.2:");
        }
    }

    @Test
    void clientsAreAccountedForByThemselves() throws Exception {
        try (Peer peer = Peer.start(PeerOptions.onLoopback(LOOPBACK));
                PeerSession one = PeerSession.open(peer.address(), Token.none());
                PeerSession two = PeerSession.open(peer.address(), Token.none());
                TcpStream first = one.openStream(Role.SINK, OPTIONS);
                TcpStream second = two.openStream(Role.SINK, OPTIONS)) {
            send(first, 10);
            send(second, 30);

            assertThat(one.count(first.number(), 10_000).total()).isEqualTo(10_000);
            assertThat(two.count(second.number(), 30_000).total()).isEqualTo(30_000);
            assertThat(peer.statistics().clients())
                    .extracting(Peer.ClientStatistics::receivedBytes)
                    .containsExactlyInAnyOrder(10_000L, 30_000L);
        }
    }

    @Test
    void datagramsAndExchangesAreAccountedForInBothDirections() throws Exception {
        try (Peer peer = Peer.start(PeerOptions.onLoopback(LOOPBACK));
                PeerSession session = PeerSession.open(peer.address(), Token.none());
                UdpStream datagrams = session.openDatagrams(Role.DATAGRAM_SINK, OPTIONS);
                TcpStream echo = session.openStream(Role.ECHO, OPTIONS)) {
            ByteBuffer datagram = ByteBuffer.allocateDirect(OPTIONS.messageBytes());
            for (int number = 0; number < 3; number++) {
                DatagramStatistics.stamp(datagram, number, System.nanoTime());
                datagrams.channel().write(datagram);
            }
            datagrams.flush();
            echo.channel().write(ByteBuffer.allocate(OPTIONS.messageBytes()));

            assertThat(session.count(echo.number(), 1000).total()).isEqualTo(1000);
            assertThat(peer.statistics().clients()).singleElement().satisfies(client -> {
                assertThat(client.receivedBytes()).isEqualTo(4000);
                assertThat(client.sentBytes()).isEqualTo(1000);
            });
        }
    }

    @Test
    void whatDidNotArriveIsNotCounted() throws Exception {
        try (Peer peer = Peer.start(PeerOptions.onLoopback(LOOPBACK));
                PeerSession session = PeerSession.open(peer.address(), Token.none());
                TcpStream stream = session.openStream(Role.SINK, OPTIONS)) {
            send(stream, 2);

            assertThat(session.count(stream.number(), 3000).total()).isEqualTo(2000);
        }
    }

    @Test
    void damagedContentIsReportedInThePeersWords() throws Exception {
        try (Peer peer = Peer.start(PeerOptions.onLoopback(LOOPBACK));
                PeerSession session = PeerSession.open(peer.address(), Token.none());
                TcpStream stream = session.openStream(Role.SINK, OPTIONS)) {
            stream.channel().write(ByteBuffer.allocate(1000));

            assertThatThrownBy(() -> session.count(stream.number(), 1000))
                    .isInstanceOf(PeerException.class)
                    .hasMessageContaining("the peer says: content of the stream is wrong at byte 0");
        }
    }

    @Test
    void aWrongTokenIsRefusedInWords() throws Exception {
        PeerOptions options = options(token("the peer's own token"), PeerOptions.Limits.standard());
        try (Peer peer = Peer.start(options)) {
            assertThatThrownBy(() -> PeerSession.open(peer.address(), token("somebody else's token")))
                    .isInstanceOf(PeerException.class)
                    .hasMessageContaining("does not have this peer's token");
            assertThatThrownBy(() -> PeerSession.open(peer.address(), Token.none()))
                    .hasMessageContaining("does not have this peer's token");
            try (PeerSession session = PeerSession.open(peer.address(), token("the peer's own token"))) {
                session.ping();
            }
            assertThat(peer.statistics().refused()).isEqualTo(2);
        }
    }

    @Test
    void beyondLoopbackATokenIsDemanded() throws Exception {
        InetAddress everywhere = InetAddress.getByName("0.0.0.0");

        assertThatThrownBy(
                        () -> new PeerOptions(everywhere, 0, Token.none(), PeerOptions.Limits.standard(), line -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--token-file");
    }

    @Test
    void anotherVersionIsToldSoInWords() throws Exception {
        try (Peer peer = Peer.start(PeerOptions.onLoopback(LOOPBACK));
                Socket socket = new Socket(LOOPBACK, peer.address().getPort())) {
            new Greeting(Handshake.VERSION + 1, Greeting.SESSION, Nonce.random())
                    .write(new DataOutputStream(socket.getOutputStream()));

            assertThat(Verdict.read(new DataInputStream(socket.getInputStream()))
                            .refusal())
                    .contains(
                            "version " + Handshake.VERSION,
                            "version " + (Handshake.VERSION + 1),
                            "same benchmarks.jar");
        }
    }

    @Test
    void anUnknownTicketOpensNoStream() throws Exception {
        try (Peer peer = Peer.start(PeerOptions.onLoopback(LOOPBACK));
                Socket socket = new Socket(LOOPBACK, peer.address().getPort())) {
            new Greeting(Greeting.STREAM, Nonce.random()).write(new DataOutputStream(socket.getOutputStream()));

            assertThat(socket.getInputStream().read()).isNegative();
        }
    }

    @Test
    void silentConnectionsAreDroppedAndOthersServed() throws Exception {
        PeerOptions.Limits limits = limits(BEARABLE_STALL, Duration.ofSeconds(60));
        try (Peer peer = Peer.start(options(Token.none(), limits));
                Socket silent = new Socket(LOOPBACK, peer.address().getPort());
                PeerSession session = PeerSession.open(peer.address(), Token.none())) {
            assertThat(silent.getInputStream().read()).isNegative();
            session.ping();
        }
    }

    @Test
    void aSilentSessionIsDroppedWithItsStreams() throws Exception {
        PeerOptions.Limits limits = limits(Duration.ofSeconds(60), BEARABLE_STALL);
        try (Peer peer = Peer.start(options(Token.none(), limits));
                PeerSession session = PeerSession.open(peer.address(), Token.none());
                TcpStream stream = session.openStream(Role.SINK, OPTIONS)) {
            ByteBuffer grants = ByteBuffer.allocate(64);
            while (stream.channel().read(grants) >= 0) {
                grants.clear();
            }
            assertThatThrownBy(session::ping).isInstanceOf(PeerException.class);
        }
    }

    @Test
    void aFloodOfConnectionsLeavesAClientServedAndThePeerAlive() throws Exception {
        PeerOptions.Limits limits = limits(BEARABLE_STALL, Duration.ofSeconds(60));
        List<Socket> flood = new ArrayList<>();
        Peer peer = Peer.start(options(Token.none(), limits));
        try (peer;
                PeerSession session = PeerSession.open(peer.address(), Token.none())) {
            for (int connection = 0; connection < 500; connection++) {
                flood.add(new Socket(LOOPBACK, peer.address().getPort()));
            }
            session.ping();
            for (Socket socket : flood) {
                awaitEnd(socket);
                socket.close();
            }
            session.ping();
            // A client sees its end before the peer has counted it, and a peer that is closed counts no more.
            long untilNs = System.nanoTime() + BEARABLE_STALL.toNanos();
            while (peer.statistics().dropped() < flood.size() && System.nanoTime() - untilNs < 0) {
                session.ping();
            }
        }
        assertThat(peer.statistics().dropped()).isEqualTo(500);
    }

    @Test
    void garbageOfAnyKindLeavesThePeerAlive() throws Exception {
        assertSurvives(200, (socket, round, random) -> {
            byte[] garbage = new byte[32 + random.nextInt(100)];
            random.nextBytes(garbage);
            if (round % 2 == 0) {
                System.arraycopy(
                        new Greeting(1 + round % 4 / 2, Nonce.random())
                                .toBuffer()
                                .array(),
                        0,
                        garbage,
                        0,
                        32);
            }
            return garbage;
        });
    }

    @Test
    void garbageFromAClientWithASessionLeavesThePeerAlive() throws Exception {
        assertSurvives(100, (socket, round, random) -> {
            prove(socket);
            byte[] garbage = new byte[1 + random.nextInt(100)];
            random.nextBytes(garbage);
            // Most of these begin like a request.
            garbage[0] = (byte) (garbage[0] & 7);
            return garbage;
        });
    }

    private interface Garbage {
        /** What a new client sends, after whatever comes first. */
        byte[] of(Socket socket, int round, Random random) throws Exception;
    }

    private static void assertSurvives(int rounds, Garbage garbage) throws Exception {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        try (Peer peer = Peer.start(PeerOptions.onLoopback(LOOPBACK))) {
            for (int round = 0; round < rounds; round++) {
                try (Socket socket = new Socket(LOOPBACK, peer.address().getPort())) {
                    socket.getOutputStream().write(garbage.of(socket, round, random));
                    socket.shutdownOutput();
                    awaitEnd(socket);
                }
            }
            try (PeerSession session = PeerSession.open(peer.address(), Token.none())) {
                session.ping();
            }
        }
    }

    @Test
    void moreSessionsThanThereArePlacesAreRefusedInWords() throws Exception {
        PeerOptions.Limits standard = PeerOptions.Limits.standard();
        PeerOptions.Limits limits = new PeerOptions.Limits(
                standard.greetings(),
                new Bound(1, 1),
                standard.streams(),
                standard.bufferBytes(),
                standard.idleConnections(),
                standard.greeting(),
                standard.silence(),
                standard.session());
        try (Peer peer = Peer.start(options(Token.none(), limits));
                PeerSession session = PeerSession.open(peer.address(), Token.none())) {
            assertThatThrownBy(() -> PeerSession.open(peer.address(), Token.none()))
                    .isInstanceOf(PeerException.class)
                    .hasMessageContaining("serves as many clients as it may");
            session.ping();
        }
    }

    @Test
    void aSessionEndsHoweverBusyItIs() throws Exception {
        PeerOptions.Limits standard = PeerOptions.Limits.standard();
        PeerOptions.Limits limits = new PeerOptions.Limits(
                standard.greetings(),
                standard.sessions(),
                standard.streams(),
                standard.bufferBytes(),
                standard.idleConnections(),
                standard.greeting(),
                standard.silence(),
                Duration.ofMillis(500));
        try (Peer peer = Peer.start(options(Token.none(), limits));
                PeerSession session = PeerSession.open(peer.address(), Token.none())) {
            assertThatThrownBy(() -> {
                        while (true) {
                            session.ping();
                        }
                    })
                    .isInstanceOf(PeerException.class);
        }
    }

    @Test
    void moreBuffersThanAnAddressMayHaveAreRefusedInWords() throws Exception {
        PeerOptions.Limits limits = limits(new Bound(10, 10), new Bound(10_000, 2500));
        try (Peer peer = Peer.start(options(Token.none(), limits));
                PeerSession one = PeerSession.open(peer.address(), Token.none());
                PeerSession two = PeerSession.open(peer.address(), Token.none())) {
            one.openStream(Role.SOURCE, OPTIONS);
            two.openStream(Role.SOURCE, OPTIONS);

            assertThatThrownBy(() -> two.openStream(Role.SOURCE, OPTIONS))
                    .hasMessageContaining("2500 bytes of buffers, all together 10000")
                    .hasMessageContaining("the 1000 of another stream");
        }
    }

    @Test
    void moreStreamsThanAnAddressMayHaveAreRefusedUntilASessionEnds() throws Exception {
        PeerOptions.Limits limits =
                limits(new Bound(10, 3), PeerOptions.Limits.standard().bufferBytes());
        CountDownLatch gone = new CountDownLatch(1);
        Consumer<String> journal = line -> {
            if (line.endsWith("has gone")) {
                gone.countDown();
            }
        };
        try (Peer peer = Peer.start(new PeerOptions(LOOPBACK, 0, Token.none(), limits, journal));
                PeerSession one = PeerSession.open(peer.address(), Token.none())) {
            one.openPort(Role.ACCEPTOR, OPTIONS);
            try (PeerSession two = PeerSession.open(peer.address(), Token.none())) {
                two.openStream(Role.SOURCE, OPTIONS);
                two.openDatagrams(Role.DATAGRAM_SINK, OPTIONS);

                assertThatThrownBy(() -> one.openPort(Role.ACCEPTOR, OPTIONS))
                        .hasMessageContaining("one address can have 3 streams, all together 10");
            }
            assertThat(gone.await(60, TimeUnit.SECONDS)).isTrue();
            one.openPort(Role.ACCEPTOR, OPTIONS);
            one.openPort(Role.ACCEPTOR, OPTIONS);
        }
    }

    @Test
    void aPortThatIsTakenIsNamed() throws Exception {
        try (Peer peer = Peer.start(PeerOptions.onLoopback(LOOPBACK))) {
            int port = peer.address().getPort();
            PeerOptions same = new PeerOptions(LOOPBACK, port, Token.none(), PeerOptions.Limits.standard(), line -> {});

            assertThatThrownBy(() -> Peer.start(same))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("cannot listen on")
                    .hasMessageContaining(String.valueOf(port));
        }
    }

    /** Opens a session by hand. */
    private static void prove(Socket socket) throws IOException {
        DataInputStream input = new DataInputStream(socket.getInputStream());
        DataOutputStream output = new DataOutputStream(socket.getOutputStream());
        Nonce nonce = Nonce.random();
        new Greeting(Greeting.SESSION, nonce).write(output);
        Verdict.read(input).orThrow();
        output.write(Token.none().proof(Token.Side.CLIENT, nonce, Nonce.read(input)));
        Verdict.read(input).orThrow();
        input.readFully(new byte[Token.PROOF_BYTES]);
    }

    private static void send(TcpStream stream, int messages) throws IOException {
        CreditedSender sender = new CreditedSender(stream.channel(), Message.inMemory(OPTIONS.messageBytes()));
        for (int message = 0; message < messages; message++) {
            sender.send();
        }
    }

    /** Fails unless the peer closes the connection. */
    private static void awaitEnd(Socket socket) throws IOException {
        socket.setSoTimeout(60_000);
        try {
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (SocketException e) {
            // A reset is an end too: the peer had not read everything.
            assertThat(e).hasMessageContaining("reset");
        }
    }

    private static PeerOptions options(Token token, PeerOptions.Limits limits) {
        return new PeerOptions(LOOPBACK, 0, token, limits, line -> {});
    }

    private static PeerOptions.Limits limits(Duration greeting, Duration silence) {
        PeerOptions.Limits standard = PeerOptions.Limits.standard();
        return new PeerOptions.Limits(
                standard.greetings(),
                standard.sessions(),
                standard.streams(),
                standard.bufferBytes(),
                standard.idleConnections(),
                greeting,
                silence,
                standard.session());
    }

    private static PeerOptions.Limits limits(Bound streams, Bound bufferBytes) {
        PeerOptions.Limits standard = PeerOptions.Limits.standard();
        return new PeerOptions.Limits(
                standard.greetings(),
                standard.sessions(),
                streams,
                bufferBytes,
                standard.idleConnections(),
                standard.greeting(),
                standard.silence(),
                standard.session());
    }

    private Token token(String secret) throws IOException {
        Path file = Files.createTempFile(folder, "token", "");
        Files.writeString(file, secret);
        return Token.read(Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------")));
    }
}
