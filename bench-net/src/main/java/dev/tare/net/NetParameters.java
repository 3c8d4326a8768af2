package dev.tare.net;

import dev.tare.net.client.PeerAddress;
import dev.tare.net.control.StreamOptions;
import java.util.Map;

/** Checks the parameters of this module's benchmarks before a JVM is forked for them; their set-ups make the same checks. */
public final class NetParameters {
    private static final String PACKAGE = NetParameters.class.getPackageName() + ".";

    private NetParameters() {}

    /**
     * Checks one configuration of a benchmark.
     *
     * <p>Whether the peer's host exists and what the token file holds is left to the fork.
     *
     * @param benchmark JMH's full name of it, class and method; those of other modules pass
     * @param parameters the value of each of its parameters, as it stands on the command line
     * @throws IllegalArgumentException when the benchmark would refuse them, with the reason
     */
    public static void require(String benchmark, Map<String, String> parameters) {
        if (benchmark.startsWith(PACKAGE)) {
            boolean datagrams = benchmark.endsWith(".udp");
            parameters.forEach((name, value) -> require(name, value, datagrams));
        }
    }

    private static void require(String name, String value, boolean datagrams) {
        switch (name) {
            case "messageBytes" -> requireMessageBytes(number(name, value), datagrams);
            case "datagramBytes" -> DatagramSending.options(number(name, value));
            case "offeredMBps" -> DatagramSending.bytesPerS(value);
            case "socketBufferBytes" -> new StreamOptions(1, StreamParameters.bufferBytes(value), true);
            case "noDelay" -> requireTruth(name, value);
            case "waiting" -> Waiting.blocks(value);
            case "peer" -> requirePeer(value);
            case "tokenFile" -> {
                // A path of the machine on which the fork will run.
            }
            default -> throw new IllegalStateException(name + ": has no check; add one to " + NetParameters.class);
        }
    }

    private static void requireMessageBytes(int messageBytes, boolean datagrams) {
        if (datagrams) {
            UdpExchanging.options(messageBytes);
        } else {
            new StreamOptions(messageBytes, StreamOptions.KERNEL_CHOOSES, true);
        }
    }

    private static void requirePeer(String peer) {
        if (!PeerAddress.isEmbedded(peer)) {
            PeerAddress.unresolved(peer);
        }
    }

    /** JMH itself takes every other word for {@code false}. */
    private static void requireTruth(String name, String value) {
        if (!value.equals("true") && !value.equals("false")) {
            throw new IllegalArgumentException(name + " must be true or false, got " + value);
        }
    }

    private static int number(String name, String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    name + " must be a whole number below 2^31, got " + value + "; pass for example -p " + name
                            + "=1024",
                    e);
        }
    }
}
