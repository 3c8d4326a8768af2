package dev.tare.net.control;

import dev.tare.machine.cpu.CpuTimes;
import dev.tare.machine.cpu.MachineTimes;
import dev.tare.net.socket.TcpState;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.StandardSocketOptions;
import java.nio.channels.NetworkChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What the peer answers to a {@link ControlRequest}. */
public sealed interface ControlReply {
    /**
     * A stream is ready for its connection.
     *
     * @param ticket what the stream's greeting, or its first datagram, must carry; good for one connection
     * @param port the stream's own port, or the peer's for a stream that is a connection
     */
    record Opened(int stream, Nonce ticket, int port) implements ControlReply {}

    /**
     * What one stream has moved at the peer's end since it was opened.
     *
     * @param total bytes that a sink received, a source sent or an echo returned; datagrams received; connections accepted
     * @param lost datagrams whose number was passed over and did not come later
     * @param reordered datagrams that came after one with a higher number
     * @param jitterUs mean deviation of the datagrams' travel times, smoothed after RFC 3550
     * @param sendBufferBytes what the kernel granted as send buffer
     * @param receiveBufferBytes what the kernel granted as receive buffer
     */
    record StreamCount(
            long total, long lost, long reordered, double jitterUs, int sendBufferBytes, int receiveBufferBytes)
            implements ControlReply {
        /** Of a stream on which nothing is lost, or not at the peer's end. */
        public static StreamCount of(long total, NetworkChannel channel) throws IOException {
            return new StreamCount(
                    total,
                    0,
                    0,
                    0,
                    channel.getOption(StandardSocketOptions.SO_SNDBUF),
                    channel.getOption(StandardSocketOptions.SO_RCVBUF));
        }
    }

    /** Processor time of the peer's machine and of the peer's threads that serve this client. */
    record Used(CpuTimes cpu) implements ControlReply {}

    /** How TCP on the peer's machine controls congestion unless told otherwise; empty where the system does not tell. */
    record Kernel(Optional<String> congestionControl) implements ControlReply {
        private static final Path CONGESTION_CONTROL = Path.of("/proc/sys/net/ipv4/tcp_congestion_control");

        /**
         * What Linux gives to a connection of either address family for which neither program nor route has chosen another,
         * such as {@code cubic} or {@code bbr}; empty on other systems.
         */
        public static Kernel ofThisMachine() {
            try {
                return new Kernel(
                        Optional.of(Files.readString(CONGESTION_CONTROL).strip()));
            } catch (IOException absentOrForbidden) {
                return new Kernel(Optional.empty());
            }
        }
    }

    /** What a stream's socket was asked for and what the kernel has granted of it, by the names of facts. */
    record Granted(Map<String, String> facts) implements ControlReply {
        private static final int MOST = 16;

        public Granted {
            facts = Map.copyOf(facts);
        }

        private void writeFacts(DataOutput output) throws IOException {
            output.writeByte(facts.size());
            for (Map.Entry<String, String> fact : facts.entrySet()) {
                output.writeUTF(fact.getKey());
                output.writeUTF(fact.getValue());
            }
        }

        private static Granted readFacts(DataInput input) throws IOException {
            int count = input.readUnsignedByte();
            if (count > MOST) {
                throw Handshake.malformed("at most " + MOST + " facts of a socket", String.valueOf(count));
            }
            Map<String, String> facts = new TreeMap<>();
            for (int fact = 0; fact < count; fact++) {
                facts.put(input.readUTF(), input.readUTF());
            }
            return new Granted(facts);
        }
    }

    /** How TCP fares, as the peer's kernel tells it; empty where the stream is none of TCP's, or the peer cannot ask. */
    record Tcp(Optional<TcpState> state) implements ControlReply {
        private void writeState(DataOutput output) throws IOException {
            output.writeBoolean(state.isPresent());
            if (state.isPresent()) {
                output.writeLong(state.get().sentSegments());
                output.writeLong(state.get().resentSegments());
                output.writeDouble(state.get().rttUs());
                output.writeLong(state.get().congestionWindowBytes());
            }
        }

