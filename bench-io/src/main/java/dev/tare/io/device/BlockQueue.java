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
 * until the next {@link #await()} or {@link #awaitUntil}, which always send them all before they wait.
 */
public interface BlockQueue extends Closeable {
    /** Number of slots. */
    int depth();

    /**
     * The buffer of a slot: always the same direct buffer, little-endian, as long as the longest I/O. Its position is
     * the queue's own business; use absolute access, which reaches all of it while the slot is idle.
     */
    ByteBuffer buffer(int slot);

    /**
     * Begins to read into the slot's buffer, from its beginning.
     *
     * @param positionBytes position on the device, a multiple of its alignment
     * @param bytes how many, a multiple of it too, at most the buffer's
     * @throws IOException when the device refuses: a {@link DeviceException}, or that of whoever moves the blocks, such as an
     *     initiator's {@code IscsiException}; either says what was expected and what came
     */
    void submitRead(int slot, long positionBytes, int bytes) throws IOException;

    /** Begins to fill the slot's buffer. */
    default void submitRead(int slot, long positionBytes) throws IOException {
        submitRead(slot, positionBytes, buffer(slot).capacity());
    }

    /** Begins to write from the beginning of the slot's buffer; the rest is as with {@link #submitRead(int, long, int)}. */
    void submitWrite(int slot, long positionBytes, int bytes) throws IOException;

    /** Begins to write the whole of the slot's buffer. */
    default void submitWrite(int slot, long positionBytes) throws IOException {
        submitWrite(slot, positionBytes, buffer(slot).capacity());
    }

    /**
     * Begins to tell the device that bytes are no longer needed; the slot's buffer has no part in it.
     *
     * @throws IOException when this device or this interface to it cannot be told so
     */
    default void submitDiscard(int slot, long positionBytes, int bytes) throws IOException {
        throw new DeviceException(
                "discard of " + bytes + " bytes at " + positionBytes,
                "a queue that discards",
                getClass().getSimpleName(),
                "measure it on a file or a block device");
    }

    /**
     * Waits until an outstanding I/O has been completed in full.
     *
     * @return its slot, idle again
     * @throws IOException when an I/O failed or transferred less than it should, or when none is outstanding; the queue can
     *     only be closed then. Which exception it is, is as with {@link #submitRead(int, long, int)}
     */
    int await() throws IOException;

    /**
     * Waits until {@link #await()} would return at once, or would do the I/O itself, but not beyond a time.
     *
     * @param untilNs on the clock of {@link System#nanoTime()}
     * @return false when the time has come and nothing is completed
     * @throws IOException as {@link #await()} throws it
     */
    boolean awaitUntil(long untilNs) throws IOException;

    /** Makes everything written by this queue durable; no slot may be outstanding. */
    void flush() throws IOException;

    /** Gives up what is outstanding and frees the buffers. */
    @Override
    void close() throws IOException;
}
