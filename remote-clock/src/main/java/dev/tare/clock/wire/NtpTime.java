package dev.tare.clock.wire;

/**
 * NTP timestamps: seconds since 1900 in the upper 32 bits, 2^-32 of a second in the lower.
 *
 * <p>The seconds wrap every 136 years; a pivot instant tells which of these eras is meant. A number of nanoseconds
 * survives the way through a timestamp and back unchanged.
 */
public final class NtpTime {
    private static final long SECONDS_1900_TO_1970 = 2_208_988_800L;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long ERA_SECONDS = 1L << 32;

    private NtpTime() {}

    /** The timestamp of an instant given in nanoseconds since 1970. */
    public static long fromUnixNs(long unixNs) {
        long seconds = Math.floorDiv(unixNs, NANOS_PER_SECOND) + SECONDS_1900_TO_1970;
        long nanos = Math.floorMod(unixNs, NANOS_PER_SECOND);
        // Rounded up, so that toUnixNs, which rounds down, finds the same nanosecond.
        long fraction = ((nanos << 32) + NANOS_PER_SECOND - 1) / NANOS_PER_SECOND;
        return (seconds << 32) + fraction;
    }

    /**
     * The instant of a timestamp in nanoseconds since 1970, rounded down.
     *
     * @param pivotUnixNs an instant within 68 years of the one meant
     */
    public static long toUnixNs(long timestamp, long pivotUnixNs) {
        long seconds = (timestamp >>> 32) - SECONDS_1900_TO_1970;
        long eras =
                Math.floorDiv(Math.floorDiv(pivotUnixNs, NANOS_PER_SECOND) - seconds + ERA_SECONDS / 2, ERA_SECONDS);
        long nanos = ((timestamp & 0xffff_ffffL) * NANOS_PER_SECOND) >>> 32;
        return (seconds + eras * ERA_SECONDS) * NANOS_PER_SECOND + nanos;
    }
}
