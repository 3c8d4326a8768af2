package dev.tare.io.file;

import dev.tare.io.device.BlockQueue;
import dev.tare.io.device.DeviceException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** A queue of depth 1: the calling thread does the I/O itself, with one system call. */
final class CallingThreadQueue implements BlockQueue {
    private static final int IDLE = 0;
    private static final int READING = 1;
    private static final int WRITING = 2;

    private final FileChannel channel;
    private final String name;
    private final ByteBuffer buffer;
    private int state = IDLE;
    private long positionBytes;

    CallingThreadQueue(FileChannel channel, String name, ByteBuffer buffer) {
        this.channel = channel;
        this.name = name;
        this.buffer = buffer;
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
            Transfer.read(channel, name, buffer, positionBytes);
        } else if (present == WRITING) {
            Transfer.write(channel, name, buffer, positionBytes);
        } else {
            throw new DeviceException("wait on " + name, "an outstanding I/O", "none", "submit one first");
        }
        return 0;
    }

    @Override
    public void flush() throws IOException {
        channel.force(true);
    }

    @Override
    public void close() {
        // The channel is the device's, and the buffer goes with its last reference.
    }
}
