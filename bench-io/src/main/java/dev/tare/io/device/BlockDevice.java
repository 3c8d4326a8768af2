package dev.tare.io.device;

import java.io.Closeable;
import java.io.IOException;
import java.util.Map;

/**
 * Something that stores blocks: a file, a raw device, a LUN.
 *
 * <p>A device is opened once for a trial and shared by its threads; each thread opens a queue of its own. Nothing here
 * waits forever: a device that vanishes makes its queues fail.
 */
public interface BlockDevice extends Closeable {
    /** Usable size in bytes. */
    long sizeBytes();

    /** Positions, lengths and buffer addresses are multiples of this; a power of two. */
    int alignBytes();

    /**
     * What is known of the device, in the order in which it is printed: keys in kebab case, values of one line.
     *
     * @see Facts
     */
    Map<String, String> facts();

    /**
     * Opens a queue for the calling thread.
     *
     * @param depth I/Os that can be outstanding at once, at least 1
     * @param blockBytes size of every buffer and of the longest I/O, a multiple of {@link #alignBytes()}
     * @throws IOException when the device cannot have so many outstanding
     */
    BlockQueue openQueue(int depth, int blockBytes) throws IOException;
}
