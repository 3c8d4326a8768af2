package dev.tare.io.workload;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The response times of all threads of this JVM, for the profiler, which JMH gives no other way to the benchmark. */
public final class CompletedWork {
    private static final List<ResponseTimes> THREADS = new ArrayList<>();

    private static int open;
    private static Optional<CpuTimes> begun = Optional.empty();
    private static Optional<CpuTimes> used = Optional.empty();

    private CompletedWork() {}

    static synchronized void register(ResponseTimes responses) {
        if (open++ == 0) {
            THREADS.clear();
        }
        THREADS.add(responses);
    }

    /** What was registered stays readable: JMH ends the trial before its profilers ask for the last iteration. */
    static synchronized void unregister() {
        open--;
    }

    /** Notes the beginning of an iteration; the last thread's counts, when all have prepared their data. */
    static synchronized void beginIteration() {
        begun = CpuTimes.read();
    }

    /** Notes the end of an iteration; the last thread's counts. */
    static synchronized void endIteration() {
        used = CpuTimes.read().flatMap(now -> begun.map(now::since));
    }

    /** CPU time of the whole system in the last iteration; empty where the system does not tell. */
    public static synchronized Optional<CpuTimes> cpuOfLastIteration() {
        return used;
    }

    /** The response times of all threads in their last iteration; call it between iterations only. */
    public static synchronized ResponseTimes lastIteration() {
        ResponseTimes all = new ResponseTimes();
        THREADS.forEach(all::add);
        return all;
    }
}
