package dev.tare.io.workload;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.ThreadParams;

/** A benchmark thread's work on a device, over the life of a trial; a benchmark derives one state for each access pattern. */
@State(Scope.Thread)
public class DeviceWork {
    private @Nullable Job job;
    private @Nullable SharedDevice shared;

    /**
     * Prepares this thread's slice of the device and opens its queue.
     *
     * @param prepare whether to write the slice in full first, see {@link Job#open}
     */
    protected final void open(
            SharedDevice device,
            AccessParameters access,
            int readPercent,
            int randomPercent,
            boolean prepare,
            ThreadParams threads)
            throws IOException {
        shared = device;
        job = Job.open(
                device.join(),
                access,
                readPercent,
                randomPercent,
                prepare,
                threads.getThreadIndex(),
                threads.getThreadCount());
    }

    /** Forgets the response times of the iteration before. */
    @Setup(Level.Iteration)
    public void begin() {
        job().workload().beginIteration();
    }

    /** Waits for what is outstanding; it counts nowhere. */
    @TearDown(Level.Iteration)
    public void drain() throws IOException {
        job().workload().drain();
    }

    /** Checks every byte, if the content is known, and closes the queue. */
    @TearDown
    public void close() throws IOException {
        if (shared == null) {
            return;
        }
        try {
            if (job != null) {
                job.close();
            }
        } finally {
            shared.leave();
        }
    }

    /** Completes one I/O and counts it. */
    public final int step(IoCounters counters) throws IOException {
        int bytes = job().workload().step();
        counters.completed(bytes);
        return bytes;
    }

    private Job job() {
        if (job == null) {
            throw new IllegalStateException("work: expected it open, got none");
        }
        return job;
    }
}
