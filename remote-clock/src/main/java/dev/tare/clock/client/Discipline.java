package dev.tare.clock.client;

import java.time.Duration;

/**
 * How a clock asks its server and what it assumes of the local clock.
 *
 * @param wanderPpm how far the local clock's rate may be from a constant within the window; every bound leans on it
 * @param poll time between two polls
 * @param requestsPerPoll requests of a poll, back to back
 * @param requestsPerReading requests of a direct reading, back to back; 2 at least
 * @param timeout how long to wait for a reply
 * @param window how long an exchange is remembered
 */
public record Discipline(
        double wanderPpm,
        Duration poll,
        int requestsPerPoll,
        int requestsPerReading,
        Duration timeout,
        Duration window) {
    private static final Discipline DEFAULT =
            new Discipline(1, Duration.ofMillis(250), 4, 16, Duration.ofMillis(250), Duration.ofSeconds(60));

    /** @throws IllegalArgumentException when a value makes no sense */
    public Discipline {
        if (!(wanderPpm >= 0 && wanderPpm < 1e5)) {
            throw new IllegalArgumentException(
                    "wander: expected 0 to 100000 parts per million, got " + wanderPpm + "; 1 suits most machines");
        }
        if (requestsPerPoll < 1 || requestsPerReading < 2) {
            throw new IllegalArgumentException("expected at least 1 request per poll and 2 per direct reading, got "
                    + requestsPerPoll + " and " + requestsPerReading);
        }
        if (poll.toMillis() < 1 || timeout.toMillis() < 1 || window.compareTo(poll.multipliedBy(4)) < 0) {
            throw new IllegalArgumentException(
                    "expected poll and timeout of at least 1 ms and a window of at least four" + " polls, got " + poll
                            + ", " + timeout + " and " + window);
        }
    }

    /** Wander 1 ppm; 4 requests each 250 ms, 16 per direct reading; a minute is remembered. */
    public static Discipline standard() {
        return DEFAULT;
    }

    /** The same with another wander. */
    public Discipline withWanderPpm(double ppm) {
        return new Discipline(ppm, poll, requestsPerPoll, requestsPerReading, timeout, window);
    }

    /** The same with another time between polls. */
    public Discipline withPoll(Duration other) {
        return new Discipline(wanderPpm, other, requestsPerPoll, requestsPerReading, timeout, window);
    }

    /** The same with other numbers of requests. */
    public Discipline withRequests(int perPoll, int perReading) {
        return new Discipline(wanderPpm, poll, perPoll, perReading, timeout, window);
    }

    /** The same with another patience. */
    public Discipline withTimeout(Duration other) {
        return new Discipline(wanderPpm, poll, requestsPerPoll, requestsPerReading, other, window);
    }
}
