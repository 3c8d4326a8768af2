package dev.tare.net;

import dev.tare.harness.Parameters;
import dev.tare.net.socket.SocketSettings;
import java.util.Optional;
import java.util.OptionalInt;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What the sockets of connections are asked for at both ends; {@code kernel} asks for nothing. What was granted is a fact. */
@State(Scope.Benchmark)
public class SocketParameters {
    private static final String KERNEL = "kernel";

    /** TCP's congestion control, such as {@code cubic}, {@code reno} or {@code bbr}; needs JDK 22 at both ends. */
    @Param(KERNEL)
    public String congestion = KERNEL;

    /** TCP's largest segment in bytes, 88 to 32,767; needs JDK 22 at both ends. */
    @Param(KERNEL)
    public String mss = KERNEL;

    /** Differentiated services code point of what is sent, 0 to 63. */
    @Param(KERNEL)
    public String dscp = KERNEL;

    /** Whether what comes is acknowledged at once: {@code true} or {@code false}. */
    @Param(KERNEL)
    public String quickAck = KERNEL;

    /** How long the kernel polls the network card for a socket that waits; needs JDK 22 at both ends. */
    @Param(KERNEL)
    public String busyPollUs = KERNEL;

    SocketSettings settings() {
        return new SocketSettings(
                congestion.equals(KERNEL) ? Optional.empty() : Optional.of(congestion),
                number("mss", mss),
                number("dscp", dscp),
                quickAck.equals(KERNEL)
                        ? Optional.empty()
                        : Optional.of(Parameters.oneOf("quickAck", quickAck, "true", "false", KERNEL)
                                .equals("true")),
                number("busyPollUs", busyPollUs));
    }

    private static OptionalInt number(String name, String value) {
        return value.equals(KERNEL)
                ? OptionalInt.empty()
                : OptionalInt.of((int) Parameters.wholeNumber(name, value, 0, Integer.MAX_VALUE));
    }

    /**
     * Checks one of these before a JVM is forked, which has to be able to ask for it.
     *
     * @param tcp whether the sockets are TCP's
     */
    static void require(String name, String value, boolean tcp) {
        SocketParameters parameters = new SocketParameters();
        switch (name) {
            case "congestion" -> parameters.congestion = value;
            case "mss" -> parameters.mss = value;
            case "dscp" -> parameters.dscp = value;
            case "quickAck" -> parameters.quickAck = value;
            default -> parameters.busyPollUs = value;
        }
        SocketSettings settings = parameters.settings();
        settings.requireObtainable();
        if (!tcp) {
            settings.requireNothingOfTcp();
        }
    }
}
