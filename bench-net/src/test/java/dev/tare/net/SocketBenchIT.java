package dev.tare.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Collection;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** The stream benchmarks as JMH runs them, with a fork and the embedded peer in a process of its own. */
final class SocketBenchIT {
    @ParameterizedTest
    @ValueSource(strings = {"send", "receive"})
    void bandwidthIsMessagesTimesTheirSize(String method) throws Exception {
        RunResult result = run(method, 1, "65536").iterator().next();

        double messagesPerS = result.getPrimaryResult().getScore();
        assertThat(messagesPerS).isPositive();
        assertThat(bandwidthMBps(result) / (messagesPerS * 65536 / 1e6)).isCloseTo(1, within(1e-9));
    }

    @ParameterizedTest
    @ValueSource(strings = {"send", "receive"})
    void messagesOfEverySizeFromAByteArriveOnTwoStreams(String method) throws Exception {
        Collection<RunResult> results = run(method, 2, "1", "1000", "8388608");

        assertThat(results)
                .hasSize(3)
                .allSatisfy(result -> assertThat(bandwidthMBps(result)).isPositive());
    }

    private static double bandwidthMBps(RunResult result) {
        return Objects.requireNonNull(result.getSecondaryResults().get("bandwidthMBps"))
                .getScore();
    }

    private static Collection<RunResult> run(String method, int threads, String... messageBytes) throws Exception {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(SocketBench.class.getName() + "." + method + "$")
                .param("messageBytes", messageBytes)
                .threads(threads)
                .forks(1)
                .warmupIterations(1)
                .warmupTime(TimeValue.milliseconds(100))
                .measurementIterations(2)
                .measurementTime(TimeValue.milliseconds(200))
                .shouldFailOnError(true);
        return new Runner(options.build()).run();
    }
}
