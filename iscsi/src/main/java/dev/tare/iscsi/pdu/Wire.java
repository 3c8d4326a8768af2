package dev.tare.iscsi.pdu;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/**
 * A TCP connection that never blocks in reading or writing, only in {@link #await}, and there never for long.
 *
 * <p>Because writing does not block, two sides that both send much cannot wait for each other forever.
 */
public final class Wire implements Closeable {
    private static final int SPINS_BETWEEN_CHECKS = 1024;

    private final SocketChannel channel;
    private final Selector selector;
    private final SelectionKey key;
    private final boolean busy;
    private final String peer;
    private int interest = SelectionKey.OP_READ;
    private int spins;

    private Wire(SocketChannel channel, Selector selector, boolean busy, String peer) throws IOException {
        this.channel = channel;
        this.selector = selector;
        this.busy = busy;
        this.peer = peer;
        this.key = channel.register(selector, interest);
    }

    /**
     * Connects.
     *
     * @param address resolved
     * @param busy whether {@link #await} spins on the socket, which shortens latencies and takes a whole core, instead of
     *     sleeping in the kernel until the socket is ready
     * @throws ConnectionLost when the peer refuses or does not answer within {@code limit}
     */
    public static Wire connect(InetSocketAddress address, boolean busy, Duration limit) throws IOException {
        String peer = words(address);
        SocketChannel channel = SocketChannel.open();
        try {
            channel.socket().connect(address, Math.toIntExact(limit.toMillis()));
            return over(channel, busy, peer);
        } catch (IOException e) {
            channel.close();
            throw new ConnectionLost(
                    "cannot connect to " + peer + " (" + ConnectionLost.reason(e)
                            + "): is an iSCSI target listening there?",
                    e);
        } catch (RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Takes over a connection that was accepted; one that is lost already is closed. */
    public static Wire accepted(SocketChannel channel) throws IOException {
        try {
            return over(channel, false, words((InetSocketAddress) channel.getRemoteAddress()));
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static Wire over(SocketChannel channel, boolean busy, String peer) throws IOException {
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        Selector selector = channel.provider().openSelector();
        try {
            return new Wire(channel, selector, busy, peer);
        } catch (IOException | RuntimeException e) {
            selector.close();
            throw e;
        }
    }

    /** The address of the other side, for messages. */
    public String peer() {
        return peer;
    }

    /** The address of this side, as a target names its portal: without a scope, which means something here only. */
    public String localPortal() throws IOException {
        return words((InetSocketAddress) channel.getLocalAddress()).replaceFirst("%[^]]*", "");
    }

    /** An address as portals are written. */
    private static String words(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + address.getPort();
    }

    /** Reads what is there, perhaps nothing. */
    int read(ByteBuffer buffer) throws IOException {
        try {
            return checked(channel.read(buffer));
        } catch (ConnectionLost e) {
            throw e;
        } catch (IOException e) {
            throw lost(e);
        }
    }

    /** Reads what is there into several buffers, perhaps nothing. */
    long read(ByteBuffer[] buffers, int count) throws IOException {
        try {
            return checked(channel.read(buffers, 0, count));
        } catch (ConnectionLost e) {
            throw e;
        } catch (IOException e) {
            throw lost(e);
        }
    }

    /** Writes what fits. */
    int write(ByteBuffer buffer) throws IOException {
        try {
            return channel.write(buffer);
        } catch (IOException e) {
            throw lost(e);
        }
    }

    /** Writes what fits from several buffers. */
    long write(ByteBuffer[] buffers, int first, int count) throws IOException {
        try {
            return channel.write(buffers, first, count);
        } catch (IOException e) {
            throw lost(e);
        }
    }

    /**
     * Waits until the connection may be read, or written if {@code forWriting}, but not longer than {@code limitMs}.
     *
     * @return whether it may be worth trying; when this connection spins, always
     */
    public boolean await(boolean forWriting, long limitMs) throws IOException {
        if (busy) {
            Thread.onSpinWait();
            if (++spins % SPINS_BETWEEN_CHECKS == 0) {
                failIfInterrupted();
            }
            return true;
        }
        return select(forWriting ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ, limitMs);
    }

    /** Waits until the connection may be written, whatever there is to read, but not longer than {@code limitMs}. */
    public void awaitWritable(long limitMs) throws IOException {
        select(SelectionKey.OP_WRITE, limitMs);
    }

    private boolean select(int wanted, long limitMs) throws IOException {
        int ready;
        try {
            if (wanted != interest) {
                key.interestOps(wanted);
                interest = wanted;
            }
            ready = selector.select(channelIsReady -> {}, Math.max(1, limitMs));
        } catch (ClosedSelectorException | CancelledKeyException e) {
            throw new ConnectionLost("connection to " + peer + " closed by this side", e);
        }
        failIfInterrupted();
        return ready > 0;
    }

    /** Whether {@link #await} spins, so that its caller looks at the clock only now and then. */
    public boolean isBusy() {
        return busy;
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            selector.close();
        }
    }

    private static void failIfInterrupted() throws InterruptedIOException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("interrupted while waiting for an iSCSI peer");
        }
    }

    private int checked(int count) throws ConnectionLost {
        return (int) checked((long) count);
    }

    private long checked(long count) throws ConnectionLost {
        if (count < 0) {
            throw new ConnectionLost("connection lost: closed by " + peer, null);
        }
        return count;
    }

    private ConnectionLost lost(IOException e) {
        return new ConnectionLost("connection lost: " + peer + ": " + ConnectionLost.reason(e), e);
    }
}
