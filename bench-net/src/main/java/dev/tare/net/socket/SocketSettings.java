package dev.tare.net.socket;

import dev.tare.harness.Parameters;
import dev.tare.machine.linux.ForeignFunctions;
import dev.tare.net.socket.KernelSocket.Option;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.NetworkChannel;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import jdk.net.ExtendedSocketOptions;

/**
 * What sockets are asked for at both ends; what is empty is left to the kernel. Congestion control, segments and busy polling need
 * {@code setsockopt(2)}, for the others Java has a way of its own.
 *
 * @param congestion TCP's congestion control, such as {@code cubic} or {@code bbr} (TCP_CONGESTION)
 * @param segmentBytes TCP's largest segment, without headers (TCP_MAXSEG)
 * @param dscp differentiated services code point, 0 to 63 (the upper six bits of IP_TOS)
 * @param quickAck whether what comes is acknowledged at once (TCP_QUICKACK), as long as the kernel holds to it
 * @param busyPollUs how long the kernel polls the network card for a socket that waits (SO_BUSY_POLL)
 */
public record SocketSettings(
        Optional<String> congestion,
        OptionalInt segmentBytes,
        OptionalInt dscp,
        Optional<Boolean> quickAck,
        OptionalInt busyPollUs) {
    /** Everything as the kernel has it. */
    public static final SocketSettings OF_THE_KERNEL = new SocketSettings(
            Optional.empty(), OptionalInt.empty(), OptionalInt.empty(), Optional.empty(), OptionalInt.empty());

    /** A JVM's option for foreign functions, without its warning. */
    public static final String NATIVE_ACCESS = "--enable-native-access=ALL-UNNAMED";

    /** A JVM's option that lets this package ask a channel for its descriptor. */
    public static final String DESCRIPTORS = "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED";

    private static final int LEAST_SEGMENT_BYTES = 88;
    private static final int MOST_SEGMENT_BYTES = 32_767;
    private static final int MOST_DSCP = 63;
    private static final int MOST_BUSY_POLL_US = 1_000_000;
    private static final int DSCP_SHIFT = 2;
    private static final int NONE = -1;

    /** @throws IllegalArgumentException when a value is out of range: the range, and what came */
    public SocketSettings {
        if (congestion.isPresent() && !congestion.get().matches("[a-z0-9_]{1,15}")) {
            throw Parameters.refusal(
                    "congestion", "kernel or the name of a congestion control", congestion.get(), "cubic", null);
        }
        segmentBytes.ifPresent(bytes -> Parameters.requireRange("mss", bytes, LEAST_SEGMENT_BYTES, MOST_SEGMENT_BYTES));
        dscp.ifPresent(code -> Parameters.requireRange("dscp", code, 0, MOST_DSCP));
        busyPollUs.ifPresent(us -> Parameters.requireRange("busyPollUs", us, 0, MOST_BUSY_POLL_US));
    }

    /**
     * Refuses what this JVM has no way to ask a kernel for.
     *
     * @param missing why it cannot call {@code setsockopt(2)}, if it cannot
     * @throws IllegalArgumentException when one of these is asked for: which, and why it cannot be had
     */
    void requireObtainable(Optional<String> missing) {
        if (missing.isPresent()) {
            String asked = congestion.isPresent()
                    ? "congestion"
                    : segmentBytes.isPresent() ? "mss" : busyPollUs.isPresent() ? "busyPollUs" : "";
            if (!asked.isEmpty()) {
                throw new IllegalArgumentException(asked + ": expected a JVM that can set it, got " + missing.get()
                        + "; use JDK 22 or newer at both ends, or leave it to the kernel");
            }
        }
    }

    /** Refuses what this kind of JVM cannot ask a kernel for, whatever options it is started with. */
    public void requireObtainable() {
        requireObtainable(ForeignFunctions.MISSING);
    }

    /** Asks for what only TCP has; before a connection is made, so that both ends' kernels learn of it. */
    public void applyToTcp(NetworkChannel channel) throws IOException {
        apply(channel);
        if (congestion.isPresent()) {
            new KernelSocket(channel).set(Option.CONGESTION, congestion.get());
        }
        if (segmentBytes.isPresent()) {
            new KernelSocket(channel).set(Option.MAXIMUM_SEGMENT, segmentBytes.getAsInt());
        }
        if (quickAck.isPresent()) {
            channel.setOption(ExtendedSocketOptions.TCP_QUICKACK, quickAck.get());
        }
    }

    /**
     * Asks for what UDP has, too.
     *
     * @throws IllegalArgumentException when something is asked for that TCP alone has: which
     */
    public void applyToUdp(NetworkChannel channel) throws IOException {
        requireNothingOfTcp();
        apply(channel);
    }

    /** Refuses what TCP alone has. */
    public void requireNothingOfTcp() {
        String asked = congestion.isPresent()
                ? "congestion"
                : segmentBytes.isPresent() ? "mss" : quickAck.isPresent() ? "quickAck" : "";
        if (!asked.isEmpty()) {
            throw new IllegalArgumentException(
                    asked + ": expected kernel, got a value, and UDP has no such option; leave it out");
        }
    }

    /**
     * Refuses everything, for sockets that are none of IP.
     *
     * @param family whose they are
     */
    public void requireNothing(String family) {
        if (!equals(OF_THE_KERNEL)) {
            throw new IllegalArgumentException(
                    "options of sockets: expected kernel, got a value, and " + family + " has none; leave them out");
        }
    }

    private void apply(NetworkChannel channel) throws IOException {
        if (congestion.isPresent() || segmentBytes.isPresent() || busyPollUs.isPresent()) {
            // Not otherwise: asking links a foreign function, of which a JVM may warn.
            requireObtainable(KernelSocket.missing());
        }
        if (dscp.isPresent()) {
            channel.setOption(StandardSocketOptions.IP_TOS, dscp.getAsInt() << DSCP_SHIFT);
        }
        if (busyPollUs.isPresent()) {
            new KernelSocket(channel).set(Option.BUSY_POLL, busyPollUs.getAsInt());
        }
    }

    /** What the kernel has granted of what was asked for, read back, by the names of facts. */
    public Map<String, Object> granted(NetworkChannel channel) throws IOException {
        Map<String, Object> granted = new LinkedHashMap<>();
        if (congestion.isPresent()) {
            granted.put("congestion", new KernelSocket(channel).text(Option.CONGESTION));
        }
        if (segmentBytes.isPresent()) {
            granted.put("mss", new KernelSocket(channel).number(Option.MAXIMUM_SEGMENT));
        }
        if (dscp.isPresent()) {
            granted.put("dscp", channel.getOption(StandardSocketOptions.IP_TOS) >> DSCP_SHIFT);
        }
        if (quickAck.isPresent()) {
            granted.put("quick-ack", channel.getOption(ExtendedSocketOptions.TCP_QUICKACK));
        }
        if (busyPollUs.isPresent()) {
            granted.put("busy-poll-us", new KernelSocket(channel).number(Option.BUSY_POLL));
        }
        return granted;
    }

    /**
     * Lets the kernel pace what a connection sends, where this JVM can ask it to.
     *
     * @param bytesPerS content per second
     * @return whether it does; otherwise the program has to
     */
    public static boolean paces(NetworkChannel channel, double bytesPerS) throws IOException {
        if (Double.isInfinite(bytesPerS)
                || channel instanceof VsockChannel
                || KernelSocket.missing().isPresent()) {
            return false;
        }
        new KernelSocket(channel).set(Option.MAX_PACING_RATE, Math.round(bytesPerS));
        return true;
    }

    /** That of an address: a socket of both families makes another system call, and maps addresses of IPv4. */
    public static StandardProtocolFamily family(InetAddress address) {
        return address instanceof Inet4Address ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6;
    }

    /** Writes all five; what is empty as an empty name or -1. */
    public void write(DataOutput output) throws IOException {
        output.writeUTF(congestion.orElse(""));
        output.writeInt(segmentBytes.orElse(NONE));
        output.writeByte(dscp.orElse(NONE));
        output.writeByte(quickAck.map(quick -> quick ? 1 : 0).orElse(NONE));
        output.writeInt(busyPollUs.orElse(NONE));
    }

    /**
     * Reads all five.
     *
     * @throws IllegalArgumentException when one is out of range
     */
    public static SocketSettings read(DataInput input) throws IOException {
        String congestion = input.readUTF();
        OptionalInt segmentBytes = unlessNone(input.readInt());
        OptionalInt dscp = unlessNone(input.readByte());
        int quickAck = input.readByte();
        return new SocketSettings(
                congestion.isEmpty() ? Optional.empty() : Optional.of(congestion),
                segmentBytes,
                dscp,
                quickAck == NONE ? Optional.empty() : Optional.of(quickAck == 1),
                unlessNone(input.readInt()));
    }

    private static OptionalInt unlessNone(int number) {
        return number == NONE ? OptionalInt.empty() : OptionalInt.of(number);
    }
}
