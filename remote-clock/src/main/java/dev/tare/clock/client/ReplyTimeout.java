package dev.tare.clock.client;

/**
 * How long a reply is waited for: the usual round trip and four times its deviation (RFC 6298), within limits.
 *
 * <p>Round trips come from the local clock, which may lie by its factor; the limits hold on real time.
 */
final class ReplyTimeout {
    private static final long LEAST_NS = 30_000_000;
    private static final double DEVIATIONS = 4;
    private static final double GAIN = 0.125;
    private static final double DEVIATION_GAIN = 0.25;

    private final long mostNs;
    private double roundTripNs;
    private double deviationNs;
    private boolean known;

    ReplyTimeout(long mostNs) {
        this.mostNs = mostNs;
    }

    void answered(long tookNs) {
        if (known) {
            deviationNs += DEVIATION_GAIN * (Math.abs(tookNs - roundTripNs) - deviationNs);
            roundTripNs += GAIN * (tookNs - roundTripNs);
        } else {
            roundTripNs = tookNs;
            deviationNs = 0.5 * tookNs;
            known = true;
        }
    }

    long timeoutNs() {
        return known ? Math.min(mostNs, Math.max(LEAST_NS, (long) (roundTripNs + DEVIATIONS * deviationNs))) : mostNs;
    }
}
