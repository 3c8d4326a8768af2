package dev.tare.clock.server;

import dev.tare.clock.server.ServerStatistics.DropReason;
import dev.tare.clock.wire.NtpPacket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;

/** Answers datagrams on one address, one after the other, in a thread of its own. */
final class UdpListener implements Listener {
    private final DatagramChannel channel;
    private final Responder responder;
    // One byte more than a request has, so that a longer datagram is seen to be longer.
    private final ByteBuffer frame = ByteBuffer.allocateDirect(NtpPacket.BYTES + 1);

    private UdpListener(DatagramChannel channel, Responder responder) {
        this.channel = channel;
        this.responder = responder;
    }

    static UdpListener bind(InetSocketAddress address, Responder responder) throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        try {
            channel.bind(address);
            return new UdpListener(channel, responder);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public InetSocketAddress address() throws IOException {
        return (InetSocketAddress) channel.getLocalAddress();
    }

    @Override
    public void serve() throws IOException {
        try {
            while (true) {
                frame.clear();
                SocketAddress client = channel.receive(frame);
                long receivedNs = responder.nowNs();
                frame.flip();
                if (client instanceof InetSocketAddress inet
                        && responder.prepare(frame, inet.getAddress(), receivedNs)) {
                    send(client);
                }
            }
        } catch (ClosedChannelException e) {
            // Somebody closed the server: this is how the loop ends.
            return;
        }
    }

    private void send(SocketAddress client) throws ClosedChannelException {
        try {
            responder.stamp(frame);
            channel.send(frame, client);
            responder.counters().answer();
        } catch (ClosedChannelException e) {
            throw e;
        } catch (IOException e) {
            // One client's network, e.g. an address without a route, is no reason to leave the others alone.
            responder.counters().drop(DropReason.SEND);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
