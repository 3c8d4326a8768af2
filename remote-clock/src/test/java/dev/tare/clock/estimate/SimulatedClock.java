package dev.tare.clock.estimate;

import java.util.Random;

/**
 * A local clock in virtual time whose true relation to the server's clock is known: its rate wanders at random within a
 * given distance of a constant, and it may step.
 */
final class SimulatedClock {
    private static final long SEGMENT_NS = 100_000_000;
    private static final int SEGMENTS = 2_000;
    private static final long LONGEST_WAY_NS = 50_000_000;
    private static final long SERVER_START_NS = 1_700_000_000_000_000_000L;

    private final double[] serverNs = new double[SEGMENTS + 1];
    private long steppedNs = Long.MAX_VALUE;
    private long stepNs;

    /**
     * Decides the clock's whole life.
     *
     * @param rate server seconds per local second
     * @param wander how far from that the rate gets at most
     */
    SimulatedClock(double rate, double wander, Random random) {
        for (int i = 0; i < SEGMENTS; i++) {
            double now = rate + wander * (random.nextInt(8) == 0 ? 1 : 2 * random.nextDouble() - 1);
            serverNs[i + 1] = serverNs[i] + now * SEGMENT_NS;
        }
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
    long serverAt(long localNs) {
        return SERVER_START_NS + Math.round(exactAt(localNs));
    }

    /** One exchange with these ways, which are times of the server's clock. */
    Exchange exchange(long sentNs, long thereNs, long heldNs, long backNs) {
        double received = exactAt(sentNs) + thereNs;
        double sent = received + heldNs;
        return new Exchange(
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
