package dev.tare.net.socket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.parts.RequiresProgram;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.Test;

final class TcpStateTest {
    /** As iproute2 6.1 prints it. */
    private static final String PRINTED = """
            ESTAB 0      0               10.84.1.2:43210     10.84.2.1:5210
            \t cubic wscale:7,7 rto:204 rtt:3.125/1.5 ato:40 mss:1448 pmtu:1500 rcvmss:536 advmss:1448 cwnd:10 ssthresh:7 \
            bytes_sent:1000000 bytes_retrans:7240 bytes_acked:992761 segs_out:700 segs_in:350 data_segs_out:698 send 37.1Mbps \
            lastsnd:4 lastrcv:4 lastack:4 pacing_rate 44.5Mbps delivered:694 app_limited busy:400ms retrans:0/5 rcv_space:14480
            """;

    @Test
    void whatSsPrintsIsRead() {
        assertThat(TcpState.parse(PRINTED)).contains(new TcpState(700, 5, 3125, 14_480));
    }

    @Test
    void whatSsLeavesOutIsZero() {
        assertThat(TcpState.parse("\t cubic rtt:0.05/0.02 mss:32768 cwnd:10 "))
                .contains(new TcpState(0, 0, 50, 327_680));
    }

    @Test
    void ofNoConnectionNothingIsKnown() {
        assertThat(TcpState.parse("")).isEmpty();
    }

    @Test
    @RequiresProgram(value = "ss", debianPackage = "iproute2")
    void aConnectionsStateIsAskedOfTheKernel() throws Exception {
        try (ServerSocketChannel server =
                        ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                SocketChannel client = SocketChannel.open(server.getLocalAddress());
                SocketChannel accepted = server.accept()) {
            client.write(ByteBuffer.allocate(1000));
            ByteBuffer received = ByteBuffer.allocate(1000);
            while (received.hasRemaining()) {
                accepted.read(received);
            }

            assertThat(TcpState.of(client)).hasValueSatisfying(state -> {
                // The handshake's two segments and one or more with content.
                assertThat(state.sentSegments()).isBetween(3L, 20L);
                assertThat(state.resentSegments()).isZero();
                assertThat(state.rttUs()).isPositive();
                assertThat(state.congestionWindowBytes()).isGreaterThan(1000);
            });
        }
    }
}
