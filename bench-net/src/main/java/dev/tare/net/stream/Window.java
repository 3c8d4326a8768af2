package dev.tare.net.stream;

/** How many bytes may be under way on one stream, in both kernels and on the link together. */
public final class Window {
    /** Largest message that a stream carries. */
    public static final int LARGEST_MESSAGE_BYTES = 64 << 20;

    /** No receiver grants more than this beyond what it has received. */
    public static final long LARGEST_BYTES = 2L * LARGEST_MESSAGE_BYTES;

    private static final long ORDINARY_BYTES = 8 << 20;
    private static final long SMALLEST_BYTES = 64 << 10;
    private static final long MESSAGES = 2048;

    private Window() {}

    /**
     * 8 MiB, which fill a link of 10 Gbit/s over 6 ms; less for small messages, which could not be sent fast enough to
     * fill that before every iteration; and at least two messages, so that one can travel while the next is written.
     */
    public static long bytesFor(int messageBytes) {
        long paced = Math.max(SMALLEST_BYTES, Math.min(ORDINARY_BYTES, MESSAGES * messageBytes));
        return Math.max(paced, 2L * messageBytes);
    }
}
