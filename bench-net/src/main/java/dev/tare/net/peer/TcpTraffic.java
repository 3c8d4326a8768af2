package dev.tare.net.peer;

import dev.tare.net.control.ControlReply.StreamCount;
import dev.tare.net.control.StreamOptions;
import dev.tare.net.control.StreamOptions.Role;
import dev.tare.net.socket.TcpPacing;
import dev.tare.net.socket.TcpState;
import dev.tare.net.stream.CreditedSender;
import dev.tare.net.stream.CreditingReceiver;
import dev.tare.net.stream.Message;
import dev.tare.net.stream.RunningTotal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Traffic over the TCP connection that the client has opened for it. */
final class TcpTraffic implements PeerStream.Traffic {
    /** One buffer for all reads of a sink: as much as a second-level cache holds beside other things. */
    static final int READ_BYTES = 256 << 10;

    /** Moves one message, or what has come of it; false when the client has closed the connection. */
    private interface Step {
        boolean run() throws IOException;
    }

    private final Role role;
    private final SocketChannel channel;
    private final RunningTotal moved;
    private final Step step;
    private final StreamOptions options;
    private final Optional<String> pacing;
    /** Whether the client was told how TCP fares: asking for it anew could take a program. */
    private volatile boolean toldTcp;

    private TcpTraffic(
            Role role,
            StreamOptions options,
            Optional<String> pacing,
            SocketChannel channel,
            RunningTotal moved,
            Step step) {
        this.role = role;
        this.options = options;
        this.pacing = pacing;
        this.channel = channel;
        this.moved = moved;
        this.step = step;
    }

    static TcpTraffic of(Role role, StreamOptions options, SocketChannel channel) throws IOException {
        return switch (role) {
            case SINK -> sink(options, channel);
            case SOURCE -> source(options, channel);
            case ECHO -> echo(options, channel);
            default -> throw new IOException("a stream with the role " + role + " needs no connection");
        };
    }

    @Override
    public void run() throws IOException {
        while (step.run()) {
            // The step does everything.
        }
    }

    @Override
    public int port() {
        return channel.socket().getLocalPort();
    }

    @Override
    public RunningTotal moved() {
        return moved;
    }

    @Override
    public long receivedBytes() {
        return role == Role.SOURCE ? 0 : moved.total();
    }

    @Override
    public long sentBytes() {
        return role == Role.SINK ? 0 : moved.total();
    }

    @Override
    public Map<String, String> granted() throws IOException {
        Map<String, String> granted = new TreeMap<>();
        options.socket().granted(channel).forEach((name, value) -> granted.put(name, String.valueOf(value)));
        pacing.ifPresent(by -> granted.put("pacing", by));
        if (role == Role.SOURCE && toldTcp) {
            granted.put("tcp-info", TcpState.source());
        }
        return granted;
    }

    @Override
    public Optional<TcpState> tcp() throws IOException {
        Optional<TcpState> state = TcpState.of(channel);
        toldTcp = state.isPresent();
        return state;
    }

    @Override
    public StreamCount count(long total) throws IOException {
        return StreamCount.of(total, channel);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private static TcpTraffic sink(StreamOptions options, SocketChannel channel) throws IOException {
        CreditingReceiver receiver = new CreditingReceiver(channel, Message.buffer(READ_BYTES), options.messageBytes());
        receiver.grant();
        return new TcpTraffic(Role.SINK, options, Optional.empty(), channel, receiver.count(), receiver::receiveSome);
    }

    private static TcpTraffic source(StreamOptions options, SocketChannel channel) throws IOException {
        CreditedSender sender = new CreditedSender(channel, Message.inMemory(options.messageBytes()));
        TcpPacing pacing = TcpPacing.of(channel, options.pacedBytesPerS(), options.messageBytes());
        return new TcpTraffic(Role.SOURCE, options, pacing.by(), channel, sender.count(), () -> {
            pacing.await();
            return sender.send();
        });
    }

    private static TcpTraffic echo(StreamOptions options, SocketChannel channel) {
        ByteBuffer message = ByteBuffer.allocateDirect(options.messageBytes());
        RunningTotal returned = new RunningTotal();
        return new TcpTraffic(Role.ECHO, options, Optional.empty(), channel, returned, () -> {
            message.clear();
            while (message.hasRemaining()) {
                if (channel.read(message) < 0) {
                    return false;
                }
            }
            message.flip();
            while (message.hasRemaining()) {
                channel.write(message);
            }
            returned.set(returned.total() + message.capacity());
            return true;
        });
    }
}
