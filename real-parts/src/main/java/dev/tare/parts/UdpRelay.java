package dev.tare.parts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A bad network on one machine: passes datagrams between clients and one server and delays, loses, doubles, reorders and
 * forges them, in an order that a seed decides. Needs neither root nor the kernel's help.
 */
public final class UdpRelay implements AutoCloseable {
    private static final int LONGEST_DATAGRAM = 2048;
    private static final int MOST_CLIENTS = 1024;
    private static final int MOST_IN_FLIGHT = 100_000;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final InetSocketAddress server;
    private final Random random;
    private final DatagramChannel front;
    private final Selector selector;
    private final Thread thread;
    private final Map<SocketAddress, DatagramChannel> backs = new HashMap<>();
    private final PriorityQueue<Parcel> inFlight = new PriorityQueue<>(Comparator.comparingLong(Parcel::dueNs));
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(LONGEST_DATAGRAM);
    private volatile Disturbance disturbance;

    private UdpRelay(InetSocketAddress server, Disturbance disturbance, long seed) throws IOException {
        this.server = server;
        this.disturbance = disturbance;
        this.random = new Random(seed);
        this.selector = Selector.open();
        this.front = DatagramChannel.open();
        front.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)).configureBlocking(false);
        front.register(selector, SelectionKey.OP_READ);
        this.thread = new Thread(this::run, "UDP relay to " + server);
        thread.setDaemon(true);
    }

    /** Listens on a free port of the loopback address. */
    public static UdpRelay start(InetSocketAddress server, Disturbance disturbance, long seed) throws IOException {
        UdpRelay relay = new UdpRelay(server, disturbance, seed);
        relay.thread.start();
        return relay;
    }

    /** The port that clients send to. */
    public int port() {
        return front.socket().getLocalPort();
    }

    /** Changes what happens to packets that come from now on. */
    public void disturb(Disturbance other) {
        disturbance = other;
    }

    private void run() {
        try {
            while (selector.isOpen()) {
                await();
                for (SelectionKey key : selector.selectedKeys()) {
                    receive(key);
                }
                selector.selectedKeys().clear();
                deliver();
            }
        } catch (ClosedSelectorException e) {
            // Somebody closed the relay: this is how the loop ends.
            return;
        } catch (IOException e) {
            throw new UncheckedIOException("UDP relay: a socket failed", e);
        }
    }

    /** Sleeps while nothing is due, and spins through the last millisecond, which no selector can resolve. */
    private void await() throws IOException {
        Parcel next = inFlight.peek();
        if (next == null) {
            selector.select();
            return;
        }
        long leftMs = (next.dueNs - System.nanoTime()) / NANOS_PER_MILLI;
        if (leftMs > 0) {
            selector.select(leftMs);
        } else {
            selector.selectNow();
        }
    }

    private void receive(SelectionKey key) throws IOException {
        boolean there = key.channel() == front;
        DatagramChannel source = (DatagramChannel) key.channel();
        while (true) {
            buffer.clear();
            SocketAddress from = receive(source);
            if (from == null) {
                return;
            }
            buffer.flip();
            SocketAddress client = there ? from : (SocketAddress) key.attachment();
            send(client, there);
        }
    }

    private @Nullable SocketAddress receive(DatagramChannel source) throws IOException {
        try {
            return source.receive(buffer);
        } catch (PortUnreachableException e) {
            // The server is not there at the moment: its packets are lost, as on any network.
            return null;
        }
    }

    private void send(SocketAddress client, boolean there) {
        Disturbance now = disturbance;
        if (now.loses(random) || inFlight.size() >= MOST_IN_FLIGHT) {
            return;
        }
        ByteBuffer bytes = ByteBuffer.allocate(buffer.remaining()).put(buffer).flip();
        long nowNs = System.nanoTime();
        long dueNs = nowNs + now.delayNs(there, random);
        inFlight.add(new Parcel(dueNs, client, there, bytes));
        if (now.duplicates(random)) {
            inFlight.add(new Parcel(nowNs + now.delayNs(there, random), client, there, bytes));
        }
        if (!there && now.forges(random)) {
            inFlight.add(new Parcel(nowNs, client, false, forged(bytes)));
        }
    }

    /** A reply of somebody who knows everything but the nonce. */
    private ByteBuffer forged(ByteBuffer genuine) {
        ByteBuffer forged = ByteBuffer.allocate(genuine.remaining())
                .put(genuine.duplicate())
                .flip();
        for (int i = forged.limit() / 2; i < forged.limit(); i++) {
            forged.put(i, (byte) random.nextInt());
        }
        return forged;
    }

    private void deliver() throws IOException {
        for (Parcel next = inFlight.peek();
                next != null && next.dueNs - System.nanoTime() <= 0;
                next = inFlight.peek()) {
            inFlight.remove();
            deliver(next);
        }
    }

    private void deliver(Parcel parcel) throws IOException {
        ByteBuffer bytes = parcel.bytes.duplicate();
        if (!parcel.there) {
            front.send(bytes, parcel.client);
            return;
        }
        try {
            back(parcel.client).write(bytes);
        } catch (PortUnreachableException e) {
            // As above: lost.
            return;
        }
    }

    /** The socket that stands for a client before the server. */
    private DatagramChannel back(SocketAddress client) throws IOException {
        DatagramChannel known = backs.get(client);
        if (known != null) {
            return known;
        }
        if (backs.size() >= MOST_CLIENTS) {
            throw new IOException("expected at most " + MOST_CLIENTS + " clients");
        }
        DatagramChannel back = DatagramChannel.open();
        back.connect(server).configureBlocking(false);
        back.register(selector, SelectionKey.OP_READ, client);
        backs.put(client, back);
        return back;
    }

    /** Drops what is in flight, closes all sockets and joins the thread. */
    @Override
    public void close() throws IOException {
        selector.close();
        // Not by harness's Joins: harness is itself tested with these parts.
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        front.close();
        for (DatagramChannel back : backs.values()) {
            back.close();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private record Parcel(long dueNs, SocketAddress client, boolean there, ByteBuffer bytes) {}
}
