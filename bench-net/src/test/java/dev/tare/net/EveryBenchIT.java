package dev.tare.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tare.net.profile.NetProfiler;
import dev.tare.parts.JavaCommand;
import dev.tare.parts.RunningProgram;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Every benchmark as JMH runs it, with a fork and the embedded peer in a process of its own. */
final class EveryBenchIT {
    @ParameterizedTest
    @CsvSource({
        "SocketBench.send, bandwidthMBps, systemServiceDemandSPerGB",
        "SocketBench.receive, bandwidthMBps, peerServiceDemandSPerGB",
        "SocketBench.zeroCopy, bandwidthMBps, systemServiceDemandSPerGB",
        "RoundTripBench.tcp, roundTripsPerS, systemServiceDemandUs",
        "RoundTripBench.udp, roundTripsPerS, resentPercent",
        "DatagramBench.send, goodputMBps, lossPercent",
        "DatagramBench.send, goodputMBps, reorderedPercent",
        "DatagramBench.send, goodputMBps, jitterUs",
        "DatagramBench.receive, goodputMBps, lossPercent",
        "SocketBench.duplex, bandwidthMBps, peerServiceDemandSPerGB",
        "ConnectBench.connection, connectionsPerS, clientSystemCores",
        "ConnectBench.requestResponse, connectionsPerS, peerServiceDemandUs",
    })
    void ratesAreCountedAndTheProfilerAddsWhatIsNoRate(String method, String rate, String figure) throws Exception {
        ChainedOptionsBuilder options = options(method)
                .threads(2)
                .forks(1)
                .addProfiler(NetProfiler.class)
                .param("peer", "embedded-ipv6");
        if (!method.startsWith("Datagram")) {
            options.param("messageBytes", "1024");
        }

        RunResult result = run(options).iterator().next();

        assertThat(result.getPrimaryResult().getScore()).isPositive();
        assertThat(secondary(result, rate)).isPositive();
        assertThat(result.getSecondaryResults().keySet())
                .as("rates by which the benchmark can be judged")
                .filteredOn(name -> name.matches(".*(Gflops|IOps|MBps|PerS)"))
                .containsExactly(rate);
        assertThat(secondary(result, figure)).isNotNegative().isFinite();
        assertThat(secondary(result, "systemCpuCores")).isNotNegative();
    }

