package dev.tare.clock.accuracy;

import java.util.ArrayList;
import java.util.List;

/** Threads that do nothing but keep the cores busy. */
final class BusyCores implements AutoCloseable {
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean over;

    /** Starts this many threads for each core. */
    void start(int threadsPerCore) {
        int count = threadsPerCore * Runtime.getRuntime().availableProcessors();
        for (int i = 0; i < count; i++) {
            Thread thread = new Thread(this::spin, "load " + i);
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
    }

    private void spin() {
        while (!over) {
            // Not onSpinWait: this thread is to take what it can get.
        }
    }

    /** The threads end at once; nobody needs to wait for them. */
    @Override
    public void close() {
        over = true;
    }
}
