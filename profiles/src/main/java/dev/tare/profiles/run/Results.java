package dev.tare.profiles.run;

import dev.tare.profiles.plan.Configuration;
import dev.tare.profiles.plan.Plan;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.WorkloadParams;

/** What a run has measured so far, and which forks it still lacks. */
final class Results {
    private final Map<String, Map<Integer, MeasuredFork>> forks = new LinkedHashMap<>();

    void add(String configuration, int round, MeasuredFork fork) {
        forks.computeIfAbsent(configuration, key -> new TreeMap<>()).put(round, fork);
    }

    boolean has(Plan.Fork fork) {
        return of(fork.configuration()).containsKey(fork.round());
    }

    /** The forks of one configuration by their rounds. */
    Map<Integer, MeasuredFork> of(Configuration configuration) {
        return forks.getOrDefault(configuration.key(), Map.of());
    }

    /** The forks of a plan that are not measured yet, in the order in which they are to run. */
    List<Plan.Fork> missing(Plan plan) {
        return plan.forks().stream().filter(fork -> !has(fork)).toList();
    }

    /** Everything measured in one of JMH's own formats; several forks of a configuration are merged as JMH does. */
    String format(Plan plan, ResultFormatType format) {
        List<RunResult> runs = new ArrayList<>();
        for (Configuration configuration : plan.configurations()) {
            List<BenchmarkResult> results = of(configuration).values().stream()
                    .map(MeasuredFork::result)
                    .toList();
            if (!results.isEmpty()) {
                runs.add(new RunResult(withForks(results.get(0).getParams(), results.size()), results));
            }
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(bytes, false, StandardCharsets.UTF_8)) {
            ResultFormatFactory.getInstance(format, out).writeOut(runs);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** The parameters of single forks say forks = 1; JMH's result formats print this number. */
    private static BenchmarkParams withForks(BenchmarkParams params, int forks) {
        WorkloadParams workload = new WorkloadParams();
        int index = 0;
        for (String key : params.getParamsKeys()) {
            workload.put(key, params.getParam(key), index++);
        }
        return new BenchmarkParams(
                params.getBenchmark(),
                params.generatedBenchmark(),
                params.shouldSynchIterations(),
                params.getThreads(),
                params.getThreadGroups(),
                params.getThreadGroupLabels(),
                forks,
                params.getWarmupForks(),
                params.getWarmup(),
                params.getMeasurement(),
                params.getMode(),
                workload,
                params.getTimeUnit(),
                params.getOpsPerInvocation(),
                params.getJvm(),
                params.getJvmArgs(),
                params.getJdkVersion(),
                params.getVmName(),
                params.getVmVersion(),
                params.getJmhVersion(),
                params.getTimeout());
    }
}
