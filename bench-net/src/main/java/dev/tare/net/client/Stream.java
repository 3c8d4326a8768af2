package dev.tare.net.client;

import java.io.IOException;
import java.nio.channels.SocketChannel;

/**
 * The client's end of a stream.
 *
 * @param number the session's number for it
 */
public record Stream(int number, SocketChannel channel) implements AutoCloseable {
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
