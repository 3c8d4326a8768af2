package dev.tare.clock.transport;

import dev.tare.clock.wire.Request;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/** A connected datagram socket, so that the kernel drops what other hosts send, on an ephemeral port. */
final class UdpLink implements Link {
    private final DatagramChannel channel;
    private final Patience patience;
    // One byte more than a reply has, so that a longer datagram is seen to be longer.
    private final ByteBuffer received = ByteBuffer.allocateDirect(Request.BYTES + 1);

    /** Sends nothing yet. */
    UdpLink(InetSocketAddress server) throws IOException {
        channel = DatagramChannel.open();
        try {
            channel.configureBlocking(false);
            channel.connect(server);
            patience = new Patience(channel);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public void send(ByteBuffer request) throws IOException {
        channel.write(request);
    }

    @Override
    public int receive() throws IOException {
        received.clear();
        return channel.read(received);
    }

    @Override
    public ByteBuffer received() {
        return received;
    }

    @Override
    public Patience patience() {
        return patience;
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            patience.close();
        }
    }
}
