package dev.tare.net.socket;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.Optional;

/**
 * A connection's sender at a given rate: the kernel spaces its segments where this JVM can ask for it (SO_MAX_PACING_RATE),
 * otherwise the program spaces its messages, each of which then leaves at once.
 */
public final class TcpPacing {
    /** So much time's content may be under way, so that an iteration's begin and end are alike. */
    private static final double UNDER_WAY_S = 0.01;

    private final Pacer pacer;
    private final Optional<String> by;

    private TcpPacing(Pacer pacer, Optional<String> by) {
        this.pacer = pacer;
        this.by = by;
    }

    /**
     * A sender at so many bytes per second.
     *
     * @param bytesPerS content, infinite for no limit
     */
    public static TcpPacing of(SocketChannel channel, double bytesPerS, int messageBytes) throws IOException {
        if (Double.isInfinite(bytesPerS)) {
            return new TcpPacing(new Pacer(bytesPerS, messageBytes), Optional.empty());
        }
        return SocketSettings.paces(channel, bytesPerS)
                ? new TcpPacing(
                        new Pacer(Double.POSITIVE_INFINITY, messageBytes), Optional.of("kernel (SO_MAX_PACING_RATE)"))
                : new TcpPacing(new Pacer(bytesPerS, messageBytes), Optional.of("program"));
    }

    /** Returns when the next message may be handed to the kernel. */
    public void await() {
        pacer.await();
    }

    /** Who paces, for a fact; empty where nobody does. */
    public Optional<String> by() {
        return by;
    }

    /** What may be under way of a flow at this rate, in bytes. */
    public static long underWayBytes(double bytesPerS) {
        return (long) (bytesPerS * UNDER_WAY_S);
    }
}
