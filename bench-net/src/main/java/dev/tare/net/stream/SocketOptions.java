package dev.tare.net.stream;

import dev.tare.net.control.StreamOptions;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.nio.channels.NetworkChannel;
import java.nio.channels.SocketChannel;

/** Sets a stream's options on its socket. */
public final class SocketOptions {
    private SocketOptions() {}

    /** For a connection. */
    public static void set(SocketChannel channel, StreamOptions options) throws IOException {
        channel.setOption(StandardSocketOptions.TCP_NODELAY, options.noDelay());
        setBuffers(channel, options);
    }

    /** For a UDP socket. */
    public static void set(DatagramChannel channel, StreamOptions options) throws IOException {
        setBuffers(channel, options);
    }

    private static void setBuffers(NetworkChannel channel, StreamOptions options) throws IOException {
        if (options.socketBufferBytes() != StreamOptions.KERNEL_CHOOSES) {
            channel.setOption(StandardSocketOptions.SO_SNDBUF, options.socketBufferBytes());
            channel.setOption(StandardSocketOptions.SO_RCVBUF, options.socketBufferBytes());
        }
    }
}
