package dev.tare.net.client;

import dev.tare.net.datagram.Pass;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.DatagramChannel;

/**
 * The client's end of a stream of datagrams; its channel is connected.
 *
 * @param number the session's number for it
 */
public record DatagramStream(int number, DatagramChannel channel, Pass pass) implements Closeable {
    /** Waits until everything sent so far has arrived or is lost. The channel must be blocking. */
    public void fence() throws IOException {
        pass.exchange(channel);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
