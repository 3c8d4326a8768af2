package dev.tare.io.pattern;

/**
 * A range of positions on a device.
 *
 * @param startBytes first position
 * @param endBytes first position behind it
 */
public record Region(long startBytes, long endBytes) {
    /** Checks that it is not empty and lies on page boundaries. */
    public Region {
        if (startBytes < 0
                || endBytes <= startBytes
                || startBytes % BlockContent.PAGE_BYTES != 0
                || endBytes % BlockContent.PAGE_BYTES != 0) {
            throw new IllegalArgumentException("region: expected 0 <= start < end, both multiples of "
                    + BlockContent.PAGE_BYTES + ", got " + startBytes + " to " + endBytes);
        }
    }

    /** Length in bytes. */
    public long sizeBytes() {
        return endBytes - startBytes;
    }

    /**
     * The part of one of several threads: equal multiples of {@code stepBytes}, so that threads never touch each
     * other's blocks; a remainder stays unused.
     */
    public Region slice(int thread, int threads, long stepBytes) {
        long each = sizeBytes() / threads / stepBytes * stepBytes;
        if (each == 0) {
            throw new IllegalArgumentException("sizeBytes: expected at least " + threads * stepBytes
                    + " (one block for each of " + threads + " threads), got " + sizeBytes());
        }
        return new Region(startBytes + thread * each, startBytes + (thread + 1) * each);
    }
}
