package dev.tare.net.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.machine.cpu.CpuTimes;
import dev.tare.machine.cpu.MachineTimes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class MessagesTest {
    static Stream<Request> requests() {
        return Stream.of(
                new Request.Open(Role.DATAGRAM_SINK, new StreamOptions(65_536, 1 << 20, true)),
                new Request.Count(7, 1L << 40),
                new Request.Usage(),
                new Request.Kernel(),
                new Request.Ping());
    }

    static Stream<Reply> replies() {
        return Stream.of(
                new Reply.Opened(7, Nonce.random(), 5210),
                new Reply.Counted(new StreamCount(1L << 40, 2, 3, 4.5, 6, 7)),
                new Reply.Used(new CpuTimes(1, 2, Optional.of(new MachineTimes(3, 4, 5, 6, 7, 8)))),
                new Reply.Used(new CpuTimes(1, 2, Optional.empty())),
                new Reply.Kernel(Optional.of("bbr")),
                new Reply.Kernel(Optional.empty()),
                new Reply.Failed("too many streams"),
                new Reply.Done());
    }

    @ParameterizedTest
    @MethodSource("requests")
    void aRequestIsReadAsItWasWritten(Request request) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        request.write(new DataOutputStream(bytes));

        assertThat(readRequest(input(bytes.toByteArray()))).isEqualTo(request);
    }

    @ParameterizedTest
    @MethodSource("replies")
    void aReplyIsReadAsItWasWritten(Reply reply) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        reply.write(new DataOutputStream(bytes));

        assertThat(Reply.read(input(bytes.toByteArray()))).isEqualTo(reply);
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
                bytes[0] = (byte) (bytes[0] & 7);
            }
            read += readsOrThrows(() -> readRequest(input(bytes)));
            read += readsOrThrows(() -> Reply.read(input(bytes)));
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

    private static Request readRequest(DataInput input) throws IOException {
        return Request.read(input.readUnsignedByte(), input);
    }

    private static DataInput input(byte[] bytes) {
        return new DataInputStream(new ByteArrayInputStream(bytes));
    }
}
