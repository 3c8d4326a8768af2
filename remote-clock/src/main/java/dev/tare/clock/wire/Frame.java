package dev.tare.clock.wire;

/** Where the fields of a packet are (RFC 5905, figure 8). All numbers are big-endian. */
final class Frame {
    static final int LEAP_VERSION_MODE = 0;
    static final int STRATUM = 1;
    static final int POLL = 2;
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

    private Frame() {}

    static byte leapVersionMode(int leap, int version, int mode) {
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
