package dev.tare.clock.wire;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The client's packet. */
public final class Request {
    /** Length of every request and every reply. */
    public static final int BYTES = 48;

    private static final int OLDEST_VERSION = 3;

    private Request() {}

    /**
     * Writes a request from index 0 on and makes the buffer ready to be sent.
     *
     * <p>It carries nothing but the version, the mode and the nonce: what else a client knows is nobody's business.
     *
     * @param nonce stands where the client's transmit time would; the reply must carry it back
     */
    public static void write(ByteBuffer frame, long nonce) {
        frame.clear();
        frame.putLong(0, 0).putLong(8, 0).putLong(16, 0).putLong(24, 0).putLong(32, 0);
        frame.put(Frame.LEAP_VERSION_MODE, Frame.leapVersionMode(0, Frame.VERSION, Frame.MODE_CLIENT));
        frame.putLong(Frame.TRANSMIT_TIME, nonce);
        frame.limit(BYTES);
    }

    /** Why a server must not answer this packet, or null when it is a well-formed request. Reads index 0 to the limit. */
    public static @Nullable RequestFault fault(ByteBuffer frame) {
        if (frame.limit() != BYTES) {
            return RequestFault.LENGTH;
        }
        byte first = frame.get(Frame.LEAP_VERSION_MODE);
        if (Frame.mode(first) != Frame.MODE_CLIENT) {
            return RequestFault.MODE;
        }
        int version = Frame.version(first);
        return version < OLDEST_VERSION || version > Frame.VERSION ? RequestFault.VERSION : null;
    }
}
