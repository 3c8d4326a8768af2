package dev.tare.clock.wire;

import java.nio.ByteBuffer;

/** Turns a request into its reply, in place. */
public final class Answer {
    /** Reference identifier of Tare's own server; its promise: the timescale never steps while its reference time stays. */
    public static final int NEVER_STEPS = ('T' << 24) | ('A' << 16) | ('R' << 8) | 'E';

    private static final int STRATUM_PRIMARY = 1;
    // One unit is 2^-16 s = 15 us: the smallest that says "not exactly zero".
    private static final int ROOT_DISPERSION_UNITS = 1;

    private Answer() {}

    /**
     * Writes everything but the transmit time over a well-formed request.
     *
     * @param precision granularity of the server's clock as a power of two of seconds, e.g. -25
     * @param referenceTime the timescale's start, as an NTP timestamp
     * @param receiveTime when the request arrived, as an NTP timestamp
     */
    public static void write(ByteBuffer frame, int precision, long referenceTime, long receiveTime) {
        int version = Frame.version(frame.get(Frame.LEAP_VERSION_MODE));
        frame.put(Frame.LEAP_VERSION_MODE, Frame.leapVersionMode(0, version, Frame.MODE_SERVER));
        frame.put(Frame.STRATUM, (byte) STRATUM_PRIMARY);
        frame.put(Frame.PRECISION, (byte) precision);
        frame.putInt(Frame.ROOT_DELAY, 0);
        frame.putInt(Frame.ROOT_DISPERSION, ROOT_DISPERSION_UNITS);
        frame.putInt(Frame.REFERENCE_ID, NEVER_STEPS);
        frame.putLong(Frame.REFERENCE_TIME, referenceTime);
        frame.putLong(Frame.ORIGIN_TIME, frame.getLong(Frame.TRANSMIT_TIME));
        frame.putLong(Frame.RECEIVE_TIME, receiveTime);
    }

    /** Writes the transmit time: the last thing before sending. */
    public static void stamp(ByteBuffer frame, long transmitTime) {
        frame.putLong(Frame.TRANSMIT_TIME, transmitTime);
    }
}
