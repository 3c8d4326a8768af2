package dev.tare.clock;

import java.util.Locale;

/** How the 48-byte frames travel. */
public enum ClockTransport {
    /** Plain NTPv4: any NTP server understands it. */
    UDP,
    /** The same frames over a stream, for networks that pass no UDP; only Tare's own server understands it. */
    TCP;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
