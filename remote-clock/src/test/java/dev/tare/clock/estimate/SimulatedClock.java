package dev.tare.clock.estimate;

import java.util.Random;

/**
 * A local clock in virtual time whose true relation to the server's clock is known: its rate wanders at random within a
 * given distance of a constant, and it may step.
 */
public final class SimulatedClock {
    private static final long SEGMENT_NS = 100_000_000;
    private static final int SEGMENTS = 2_000;
    private static final double SEGMENTS_PER_SECOND = 1e9 / SEGMENT_NS;
    private static final long LONGEST_WAY_NS = 50_000_000;
    private static final long SERVER_START_NS = 1_700_000_000_000_000_000L;

    private final double[] serverNs;
    private long steppedNs = Long.MAX_VALUE;
    private long stepNs;

    /**
     * Decides the clock's whole life.
     *
     * @param rate server seconds per local second
     * @param wander how far from that the rate gets at most
     */
    SimulatedClock(double rate, double wander, Random random) {
        this(rate, 0, wander, SEGMENTS, random);
    }

    private SimulatedClock(double rate, double driftPerSegment, double wander, int segments, Random random) {
        serverNs = new double[segments + 1];
        for (int i = 0; i < segments; i++) {
            double now =
                    rate + driftPerSegment * i + wander * (random.nextInt(8) == 0 ? 1 : 2 * random.nextDouble() - 1);
            serverNs[i + 1] = serverNs[i] + now * SEGMENT_NS;
        }
    }

    /**
     * A clock whose rate moves steadily in one direction, as that of a machine that warms up.
     *
     * @param driftPerSecond how much the rate changes in a second
     * @param wander how far from that the rate gets at most
     */
    public static SimulatedClock drifting(
            double rate, double driftPerSecond, double wander, int seconds, Random random) {
        return new SimulatedClock(
                rate, driftPerSecond / SEGMENTS_PER_SECOND, wander, (int) (seconds * SEGMENTS_PER_SECOND), random);
    }

    /** The server steps forward, or the local clock loses time, which looks the same. */
    void step(long localNs, long stepNs) {
        steppedNs = localNs;
        this.stepNs = stepNs;
    }

    /** Truth, relative to the server's start, in fractions of nanoseconds. */
    double exactAt(long localNs) {
        int segment = (int) (localNs / SEGMENT_NS);
        double share = (localNs - segment * SEGMENT_NS) / (double) SEGMENT_NS;
        double steps = localNs >= steppedNs ? stepNs : 0;
        return steps + serverNs[segment] + share * (serverNs[segment + 1] - serverNs[segment]);
    }

    /** Truth in nanoseconds since 1970. */
    public long serverAt(long localNs) {
        return SERVER_START_NS + Math.round(exactAt(localNs));
    }

    /** One exchange with these ways, which are times of the server's clock. */
    public NtpExchange exchange(long sentNs, long thereNs, long heldNs, long backNs) {
        double received = exactAt(sentNs) + thereNs;
        double sent = received + heldNs;
        return new NtpExchange(
                sentNs,
                SERVER_START_NS + (long) Math.ceil(received),
                SERVER_START_NS + (long) Math.floor(sent),
                localAt(sentNs, sent + backNs),
                0);
    }

    private long localAt(long notBeforeNs, double server) {
        long earlier = notBeforeNs;
        long later = notBeforeNs + LONGEST_WAY_NS;
        while (later - earlier > 1) {
            long middle = (earlier + later) >>> 1;
            if (exactAt(middle) < server) {
                earlier = middle;
            } else {
                later = middle;
            }
        }
        return later;
    }
}
