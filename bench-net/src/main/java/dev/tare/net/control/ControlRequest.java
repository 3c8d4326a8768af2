package dev.tare.net.control;

import dev.tare.net.control.StreamOptions.Role;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.net.ProtocolException;

/** What a client asks of its session; the peer answers every request with one {@link ControlReply}. */
public sealed interface ControlRequest {
    /** Prepare a stream: answered by {@link ControlReply.Opened}. */
    record Open(Role role, StreamOptions options) implements ControlRequest {}

    /**
     * Count a stream's bytes as soon as there are so many, or after a while: answered by {@link ControlReply.StreamCount}.
     *
     * @param awaitedBytes total since the stream was opened
     */
    record Count(int stream, long awaitedBytes) implements ControlRequest {}

    /** Processor time used so far: answered by {@link ControlReply.Used}. */
    record Usage() implements ControlRequest {}

    /** The settings of the peer's kernel that matter here: answered by {@link ControlReply.Kernel}. */
    record Kernel() implements ControlRequest {}

    /**
     * Send datagrams for a while from now on: answered by {@link ControlReply.Done}.
     *
     * @param durationMs at most {@value #LONGEST_LEASE_MS}; 0 stops
     */
    record Lease(int stream, int durationMs) implements ControlRequest {
        /** A client that has gone without a word is sent datagrams for no longer. */
        public static final int LONGEST_LEASE_MS = 5000;
    }

    /** What the kernel has granted to a stream's socket: answered by {@link ControlReply.Granted}. */
    record Granted(int stream) implements ControlRequest {}

    /** How TCP fares on a stream that the peer sends: answered by {@link ControlReply.Tcp}. */
    record Tcp(int stream) implements ControlRequest {}

    /** Show that the client lives: answered by {@link ControlReply.Done}. */
    record Ping() implements ControlRequest {}

    default void write(DataOutput output) throws IOException {
        if (this instanceof Open open) {
            output.writeByte(1);
            output.writeByte(open.role().number());
            open.options().write(output);
        } else if (this instanceof Count count) {
            output.writeByte(2);
            output.writeInt(count.stream());
            output.writeLong(count.awaitedBytes());
        } else if (this instanceof Usage) {
            output.writeByte(3);
        } else if (this instanceof Kernel) {
            output.writeByte(4);
        } else if (this instanceof Lease lease) {
            output.writeByte(6);
            output.writeInt(lease.stream());
            output.writeInt(lease.durationMs());
        } else if (this instanceof Granted granted) {
            output.writeByte(7);
            output.writeInt(granted.stream());
        } else if (this instanceof Tcp tcp) {
            output.writeByte(8);
            output.writeInt(tcp.stream());
        } else {
            output.writeByte(5);
        }
    }

    /**
     * Reads what follows the first byte of a request.
     *
     * @param type that byte
     * @throws ProtocolException when the bytes are no request
     */
    static ControlRequest read(int type, DataInput input) throws IOException {
        return switch (type) {
            case 1 -> new Open(Role.of(input.readUnsignedByte()), StreamOptions.read(input));
            case 2 -> new Count(input.readInt(), input.readLong());
            case 3 -> new Usage();
            case 4 -> new Kernel();
            case 5 -> new Ping();
            case 6 -> new Lease(input.readInt(), input.readInt());
            case 7 -> new Granted(input.readInt());
            case 8 -> new Tcp(input.readInt());
            default -> throw Handshake.malformed("a request from 1 to 8", String.valueOf(type));
        };
    }
}
