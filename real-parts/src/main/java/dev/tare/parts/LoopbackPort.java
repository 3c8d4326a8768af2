package dev.tare.parts;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;

/** A TCP port of the loopback address for a server that must be told its number. */
final class LoopbackPort {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private LoopbackPort() {}

    /** A port at which nobody listens now. */
    static int free() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Waits until a server accepts connections. */
    static void awaitListening(int port, RunningProgram server) throws IOException {
        long untilNs = System.nanoTime() + LIMIT.toNanos();
        while (true) {
            try {
                new Socket(InetAddress.getLoopbackAddress(), port).close();
                return;
            } catch (IOException e) {
                if (!server.process().isAlive() || System.nanoTime() - untilNs > 0) {
                    throw new IOException("nobody listens at port " + port + ": " + server.output(), e);
                }
                Thread.onSpinWait();
            }
        }
    }
}
