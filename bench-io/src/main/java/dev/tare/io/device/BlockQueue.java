package dev.tare.io.device;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A thread's outstanding I/Os on a device: slots {@code 0 .. depth-1}, each with a buffer of its own.
 *
 * <p>A queue is used by the thread that opened it and by no other. It allocates when it is opened, and then nothing per
 * I/O. A slot is idle, then outstanding from its submission until {@link #await()} returns it; its buffer belongs to
 * the caller while it is idle and to the queue while it is outstanding. An implementation may hold submissions back
 * until the next {@link #await()}, which always sends them all before it waits.
 */
public interface BlockQueue extends Closeable {
    /** Number of slots. */
    int depth();

    /**
     * The buffer of a slot: always the same direct buffer, little-endian, of exactly one block. Position and limit are
     * the queue's own business; use absolute access.
     */
    ByteBuffer buffer(int slot);

    /**
     * Begins to read one block into the slot's buffer.
     *
     * @param positionBytes position on the device, a multiple of its alignment
     * @throws IOException when the device refuses: a {@link DeviceException}, or that of whoever moves the blocks, such as an
     *     initiator's {@code IscsiException}; either says what was expected and what came
     */
    void submitRead(int slot, long positionBytes) throws IOException;

    /** Begins to write the slot's buffer; the rest is as with {@link #submitRead}. */
    void submitWrite(int slot, long positionBytes) throws IOException;

    /**
     * Waits until an outstanding I/O has been completed in full.
     *
     * @return its slot, idle again
     * @throws IOException when an I/O failed or transferred less than a block, or when none is outstanding; the queue can
     *     only be closed then. Which exception it is, is as with {@link #submitRead}
     */
    int await() throws IOException;

    /** Makes everything written by this queue durable; no slot may be outstanding. */
    void flush() throws IOException;

    /** Gives up what is outstanding and frees the buffers. */
    @Override
    void close() throws IOException;
}
