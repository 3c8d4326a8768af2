package dev.tare.net.socket;

import dev.tare.harness.ShortProgram;
import dev.tare.harness.ShortProgram.Ended;
import dev.tare.net.socket.KernelSocket.Option;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How TCP fares on a connection, as its sender sees it.
 *
 * @param sentSegments segments sent so far, those sent again with them
 * @param resentSegments segments sent again so far
 * @param rttUs smoothed round trip time, in microseconds
 * @param congestionWindowBytes what may be under way
 */
public record TcpState(long sentSegments, long resentSegments, double rttUs, long congestionWindowBytes) {
    /** Offsets in the kernel's {@code struct tcp_info}, whose beginning has not changed since Linux 4.2. */
    private static final int SENT_SEGMENT_BYTES = 16;

    private static final int RTT_US = 68;
    private static final int CONGESTION_WINDOW = 80;
    private static final int RESENT_SEGMENTS = 100;
    private static final int SENT_SEGMENTS = 136;
    private static final int LEAST_BYTES = 140;
    private static final int MOST_BYTES = 512;

    private static final Duration SS_LIMIT = Duration.ofSeconds(2);
    private static final double US_PER_MS = 1000;

    /** How this JVM learns of it: a system call, or a program. */
    public static String source() {
        return KernelSocket.missing().isEmpty() ? "TCP_INFO" : "ss -tin";
    }

    /**
     * The state of a connection now; empty where it is none of TCP, or neither this JVM can ask the kernel nor Debian's iproute2 is there to do it.
     * Asking takes microseconds by the JVM and milliseconds by the program.
     */
    public static Optional<TcpState> of(SocketChannel channel) throws IOException {
        if (channel instanceof VsockChannel) {
            return Optional.empty();
        }
        if (KernelSocket.missing().isEmpty()) {
            ByteBuffer info = new KernelSocket(channel).get(Option.INFO, MOST_BYTES);
            return info.remaining() < LEAST_BYTES ? Optional.empty() : Optional.of(read(info));
        }
        return channel.getLocalAddress() instanceof InetSocketAddress here
                        && channel.getRemoteAddress() instanceof InetSocketAddress there
                ? ss(here.getPort(), there.getPort()).flatMap(TcpState::parse)
                : Optional.empty();
    }

    private static TcpState read(ByteBuffer info) {
        return new TcpState(
                Integer.toUnsignedLong(info.getInt(SENT_SEGMENTS)),
                Integer.toUnsignedLong(info.getInt(RESENT_SEGMENTS)),
                Integer.toUnsignedLong(info.getInt(RTT_US)),
                Integer.toUnsignedLong(info.getInt(CONGESTION_WINDOW)) * info.getInt(SENT_SEGMENT_BYTES));
    }

    private static Optional<String> ss(int here, int there) {
        try {
            Ended ended = ShortProgram.run(
                    List.of("ss", "-tinH", "sport", "=", ":" + here, "and", "dport", "=", ":" + there), SS_LIMIT);
            return ended.exitCode() == 0 ? Optional.of(ended.output()) : Optional.empty();
        } catch (IOException notInstalledOrTooSlow) {
            return Optional.empty();
        }
    }

    /** What {@code ss -tin} prints of one connection; it leaves out what is zero. */
    static Optional<TcpState> parse(String printed) {
        Optional<Double> rttMs = number(printed, "rtt");
        Optional<Double> window = number(printed, "cwnd");
        Optional<Double> segmentBytes = number(printed, "mss");
        if (rttMs.isEmpty() || window.isEmpty() || segmentBytes.isEmpty()) {
            return Optional.empty();
        }
        Matcher resent = Pattern.compile("\\sretrans:\\d+/(\\d+)").matcher(printed);
        return Optional.of(new TcpState(
                number(printed, "segs_out").orElse(0.0).longValue(),
                resent.find() ? Long.parseLong(resent.group(1)) : 0,
                rttMs.get() * US_PER_MS,
                Math.round(window.get() * segmentBytes.get())));
    }

    private static Optional<Double> number(String printed, String name) {
        Matcher number = Pattern.compile("\\s" + name + ":(\\d+(?:\\.\\d+)?)").matcher(printed);
        return number.find() ? Optional.of(Double.valueOf(number.group(1))) : Optional.empty();
    }
}
