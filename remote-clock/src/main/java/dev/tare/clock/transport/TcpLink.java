package dev.tare.clock.transport;

import dev.tare.clock.ExchangeCounts;
import dev.tare.clock.NanoSource;
import dev.tare.clock.wire.Request;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * Exchanges over TCP: the same frames, one after the other.
 *
 * <p>Connects at the first request and again after the connection broke. A late reply stays in the stream and is told
 * from the one that is waited for by its nonce.
 */
public final class TcpExchanger implements Exchanger {
    private final InetSocketAddress server;
    private final NanoSource local;
    private final ReplyJudge judge;
    private final Nonces nonces = new Nonces();
    private final Tally tally = new Tally();
    private final ByteBuffer request = ByteBuffer.allocateDirect(Request.BYTES);
    private final ByteBuffer received = ByteBuffer.allocateDirect(Request.BYTES);
    private @Nullable Connection connection;

    /**
     * Connects to nothing yet.
     *
     * @param local the clock whose times the exchanges carry
     * @param pivotUnixNs an instant within 68 years of the server's present
     */
    public TcpExchanger(InetSocketAddress server, NanoSource local, long pivotUnixNs) {
        this.server = server;
        this.local = local;
        this.judge = new ReplyJudge(pivotUnixNs);
    }

    @Override
    public Outcome exchange(long timeoutNs) {
        // A thread that has been interrupted would close the channel by its mere touch.
        boolean interrupted = Thread.interrupted();
        try {
            return tally.count(attempt(timeoutNs));
        } catch (ClosedByInterruptException e) {
            interrupted |= Thread.interrupted();
            close();
            return tally.count(new Outcome.Loss("interrupted"));
        } catch (IOException e) {
            close();
            return tally.count(new Outcome.Loss(String.valueOf(e.getMessage())));
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private Outcome attempt(long timeoutNs) throws IOException {
        Connection open = connection == null ? connect(timeoutNs) : connection;
        long nonce = nonces.next();
        Request.write(request, nonce);
        open.patience.begin(timeoutNs);
        long sentNs = local.nanoTime();
        open.channel.write(request);
        if (request.hasRemaining()) {
            // One frame is in flight at a time: a send buffer that does not take it is a connection that is stuck.
            throw new IOException("the connection takes no more requests");
        }
        do {
            if (open.channel.read(received) < 0) {
                throw new EOFException("the server closed the connection");
            }
            long arrivedNs = local.nanoTime();
            if (!received.hasRemaining()) {
                received.clear();
                Outcome outcome = judge.judge(received, Request.BYTES, nonce, sentNs, arrivedNs);
                if (outcome != null) {
                    return outcome;
                }
                tally.stray();
            }
        } while (open.patience.await());
        return new Outcome.Loss("no reply within " + timeoutNs / 1_000_000 + " ms");
    }

    private Connection connect(long timeoutNs) throws IOException {
        Connection opened = new Connection(server, timeoutNs);
        received.clear();
        connection = opened;
        return opened;
    }

    @Override
    public ExchangeCounts counts() {
        return tally.snapshot();
    }

    @Override
    public void close() {
        if (connection != null) {
            Closing.all(connection.patience, connection.channel);
            connection = null;
        }
    }

    private static final class Connection {
        private final SocketChannel channel;
        private final Patience patience;

        Connection(InetSocketAddress server, long timeoutNs) throws IOException {
            channel = SocketChannel.open();
            try {
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true).configureBlocking(false);
                patience = new Patience(channel);
                patience.interest(SelectionKey.OP_CONNECT);
                patience.begin(timeoutNs);
                channel.connect(server);
                while (!channel.finishConnect()) {
                    if (!patience.await()) {
                        throw new IOException("no connection within " + timeoutNs / 1_000_000 + " ms");
                    }
                }
                patience.interest(SelectionKey.OP_READ);
            } catch (IOException e) {
                channel.close();
                throw e;
            }
        }
    }
}
