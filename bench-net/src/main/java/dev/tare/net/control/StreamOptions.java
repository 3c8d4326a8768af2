package dev.tare.net.control;

import dev.tare.harness.Parameters;
import dev.tare.harness.Reasons;
import dev.tare.net.socket.SocketSettings;
import dev.tare.net.socket.VsockChannel;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.nio.channels.NetworkChannel;
import java.nio.channels.SocketChannel;
import java.util.Arrays;

/**
 * How a stream is set up; both ends do the same.
 *
 * @param messageBytes from 1 to {@link #LARGEST_MESSAGE_BYTES}
 * @param socketBufferBytes what the kernel is asked for as send and receive buffer, or {@link #KERNEL_CHOOSES}
 * @param noDelay whether small segments are sent at once (TCP_NODELAY)
 * @param pacedBytesPerS what the end that sends sends at most, infinite for no limit
 * @param socket what else sockets are asked for
 */
public record StreamOptions(
        int messageBytes, int socketBufferBytes, boolean noDelay, double pacedBytesPerS, SocketSettings socket) {
    /** Largest message that a stream carries. */
    public static final int LARGEST_MESSAGE_BYTES = 64 << 20;

    /** Largest message that is returned on a connection of its own. */
    public static final int LARGEST_ANSWER_BYTES = 1 << 20;

    /** Value of {@code socketBufferBytes} that asks for nothing. */
    public static final int KERNEL_CHOOSES = 0;

    /** The most that can be asked for. */
    public static final int LARGEST_SOCKET_BUFFER_BYTES = 1 << 30;

    /** @throws IllegalArgumentException when a number is out of range: the range, and what came */
    public StreamOptions {
        Parameters.requireRange("messageBytes", messageBytes, 1, LARGEST_MESSAGE_BYTES);
        Parameters.requireRange("socketBufferBytes", socketBufferBytes, 0, LARGEST_SOCKET_BUFFER_BYTES);
        if (!(pacedBytesPerS > 0)) {
            throw new IllegalArgumentException("pacedBytesPerS: expected a rate above 0, got " + pacedBytesPerS);
        }
    }

    /** At full speed, and with sockets as the kernel makes them. */
    public StreamOptions(int messageBytes, int socketBufferBytes, boolean noDelay) {
        this(messageBytes, socketBufferBytes, noDelay, Double.POSITIVE_INFINITY, SocketSettings.OF_THE_KERNEL);
    }

    /** The same at another rate. */
    public StreamOptions paced(double bytesPerS) {
        return new StreamOptions(messageBytes, socketBufferBytes, noDelay, bytesPerS, socket);
    }

    /** The same with other sockets. */
    public StreamOptions with(SocketSettings settings) {
        return new StreamOptions(messageBytes, socketBufferBytes, noDelay, pacedBytesPerS, settings);
    }

    /** What the peer does on a stream. */
    public enum Role {
        /** Receives, verifies and counts messages over TCP. */
        SINK(1, false),
        /** Sends messages over TCP as far as the client grants. */
        SOURCE(2, false),
        /** Sends every message over TCP back, when it is complete. */
        ECHO(3, false),
        /** Sends every datagram back. */
        DATAGRAM_ECHO(4, true),
        /** Receives and counts datagrams, their losses, their order and their jitter. */
        DATAGRAM_SINK(5, true),
        /** Accepts connections, sends a byte on each and closes it. */
        ACCEPTOR(6, true),
        /** Accepts connections, returns one message on each and closes it. */
        ANSWERER(7, true),
        /** Accepts connections, sends a byte on each, keeps it open and returns what comes on it, a byte now and then. */
        HOLDER(8, true),
        /** Sends numbered datagrams while the client allows it. */
        DATAGRAM_SOURCE(9, true);

        private final int number;
        private final boolean ownPort;

        Role(int number, boolean ownPort) {
            this.number = number;
            this.ownPort = ownPort;
        }

        /** Whether the stream has a port of its own instead of a connection to the peer's. */
        public boolean hasOwnPort() {
            return ownPort;
        }

        int number() {
            return number;
        }

        static Role of(int number) throws ProtocolException {
            return Arrays.stream(values())
                    .filter(role -> role.number == number)
                    .findFirst()
                    .orElseThrow(() -> Handshake.malformed("a role from 1 to " + values().length, "" + number));
        }
    }

    /** Sets these options on the socket of a connection. */
    public void applyTo(SocketChannel channel) throws IOException {
        if (channel instanceof VsockChannel) {
            // It never waits for more to send.
            socket.requireNothing("VSOCK");
        } else {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, noDelay);
            socket.applyToTcp(channel);
        }
        setBuffers(channel);
    }

    /** Sets these options on a UDP socket. */
    public void applyTo(DatagramChannel channel) throws IOException {
        socket.applyToUdp(channel);
        setBuffers(channel);
    }

    void write(DataOutput output) throws IOException {
        output.writeInt(messageBytes);
        output.writeInt(socketBufferBytes);
        output.writeBoolean(noDelay);
        output.writeDouble(pacedBytesPerS);
        socket.write(output);
    }

    static StreamOptions read(DataInput input) throws IOException {
        try {
            return new StreamOptions(
                    input.readInt(),
                    input.readInt(),
                    input.readBoolean(),
                    input.readDouble(),
                    SocketSettings.read(input));
        } catch (IllegalArgumentException e) {
            throw Handshake.malformed("options of a stream", Reasons.of(e));
        }
    }

    private void setBuffers(NetworkChannel channel) throws IOException {
        if (socketBufferBytes != KERNEL_CHOOSES) {
            channel.setOption(StandardSocketOptions.SO_SNDBUF, socketBufferBytes);
            channel.setOption(StandardSocketOptions.SO_RCVBUF, socketBufferBytes);
        }
    }
}
