package dev.tare.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tare.net.client.PeerException;
import dev.tare.parts.JavaCommand;
import dev.tare.parts.RunningProgram;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.infra.ThreadParams;

/** A peer in a process of its own that fails while a benchmark's thread is measuring. */
final class PeerFailureIT {
    private static final ThreadParams ONLY_THREAD = new ThreadParams(0, 1, 0, 1, 0, 1, 0, 1, 0, 1);

    private RunningProgram program;
    private PeerLink link;

    @BeforeEach
    void startPeer() throws Exception {
        program = RunningProgram.start(JavaCommand.of(List.of(), PeerProgram.class.getName(), "127.0.0.1", "0"));
        link = new PeerLink();
        link.tokenFile = "none";
        link.peer = "127.0.0.1:"
                + program.awaitLine(Pattern.compile("^peer (\\d+)")).group(1);
    }

    @AfterEach
    void stopPeer() {
        program.close();
    }

    @Test
    void aKilledPeerFailsASendingThread() throws Exception {
        IOException failure = failureOf(sending(), () -> program.process().destroyForcibly());

        assertThat(failure).hasMessageContaining("peer 127.0.0.1:");
    }

    @Test
    void aStalledPeerFailsASendingThread() throws Exception {
        IOException failure = failureOf(sending(), this::stopWithoutKilling);

        assertThat(failure).hasMessageMatching("(?s).*(has stalled|no answer in time).*");
    }

    @Test
    void aStalledPeerFailsAThreadThatAwaitsAResponse() throws Exception {
        IOException failure = failureOf(exchanging(), this::stopWithoutKilling);

        assertThat(failure).hasMessageMatching("(?s).*(has stalled|no answer in time).*");
    }

    @Test
    void aKilledPeerFailsAThreadThatOpensConnections() throws Exception {
        link.open();
        ConnectBench.Connector connector = new ConnectBench.Connector();
        connector.open(link, ONLY_THREAD);
        connector.begin();
        IOException failure =
                failureOf(() -> connector.connect(), () -> program.process().destroyForcibly());

        assertThat(failure).hasMessageContaining("peer 127.0.0.1:");
    }

    @Test
    void anEmbeddedPeerThatDiesIsSaidToHaveEndedAndHow() throws Exception {
        link.peer = "embedded";
        Operation sending = sending();
        ProcessHandle embedded = ProcessHandle.current()
                .children()
                .filter(child -> child.pid() != program.process().pid())
                .findFirst()
                .orElseThrow();

        IOException failure = failureOf(sending, embedded::destroyForcibly);

        // 128 and SIGKILL's 9; what it prints is kept by its parent, but a killed program prints nothing.
        assertThat(failure).hasMessageContaining("the peer's process ended with exit code 137, without a word");
    }

    @Test
    void aPortWhereNobodyListensIsNamedWithWhatToDo() throws Exception {
        program.close();

        assertThatThrownBy(link::open)
                .isInstanceOf(PeerException.class)
                .hasMessageContaining("Connection refused")
                .hasMessageContaining("java -jar benchmarks.jar peer");
    }

    @Test
    void anotherProgramOnThePortIsNoPeer() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> answering = CompletableFuture.runAsync(() -> {
                try (var connection = other.accept()) {
                    connection
                            .getOutputStream()
                            .write("SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n".getBytes(StandardCharsets.US_ASCII));
                    connection.getInputStream().transferTo(OutputStream.nullOutputStream());
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            link.peer = "127.0.0.1:" + other.getLocalPort();

            assertThatThrownBy(link::open).hasMessageContaining("not what a peer of this kind says");
            answering.get(60, TimeUnit.SECONDS);
        }
    }

    private interface Operation {
        void run() throws IOException;
    }

    private Operation sending() throws IOException {
        link.open();
        SocketBench.StreamParameters parameters = new SocketBench.StreamParameters();
        parameters.messageBytes = "64k";
        parameters.socketBufferBytes = "kernel";
        parameters.noDelay = true;
        StreamSender sender = new StreamSender.OfMemory();
        sender.connect(link, parameters, new SocketParameters(), ONLY_THREAD);
        sender.fill();
        return sender::send;
    }

    private Operation exchanging() throws IOException {
        link.open();
        RoundTripClient.Waiting waiting = new RoundTripClient.Waiting();
        waiting.waiting = "block";
        RoundTripClient.OverTcp client = new RoundTripClient.OverTcp();
        client.messageBytes = "64";
        client.connect(link, waiting, new RoundTripClient.Arriving(), new SocketParameters(), ONLY_THREAD);
        client.begin();
        return client::exchange;
    }

    /** Lets a thread work, breaks the peer in the middle of it and returns what the thread got. */
    private static IOException failureOf(Operation operation, Runnable breaking) throws Exception {
        CountDownLatch working = new CountDownLatch(1000);
        CompletableFuture<IOException> failure = CompletableFuture.supplyAsync(() -> {
            try {
                while (true) {
                    operation.run();
                    working.countDown();
                }
            } catch (IOException e) {
                return e;
            }
        });
        assertThat(working.await(60, TimeUnit.SECONDS)).isTrue();
        breaking.run();
        return failure.get(60, TimeUnit.SECONDS);
    }

    private void stopWithoutKilling() {
        long pid = program.process().pid();
        try (RunningProgram stop = RunningProgram.start(List.of("kill", "-STOP", String.valueOf(pid)))) {
            stop.awaitExit(Duration.ofSeconds(30));
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
