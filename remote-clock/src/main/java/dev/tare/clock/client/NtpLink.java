package dev.tare.clock.client;

import dev.tare.clock.ClockTransport;
import dev.tare.clock.wire.NtpPacket;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.channels.UnsupportedAddressTypeException;

/**
 * One open socket to one server, on which packets travel.
 *
 * <p>It waits for more by trying again at once at first, since a wake-up costs more than a round trip on a quick network,
 * then by sleeping; measured on real time, whatever the clock under test says.
 */
abstract sealed class NtpLink implements Closeable {
    private static final long SPIN_NS = 60_000;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final SelectableChannel channel;
    private final Selector selector;
    private final SelectionKey key;
    private long beginNs;
    private long timeoutNs;

    private NtpLink(SelectableChannel channel) throws IOException {
        this.channel = channel;
        try {
            channel.configureBlocking(false);
            selector = Selector.open();
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        try {
            key = channel.register(selector, SelectionKey.OP_READ);
        } catch (IOException e) {
            closeAll();
            throw e;
        }
    }

    /**
     * Opens a socket.
     *
     * @param timeoutNs real time after which to give up
     */
    static NtpLink open(InetSocketAddress server, ClockTransport transport, long timeoutNs) throws IOException {
        NtpLink link =
                transport == ClockTransport.UDP ? new Udp(DatagramChannel.open()) : new Tcp(SocketChannel.open());
        try {
            link.connect(server, timeoutNs);
            return link;
        } catch (UnsupportedAddressTypeException e) {
            link.close();
            throw new IOException("this JVM has no network of the server's kind of address", e);
        } catch (IOException e) {
            link.close();
            throw e;
        }
    }

    abstract void connect(InetSocketAddress server, long timeoutNs) throws IOException;

    /** Sends a request without waiting for anything. */
    abstract void send(ByteBuffer request) throws IOException;

    /**
     * Takes what has come, without waiting for it.
     *
     * @return how many bytes of {@link #received()}, from index 0, came as one packet; 0 while none has come
     */
    abstract int receive() throws IOException;

    /** What {@link #receive()} took, until it is called again. */
    abstract ByteBuffer received();

    /** What to wait for, as operations of a {@link SelectionKey}. */
    final void interest(int operations) {
        key.interestOps(operations);
    }

    /** Begins a wait of so much real time. */
    final void beginWait(long forNs) {
        timeoutNs = forNs;
        beginNs = System.nanoTime();
    }

    /** Returns when it is worth to try again; false when the time is over. */
    final boolean await() throws IOException {
        long waitedNs = System.nanoTime() - beginNs;
        if (waitedNs < SPIN_NS) {
            Thread.onSpinWait();
            return true;
        }
        long leftNs = timeoutNs - waitedNs;
        if (leftNs <= 0) {
            return false;
        }
        selector.select(Math.max(1, leftNs / NANOS_PER_MILLI));
        selector.selectedKeys().clear();
        return true;
    }

    @Override
    public final void close() throws IOException {
        closeAll();
    }

    private void closeAll() throws IOException {
        try (channel) {
            selector.close();
        }
    }

    /** A connected datagram socket, so that the kernel drops what other hosts send, on an ephemeral port. */
    private static final class Udp extends NtpLink {
        /** A datagram that fits an Ethernet frame: longer ones are cut, which leaves the 48 bytes whole. */
        private static final int LONGEST_BYTES = 1472;

        private final DatagramChannel channel;
        private final ByteBuffer received = ByteBuffer.allocateDirect(LONGEST_BYTES);

        Udp(DatagramChannel channel) throws IOException {
            super(channel);
            this.channel = channel;
        }

        @Override
        void connect(InetSocketAddress server, long timeoutNs) throws IOException {
            channel.connect(server);
        }

        @Override
        void send(ByteBuffer request) throws IOException {
            channel.write(request);
        }

        @Override
        int receive() throws IOException {
            received.clear();
            return channel.read(received);
        }

        @Override
        ByteBuffer received() {
            return received;
        }
    }

    /** A connection: the same packets, one after the other. A late reply stays in the stream until it is taken. */
    private static final class Tcp extends NtpLink {
        private final SocketChannel channel;
        private final ByteBuffer received = ByteBuffer.allocateDirect(NtpPacket.BYTES);

        Tcp(SocketChannel channel) throws IOException {
            super(channel);
            this.channel = channel;
        }

        @Override
        void connect(InetSocketAddress server, long timeoutNs) throws IOException {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            interest(SelectionKey.OP_CONNECT);
            beginWait(timeoutNs);
            channel.connect(server);
            while (!channel.finishConnect()) {
                if (!await()) {
                    throw new IOException("no connection within " + timeoutNs / NANOS_PER_MILLI + " ms");
                }
            }
            interest(SelectionKey.OP_READ);
        }

        @Override
        void send(ByteBuffer request) throws IOException {
            channel.write(request);
            if (request.hasRemaining()) {
                // One packet is in flight at a time: a send buffer that does not take it is a connection that is stuck.
                throw new IOException("the connection takes no more requests");
            }
        }

        @Override
        int receive() throws IOException {
            if (!received.hasRemaining()) {
                received.clear();
            }
            if (channel.read(received) < 0) {
                throw new EOFException("the server closed the connection");
            }
            return received.hasRemaining() ? 0 : NtpPacket.BYTES;
        }

        @Override
        ByteBuffer received() {
            return received;
        }
    }
}
