package dev.tare.net.peer;

import dev.tare.harness.HostPort;
import dev.tare.harness.Joins;
import dev.tare.harness.Reasons;
import dev.tare.machine.cpu.CpuTimes;
import dev.tare.net.control.ControlReply;
import dev.tare.net.control.ControlRequest;
import dev.tare.net.control.Nonce;
import dev.tare.net.peer.StreamRegistry.RefusedRequestException;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToLongFunction;

/** One client: answers its requests one after the other and keeps its streams. */
final class ClientSession {
    private static final double BYTES_PER_MB = 1e6;
    private static final double NS_PER_S = 1e9;

    private final StreamRegistry registry;
    private final Map<Integer, PeerStream> streams = new ConcurrentHashMap<>();
    private final List<Thread> threads = new ArrayList<>();
    private final SocketChannel channel;
    private final String client;
    private final String name;

    /** @param client whose it is, in the registry */
    ClientSession(StreamRegistry registry, SocketChannel channel, String client) throws IOException {
        this.registry = registry;
        this.channel = channel;
        this.client = client;
        this.name = HostPort.text(channel.getRemoteAddress());
    }

    /** What the client has taken so far, over all of its streams; readable by other threads. */
    Peer.ClientStatistics statistics() {
        return new Peer.ClientStatistics(
                name,
                streams.size(),
                sum(PeerStream::receivedBytes),
                sum(PeerStream::sentBytes),
                sum(PeerStream::cpuNs));
    }

    @Override
    public String toString() {
        Peer.ClientStatistics now = statistics();
        return String.format(
                Locale.ROOT,
                "%s: %d streams, %.1f MB received, %.1f MB sent, %.2f CPU s",
                name,
                now.streams(),
                now.receivedBytes() / BYTES_PER_MB,
                now.sentBytes() / BYTES_PER_MB,
                now.cpuNs() / NS_PER_S);
    }

    private long sum(ToLongFunction<PeerStream> figure) {
        return streams.values().stream().mapToLong(figure).sum();
    }

    /**
     * Serves until the client leaves or says what no client says.
     *
     * @param heard is run for every request
     */
    void serve(DataInputStream input, DataOutputStream output, Runnable heard) throws IOException {
        try {
            for (int type = input.read(); type >= 0; type = input.read()) {
                ControlRequest request = ControlRequest.read(type, input);
                heard.run();
                answer(request).write(output);
                output.flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            for (PeerStream stream : streams.values()) {
                registry.release(client, stream);
            }
            for (PeerStream stream : streams.values()) {
                stream.close();
            }
            Joins.uninterruptibly(List.copyOf(threads));
        }
    }

    private ControlReply answer(ControlRequest request) throws IOException, InterruptedException {
        try {
            if (request instanceof ControlRequest.Open open) {
                return open(open);
            } else if (request instanceof ControlRequest.Count count) {
                return ask(count.stream(), stream -> stream.count(count.awaitedBytes()));
            } else if (request instanceof ControlRequest.Usage) {
                return new ControlReply.Used(CpuTimes.of(sum(PeerStream::cpuNs)));
            } else if (request instanceof ControlRequest.Kernel) {
                return ControlReply.Kernel.ofThisMachine();
            }
            if (request instanceof ControlRequest.Lease lease) {
                return ask(lease.stream(), stream -> lease(stream, lease.durationMs()));
            } else if (request instanceof ControlRequest.Granted granted) {
                return ask(granted.stream(), stream -> new ControlReply.Granted(stream.granted()));
            }
            if (request instanceof ControlRequest.Tcp tcp) {
                return ask(tcp.stream(), stream -> new ControlReply.Tcp(stream.tcp()));
            }
            return new ControlReply.Done();
        } catch (RefusedRequestException e) {
            return new ControlReply.Failed(Reasons.of(e));
        }
    }

    private ControlReply open(ControlRequest.Open open) throws RefusedRequestException {
        PeerStream stream = new PeerStream(open.role(), open.options());
        registry.admit(client, stream);
        int number = streams.size() + 1;
        streams.put(number, stream);
        if (!open.role().hasOwnPort()) {
            return new ControlReply.Opened(
                    number, registry.announce(stream), channel.socket().getLocalPort());
        }
        try {
            return openOwnPort(open, number, stream);
        } catch (IOException e) {
            throw new RefusedRequestException("no port can be opened for the stream: " + Reasons.of(e));
        }
    }

    private ControlReply openOwnPort(ControlRequest.Open open, int number, PeerStream stream) throws IOException {
        if (!(channel.getLocalAddress() instanceof InetSocketAddress own)
                || !(channel.getRemoteAddress() instanceof InetSocketAddress other)) {
            throw new IOException(
                    "expected a session over TCP, got one of " + name + "; over VSOCK there are only streams");
        }
        InetAddress local = own.getAddress();
        InetAddress remote = other.getAddress();
        Nonce ticket = Nonce.random();
        PeerStream.Traffic traffic = switch (open.role()) {
            case ACCEPTOR, ANSWERER -> AcceptorTraffic.open(open.role(), open.options(), local, remote);
            case DATAGRAM_SOURCE -> DatagramSource.open(open.options(), ticket, local, remote);
            case HOLDER -> HolderTraffic.open(registry.idleConnections(), local, remote);
            default -> UdpTraffic.open(open.role(), open.options(), ticket, local, remote);
        };
        int port = traffic.port();
        Thread thread = new Thread(() -> serve(stream, traffic), "peer port " + port + " of " + name);
        threads.add(thread);
        thread.start();
        return new ControlReply.Opened(number, ticket, port);
    }

    private interface Question {
        ControlReply ask(PeerStream stream) throws IOException, RefusedRequestException, InterruptedException;
    }

    /** The answer of a stream, or why it has failed. */
    private ControlReply ask(int number, Question question) throws RefusedRequestException, InterruptedException {
        PeerStream stream = stream(number);
        try {
            ControlReply reply = question.ask(stream);
            return stream.failure().<ControlReply>map(ControlReply.Failed::new).orElse(reply);
        } catch (IOException e) {
            throw new RefusedRequestException(stream.failure().orElse("the stream cannot answer: " + Reasons.of(e)));
        }
    }

    private static ControlReply lease(PeerStream stream, int durationMs)
            throws IOException, RefusedRequestException, InterruptedException {
        if (durationMs < 0 || durationMs > ControlRequest.Lease.LONGEST_LEASE_MS) {
            throw new RefusedRequestException(
                    "datagrams are sent for 0 to " + ControlRequest.Lease.LONGEST_LEASE_MS + " ms, got " + durationMs);
        }
        stream.lease(durationMs);
        return new ControlReply.Done();
    }

    private static void serve(PeerStream stream, PeerStream.Traffic traffic) {
        try {
            stream.serve(traffic);
        } catch (IOException e) {
            throw new UncheckedIOException("a stream's port cannot be closed", e);
        }
    }

    private PeerStream stream(int number) throws RefusedRequestException {
        PeerStream stream = streams.get(number);
        if (stream == null) {
            throw new RefusedRequestException("this session has no open stream " + number);
        }
        return stream;
    }
}
