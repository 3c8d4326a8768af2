package dev.tare.net.control;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** What a client asks of its session; the peer answers every request with one {@link Reply}. */
public sealed interface Request {
    /** Prepare a stream: answered by {@link Reply.Opened}. */
    record Open(Role role, StreamOptions options) implements Request {}

    /**
     * Count a stream's bytes as soon as there are so many, or after a while: answered by {@link Reply.Counted}.
     *
     * @param awaitedBytes total since the stream was opened
     */
    record Count(int stream, long awaitedBytes) implements Request {}

    /** Processor time used so far: answered by {@link Reply.Used}. */
    record Usage() implements Request {}

    /** The settings of the peer's kernel that matter here: answered by {@link Reply.Kernel}. */
    record Kernel() implements Request {}

    /** Show that the client lives: answered by {@link Reply.Done}. */
    record Ping() implements Request {}

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
        } else {
            output.writeByte(5);
        }
    }

    /**
     * Reads what follows the first byte of a request.
     *
     * @param type that byte
     * @throws MalformedMessageException when the bytes are no request
     */
    static Request read(int type, DataInput input) throws IOException {
        return switch (type) {
            case 1 -> new Open(Role.of(input.readUnsignedByte()), StreamOptions.read(input));
            case 2 -> new Count(input.readInt(), input.readLong());
            case 3 -> new Usage();
            case 4 -> new Kernel();
            case 5 -> new Ping();
            default -> throw new MalformedMessageException("a request from 1 to 5", String.valueOf(type));
        };
    }
}
