package dev.tare.io.device;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A queue of depth 1: the calling thread does the I/O itself, in {@link #await()}. */
public final class CallingThreadQueue implements BlockQueue {
    /** Moves one block between a buffer and a device with one system call, which returns when the block has been moved. */
    public interface Calls extends Closeable {
        /** The buffer, as {@link BlockQueue#buffer} describes it. */
        ByteBuffer buffer();

        /** Fills the buffer from a position. */
        void read(long positionBytes) throws IOException;

        /** Writes the buffer to a position. */
        void write(long positionBytes) throws IOException;

        /** Makes what was written durable. */
        void flush() throws IOException;
    }

    private static final int IDLE = 0;
    private static final int READING = 1;
    private static final int WRITING = 2;

    private final Calls calls;
    private final String name;
    private final ByteBuffer buffer;
    private int state = IDLE;
    private long positionBytes;

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
    public void submitRead(int slot, long position) {
        state = READING;
        positionBytes = position;
    }

    @Override
    public void submitWrite(int slot, long position) {
        state = WRITING;
        positionBytes = position;
    }

    @Override
    public int await() throws IOException {
        int present = state;
        state = IDLE;
        if (present == READING) {
            calls.read(positionBytes);
        } else if (present == WRITING) {
            calls.write(positionBytes);
        } else {
            throw DeviceException.nothingOutstanding(name);
        }
        return 0;
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
