package dev.tare.clock.server;

import dev.tare.clock.server.ServerStatistics.DropReason;
import dev.tare.clock.wire.NtpPacket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** One TCP client: reads a request, writes its reply, and only then reads on. */
final class TcpConnection {
    private final SocketChannel channel;
    private final SelectionKey key;
    private final Responder responder;
    private final InetSocketAddress client;
    private final ByteBuffer frame = ByteBuffer.allocateDirect(NtpPacket.BYTES);
    private boolean replying;
    private boolean served;
    private long frameBegunNs;
    private long lastRequestNs;

    TcpConnection(SocketChannel channel, SelectionKey key, Responder responder) throws IOException {
        this.channel = channel;
        this.key = key;
        this.responder = responder;
        this.client = (InetSocketAddress) channel.getRemoteAddress();
        this.lastRequestNs = responder.nowNs();
    }

    /** Reads or writes what is possible now, one request at most; false when the connection is over. */
    boolean advance() {
        try {
            return replying ? write() : read();
        } catch (IOException e) {
            // The client broke the connection; nobody is left to be told.
            return false;
        }
    }

    private boolean read() throws IOException {
        boolean fresh = frame.position() == 0;
        if (channel.read(frame) < 0) {
            return false;
        }
        long nowNs = responder.nowNs();
        if (fresh) {
            frameBegunNs = nowNs;
        }
        if (frame.hasRemaining()) {
            return true;
        }
        lastRequestNs = nowNs;
        frame.flip();
        // After a request that deserves no answer nothing in the stream can be trusted to begin where a request does.
        if (!responder.prepare(frame, client.getAddress(), nowNs)) {
            return false;
        }
        served = true;
        responder.stamp(frame);
        return write();
    }

    private boolean write() throws IOException {
        channel.write(frame);
        replying = frame.hasRemaining();
        if (!replying) {
            frame.clear();
            responder.counters().answer();
        }
        // Last: it throws when somebody closed the server meanwhile.
        key.interestOps(replying ? SelectionKey.OP_WRITE : SelectionKey.OP_READ);
        return true;
    }

    /** Whether a request has been answered since the last call. */
    boolean takeServed() {
        boolean was = served;
        served = false;
        return was;
    }

    /** Why this connection has lasted too long, or null. */
    @Nullable
    DropReason lateness(long nowNs, ClockServerOptions options) {
        boolean halfway = replying || frame.position() > 0;
        if (halfway && nowNs - frameBegunNs > options.frameDeadline().toNanos()) {
            return DropReason.SLOW;
        }
        return nowNs - lastRequestNs > options.idleDeadline().toNanos() ? DropReason.IDLE : null;
    }

    void close() {
        key.cancel();
        try {
            channel.close();
        } catch (IOException e) {
            responder.counters().drop(DropReason.SEND);
        }
    }
}
