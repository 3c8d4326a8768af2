package dev.tare.net.peer;

import dev.tare.harness.ChildJvm;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** Returns what one client sends over a UNIX socket, in a process of its own that lives as long as the one that started it. */
public final class UnixEchoMain {
    /** What it prints first. */
    public static final String READY = "listening";

    private static final int BUFFER_BYTES = 1 << 16;

    private UnixEchoMain() {}

    /**
     * Serves until the client or the parent is gone.
     *
     * @param arguments path of the socket, which is made
     */
    public static void main(String[] arguments) throws IOException {
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(arguments[0]));
            System.out.println(READY);
            System.out.flush();
            Thread echo = new Thread(() -> serve(server), "unix echo");
            echo.setDaemon(true);
            echo.start();
            ChildJvm.awaitEndOfParent();
        }
    }

    private static void serve(ServerSocketChannel server) {
        try (SocketChannel client = server.accept()) {
            ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
            while (client.read(buffer) >= 0) {
                buffer.flip();
                while (buffer.hasRemaining()) {
                    client.write(buffer);
                }
                buffer.clear();
            }
        } catch (IOException e) {
            // The client meets the end of its connection, and tells these words.
            System.err.println("echo: " + e);
        }
    }
}
