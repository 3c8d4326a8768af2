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
public record NtpReply(
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

    /** Why the time in a reply is not to be used. */
    public enum Fault {
        /** The server says that its own clock is not set: leap indicator 3, or a stratum outside 1 to 15. */
        UNSYNCHRONIZED("its own clock is not synchronized"),
        /** A time is missing, or the reply was sent before its request came. */
        TIMES("its receive and transmit times make no sense"),
        /** Root delay/2 and root dispersion, which make the root distance, are three seconds or more. */
        ROOT_DISTANCE("it is 3 s or more away from its reference clock");

        private final String reason;

        Fault(String reason) {
            this.reason = reason;
        }

        /** Completes "the server's answer is not usable: ". */
        public String reason() {
            return reason;
        }
    }

    /** The bits that must equal the request's transmit bits, from a packet of at least 32 bytes. */
    public static long origin(ByteBuffer packet) {
        return packet.getLong(NtpPacket.ORIGIN_TIME);
    }

    /** Reads a packet of {@link NtpPacket#BYTES} bytes from index 0. */
    public static NtpReply read(ByteBuffer packet) {
        byte first = packet.get(NtpPacket.LEAP_VERSION_MODE);
        return new NtpReply(
                NtpPacket.leap(first),
                NtpPacket.version(first),
                NtpPacket.mode(first),
                packet.get(NtpPacket.STRATUM) & 0xff,
                packet.get(NtpPacket.PRECISION),
                packet.getInt(NtpPacket.ROOT_DELAY),
                packet.getInt(NtpPacket.ROOT_DISPERSION),
                packet.getInt(NtpPacket.REFERENCE_ID),
                packet.getLong(NtpPacket.REFERENCE_TIME),
                packet.getLong(NtpPacket.ORIGIN_TIME),
                packet.getLong(NtpPacket.RECEIVE_TIME),
                packet.getLong(NtpPacket.TRANSMIT_TIME));
    }

    /** Whether this is no server's answer to a request of ours, whatever it says. */
    public boolean isForeign() {
        return mode != NtpPacket.MODE_SERVER || version != NtpPacket.VERSION;
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
    public @Nullable Fault fault() {
        if (leap == NtpPacket.LEAP_UNKNOWN || stratum < 1 || stratum > LAST_STRATUM) {
            return Fault.UNSYNCHRONIZED;
        }
        if (receiveTime == 0 || transmitTime == 0 || transmitTime - receiveTime < 0) {
            return Fault.TIMES;
        }
        long distanceUnits = (rootDelayUnits & 0xffff_ffffL) / 2 + (rootDispersionUnits & 0xffff_ffffL);
        return distanceUnits < ROOT_DISTANCE_LIMIT_UNITS ? null : Fault.ROOT_DISTANCE;
    }

    /** Whether the server promises that its timescale does not step while {@link #referenceTime()} stays the same. */
    public boolean neverSteps() {
        return stratum == 1 && referenceId == NtpPacket.NEVER_STEPS;
    }
}
