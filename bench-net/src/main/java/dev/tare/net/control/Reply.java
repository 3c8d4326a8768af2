package dev.tare.net.control;

import dev.tare.machine.cpu.CpuTimes;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Optional;

/** What the peer answers to a {@link Request}. */
public sealed interface Reply {
    /**
     * A stream is ready for its connection.
     *
     * @param ticket what the stream's greeting, or its first datagram, must carry; good for one connection
     * @param port the stream's own port, or the peer's for a stream that is a connection
     */
    record Opened(int stream, Nonce ticket, int port) implements Reply {}

    /** What a stream has moved. */
    record Counted(StreamCount count) implements Reply {}

    /** Processor time of the peer's machine and of the peer's process. */
    record Used(CpuTimes cpu) implements Reply {}

    /** How TCP on the peer's machine controls congestion unless told otherwise; empty where the system does not tell. */
    record Kernel(Optional<String> congestionControl) implements Reply {}

    record Done() implements Reply {}

    /** The request cannot be met, or the stream has failed: why, in words. */
    record Failed(String words) implements Reply {}

    default void write(DataOutput output) throws IOException {
        if (this instanceof Opened opened) {
            output.writeByte(1);
            output.writeInt(opened.stream());
            opened.ticket().write(output);
            output.writeInt(opened.port());
        } else if (this instanceof Counted counted) {
            output.writeByte(2);
            counted.count().write(output);
        } else if (this instanceof Used used) {
            output.writeByte(3);
            used.cpu().write(output);
        } else if (this instanceof Failed failed) {
            output.writeByte(4);
            output.writeUTF(failed.words());
        } else if (this instanceof Kernel kernel) {
            output.writeByte(6);
            output.writeBoolean(kernel.congestionControl().isPresent());
            if (kernel.congestionControl().isPresent()) {
                output.writeUTF(kernel.congestionControl().get());
            }
        } else {
            output.writeByte(5);
        }
    }

    /**
     * Reads one reply.
     *
     * @throws MalformedMessageException when the bytes are no reply
     */
    static Reply read(DataInput input) throws IOException {
        int type = input.readUnsignedByte();
        return switch (type) {
            case 1 -> new Opened(input.readInt(), Nonce.read(input), input.readInt());
            case 2 -> new Counted(StreamCount.read(input));
            case 3 -> new Used(CpuTimes.read(input));
            case 4 -> new Failed(input.readUTF());
            case 5 -> new Done();
            case 6 -> new Kernel(input.readBoolean() ? Optional.of(input.readUTF()) : Optional.empty());
            default -> throw new MalformedMessageException("a reply from 1 to 6", String.valueOf(type));
        };
    }
}
