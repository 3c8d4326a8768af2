package dev.tare.io.device;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Moves one block between a buffer and a device with one system call, which returns when the block has been moved. */
public interface BlockCalls extends Closeable {
    /** The buffer, as {@link BlockQueue#buffer} describes it. */
    ByteBuffer buffer();

    /** Fills the buffer from a position. */
    void read(long positionBytes) throws IOException;

    /** Writes the buffer to a position. */
    void write(long positionBytes) throws IOException;

    /** Makes what was written durable. */
    void flush() throws IOException;
}
