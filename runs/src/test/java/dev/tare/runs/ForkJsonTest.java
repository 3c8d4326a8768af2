package dev.tare.runs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.AverageTimeResult;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.IterationResultMetaData;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ResultRole;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.SampleTimeResult;
import org.openjdk.jmh.results.ScalarResult;
import org.openjdk.jmh.results.SingleShotResult;
import org.openjdk.jmh.results.ThroughputResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.IterationType;
import org.openjdk.jmh.runner.WorkloadParams;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.util.SampleBuffer;

/** Forks that are merged one by one give what JMH writes when it has them all. */
final class ForkJsonTest {
    private static final int FORKS = 3;

    @ParameterizedTest
    @EnumSource(names = "All", mode = EnumSource.Mode.EXCLUDE)
    void mergedForksAreWhatJmhWritesOfAllAtOnce(Mode mode) throws Exception {
        List<BenchmarkResult> forks = new ArrayList<>();
        List<ForkJson> single = new ArrayList<>();
        for (int fork = 1; fork <= FORKS; fork++) {
            BenchmarkResult result = fork(mode, fork);
            forks.add(result);
            single.add(ForkJson.of(result));
        }

        assertThat(new ObjectMapper().readTree(ForkJson.merge(single).toString()))
                .isEqualTo(json(new RunResult(params(mode, FORKS), forks)));
    }

    private static JsonNode json(RunResult run) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(bytes, false, StandardCharsets.UTF_8)) {
            ResultFormatFactory.getInstance(ResultFormatType.JSON, out).writeOut(List.of(run));
        }
        return new ObjectMapper()
                .readTree(bytes.toString(StandardCharsets.UTF_8))
                .get(0);
    }

    /** Two iterations with every policy, a counter that one iteration lacks, and a value of the fork as a whole. */
    private static BenchmarkResult fork(Mode mode, int fork) {
        BenchmarkParams params = params(mode, 1);
        List<IterationResult> iterations = new ArrayList<>();
        for (int i = 1; i <= 2; i++) {
            double value = 100.0 / fork + i / 3.0;
            IterationResult iteration =
                    new IterationResult(params, params.getMeasurement(), new IterationResultMetaData(1, 1));
            iteration.addResult(primary(mode, value));
            for (AggregationPolicy policy : AggregationPolicy.values()) {
                iteration.addResult(new ScalarResult("of" + policy.name(), value, "us", policy));
            }
            if (i == 1) {
                iteration.addResult(new ScalarResult("sometimes", value, "#", AggregationPolicy.SUM));
            }
            if (mode == Mode.Throughput) {
                iteration.addResult(new ThroughputResult(
                        ResultRole.SECONDARY, "bandwidthMBps", value, 1_000_000_000L, TimeUnit.SECONDS));
            }
            iterations.add(iteration);
        }
        BenchmarkResult result = new BenchmarkResult(params, iterations);
        result.addBenchmarkResult(new ScalarResult("once", fork / 7.0, "s", AggregationPolicy.MAX));
        return result;
    }

    private static Result<?> primary(Mode mode, double value) {
        long ns = (long) (value * 1e6);
        return switch (mode) {
            case Throughput -> new ThroughputResult(ResultRole.PRIMARY, "up", value, 1_000_000_000L, TimeUnit.SECONDS);
            case AverageTime -> new AverageTimeResult(ResultRole.PRIMARY, "up", 7, ns, TimeUnit.MICROSECONDS);
            case SingleShotTime -> new SingleShotResult(ResultRole.PRIMARY, "up", ns, TimeUnit.MICROSECONDS);
            default -> {
                SampleBuffer buffer = new SampleBuffer();
                for (long sample = 1; sample < 3000; sample += 7) {
                    buffer.add(sample * (long) value);
                }
                yield new SampleTimeResult(ResultRole.PRIMARY, "up", buffer, TimeUnit.MICROSECONDS);
            }
        };
    }

    private static BenchmarkParams params(Mode mode, int forks) {
        IterationParams iterations = new IterationParams(IterationType.MEASUREMENT, 2, TimeValue.seconds(1), 1);
        WorkloadParams workload = new WorkloadParams();
        workload.put("first", "1", 0);
        return new BenchmarkParams(
                "example.Bench.up",
                "generated",
                true,
                1,
                new int[] {1},
                List.of(),
                forks,
                0,
                iterations,
                iterations,
                mode,
                workload,
                TimeUnit.SECONDS,
                1,
                "java",
                List.of(),
                "17",
                "vm",
                "17",
                "1.37",
                TimeValue.minutes(10));
    }
}
