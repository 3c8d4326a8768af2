package dev.tare.net.datagram;

import java.nio.ByteBuffer;

/** The layout of a measured datagram: 8 bytes number, 8 bytes time of sending, padding. */
public final class Numbered {
    /** No measured datagram is shorter. */
    public static final int SMALLEST_BYTES = 2 * Long.BYTES;

    /** What IPv4 can carry behind its own header and UDP's. */
    public static final int LARGEST_BYTES = 65_507;

    private Numbered() {}

    /** Writes number and time at the buffer's start and makes the whole buffer ready to be sent. */
    public static void stamp(ByteBuffer datagram, long number, long sentNs) {
        datagram.clear();
        datagram.putLong(0, number).putLong(Long.BYTES, sentNs);
    }

    static long number(ByteBuffer datagram) {
        return datagram.getLong(0);
    }

    static long sentNs(ByteBuffer datagram) {
        return datagram.getLong(Long.BYTES);
    }
}
