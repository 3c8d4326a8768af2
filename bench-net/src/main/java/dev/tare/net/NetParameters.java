package dev.tare.net;

import dev.tare.harness.BenchmarkCheck;
import dev.tare.harness.Parameters;
import dev.tare.harness.arrival.ArrivalRate;
import dev.tare.net.socket.VsockAddress;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Checks the parameters of this module's benchmarks before a JVM is forked for them. Whether the peer's host exists and what
 * the token file holds is left to the fork.
 */
public final class NetParameters implements BenchmarkCheck {
    private static final String PACKAGE = NetParameters.class.getPackageName() + ".";

    private static final Pattern OVER_VSOCK =
            Pattern.compile("SocketBench\\.(send|receive|duplex\\w*)|(RoundTripBench|LatencyUnderLoadBench)\\.tcp");

    /** Parameters of IP and TCP, with what a peer on VSOCK leaves of them. */
    private static final Map<String, String> WITHOUT_IP = Map.of(
            "sourceAddress", "any",
            "idleConnections", "0",
            "noDelay", "true",
            "congestion", "kernel",
            "mss", "kernel",
            "dscp", "kernel",
            "quickAck", "kernel",
            "busyPollUs", "kernel");

    @Override
    public boolean knows(String benchmark) {
        return benchmark.startsWith(PACKAGE);
    }

    @Override
    public void require(Requested requested) {
        if (requested.benchmark().startsWith(LatencyUnderLoadBench.class.getName() + ".")) {
            LatencyUnderLoadBench.requireOneThread(requested.threads());
        }
        String benchmark = requested.benchmark();
        if (VsockAddress.isMeant(requested.parameters().getOrDefault("peer", ""))) {
            requireStreams(benchmark, requested.parameters());
        }
        requested.parameters().forEach((name, value) -> require(name, value, benchmark));
        if (requested.parameters().containsKey("ratePerS")) {
            requireFlow(benchmark, requested.parameters(), requested.threads());
        }
    }

    /** What there is to a peer that no network leads to. */
    private static void requireStreams(String benchmark, Map<String, String> parameters) {
        String called = benchmark.substring(PACKAGE.length());
        if (!OVER_VSOCK.matcher(called).matches()) {
            throw new IllegalArgumentException("peer: expected one reached by IP for " + called + ", got "
                    + parameters.get("peer") + "; over VSOCK there are SocketBench.send, .receive and .duplex,"
                    + " RoundTripBench.tcp and LatencyUnderLoadBench.tcp");
        }
        WITHOUT_IP.forEach((name, expected) -> {
            String value = parameters.getOrDefault(name, expected);
            if (!value.equals(expected)) {
                throw PeerLink.withoutIp(name, expected, value);
            }
        });
    }

    /** What parameters of round trips have to do with each other. */
    private static void requireFlow(String benchmark, Map<String, String> parameters, int threads) {
        String burst = parameters.getOrDefault("burst", "1");
        int bytes = SocketBench.StreamParameters.messageBytes(parameters.getOrDefault("messageBytes", "1"));
        if (benchmark.endsWith(".udp")) {
            RoundTripClient.OverUdp.outstanding(burst, bytes);
        }
        new RequestFlow.Options(
                        RequestFlow.Options.outstanding(burst),
                        ArrivalRate.of(
                                parameters.getOrDefault("ratePerS", ArrivalRate.CLOSED),
                                parameters.getOrDefault("arrivals", ArrivalRate.CONSTANT)),
                        RoundTripClient.Waiting.blocks(
                                parameters.getOrDefault("waiting", RoundTripClient.Waiting.BLOCK)))
                .require(bytes, threads);
    }

    private static void require(String name, String value, String benchmark) {
        switch (name) {
            case "messageBytes" -> {
                if (benchmark.startsWith(UnixSocketBench.class.getName() + ".")) {
                    UnixSocketBench.bytes(value);
                } else if (benchmark.endsWith(".requestResponse")) {
                    ConnectBench.Requester.bytes(value);
                } else if (benchmark.endsWith(".udp")) {
                    RoundTripClient.OverUdp.bytes(value);
                } else {
                    SocketBench.StreamParameters.messageBytes(value);
                }
            }
            case "congestion", "mss", "dscp", "quickAck", "busyPollUs" ->
                SocketParameters.require(name, value, !benchmark.endsWith(".udp"));
            case "pacedMBps" -> SocketBench.StreamParameters.pacedBytesPerS(value);
            case "burst" -> RequestFlow.Options.outstanding(value);
            case "ratePerS" -> ArrivalRate.of(value, ArrivalRate.CONSTANT);
            case "arrivals" -> ArrivalRate.of(ArrivalRate.CLOSED, value);
            case "idleConnections" -> IdleConnections.number(value);
            case "load" -> LatencyUnderLoadBench.direction(value);
            case "loadStreams" -> LatencyUnderLoadBench.streams(value);
            case "loadMessageBytes" -> SocketBench.StreamParameters.messageBytes(name, value);
            case "idleMs", "settleMs" -> LatencyUnderLoadBench.phaseNs(name, value);
            case "datagramBytes" -> DatagramBench.Datagrams.bytes(value);
            case "offeredMBps" -> DatagramBench.Datagrams.bytesPerS(value);
            case "socketBufferBytes" -> SocketBench.StreamParameters.bufferBytes(value);
            case "noDelay" -> Parameters.trueOrFalse(name, value);
            case "waiting" -> RoundTripClient.Waiting.blocks(value);
            case "peer" -> PeerLink.require(value);
            case "sourceAddress" -> PeerLink.source(value);
            case "tokenFile" -> {
                // A path of the machine on which the fork will run.
            }
            default -> throw new IllegalStateException(name + ": has no check; add one to " + NetParameters.class);
        }
    }
}
