package dev.tare.io.workload;

import java.util.ArrayList;
import java.util.List;

/** The response times of all threads of this JVM, for the profiler, which JMH gives no other way to the benchmark. */
public final class CompletedWork {
    private static final List<ResponseTimes> THREADS = new ArrayList<>();

    private CompletedWork() {}

    static synchronized void register(ResponseTimes responses) {
        THREADS.add(responses);
    }

    static synchronized void unregister(ResponseTimes responses) {
        THREADS.removeIf(candidate -> candidate == responses);
    }

    /** The response times of all threads in their last iteration; call it between iterations only. */
    public static synchronized ResponseTimes lastIteration() {
        ResponseTimes all = new ResponseTimes();
        THREADS.forEach(all::add);
        return all;
    }
}
