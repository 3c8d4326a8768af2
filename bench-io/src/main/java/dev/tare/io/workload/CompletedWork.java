package dev.tare.io.workload;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The response times of all threads of this JVM, for the profiler, which JMH gives no other way to the benchmark. */
public final class CompletedWork {
    private static final List<ResponseTimes> THREADS = new ArrayList<>();

    private static Optional<CpuTimes> begun = Optional.empty();

    private CompletedWork() {}

    static synchronized void register(ResponseTimes responses) {
        THREADS.add(responses);
    }

    static synchronized void unregister(ResponseTimes responses) {
        THREADS.removeIf(candidate -> candidate == responses);
    }

    /** Notes the beginning of an iteration; the last thread's counts, when all have prepared their data. */
    static synchronized void beginIteration() {
        begun = CpuTimes.read();
    }

    /** CPU time of the whole system since the last iteration began; empty where the system does not tell. */
    public static synchronized Optional<CpuTimes> cpuOfLastIteration() {
        return CpuTimes.read().flatMap(now -> begun.map(now::since));
    }

    /** The response times of all threads in their last iteration; call it between iterations only. */
    public static synchronized ResponseTimes lastIteration() {
        ResponseTimes all = new ResponseTimes();
        THREADS.forEach(all::add);
        return all;
    }
}
