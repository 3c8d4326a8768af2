package dev.tare.clock.estimate;

/**
 * One request and its reply. Causality alone says: at local time {@code sentNs} the server's clock had not passed
 * {@code serverReceivedNs}, and at local time {@code arrivedNs} it had reached {@code serverSentNs}.
 *
 * @param sentNs local clock before the request was sent
 * @param serverReceivedNs server's clock, nanoseconds since 1970, when the request had come; rounded up by the server's
 *     granularity
 * @param serverSentNs server's clock before the reply was sent; rounded down likewise
 * @param arrivedNs local clock after the reply had come
 * @param steadyTimescale identifies a server timescale that promised never to step; 0 without such a promise
 */
public record NtpExchange(long sentNs, long serverReceivedNs, long serverSentNs, long arrivedNs, long steadyTimescale) {
    /** Round trip by the local clock, the server's share included. */
    public long roundTripNs() {
        return arrivedNs - sentNs;
    }

    /** The part of the round trip that was spent on the way, on the local clock. */
    long delayNs() {
        return roundTripNs() - (serverSentNs - serverReceivedNs);
    }
}
