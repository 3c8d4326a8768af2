package dev.tare.net;

import dev.tare.harness.BenchmarkCheck;
import dev.tare.harness.Parameters;

/**
 * Checks the parameters of this module's benchmarks before a JVM is forked for them. Whether the peer's host exists and what
 * the token file holds is left to the fork.
 */
public final class NetParameters implements BenchmarkCheck {
    private static final String PACKAGE = NetParameters.class.getPackageName() + ".";

    @Override
    public boolean knows(String benchmark) {
        return benchmark.startsWith(PACKAGE);
    }

    @Override
    public void require(Requested requested) {
        if (requested.benchmark().startsWith(LoadedRoundTripBench.class.getName() + ".")) {
            LoadedRoundTripBench.requireOneThread(requested.threads());
        }
        boolean datagrams = requested.benchmark().endsWith(".udp");
        requested.parameters().forEach((name, value) -> require(name, value, datagrams));
    }

    private static void require(String name, String value, boolean datagrams) {
        switch (name) {
            case "messageBytes" -> {
                if (datagrams) {
                    RoundTripClient.OverUdp.bytes(value);
                } else {
                    SocketBench.StreamParameters.messageBytes(value);
                }
            }
            case "load" -> LoadedRoundTripBench.direction(value);
            case "loadStreams" -> LoadedRoundTripBench.streams(value);
            case "loadMessageBytes" -> SocketBench.StreamParameters.messageBytes(name, value);
            case "idleMs", "settleMs" -> LoadedRoundTripBench.phaseNs(name, value);
            case "datagramBytes" -> DatagramSender.bytes(value);
            case "offeredMBps" -> DatagramSender.bytesPerS(value);
            case "socketBufferBytes" -> SocketBench.StreamParameters.bufferBytes(value);
            case "noDelay" -> Parameters.trueOrFalse(name, value);
            case "waiting" -> RoundTripClient.Waiting.blocks(value);
            case "peer" -> PeerLink.require(value);
            case "tokenFile" -> {
                // A path of the machine on which the fork will run.
            }
            default -> throw new IllegalStateException(name + ": has no check; add one to " + NetParameters.class);
        }
    }
}
