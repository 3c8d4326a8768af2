package dev.tare.net.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.machine.cpu.CpuTimes;
import dev.tare.machine.cpu.MachineTimes;
import dev.tare.net.control.ControlReply.StreamCount;
import dev.tare.net.control.Handshake.Greeting;
import dev.tare.net.control.Handshake.Verdict;
import dev.tare.net.control.StreamOptions.Role;
import dev.tare.net.socket.SocketSettings;
import dev.tare.net.socket.TcpState;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ControlMessagesTest {
    static Stream<ControlRequest> requests() {
        return Stream.of(
                new ControlRequest.Open(Role.DATAGRAM_SINK, new StreamOptions(65_536, 1 << 20, true)),
                new ControlRequest.Count(7, 1L << 40),
                new ControlRequest.Usage(),
                new ControlRequest.Open(
                        Role.SOURCE,
                        new StreamOptions(1, StreamOptions.KERNEL_CHOOSES, false)
                                .paced(1e6)
                                .with(new SocketSettings(
                                        Optional.of("bbr"),
                                        OptionalInt.of(1000),
                                        OptionalInt.of(0),
                                        Optional.of(false),
                                        OptionalInt.of(50)))),
                new ControlRequest.Kernel(),
                new ControlRequest.Granted(7),
                new ControlRequest.Tcp(7),
                new ControlRequest.Lease(7, 2000),
                new ControlRequest.Ping());
    }

    static Stream<ControlReply> replies() {
        return Stream.of(
                new ControlReply.Opened(7, Nonce.random(), 5210),
                new StreamCount(1L << 40, 2, 3, 4.5, 6, 7),
                new ControlReply.Used(new CpuTimes(1, 2, Optional.of(new MachineTimes(3, 4, 5, 6, 7, 8)))),
                new ControlReply.Used(new CpuTimes(1, 2, Optional.empty())),
                new ControlReply.Kernel(Optional.of("bbr")),
                new ControlReply.Kernel(Optional.empty()),
                new ControlReply.Granted(Map.of("congestion", "bbr", "dscp", "46")),
                new ControlReply.Granted(Map.of()),
                new ControlReply.Tcp(Optional.of(new TcpState(9, 2, 43.5, 14_480))),
                new ControlReply.Tcp(Optional.empty()),
                new ControlReply.Failed("too many streams"),
                new ControlReply.Done());
    }

    @ParameterizedTest
    @MethodSource("requests")
    void aRequestIsReadAsItWasWritten(ControlRequest request) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        request.write(new DataOutputStream(bytes));

        assertThat(readRequest(input(bytes.toByteArray()))).isEqualTo(request);
    }

    @ParameterizedTest
    @MethodSource("replies")
    void aReplyIsReadAsItWasWritten(ControlReply reply) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        reply.write(new DataOutputStream(bytes));

        assertThat(ControlReply.read(input(bytes.toByteArray()))).isEqualTo(reply);
    }

    @Test
    void anyBytesAreAMessageOrAnIoException() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        int read = 0;
        for (int round = 0; round < 200_000; round++) {
            byte[] bytes = new byte[random.nextInt(64)];
            random.nextBytes(bytes);
            if (bytes.length > 0) {
                bytes[0] = (byte) (bytes[0] & 15);
            }
            read += readsOrThrows(() -> readRequest(input(bytes)));
            read += readsOrThrows(() -> ControlReply.read(input(bytes)));
            read += readsOrThrows(() -> Greeting.read(input(bytes)));
            read += readsOrThrows(() -> Verdict.read(input(bytes)));
        }
        assertThat(read).isPositive();
    }

    private interface Reading {
        Object read() throws IOException;
    }

    private static int readsOrThrows(Reading reading) {
        try {
            assertThat(reading.read()).isNotNull();
            return 1;
        } catch (IOException e) {
            return 0;
        }
    }

    private static ControlRequest readRequest(DataInput input) throws IOException {
        return ControlRequest.read(input.readUnsignedByte(), input);
    }

    private static DataInput input(byte[] bytes) {
        return new DataInputStream(new ByteArrayInputStream(bytes));
    }
}
