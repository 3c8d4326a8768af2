package dev.tare.clock.estimate;

/**
 * What is known of the local clock at one instant, and what follows for instants near it.
 *
 * @param localNs the instant on the local clock
 * @param serverNs the same instant on the server's clock, nanoseconds since 1970, as estimated
 * @param earliestNs the server's clock had reached this
 * @param latestNs the server's clock had not passed this
 * @param rate server seconds per local second, as estimated
 * @param slowest least possible server seconds per local second, the declared wander included
 * @param fastest greatest possible server seconds per local second, the declared wander included
 */
public record Estimate(
        long localNs, long serverNs, long earliestNs, long latestNs, double rate, double slowest, double fastest) {
    /** The server's clock had reached this at a local time. */
    public long earliestNs(long atLocalNs) {
        long sinceNs = atLocalNs - localNs;
        return earliestNs + (long) Math.floor(sinceNs * (sinceNs >= 0 ? slowest : fastest));
    }

    /** The server's clock had not passed this at a local time. */
    public long latestNs(long atLocalNs) {
        long sinceNs = atLocalNs - localNs;
        return latestNs + (long) Math.ceil(sinceNs * (sinceNs >= 0 ? fastest : slowest));
    }

    /** The server's clock at a local time, as estimated. */
    public long serverNs(long atLocalNs) {
        return serverNs + Math.round((atLocalNs - localNs) * rate);
    }

    /** How much faster than the server the local clock runs, in parts per million. */
    public double localRatePpm() {
        return (1 / rate - 1) / Rates.PPM;
    }

    /** How far {@link #localRatePpm()} may be from the truth. */
    public double localRateBoundPpm() {
        return Math.max(1 / slowest - 1 / rate, 1 / rate - 1 / fastest) / Rates.PPM;
    }
}
