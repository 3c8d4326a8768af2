package dev.tare.clock.client;

import dev.tare.clock.wire.NtpPacket;
import dev.tare.clock.wire.NtpTime;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** A server on a real socket that answers each request with whatever packets a test makes of the correct reply. */
public final class FakeServer implements AutoCloseable {
    private final DatagramChannel channel;
    private final long offsetNs = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis()) - System.nanoTime();
    private final Function<ByteBuffer, List<ByteBuffer>> answers;

    /** @param answers what is sent for the correct reply, which it may change */
    public FakeServer(Function<ByteBuffer, List<ByteBuffer>> answers) throws IOException {
        this.answers = answers;
        this.channel = DatagramChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        Thread thread = new Thread(this::serve, "fake server");
        thread.setDaemon(true);
        thread.start();
    }

    /** Where it listens. */
    public InetSocketAddress address() throws IOException {
        return (InetSocketAddress) channel.getLocalAddress();
    }

    /** The reply turned into a kiss-o'-death with this code. */
    public static List<ByteBuffer> kiss(ByteBuffer reply, String code) {
        return List.of(reply.put(1, (byte) 0).put(12, code.getBytes(StandardCharsets.US_ASCII)));
    }

    static ByteBuffer copy(ByteBuffer reply) {
        return ByteBuffer.allocate(reply.limit())
                .put(reply.duplicate().position(0))
                .flip();
    }

    private void serve() {
        ByteBuffer frame = ByteBuffer.allocate(NtpPacket.BYTES);
        try {
            while (true) {
                SocketAddress client = channel.receive(frame.clear());
                frame.flip();
                long nowNs = System.nanoTime() + offsetNs;
                NtpPacket.writeReply(frame, -20, 1, NtpTime.fromUnixNs(nowNs));
                NtpPacket.stamp(frame, NtpTime.fromUnixNs(nowNs));
                for (ByteBuffer packet : answers.apply(copy(frame))) {
                    channel.send(packet, client);
                }
            }
        } catch (ClosedChannelException e) {
            return;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
