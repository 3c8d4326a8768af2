package dev.tare.clock.estimate;

/**
 * What is known of the local clock at one instant, and what follows for instants near it.
 *
 * <p>The rates hold, the declared wander included, from one window before {@code localNs} to one window after it. Further
 * ahead the rate may be around another constant: by twice the wander more for each further window.
 *
 * @param localNs the instant on the local clock
 * @param serverNs the same instant on the server's clock, nanoseconds since 1970, as estimated
 * @param earliestNs the server's clock had reached this
 * @param latestNs the server's clock had not passed this
 * @param rate server seconds per local second, as estimated
 * @param slowest least possible server seconds per local second, the declared wander included
 * @param fastest greatest possible server seconds per local second, the declared wander included
 * @param wander how far the local clock's rate may be from a constant within twice the window, as a share
 * @param windowNs how far on either side of {@code localNs} the rates hold
 */
public record Estimate(
        long localNs,
        long serverNs,
        long earliestNs,
        long latestNs,
        double rate,
        double slowest,
        double fastest,
        double wander,
        long windowNs) {
    private static final double PPM = 1e-6;

    /** The server's clock had reached this at a local time. */
    public long earliestNs(long atLocalNs) {
        long sinceNs = atLocalNs - localNs;
        return earliestNs + (long) Math.floor(sinceNs * (sinceNs >= 0 ? slowest : fastest) - driftNs(sinceNs));
    }

    /** The server's clock had not passed this at a local time. */
    public long latestNs(long atLocalNs) {
        long sinceNs = atLocalNs - localNs;
        return latestNs + (long) Math.ceil(sinceNs * (sinceNs >= 0 ? fastest : slowest) + driftNs(sinceNs));
    }

    /** The server's clock at a local time, as estimated. */
    public long serverNs(long atLocalNs) {
        return serverNs + Math.round((atLocalNs - localNs) * rate);
    }

    /**
     * What the rates say of the time between two local ones.
     *
     * @param beginLocalNs no more than a window before {@link #localNs}
     */
    public DurationBound between(long beginLocalNs, long endLocalNs) {
        long lengthNs = endLocalNs - beginLocalNs;
        double furtherWindows = Math.max(0, Math.ceil((endLocalNs - localNs - windowNs) / (double) windowNs));
        double further = 2 * wander * furtherWindows;
        return new DurationBound(
                (long) Math.floor(lengthNs * (slowest - further)), (long) Math.ceil(lengthNs * (fastest + further)));
    }

    /**
     * How far the server's clock may be beyond what the rates say, so long after {@link #localNs}: the sum of 2 w, 4 w, ...
     * over the windows after the first, or a little more.
     */
    double driftNs(long sinceNs) {
        double beyondNs = (double) sinceNs - windowNs;
        return beyondNs > 0 ? wander * beyondNs * (beyondNs / windowNs + 2) : 0;
    }

    /** How much faster than the server the local clock runs, in parts per million. */
    public double localRatePpm() {
        return (1 / rate - 1) / PPM;
    }

    /** How far {@link #localRatePpm()} may be from the truth. */
    public double localRateBoundPpm() {
        return Math.max(1 / slowest - 1 / rate, 1 / rate - 1 / fastest) / PPM;
    }
}
