package dev.tare.io.workload;

import dev.tare.io.device.BlockDevice;
import java.io.Closeable;
import java.io.IOException;

/**
 * A device that the threads of a trial share, and what it stands on: closed when the trial has ended <em>and</em> the last
 * thread has left, because JMH tears the benchmark down while other threads may still verify.
 */
public final class SharedDevice implements Closeable {
    private final BlockDevice device;
    private final Closeable ground;
    private int threads;
    private boolean ended;

    /**
     * @param ground closed after the device
     */
    public SharedDevice(BlockDevice device, Closeable ground) {
        this.device = device;
        this.ground = ground;
    }

    /** The device, for a thread that will {@link #leave}. */
    synchronized BlockDevice join() {
        threads++;
        return device;
    }

    /** Says that a thread has done with the device. */
    synchronized void leave() throws IOException {
        threads--;
        closeIfUnused();
    }

    /** Says that no other thread will come. */
    @Override
    public synchronized void close() throws IOException {
        ended = true;
        closeIfUnused();
    }

    private void closeIfUnused() throws IOException {
        if (ended && threads == 0) {
            try {
                device.close();
            } finally {
                ground.close();
            }
        }
    }
}
