package dev.tare.net.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tare.net.SocketBench;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ResultRole;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.ScalarResult;
import org.openjdk.jmh.results.ThroughputResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** The service demands, from iterations that JMH has measured and from such as a test makes up. */
final class NetProfilerTest {
    private final NetProfiler profiler = new NetProfiler();
    private static IterationResult measured;

    /** JMH alone can make the parameters of a benchmark. */
    @BeforeAll
    static void measureOnce() throws Exception {
        // Nothing is compared with what other JMHs on this machine measure.
        System.setProperty("jmh.ignoreLock", "true");
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include(SocketBench.class.getName() + ".send$")
                        .param("messageBytes", "64k")
                        .forks(0)
                        .warmupIterations(0)
                        .measurementIterations(1)
                        .measurementTime(TimeValue.milliseconds(20))
                        .addProfiler(NetProfiler.class)
                        .shouldFailOnError(true)
                        .build())
                .run();
        measured = results.iterator()
                .next()
                .getAggregatedResult()
                .getIterationResults()
                .iterator()
                .next();
    }

    @Test
    void aBandwidthGivesSecondsPerGigabyteOfBothEnds() {
        double bandwidthMBps = score("bandwidthMBps");

        assertThat(score("systemServiceDemandSPerGB")).isEqualTo(1000 * score("systemCpuCores") / bandwidthMBps);
        assertThat(score("peerServiceDemandSPerGB")).isEqualTo(1000 * score("peerCpuCores") / bandwidthMBps);
        assertThat(measured.getSecondaryResults()).doesNotContainKey("systemServiceDemandUs");
    }

    @ParameterizedTest
    @CsvSource({
        "goodputMBps, 500, systemServiceDemandSPerGB, 4, s/GB",
        "roundTripsPerS, 20000, systemServiceDemandUs, 100, us/round trip",
        "connectionsPerS, 5000, systemServiceDemandUs, 400, us/connection",
    })
    void everyRateHasItsDemand(String rate, double achieved, String name, double demand, String unit) {
        IterationResult made = like(measured);
        made.addResult(new ScalarResult(rate, achieved, "1/s", AggregationPolicy.AVG));
        made.addResult(new ScalarResult("systemCpuCores", 2, "cores", AggregationPolicy.AVG));

        assertThat(after(made)).singleElement().satisfies(result -> {
            assertThat(result.getLabel()).isEqualTo(name);
            assertThat(result.getScore()).isEqualTo(demand);
            assertThat(result.getScoreUnit()).isEqualTo(unit);
        });
    }

    @Test
    void whatTheBenchmarkRecordedIsHandedOverOnceAndNothingOfEarlierIterations() {
        NetProfiler.RESULTS.record("lossPercent", 50, "%", AggregationPolicy.AVG);
        profiler.beforeIteration(measured.getBenchmarkParams(), measured.getParams());
        NetProfiler.RESULTS.record("lossPercent", 1, "%", AggregationPolicy.AVG);
        NetProfiler.RESULTS.record("lossPercent", 3, "%", AggregationPolicy.AVG);

        assertThat(after(like(measured)).stream()
                        .collect(Collectors.toMap(result -> result.getLabel(), result -> result.getScore())))
                .isEqualTo(Map.of("lossPercent", 2.0));
        assertThat(after(like(measured))).isEmpty();
    }

    @Test
    void anIterationThatFailedHasNoDemandAndHidesNoFailure() {
        assertThat(after(new IterationResult(
                        measured.getBenchmarkParams(), measured.getParams(), measured.getMetadata())))
                .isEmpty();
    }

    /** An iteration of the same benchmark without secondary results. */
    private static IterationResult like(IterationResult other) {
        BenchmarkParams benchmark = other.getBenchmarkParams();
        IterationParams params = other.getParams();
        IterationResult made = new IterationResult(benchmark, params, other.getMetadata());
        made.addResult(new ThroughputResult(ResultRole.PRIMARY, "send", 1, 1, benchmark.getTimeUnit()));
        return made;
    }

    private List<Result<?>> after(IterationResult result) {
        InternalProfiler internal = profiler;
        List<Result<?>> results = new ArrayList<>();
        internal.afterIteration(result.getBenchmarkParams(), result.getParams(), result)
                .forEach(one -> results.add(one));
        return results;
    }

    private static double score(String name) {
        Result<?> result = Objects.requireNonNull(measured.getSecondaryResults().get(name), name);
        return result.getScore();
    }
}
