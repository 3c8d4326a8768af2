package dev.tare.io.device;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A queue of depth 1: the calling thread does the I/O itself, in {@link #await()}. */
public final class CallingThreadQueue implements BlockQueue {
    /** Moves bytes between a buffer and a device with one system call, which returns when they have been moved. */
    public interface Calls extends Closeable {
        /** The buffer, as {@link BlockQueue#buffer} describes it. */
        ByteBuffer buffer();

        /** Reads from a position to the beginning of the buffer. */
        void read(long positionBytes, int bytes) throws IOException;

        /** Writes the beginning of the buffer to a position. */
        void write(long positionBytes, int bytes) throws IOException;

        /** Tells the device that bytes are no longer needed. */
        void discard(long positionBytes, int bytes) throws IOException;

        /** Makes what was written durable. */
        void flush() throws IOException;
    }

    private static final int IDLE = 0;
    private static final int READING = 1;
    private static final int WRITING = 2;
    private static final int DISCARDING = 3;

    private final Calls calls;
    private final String name;
    private final ByteBuffer buffer;
    private int state = IDLE;
    private long positionBytes;
    private int bytes;

    /**
     * @param calls closed with the queue
     * @param name of the device, for messages
     */
    public CallingThreadQueue(Calls calls, String name) {
        this.calls = calls;
        this.name = name;
        this.buffer = calls.buffer();
    }

    @Override
    public int depth() {
        return 1;
    }

    @Override
    public ByteBuffer buffer(int slot) {
        return buffer;
    }

    @Override
    public void submitRead(int slot, long position, int length) {
        submit(READING, position, length);
    }

    @Override
    public void submitWrite(int slot, long position, int length) {
        submit(WRITING, position, length);
    }

    @Override
    public void submitDiscard(int slot, long position, int length) {
        submit(DISCARDING, position, length);
    }

    private void submit(int operation, long position, int length) {
        state = operation;
        positionBytes = position;
        bytes = length;
    }

    @Override
    public int await() throws IOException {
        int present = state;
        state = IDLE;
        if (present == READING) {
            calls.read(positionBytes, bytes);
        } else if (present == WRITING) {
            calls.write(positionBytes, bytes);
        } else if (present == DISCARDING) {
            calls.discard(positionBytes, bytes);
        } else {
            throw DeviceException.nothingOutstanding(name);
        }
        return 0;
    }

    /** There is nothing to wait for: the I/O begins when {@link #await()} does it. */
    @Override
    public boolean awaitUntil(long untilNs) throws IOException {
        if (state == IDLE) {
            throw DeviceException.nothingOutstanding(name);
        }
        return true;
    }

    @Override
    public void flush() throws IOException {
        calls.flush();
    }

    @Override
    public void close() throws IOException {
        calls.close();
    }
}
