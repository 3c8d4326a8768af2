package dev.tare.net.stream;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The content of every message: its byte at position p depends on p alone, so a receiver can check any part of a stream
 * of equal messages without a copy of it.
 */
public final class Pattern {
    private static final long SEED = 0x7461_7265_6e65_7401L;

    private Pattern() {}

    /** Fills a buffer from its position 0 to its capacity. */
    private static void fill(ByteBuffer message) {
        for (int position = 0; position < message.capacity(); position++) {
            message.put(position, byteAt(position));
        }
    }

    /**
     * Checks a part of a stream of messages.
     *
     * @param buffer holds the part between {@code from} and {@code to}
     * @param streamOffset how many bytes of the stream came before {@code from}
     * @throws IOException when a byte differs: what was expected, what came, and where
     */
    public static void verify(ByteBuffer buffer, int from, int to, long streamOffset, int messageBytes)
            throws IOException {
        int position = (int) (streamOffset % messageBytes);
        for (int index = from; index < to; index++) {
            if (buffer.get(index) != byteAt(position)) {
                throw new IOException(String.format(
                        "content of the stream is wrong at byte %d (byte %d of its message of %d): expected 0x%02x, got"
                                + " 0x%02x; data were damaged, lost or repeated on the way",
                        streamOffset + index - from, position, messageBytes, byteAt(position), buffer.get(index)));
            }
            position = position + 1 == messageBytes ? 0 : position + 1;
        }
    }

    /** The pattern of one message in a direct buffer, ready to be written again and again. */
    public static ByteBuffer message(int messageBytes) {
        ByteBuffer message = PageBuffer.allocate(messageBytes);
        fill(message);
        return message;
    }

    private static byte byteAt(int position) {
        // SplitMix64's finalizer over the number of the 8-byte word: neighbouring words share nothing.
        long word = SEED + (position >>> 3) * 0x9e37_79b9_7f4a_7c15L;
        word = (word ^ (word >>> 30)) * 0xbf58_476d_1ce4_e5b9L;
        word = (word ^ (word >>> 27)) * 0x94d0_49bb_1331_11ebL;
        word ^= word >>> 31;
        return (byte) (word >>> ((position & 7) << 3));
    }
}
