package dev.tare.clock.server;

import dev.tare.clock.server.ServerStatistics.DropReason;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Answers frames on all connections of one address in one thread.
 *
 * <p>A connection holds one frame at a time and nothing else, so a client that sends slowly, or does not take its
 * replies, costs 48 bytes until its deadline.
 */
final class TcpListener implements Listener {
    private static final int BACKLOG = 1024;
    private static final long SWEEP_MS = 500;
    private static final int ACCEPTED_AT_ONCE = 64;

    private final ServerSocketChannel acceptor;
    private final Selector selector;
    private final Responder responder;
    private final ClockServerOptions options;
    /** In the order of their last complete request, the longest silent first. */
    private final Set<TcpConnection> connections = new LinkedHashSet<>();

    private long sweptNs;

    private TcpListener(
            ServerSocketChannel acceptor, Selector selector, Responder responder, ClockServerOptions options) {
        this.acceptor = acceptor;
        this.selector = selector;
        this.responder = responder;
        this.options = options;
        this.sweptNs = responder.nowNs();
    }

    static TcpListener bind(InetSocketAddress address, Responder responder, ClockServerOptions options)
            throws IOException {
        ServerSocketChannel acceptor = ServerSocketChannel.open();
        try {
            acceptor.setOption(StandardSocketOptions.SO_REUSEADDR, true).configureBlocking(false);
            acceptor.bind(address, BACKLOG);
            Selector selector = Selector.open();
            acceptor.register(selector, SelectionKey.OP_ACCEPT);
            return new TcpListener(acceptor, selector, responder, options);
        } catch (IOException e) {
            acceptor.close();
            throw e;
        }
    }

    @Override
    public InetSocketAddress address() throws IOException {
        return (InetSocketAddress) acceptor.getLocalAddress();
    }

    @Override
    public void serve() throws IOException {
        try {
            while (selector.isOpen()) {
                selector.select(SWEEP_MS);
                for (SelectionKey key : selector.selectedKeys()) {
                    handle(key);
                }
                selector.selectedKeys().clear();
                sweep();
            }
        } catch (ClosedSelectorException | CancelledKeyException e) {
            // Somebody closed the server: this is how the loop ends.
            return;
        } finally {
            new ArrayList<>(connections).forEach(this::drop);
        }
    }

    private void handle(SelectionKey key) throws IOException {
        if (!key.isValid()) {
            // A connection that was selected together with the one that it gave way to.
            return;
        }
        if (key.attachment() instanceof TcpConnection connection) {
            serve(connection);
        } else {
            accept();
        }
    }

    private void accept() throws IOException {
        for (int i = 0; i < ACCEPTED_AT_ONCE; i++) {
            SocketChannel channel;
            try {
                channel = acceptor.accept();
            } catch (IOException e) {
                if (!giveWay()) {
                    throw e;
                }
                continue;
            }
            if (channel == null) {
                return;
            }
            if (connections.size() >= options.mostConnections()) {
                giveWay();
            }
            open(channel);
        }
    }

    private void open(SocketChannel channel) throws IOException {
        try {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true).configureBlocking(false);
            SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
            TcpConnection connection = new TcpConnection(channel, key, responder);
            key.attach(connection);
            connections.add(connection);
            responder.counters().opened();
        } catch (IOException e) {
            // The client is gone already.
            channel.close();
        }
    }

    /** Closes the connection that has been silent longest; false when there is none. */
    private boolean giveWay() {
        if (connections.isEmpty()) {
            return false;
        }
        responder.counters().drop(DropReason.CROWDED);
        drop(connections.iterator().next());
        return true;
    }

    private void serve(TcpConnection connection) {
        if (!connection.advance()) {
            drop(connection);
        } else if (connection.takeServed() && connections.remove(connection)) {
            connections.add(connection);
        }
    }

    private void sweep() {
        long nowNs = responder.nowNs();
        if (nowNs - sweptNs < TimeUnit.MILLISECONDS.toNanos(SWEEP_MS)) {
            return;
        }
        sweptNs = nowNs;
        List<TcpConnection> late = new ArrayList<>();
        for (TcpConnection connection : connections) {
            DropReason reason = connection.lateness(nowNs, options);
            if (reason != null) {
                responder.counters().drop(reason);
                late.add(connection);
            }
        }
        late.forEach(this::drop);
    }

    private void drop(TcpConnection connection) {
        if (connections.remove(connection)) {
            responder.counters().closed();
            connection.close();
        }
    }

    @Override
    public void close() throws IOException {
        selector.close();
        acceptor.close();
    }
}
