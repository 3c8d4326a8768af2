package dev.tare.net;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.atomic.AtomicInteger;

/** A UDP socket that returns every datagram, and one that is connected to it. */
final class DatagramEcho implements Closeable {
    private final DatagramChannel server;
    private final DatagramChannel client;
    private final AtomicInteger echoed = new AtomicInteger();
    private final Thread thread = new Thread(this::echo, "datagram echo");

    private DatagramEcho() throws IOException {
        server = DatagramChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        client = DatagramChannel.open().connect(server.getLocalAddress());
    }

    static DatagramEcho open() throws IOException {
        DatagramEcho echo = new DatagramEcho();
        echo.thread.start();
        return echo;
    }

    DatagramChannel client() {
        return client;
    }

    int echoed() {
        return echoed.get();
    }

    private void echo() {
        ByteBuffer datagram = ByteBuffer.allocate(1 << 16);
        try {
            while (true) {
                SocketAddress source = server.receive(datagram.clear());
                echoed.incrementAndGet();
                server.send(datagram.flip(), source);
            }
        } catch (ClosedChannelException end) {
            return;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        client.close();
        server.close();
    }
}
