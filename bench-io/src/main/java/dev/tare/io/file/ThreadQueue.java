package dev.tare.io.file;

import dev.tare.harness.Reasons;
import dev.tare.harness.arrival.Arrivals;
import dev.tare.io.device.BlockQueue;
import dev.tare.io.device.DeviceException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A deeper queue from plain Java: a thread per slot, each doing its I/O with one system call, so that as many are
 * outstanding in the kernel as slots are.
 */
final class ThreadQueue implements BlockQueue {
    private static final int IDLE = 0;
    private static final int READING = 1;
    private static final int WRITING = 2;
    private static final int DISCARDING = 3;
    private static final int DONE = 4;
    private static final int CLOSED = 5;

    private final Transfer transfer;
    private final String name;
    private final ByteBuffer[] buffers;
    private final AtomicIntegerArray states;
    private final long[] positions;
    private final int[] lengths;
    private final Thread[] workers;
    private final Thread owner = Thread.currentThread();
    private volatile @Nullable Throwable failure;
    private int next;
    private int outstanding;

    private ThreadQueue(Transfer transfer, String name, ByteBuffer[] buffers) {
        this.transfer = transfer;
        this.name = name;
        this.buffers = buffers;
        this.states = new AtomicIntegerArray(buffers.length);
        this.positions = new long[buffers.length];
        this.lengths = new int[buffers.length];
        this.workers = new Thread[buffers.length];
        for (int slot = 0; slot < buffers.length; slot++) {
            int served = slot;
            workers[slot] = new Thread(() -> serve(served), "I/O slot " + slot + " of " + name);
            workers[slot].setDaemon(true);
        }
    }

    /** A queue whose threads run: all of them, or none where the system does not give so many. */
    static ThreadQueue start(Transfer transfer, String name, ByteBuffer[] buffers) throws IOException {
        ThreadQueue queue = new ThreadQueue(transfer, name, buffers);
        try {
            for (Thread worker : queue.workers) {
                worker.start();
            }
            return queue;
        } catch (OutOfMemoryError e) {
            queue.close();
            throw new DeviceException(
                    "threads for " + name,
                    Integer.toString(buffers.length),
                    Reasons.of(e),
                    "choose a smaller queueDepth, or raise the limit of threads",
                    e);
        }
    }

    @Override
    public int depth() {
        return buffers.length;
    }

    @Override
    public ByteBuffer buffer(int slot) {
        return buffers[slot];
    }

    @Override
    public void submitRead(int slot, long positionBytes, int bytes) {
        submit(slot, positionBytes, bytes, READING);
    }

    @Override
    public void submitWrite(int slot, long positionBytes, int bytes) {
        submit(slot, positionBytes, bytes, WRITING);
    }

    @Override
    public void submitDiscard(int slot, long positionBytes, int bytes) {
        submit(slot, positionBytes, bytes, DISCARDING);
    }

    private void submit(int slot, long positionBytes, int bytes, int operation) {
        positions[slot] = positionBytes;
        lengths[slot] = bytes;
        outstanding++;
        states.set(slot, operation);
        LockSupport.unpark(workers[slot]);
    }

    @Override
    public int await() throws IOException {
        while (!findCompleted()) {
            LockSupport.park(this);
            failIfInterrupted();
        }
        int slot = next;
        states.set(slot, IDLE);
        outstanding--;
        return slot;
    }

    @Override
    public boolean awaitUntil(long untilNs) throws IOException {
        while (!findCompleted()) {
            long leftNs = untilNs - System.nanoTime();
            if (leftNs <= 0) {
                return false;
            }
            if (leftNs > Arrivals.WATCHED_NS) {
                LockSupport.parkNanos(this, leftNs - Arrivals.WATCHED_NS);
            } else {
                Thread.onSpinWait();
            }
            failIfInterrupted();
        }
        return true;
    }

    /** Whether a slot has completed, which is the next then; each has its turn. */
    private boolean findCompleted() throws IOException {
        if (outstanding == 0) {
            throw DeviceException.nothingOutstanding(name);
        }
        for (int i = 0; i < buffers.length; i++) {
            next = next + 1 == buffers.length ? 0 : next + 1;
            if (states.get(next) == DONE) {
                return true;
            }
        }
        Throwable failed = failure;
        if (failed instanceof IOException io) {
            throw io;
        }
        if (failed != null) {
            throw new DeviceException(
                    "I/O on " + name,
                    "it to succeed or to fail with a reason",
                    failed.toString(),
                    "this is a fault of the benchmark or of the JVM: please report it",
                    failed);
        }
        return false;
    }

    private void failIfInterrupted() throws InterruptedIOException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("interrupted while waiting for " + name);
        }
    }

    private void serve(int slot) {
        for (int state = states.get(slot); state != CLOSED; state = states.get(slot)) {
            if (state == IDLE || state == DONE) {
                LockSupport.park(this);
                continue;
            }
            try {
                if (state == READING) {
                    transfer.read(buffers[slot], positions[slot], lengths[slot]);
                } else if (state == WRITING) {
                    transfer.write(buffers[slot], positions[slot], lengths[slot]);
                } else {
                    transfer.discard(positions[slot], lengths[slot]);
                }
                states.compareAndSet(slot, state, DONE);
            } catch (Throwable e) {
                // Whatever it is: the owner would wait for this slot forever.
                failure = e;
                states.set(slot, CLOSED);
            }
            LockSupport.unpark(owner);
        }
    }

    @Override
    public void flush() throws IOException {
        transfer.flush();
    }

    /** Lets the threads finish what they are doing and end. */
    @Override
    public void close() throws IOException {
        for (int slot = 0; slot < workers.length; slot++) {
            states.set(slot, CLOSED);
            LockSupport.unpark(workers[slot]);
        }
        try {
            for (Thread worker : workers) {
                worker.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while closing " + name);
        }
    }
}
