package dev.tare.net.client;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.SocketChannel;

/**
 * The client's end of a stream over a connection.
 *
 * @param number the session's number for it
 */
public record Stream(int number, SocketChannel channel) implements Closeable {
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
