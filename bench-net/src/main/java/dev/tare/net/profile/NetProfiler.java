package dev.tare.net.profile;

import dev.tare.harness.results.SecondaryResults;
import dev.tare.harness.results.SecondaryResultsProfiler;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * Adds to the network benchmarks what is no rate: processor seconds per gigabyte or per million round trips of both ends
 * (netperf's service demand), processor time by kind, loss, order and jitter of datagrams.
 *
 * <p>{@code -prof net}
 */
public class NetProfiler extends SecondaryResultsProfiler {
    /** Where the benchmarks of this module record what is theirs. */
    public static final SecondaryResults RESULTS = new SecondaryResults();

    /** Of this module. */
    public NetProfiler() {
        super(RESULTS);
    }

    @Override
    public String getDescription() {
        return "Network: service demand and processor time by kind at both ends, datagram loss, order and jitter";
    }

    @Override
    @SuppressWarnings("rawtypes") // JMH's interface declares it so.
    public Collection<? extends Result> afterIteration(
            BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
        return Stream.concat(super.afterIteration(benchmark, iteration, result).stream(), demands(result))
                .toList();
    }

    /** Processor seconds of both ends for what was achieved, from the rates that the benchmark counts itself. */
    private static Stream<ScalarResult> demands(IterationResult result) {
        Map<String, Double> scores = new TreeMap<>();
        // A benchmark that failed has no results; asking JMH for them would fail too, and hide why the benchmark did.
        if (!result.getRawPrimaryResults().isEmpty()) {
            result.getSecondaryResults().forEach((name, rate) -> scores.put(name, rate.getScore()));
        }
        return Stream.of("system", "peer")
                .flatMap(end -> Stream.of(
                        demand(scores, end, "bandwidthMBps", "ServiceDemandSPerGB", 1000, "s/GB"),
                        demand(scores, end, "goodputMBps", "ServiceDemandSPerGB", 1000, "s/GB"),
                        demand(scores, end, "roundTripsPerS", "ServiceDemandUs", 1e6, "us/round trip"),
                        demand(scores, end, "connectionsPerS", "ServiceDemandUs", 1e6, "us/connection")))
                .flatMap(Optional::stream);
    }

    private static Optional<ScalarResult> demand(
            Map<String, Double> scores, String end, String rate, String name, double factor, String unit) {
        Double cores = scores.get(end + "CpuCores");
        Double achieved = scores.get(rate);
        return cores == null || achieved == null
                ? Optional.empty()
                : Optional.of(new ScalarResult(end + name, factor * cores / achieved, unit, AggregationPolicy.AVG));
    }
}
