package dev.tare.io.file;

import dev.tare.io.device.BlockQueue;
import dev.tare.io.device.DeviceException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
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
    private static final int DONE = 3;
    private static final int CLOSED = 4;

    private final FileChannel channel;
    private final String name;
    private final ByteBuffer[] buffers;
    private final AtomicIntegerArray states;
    private final long[] positions;
    private final Thread[] workers;
    private final Thread owner = Thread.currentThread();
    private volatile @Nullable IOException failure;
    private int next;
    private int outstanding;

    ThreadQueue(FileChannel channel, String name, ByteBuffer[] buffers) {
        this.channel = channel;
        this.name = name;
        this.buffers = buffers;
        this.states = new AtomicIntegerArray(buffers.length);
        this.positions = new long[buffers.length];
        this.workers = new Thread[buffers.length];
        for (int slot = 0; slot < buffers.length; slot++) {
            int served = slot;
            workers[slot] = new Thread(() -> serve(served), "I/O slot " + slot + " of " + name);
            workers[slot].setDaemon(true);
            workers[slot].start();
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
    public void submitRead(int slot, long positionBytes) {
        submit(slot, positionBytes, READING);
    }

    @Override
    public void submitWrite(int slot, long positionBytes) {
        submit(slot, positionBytes, WRITING);
    }

    private void submit(int slot, long positionBytes, int operation) {
        positions[slot] = positionBytes;
        outstanding++;
        states.set(slot, operation);
        LockSupport.unpark(workers[slot]);
    }

    @Override
    public int await() throws IOException {
        if (outstanding == 0) {
            throw DeviceException.nothingOutstanding(name);
        }
        while (true) {
            for (int i = 0; i < buffers.length; i++) {
                int slot = next;
                next = slot + 1 == buffers.length ? 0 : slot + 1;
                if (states.get(slot) == DONE) {
                    states.set(slot, IDLE);
                    outstanding--;
                    return slot;
                }
            }
            IOException failed = failure;
            if (failed != null) {
                throw failed;
            }
            LockSupport.park(this);
            if (Thread.interrupted()) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while waiting for " + name);
            }
        }
    }

    private void serve(int slot) {
        for (int state = states.get(slot); state != CLOSED; state = states.get(slot)) {
            if (state != READING && state != WRITING) {
                LockSupport.park(this);
                continue;
            }
            try {
                if (state == READING) {
                    Transfer.read(channel, name, buffers[slot], positions[slot]);
                } else {
                    Transfer.write(channel, name, buffers[slot], positions[slot]);
                }
                states.compareAndSet(slot, state, DONE);
            } catch (IOException e) {
                failure = e;
                states.set(slot, CLOSED);
            }
            LockSupport.unpark(owner);
        }
    }

    @Override
    public void flush() throws IOException {
        channel.force(true);
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
