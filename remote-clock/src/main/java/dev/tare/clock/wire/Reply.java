package dev.tare.clock.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A server's packet as a client reads it.
 *
 * @param precision granularity of the server's clock as a power of two of seconds
 * @param rootDelayUnits round trip to the reference clock, 2^-16 s
 * @param rootDispersionUnits error of the reference clock, 2^-16 s, unsigned
 * @param origin the request's transmit bits
 */
public record Reply(
        int leap,
        int version,
        int mode,
        int stratum,
        int precision,
        int rootDelayUnits,
        int rootDispersionUnits,
        int referenceId,
        long referenceTime,
        long origin,
        long receiveTime,
        long transmitTime) {
    private static final int LAST_STRATUM = 15;
    private static final long ROOT_DISTANCE_LIMIT_UNITS = 3L << 16;

    /** The bits that must equal the request's transmit bits, from a frame of at least 32 bytes. */
    public static long origin(ByteBuffer frame) {
        return frame.getLong(Frame.ORIGIN_TIME);
    }

    /** Reads a frame of {@link Request#BYTES} bytes from index 0. */
    public static Reply read(ByteBuffer frame) {
        byte first = frame.get(Frame.LEAP_VERSION_MODE);
        return new Reply(
                Frame.leap(first),
                Frame.version(first),
                Frame.mode(first),
                frame.get(Frame.STRATUM) & 0xff,
                frame.get(Frame.PRECISION),
                frame.getInt(Frame.ROOT_DELAY),
                frame.getInt(Frame.ROOT_DISPERSION),
                frame.getInt(Frame.REFERENCE_ID),
                frame.getLong(Frame.REFERENCE_TIME),
                frame.getLong(Frame.ORIGIN_TIME),
                frame.getLong(Frame.RECEIVE_TIME),
                frame.getLong(Frame.TRANSMIT_TIME));
    }

    /** Whether this is no server's answer to a request of ours, whatever it says. */
    public boolean isForeign() {
        return mode != Frame.MODE_SERVER || version != Frame.VERSION;
    }

    /** The four letters with which a server asks to be left alone (RFC 5905, section 7.4), or null. */
    public @Nullable String kissCode() {
        if (stratum != 0) {
            return null;
        }
        byte[] letters = ByteBuffer.allocate(Integer.BYTES).putInt(referenceId).array();
        String code = new String(letters, StandardCharsets.US_ASCII);
        return code.chars().allMatch(letter -> letter >= 'A' && letter <= 'Z') ? code : null;
    }

    /** Why the time in this reply is not to be used, or null when it is. */
    public @Nullable ReplyFault fault() {
        if (leap == Frame.LEAP_UNKNOWN || stratum < 1 || stratum > LAST_STRATUM) {
            return ReplyFault.UNSYNCHRONIZED;
        }
        if (receiveTime == 0 || transmitTime == 0 || transmitTime - receiveTime < 0) {
            return ReplyFault.TIMES;
        }
        long distanceUnits = (rootDelayUnits & 0xffff_ffffL) / 2 + (rootDispersionUnits & 0xffff_ffffL);
        return distanceUnits < ROOT_DISTANCE_LIMIT_UNITS ? null : ReplyFault.ROOT_DISTANCE;
    }

    /** Whether the server promises that its timescale does not step while {@link #referenceTime()} stays the same. */
    public boolean neverSteps() {
        return stratum == 1 && referenceId == Answer.NEVER_STEPS;
    }
}
