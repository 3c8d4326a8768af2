package dev.tare.io.profile;

import dev.tare.io.workload.CompletedWork;
import dev.tare.io.workload.CpuTimes;
import dev.tare.io.workload.ResponseTimes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * Response times and CPU per I/O of the benchmarks of this module, for {@code -prof}.
 *
 * <p>{@code responseAverageUs}, {@code responseP50Us}, {@code responseP99Us}, {@code responseP999Us},
 * {@code responseMaxUs}: from the submission of an I/O to its completion, of all I/Os of an iteration; the maximum is
 * the largest of all iterations, the others are averages over them. {@code cpuUserUs}, {@code cpuSystemUs},
 * {@code cpuIowaitUs}, {@code cpuStealUs}: time of all processors of the system divided by the I/Os completed; at a
 * resolution of 10 ms per processor and iteration.
 */
public final class IoProfiler implements InternalProfiler {
    @Override
    public String getDescription() {
        return "Response times and CPU per I/O of the benchmarks of files, devices and LUNs";
    }

    @Override
    public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
        // Data are prepared within the first iteration: the benchmark itself tells when its I/O begins.
    }

    @Override
    public List<Result<?>> afterIteration(
            BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
        Optional<CpuTimes> cpu = CompletedWork.cpuOfLastIteration();
        ResponseTimes responses = CompletedWork.lastIteration();
        List<Result<?>> results = new ArrayList<>();
        if (responses.count() == 0) {
            return results;
        }
        results.add(average("responseAverageUs", responses.averageNs() / 1e3, "us"));
        results.add(average("responseP50Us", responses.percentileNs(0.5) / 1e3, "us"));
        results.add(average("responseP99Us", responses.percentileNs(0.99) / 1e3, "us"));
        results.add(average("responseP999Us", responses.percentileNs(0.999) / 1e3, "us"));
        results.add(new ScalarResult("responseMaxUs", responses.maxNs() / 1e3, "us", AggregationPolicy.MAX));
        if (cpu.isPresent()) {
            CpuTimes used = cpu.get();
            results.add(perIo("cpuUserUs", used.user(), responses));
            results.add(perIo("cpuSystemUs", used.system(), responses));
            results.add(perIo("cpuIowaitUs", used.iowait(), responses));
            results.add(perIo("cpuStealUs", used.steal(), responses));
        }
        return results;
    }

    private static Result<?> perIo(String name, long ticks, ResponseTimes responses) {
        return average(name, ticks / CpuTimes.TICKS_PER_S * 1e6 / responses.count(), "us/IO");
    }

    private static Result<?> average(String name, double value, String unit) {
        return new ScalarResult(name, value, unit, AggregationPolicy.AVG);
    }
}
