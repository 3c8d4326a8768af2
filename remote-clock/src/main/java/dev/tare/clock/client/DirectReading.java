package dev.tare.clock.client;

import dev.tare.clock.estimate.DurationBound;
import dev.tare.clock.estimate.NtpExchange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A direct reading: the instant just before a request, which lies after the reply to the request before it.
 *
 * <p>Whatever the local clock does, the server's clock had then reached the transmit time of that reply and had not
 * passed the receive time of that request.
 *
 * @param localNs the instant on the local clock, which only names it
 * @param steadyTimescale of both exchanges; 0 when the server promises none
 */
record DirectReading(long localNs, long earliestNs, long latestNs, long steadyTimescale) {

    /** The narrowest of all gaps between exchanges in the order in which they were made, or null without any gap. */
    static @Nullable DirectReading narrowest(List<NtpExchange> exchanges) {
        DirectReading best = null;
        for (int i = 1; i < exchanges.size(); i++) {
            NtpExchange before = exchanges.get(i - 1);
            NtpExchange after = exchanges.get(i);
            long widthNs = after.serverReceivedNs() - before.serverSentNs();
            boolean sameTimescale = before.steadyTimescale() == after.steadyTimescale();
            if (sameTimescale && widthNs >= 0 && (best == null || widthNs < best.widthNs())) {
                best = new DirectReading(
                        after.sentNs(), before.serverSentNs(), after.serverReceivedNs(), after.steadyTimescale());
            }
        }
        return best;
    }

    /** How far the instant may be from either end. */
    long widthNs() {
        return latestNs - earliestNs;
    }

    /** Middle of the interval that contains the instant. */
    long middleNs() {
        return earliestNs + widthNs() / 2;
    }

    /** What two direct readings say about the time between them. */
    DurationBound until(DirectReading end) {
        return new DurationBound(end.earliestNs - latestNs, end.latestNs - earliestNs);
    }

    /** Whether the server promises that its clock did not step between these readings. */
    boolean steadyUntil(DirectReading end) {
        return steadyTimescale != 0 && steadyTimescale == end.steadyTimescale;
    }
}
