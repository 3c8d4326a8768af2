package dev.tare.clock.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
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
    private static final long UNITS_PER_SECOND = 1 << 16;
    private static final long ROOT_DISTANCE_LIMIT_S = 3;
    private static final int WORD_BYTES = 4;
    private static final String WRONG_PROGRAM =
            "see which program has this port there, and name an NTP server (java -jar benchmarks.jar clock is one)";
    private static final String NOT_SET =
            "set the clock there (chronyc tracking and ntpq -c rv tell its state), wait until it is set, or name another"
                    + " server";
    /** Demands of a server, not descriptions of its state (RFC 5905, section 7.4). */
    private static final Set<String> KISSES = Set.of("RATE", "DENY", "RSTR");

    private static final List<String> MODES = List.of(
            "reserved",
            "symmetric active",
            "symmetric passive",
            "client",
            "server",
            "broadcast",
            "control message",
            "private");

    /**
     * Why the time in an answer is not to be used.
     *
     * @param reason completes "it answered, but "
     * @param advice what to do about it
     */
    public record Fault(String reason, String advice) {
        /** The times contradict each other or the round trip. */
        public static Fault times(String which) {
            return new Fault("its times make no sense: " + which, WRONG_PROGRAM);
        }
    }

    /** The bits that must equal the request's transmit bits, from a packet of at least 32 bytes. */
    public static long origin(ByteBuffer packet) {
        return packet.getLong(NtpPacket.ORIGIN_TIME);
    }

    /** Whether a packet of this length carries a request's transmit bits back, so that it answers it, well or badly. */
    public static boolean answers(ByteBuffer packet, int length, long nonce) {
        return length >= NtpPacket.ORIGIN_TIME + Long.BYTES && origin(packet) == nonce;
    }

    /** Whether a packet of this length is the request itself, as a program sends it back that returns whatever it gets. */
    public static boolean echoes(ByteBuffer packet, int length, long nonce) {
        return length >= NtpPacket.BYTES
                && packet.getLong(NtpPacket.TRANSMIT_TIME) == nonce
                && NtpPacket.mode(packet.get(NtpPacket.LEAP_VERSION_MODE)) == NtpPacket.MODE_CLIENT;
    }

    /** The fault of a server that echoes. */
    public static Fault echo() {
        return new Fault("with the request itself, unchanged", WRONG_PROGRAM);
    }

    /**
     * Why an answer of this length cannot be read, or null when it can: 48 bytes, and whole extension fields or a MAC behind
     * them, which say nothing about the time (RFC 7822).
     */
    public static @Nullable Fault lengthFault(ByteBuffer packet, int length) {
        int behind = length - NtpPacket.BYTES;
        if (behind < 0 || behind % WORD_BYTES != 0) {
            return new Fault(
                    "with " + length + " bytes, where 48 were expected, and whole words of extension fields or a MAC"
                            + " behind them",
                    WRONG_PROGRAM);
        }
        if (behind == WORD_BYTES && packet.getInt(NtpPacket.BYTES) == 0) {
            return new Fault(
                    "with a crypto-NAK: it wants requests that are authenticated, which these are not",
                    "let it serve this machine without a key, or name another server");
        }
        return null;
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

    /** The four letters of a reply of stratum 0 (RFC 5905, section 7.4), or null. */
    private @Nullable String code() {
        if (stratum != 0) {
            return null;
        }
        byte[] letters = ByteBuffer.allocate(Integer.BYTES).putInt(referenceId).array();
        String code = new String(letters, StandardCharsets.US_ASCII);
        return code.chars().allMatch(letter -> letter >= 'A' && letter <= 'Z') ? code : null;
    }

    /** RATE, DENY or RSTR, with which a server asks to be left alone for a while or for ever, or null. */
    public @Nullable String kissCode() {
        String code = code();
        return code != null && KISSES.contains(code) && mode == NtpPacket.MODE_SERVER ? code : null;
    }

    /** Why the time in this reply is not to be used, or null when it is. */
    public @Nullable Fault fault() {
        if (version < 1 || version > NtpPacket.VERSION) {
            // Versions 1 to 4 share the 48 bytes; what others mean by them is unknown.
            return new Fault("in version " + version + " of NTP, where 1 to 4 are understood", WRONG_PROGRAM);
        }
        if (mode != NtpPacket.MODE_SERVER) {
            return new Fault(
                    "in mode " + mode + " (" + MODES.get(mode) + "), where 4 (server) was expected", WRONG_PROGRAM);
        }
        if (leap == NtpPacket.LEAP_UNKNOWN || stratum < 1 || stratum > LAST_STRATUM) {
            String code = code();
            return new Fault(
                    "its own clock is not synchronized (leap indicator " + leap + ", stratum " + stratum
                            + (code == null ? "" : ", " + code) + ")",
                    NOT_SET);
        }
        if (receiveTime == 0 || transmitTime == 0) {
            return Fault.times("the time of " + (receiveTime == 0 ? "receipt" : "transmission") + " is missing");
        }
        if (transmitTime - receiveTime < 0) {
            return Fault.times("it sent the reply before the request came");
        }
        double delayS = (double) Integer.toUnsignedLong(rootDelayUnits) / UNITS_PER_SECOND;
        double dispersionS = (double) Integer.toUnsignedLong(rootDispersionUnits) / UNITS_PER_SECOND;
        if (delayS / 2 + dispersionS < ROOT_DISTANCE_LIMIT_S) {
            return null;
        }
        return new Fault(
                String.format(
                        Locale.ROOT,
                        "it is %.3f s away from its reference clock (root delay %.3f s / 2 + root dispersion %.3f s), where"
                                + " less than %d s are trusted",
                        delayS / 2 + dispersionS,
                        delayS,
                        dispersionS,
                        ROOT_DISTANCE_LIMIT_S),
                NOT_SET);
    }

    /** Whether the server promises that its timescale does not step while {@link #referenceTime()} stays the same. */
    public boolean neverSteps() {
        return stratum == 1 && referenceId == NtpPacket.NEVER_STEPS;
    }
}