        private static Tcp readState(DataInput input) throws IOException {
            return new Tcp(
                    input.readBoolean()
                            ? Optional.of(new TcpState(
                                    input.readLong(), input.readLong(), input.readDouble(), input.readLong()))
                            : Optional.empty());
        }
    }

    record Done() implements ControlReply {}

    /** The request cannot be met, or the stream has failed: why, in words. */
    record Failed(String words) implements ControlReply {}

    default void write(DataOutput output) throws IOException {
        if (this instanceof Opened opened) {
            output.writeByte(1);
            output.writeInt(opened.stream());
            opened.ticket().write(output);
            output.writeInt(opened.port());
        } else if (this instanceof StreamCount count) {
            output.writeByte(2);
            output.writeLong(count.total());
            output.writeLong(count.lost());
            output.writeLong(count.reordered());
            output.writeDouble(count.jitterUs());
            output.writeInt(count.sendBufferBytes());
            output.writeInt(count.receiveBufferBytes());
        } else if (this instanceof Used used) {
            output.writeByte(3);
            write(used.cpu(), output);
        } else if (this instanceof Failed failed) {
            output.writeByte(4);
            output.writeUTF(failed.words());
        } else if (this instanceof Kernel kernel) {
            output.writeByte(6);
            output.writeBoolean(kernel.congestionControl().isPresent());
            if (kernel.congestionControl().isPresent()) {
                output.writeUTF(kernel.congestionControl().get());
            }
        } else if (this instanceof Granted granted) {
            output.writeByte(7);
            granted.writeFacts(output);
        } else if (this instanceof Tcp tcp) {
            output.writeByte(8);
            tcp.writeState(output);
        } else {
            output.writeByte(5);
        }
    }

    /**
     * Reads one reply.
     *
     * @throws ProtocolException when the bytes are no reply
     */
    static ControlReply read(DataInput input) throws IOException {
        int type = input.readUnsignedByte();
        return switch (type) {
            case 1 -> new Opened(input.readInt(), Nonce.read(input), input.readInt());
            case 2 ->
                new StreamCount(
                        input.readLong(),
                        input.readLong(),
                        input.readLong(),
                        input.readDouble(),
                        input.readInt(),
                        input.readInt());
            case 3 -> new Used(readCpuTimes(input));
            case 4 -> new Failed(input.readUTF());
            case 5 -> new Done();
            case 6 -> new Kernel(input.readBoolean() ? Optional.of(input.readUTF()) : Optional.empty());
            case 7 -> Granted.readFacts(input);
            case 8 -> Tcp.readState(input);
            default -> throw Handshake.malformed("a reply from 1 to 8", String.valueOf(type));
        };
    }

    private static void write(CpuTimes cpu, DataOutput output) throws IOException {
        output.writeDouble(cpu.atS());
        output.writeDouble(cpu.ownS());
        output.writeBoolean(cpu.machine().isPresent());
        if (cpu.machine().isPresent()) {
            MachineTimes machine = cpu.machine().get();
            output.writeDouble(machine.userS());
            output.writeDouble(machine.systemS());
            output.writeDouble(machine.iowaitS());
            output.writeDouble(machine.interruptS());
            output.writeDouble(machine.softInterruptS());
            output.writeDouble(machine.stealS());
        }
    }

    private static CpuTimes readCpuTimes(DataInput input) throws IOException {
        return new CpuTimes(
                input.readDouble(),
                input.readDouble(),
                input.readBoolean() ? Optional.of(readMachineTimes(input)) : Optional.empty());
    }

    private static MachineTimes readMachineTimes(DataInput input) throws IOException {
        return new MachineTimes(
                input.readDouble(),
                input.readDouble(),
                input.readDouble(),
                input.readDouble(),
                input.readDouble(),
                input.readDouble());
    }
}
