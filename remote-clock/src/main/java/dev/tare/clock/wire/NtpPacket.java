package dev.tare.clock.wire;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The 48 bytes that travel in either direction (RFC 5905, figure 8; all numbers are big-endian): how a client writes
 * them, what a server must not answer, and how it turns a request into its reply, in place. {@link NtpReply} reads them.
 */
public final class NtpPacket {
    /** Length of every request and every reply. */
    public static final int BYTES = 48;

    /** Reference identifier of Tare's own server; its promise: the timescale never steps while its reference time stays. */
    public static final int NEVER_STEPS = ('T' << 24) | ('A' << 16) | ('R' << 8) | 'E';

    static final int LEAP_VERSION_MODE = 0;
    static final int STRATUM = 1;
    static final int PRECISION = 3;
    static final int ROOT_DELAY = 4;
    static final int ROOT_DISPERSION = 8;
    static final int REFERENCE_ID = 12;
    static final int REFERENCE_TIME = 16;
    static final int ORIGIN_TIME = 24;
    static final int RECEIVE_TIME = 32;
    static final int TRANSMIT_TIME = 40;

    static final int MODE_CLIENT = 3;
    static final int MODE_SERVER = 4;
    static final int VERSION = 4;
    static final int LEAP_UNKNOWN = 3;

    private static final int OLDEST_VERSION = 3;
    private static final int STRATUM_PRIMARY = 1;
    // One unit is 2^-16 s = 15 us: the smallest that says "not exactly zero".
    private static final int ROOT_DISPERSION_UNITS = 1;

    private NtpPacket() {}

    /** Why a server leaves a packet unanswered. */
    public enum RequestFault {
        /** Not exactly 48 bytes. */
        LENGTH,
        /** Not a client's packet; a reply to a reply would never end. */
        MODE,
        /** Neither version 3 nor 4. */
        VERSION
    }

    /**
     * Writes a request from index 0 on and makes the buffer ready to be sent.
     *
     * <p>It carries nothing but the version, the mode and the nonce: what else a client knows is nobody's business.
     *
     * @param nonce stands where the client's transmit time would; the reply must carry it back
     */
    public static void writeRequest(ByteBuffer packet, long nonce) {
        packet.clear();
        packet.putLong(0, 0).putLong(8, 0).putLong(16, 0).putLong(24, 0).putLong(32, 0);
        packet.put(LEAP_VERSION_MODE, leapVersionMode(0, VERSION, MODE_CLIENT));
        packet.putLong(TRANSMIT_TIME, nonce);
        packet.limit(BYTES);
    }

    /** Why a server must not answer this packet, or null when it is a well-formed request. Reads index 0 to the limit. */
    public static @Nullable RequestFault requestFault(ByteBuffer packet) {
        if (packet.limit() != BYTES) {
            return RequestFault.LENGTH;
        }
        byte first = packet.get(LEAP_VERSION_MODE);
        if (mode(first) != MODE_CLIENT) {
            return RequestFault.MODE;
        }
        int version = version(first);
        return version < OLDEST_VERSION || version > VERSION ? RequestFault.VERSION : null;
    }

    /**
     * Writes everything of a reply but the transmit time over a well-formed request.
     *
     * @param precision granularity of the server's clock as a power of two of seconds, e.g. -25
     * @param referenceTime the timescale's start, as an NTP timestamp
     * @param receiveTime when the request arrived, as an NTP timestamp
     */
    public static void writeReply(ByteBuffer request, int precision, long referenceTime, long receiveTime) {
        int version = version(request.get(LEAP_VERSION_MODE));
        request.put(LEAP_VERSION_MODE, leapVersionMode(0, version, MODE_SERVER));
        request.put(STRATUM, (byte) STRATUM_PRIMARY);
        request.put(PRECISION, (byte) precision);
        request.putInt(ROOT_DELAY, 0);
        request.putInt(ROOT_DISPERSION, ROOT_DISPERSION_UNITS);
        request.putInt(REFERENCE_ID, NEVER_STEPS);
        request.putLong(REFERENCE_TIME, referenceTime);
        request.putLong(ORIGIN_TIME, request.getLong(TRANSMIT_TIME));
        request.putLong(RECEIVE_TIME, receiveTime);
    }

    /** Writes the transmit time of a reply: the last thing before sending. */
    public static void stamp(ByteBuffer reply, long transmitTime) {
        reply.putLong(TRANSMIT_TIME, transmitTime);
    }

    private static byte leapVersionMode(int leap, int version, int mode) {
        return (byte) ((leap << 6) | (version << 3) | mode);
    }

    static int leap(byte first) {
        return (first >> 6) & 3;
    }

    static int version(byte first) {
        return (first >> 3) & 7;
    }

    static int mode(byte first) {
        return first & 7;
    }
}