    @Test
    void aUnixSocketsRoundTripsAreCountedAndNothingOfItStays(@TempDir Path temporary) throws Exception {
        RunResult result = run(options("UnixSocketBench.roundTrip")
                        .threads(2)
                        .forks(1)
                        .jvmArgsAppend("-Djava.io.tmpdir=" + temporary)
                        .param("messageBytes", "65536"))
                .iterator()
                .next();

        assertThat(secondary(result, "roundTripsPerS"))
                .isEqualTo(
                        result.getPrimaryResult().getScore(),
                        Offset.offset(result.getPrimaryResult().getScore() * 0.01));
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void bandwidthIsMessagesTimesTheirSize() throws Exception {
        RunResult result = run(options("SocketBench.send").forks(1).param("messageBytes", "65536"))
                .iterator()
                .next();

        assertThat(secondary(result, "bandwidthMBps"))
                .isEqualTo(result.getPrimaryResult().getScore() * 65_536 / 1e6, Offset.offset(1e-6));
    }

    @ParameterizedTest
    @CsvSource({
        "RoundTripBench.tcp, 1, 20, roundTripsPerS, 1",
        "RoundTripBench.tcp, 2, 20, roundTripsPerS, 1",
        "RoundTripBench.tcp, 8, 20, roundTripsPerS, 1",
        "SocketBench.send, 1, 2, bandwidthMBps, 4.194304",
        "SocketBench.send, 2, 2, bandwidthMBps, 4.194304",
        "SocketBench.send, 8, 2, bandwidthMBps, 4.194304",
        "SocketBench.receive, 8, 2, bandwidthMBps, 4.194304",
        "ConnectBench.connection, 8, 2, connectionsPerS, 1",
    })
    void whatIsCountedIsWhatIsScoredForAnyNumberOfThreads(
            String method, int threads, int iterationMs, String rate, double unitsPerCall) throws Exception {
        // Iterations that are hardly longer than a call: some threads begin when others have stopped already.
        ChainedOptionsBuilder options = options(method)
                .threads(threads)
                .forks(1)
                .measurementIterations(20)
                .measurementTime(TimeValue.milliseconds(iterationMs));
        if (!method.startsWith("Connect")) {
            options.param("messageBytes", method.startsWith("Socket") ? "4194304" : "64");
        }

        RunResult result = run(options).iterator().next();

        // A thread may be stopped between JMH's look at its flags and the benchmark's: a call of the hundred that
        // iterations of 2 ms have in all, or of thousands. Calls that are counted wrongly by rule are a fifth to five
        // sixths of them.
        double tolerance = iterationMs == 2 ? 0.05 : 0.005;
        assertThat(secondary(result, rate))
                .isEqualTo(
                        result.getPrimaryResult().getScore() * unitsPerCall,
                        Offset.offset(secondary(result, rate) * tolerance));
    }

    @ParameterizedTest
    @CsvSource({"send", "receive"})
    void messagesOfEverySizeFromAByteArriveOnTwoStreams(String method) throws Exception {
        Collection<RunResult> results =
                run(options("SocketBench." + method).threads(2).forks(1).param("messageBytes", "1", "1000", "8388608"));

        assertThat(results)
                .hasSize(3)
                .allSatisfy(
                        result -> assertThat(secondary(result, "bandwidthMBps")).isPositive());
    }

    @Test
    void roundTripsHavePercentiles() throws Exception {
        RunResult result = run(options("RoundTripBench.tcp")
                        .forks(1)
                        .mode(Mode.SampleTime)
                        .param("messageBytes", "64")
                        .param("waiting", "spin"))
                .iterator()
                .next();

        assertThat(result.getPrimaryResult().getStatistics().getPercentile(99)).isPositive();
    }

    @ParameterizedTest
    @CsvSource({
        "SocketBench.send, send-buffer-bytes",
        "SocketBench.receive, receive-buffer-bytes",
        "RoundTripBench.tcp, receive-buffer-bytes",
        "RoundTripBench.udp, send-buffer-bytes",
        "DatagramBench.send, peer-receive-buffer-bytes",
    })
    void whatTheKernelGrantedIsAFact(String method, String fact) throws Exception {
        List<String> command = JavaCommand.of(
                List.of("-Djmh.ignoreLock=true"),
                "org.openjdk.jmh.Main",
                "dev.tare.net." + method + "$",
                "-f",
                "1",
                "-wi",
                "0",
                "-i",
                "1",
                "-r",
                "50ms");
        try (RunningProgram program = RunningProgram.start(command)) {
            assertThat(program.awaitExit(Duration.ofMinutes(5)))
                    .as(program.output())
                    .isZero();
            assertThat(program.output()).containsPattern("(?m)^# fact " + fact + ": [1-9]\\d*$");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "SocketBench.send, messageBytes, 0, messageBytes: expected a number of bytes from 1 to 67108864",
        "SocketBench.receive, messageBytes, 2000000000, messageBytes: expected a number of bytes from 1 to 67108864",
        "SocketBench.send, socketBufferBytes, many, socketBufferBytes: expected kernel or a number of bytes",
        "RoundTripBench.udp, messageBytes, 65508, messageBytes: expected a number of bytes from 1 to 65507",
        "RoundTripBench.tcp, waiting, sleep, 'waiting: expected one of block, spin'",
        "DatagramBench.send, datagramBytes, 15, datagramBytes: expected a number of bytes from 16 to 65507",
        "DatagramBench.send, offeredMBps, -1, offeredMBps: expected unlimited or a number above 0",
        "ConnectBench.connection, peer, nowhere, peer: expected HOST:PORT",
    })
    void aWrongParameterFailsWithWhatWasExpected(String method, String parameter, String value, String message) {
        ChainedOptionsBuilder options =
                options(method).forks(1).addProfiler(NetProfiler.class).param(parameter, value);

        assertThatThrownBy(() -> run(options))
                .isInstanceOf(RunnerException.class)
                .hasStackTraceContaining(message);
    }

    private static ChainedOptionsBuilder options(String method) {
        return new OptionsBuilder()
                .include("dev\\.tare\\.net\\." + method + "$")
                .warmupIterations(1)
                .warmupTime(TimeValue.milliseconds(50))
                .measurementIterations(2)
                .measurementTime(TimeValue.milliseconds(100))
                .shouldFailOnError(true);
    }

    private static Collection<RunResult> run(ChainedOptionsBuilder options) throws RunnerException {
        return new Runner(options.build()).run();
    }

    private static double secondary(RunResult result, String name) {
        Result<?> secondary =
                Objects.requireNonNull(result.getSecondaryResults().get(name), name);
        return secondary.getScore();
    }
}
