package dev.tare.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tare.harness.BenchmarkCheck;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.VerboseMode;

final class NetParametersTest {
    @Test
    void everyDefaultOfEveryBenchmarkPassesItsCheck() {
        Set<BenchmarkListEntry> benchmarks = BenchmarkList.defaultList()
                .getAll(
                        OutputFormatFactory.createFormatInstance(
                                new PrintStream(OutputStream.nullOutputStream()), VerboseMode.SILENT),
                        List.of());

        assertThat(benchmarks)
                .isNotEmpty()
                .allSatisfy(benchmark -> benchmark
                        .getParams()
                        .orElse(Map.of())
                        .forEach((name, values) -> assertThat(values)
                                .allSatisfy(value -> require(benchmark.getUsername(), Map.of(name, value)))));
    }

    @ParameterizedTest
    @CsvSource({
        "SocketBench.send, messageBytes, 0, 'messageBytes: expected a number of bytes from 1 to 67108864, such as 4096, 4k or 1m, got \"0\"'",
        "SocketBench.receive, messageBytes, 1g, 'messageBytes: expected a number of bytes from 1 to 67108864'",
        "SocketBench.receive, messageBytes, 4x, 'messageBytes: expected a number of bytes from 1 to 67108864'",
        "SocketBench.send, socketBufferBytes, many, 'socketBufferBytes: expected kernel or a number of bytes'",
        "SocketBench.send, socketBufferBytes, -1, 'socketBufferBytes: expected kernel or a number of bytes from 1 to 1073741824'",
        "SocketBench.send, noDelay, yes, 'noDelay: expected true or false, got \"yes\"'",
        "RoundTripBench.tcp, messageBytes, 67108865, messageBytes: expected a number of bytes from 1 to 67108864",
        "RoundTripBench.udp, messageBytes, 65508, messageBytes: expected a number of bytes from 1 to 65507",
        "RoundTripBench.udp, waiting, sleep, 'waiting: expected one of block, spin, got \"sleep\"'",
        "RoundTripBench.tcp, burst, 0, burst: expected a whole number from 1 to 4096",
        "RoundTripBench.tcp, idleConnections, 50001, idleConnections: expected a whole number from 0 to 50000",
        "RoundTripBench.udp, ratePerS, fast, ratePerS: expected closed or a number",
        "RoundTripBench.udp, arrivals, random, 'arrivals: expected one of constant, poisson'",
        "UnixSocketBench.roundTrip, messageBytes, 65537, messageBytes: expected a number of bytes from 1 to 65536",
        "ConnectBench.requestResponse, messageBytes, 2m, messageBytes: expected a number of bytes from 1 to 1048576",
        "SocketBench.send, pacedMBps, 0, pacedMBps: expected unlimited or a number above 0",
        "SocketBench.send, dscp, 64, dscp: expected a whole number from 0 to 63",
        "SocketBench.send, quickAck, yes, 'quickAck: expected one of true, false, kernel'",
        "RoundTripBench.udp, quickAck, true, 'quickAck: expected kernel, got a value, and UDP has no such option'",
        "SocketBench.send, mss, 10, mss: expected a whole number from 88 to 32767",
        "SocketBench.send, congestion, New Reno, congestion: expected kernel or the name of a congestion control",
        "SocketBench.send, busyPollUs, -1, busyPollUs: expected a whole number from 0",
        "SocketBench.send, sourceAddress, localhost, sourceAddress: expected any or an address of this machine in numbers",
        "SocketBench.send, sourceAddress, 300.1.1.1, sourceAddress: expected any or an address of this machine in numbers",
        "LatencyUnderLoadBench.tcp, load, up, 'load: expected one of send, receive, duplex'",
        "LatencyUnderLoadBench.tcp, loadStreams, 65, loadStreams: expected a whole number from 1 to 64",
        "LatencyUnderLoadBench.tcp, loadMessageBytes, 0, loadMessageBytes: expected a number of bytes from 1",
        "LatencyUnderLoadBench.tcp, idleMs, -1, idleMs: expected a whole number from 0 to 60000",
        "DatagramBench.send, datagramBytes, 15, datagramBytes: expected a number of bytes from 16 to 65507",
        "DatagramBench.send, offeredMBps, -1, offeredMBps: expected unlimited or a number above 0",
        "DatagramBench.send, offeredMBps, fast, offeredMBps: expected unlimited or a number above 0",
        "ConnectBench.connection, peer, nowhere, peer: expected HOST:PORT",
    })
    void valuesThatBenchmarksRefuseAreRefusedBeforeAnyFork(
            String benchmark, String parameter, String value, String reason) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> require("dev.tare.net." + benchmark, Map.of(parameter, value)))
                .withMessageStartingWith(reason);
    }

    @ParameterizedTest
    @CsvSource({
        "SocketBench.send, messageBytes, 64k",
        "SocketBench.send, messageBytes, 1MiB",
        "SocketBench.receive, socketBufferBytes, 1m",
        "SocketBench.receive, socketBufferBytes, kernel",
        "RoundTripBench.tcp, messageBytes, 4Ki",
        "RoundTripBench.udp, messageBytes, 1k",
        "DatagramBench.send, datagramBytes, 1k",
    })
    void sizesHaveOneGrammar(String benchmark, String parameter, String value) {
        assertThatCode(() -> require("dev.tare.net." + benchmark, Map.of(parameter, value)))
                .doesNotThrowAnyException();
    }

    @Test
    void parametersThatContradictEachOtherAreRefusedBeforeAnyFork() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> require(
                        "dev.tare.net.RoundTripBench.tcp",
                        Map.of("messageBytes", "64k", "burst", "4", "ratePerS", "closed")))
                .withMessageStartingWith("burst: expected requests of at most 131072 bytes together");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> require(
                        "dev.tare.net.RoundTripBench.udp",
                        Map.of("messageBytes", "1", "burst", "2", "ratePerS", "closed")))
                .withMessageStartingWith("messageBytes: expected at least 8 with burst=2 over UDP");
    }

    @ParameterizedTest
    @CsvSource({
        "RoundTripBench.udp, messageBytes, 64, peer: expected one reached by IP for RoundTripBench.udp",
        "SocketBench.zeroCopy, messageBytes, 64, peer: expected one reached by IP for SocketBench.zeroCopy",
        "DatagramBench.send, datagramBytes, 64, peer: expected one reached by IP for DatagramBench.send",
        "ConnectBench.connection, tokenFile, none, peer: expected one reached by IP for ConnectBench.connection",
        "RoundTripBench.tcp, idleConnections, 1, idleConnections: expected 0 for a peer on VSOCK",
        "SocketBench.send, sourceAddress, 127.0.0.1, sourceAddress: expected any for a peer on VSOCK",
        "SocketBench.send, congestion, reno, congestion: expected kernel for a peer on VSOCK",
        "SocketBench.duplex, noDelay, false, noDelay: expected true for a peer on VSOCK",
        "SocketBench.send, peer, vsock:5210, 'peer: expected vsock:CID:PORT'",
    })
    void whatNeedsIpIsRefusedToAPeerOnVsock(String benchmark, String parameter, String value, String reason) {
        Map<String, String> parameters = new HashMap<>(Map.of("peer", "vsock:2:5210"));
        parameters.put(parameter, value);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> require("dev.tare.net." + benchmark, parameters))
                .withMessageStartingWith(reason);
    }

    @Test
    void aProbeUnderLoadIsOneThread() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new NetParameters()
                        .require(new BenchmarkCheck.Requested(
                                "dev.tare.net.LatencyUnderLoadBench.tcp", Map.of(), 2, 1L << 30, 1L << 40)))
                .withMessageContaining("run it with -t 1");
    }

    @Test
    void theCheckIsFoundAsAService() {
        assertThat(ServiceLoader.load(BenchmarkCheck.class))
                .anyMatch(check -> check.knows("dev.tare.net.SocketBench.send"));
    }

    @Test
    void aPeerIsNotLookedUp() {
        assertThatCode(() -> require("dev.tare.net.SocketBench.send", Map.of("peer", "no-such.invalid:5210")))
                .doesNotThrowAnyException();
    }

    @Test
    void benchmarksOfOtherModulesAreTheirs() {
        assertThat(new NetParameters().knows("dev.tare.io.FileBench.randomRead"))
                .isFalse();
    }

    private static void require(String benchmark, Map<String, String> parameters) {
        new NetParameters().require(new BenchmarkCheck.Requested(benchmark, parameters, 1, 1L << 30, 1L << 40));
    }
}
