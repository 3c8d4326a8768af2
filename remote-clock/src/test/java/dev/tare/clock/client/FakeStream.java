package dev.tare.clock.client;

import dev.tare.clock.wire.NtpPacket;
import dev.tare.clock.wire.NtpTime;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;

/** A server on a real TCP socket that does with each connection, one after the other, whatever a test wants. */
final class FakeStream implements AutoCloseable {
    /** What is done with a connection before it is closed. */
    interface Script {
        void play(Socket connection, int number) throws IOException;
    }

    private final ServerSocket acceptor;
    private final Script script;

    FakeStream(Script script) throws IOException {
        this.script = script;
        this.acceptor = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::serve, "fake stream");
        thread.setDaemon(true);
        thread.start();
    }

    InetSocketAddress address() {
        return (InetSocketAddress) acceptor.getLocalSocketAddress();
    }

    /** Reads a request and makes the correct reply of it. */
    static byte[] replyToNext(Socket connection) throws IOException {
        ByteBuffer frame = ByteBuffer.wrap(connection.getInputStream().readNBytes(NtpPacket.BYTES));
        long now = NtpTime.fromUnixNs(TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis()));
        NtpPacket.writeReply(frame, -20, 1, now);
        NtpPacket.stamp(frame, now);
        return frame.array();
    }

    private void serve() {
        try {
            for (int number = 1; ; number++) {
                try (Socket connection = acceptor.accept()) {
                    script.play(connection, number);
                }
            }
        } catch (SocketException e) {
            // Closed by the test.
            return;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        acceptor.close();
    }
}
