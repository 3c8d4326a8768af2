package dev.tare.clock.estimate;

import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Every straight line through what causality allows: the rates and offsets that the local clock can have.
 *
 * <p>With rate R, constant but for a wander of at most w, exchange i says of the server's time s at the reference
 * instant, which is not before any exchange: s &lt;= received_i + (R + w) (ref - sent_i), and exchange j says: s &gt;=
 * sentByServer_j + (R - w) (ref - arrived_j). Each pair without s bounds R; the extreme rates bound s.
 *
 * @param localNs reference instant on the local clock
 * @param serverNs reference instant on the server's clock
 * @param rateMin least possible server seconds per local second
 * @param earliest least possible server time at {@code localNs}, relative to {@code serverNs}
 */
record Envelope(
        long localNs,
        long serverNs,
        double wander,
        double rateMin,
        double rateMax,
        double earliest,
        double latest,
        Hull upper,
        Hull lower) {

    /** The envelope of exchanges in the order of {@code sentNs}, or null when no line fits. */
    static @Nullable Envelope of(List<Exchange> exchanges, double wander) {
        List<Exchange> byArrival = exchanges.stream()
                .sorted(Comparator.comparingLong(Exchange::arrivedNs))
                .toList();
        Exchange newest = byArrival.get(byArrival.size() - 1);
        long localNs = newest.arrivedNs();
        long serverNs = newest.serverSentNs();
        Hull upper = new Hull(Hull.UPPER_LIMITS, exchanges.size());
        for (Exchange e : exchanges) {
            upper.add(e.sentNs() - localNs, e.serverReceivedNs() - serverNs);
        }
        Hull lower = new Hull(Hull.LOWER_LIMITS, exchanges.size());
        for (Exchange e : byArrival) {
            lower.add(e.arrivedNs() - localNs, e.serverSentNs() - serverNs);
        }
        return of(localNs, serverNs, wander, upper, lower);
    }

    private static @Nullable Envelope of(long localNs, long serverNs, double wander, Hull upper, Hull lower) {
        double rateMin = Rates.SLOWEST;
        double rateMax = Rates.FASTEST;
        for (int i = 0; i < upper.size(); i++) {
            for (int j = 0; j < lower.size(); j++) {
                double riseNs = upper.y(i) - lower.y(j) - wander * (upper.x(i) + lower.x(j));
                double runNs = upper.x(i) - lower.x(j);
                if (runNs > 0) {
                    rateMax = Math.min(rateMax, riseNs / runNs);
                } else if (runNs < 0) {
                    rateMin = Math.max(rateMin, riseNs / runNs);
                } else if (riseNs < 0) {
                    return null;
                }
            }
        }
        return rateMin <= rateMax
                ? new Envelope(
                        localNs,
                        serverNs,
                        wander,
                        rateMin,
                        rateMax,
                        lower.limitAtReference(rateMin - wander),
                        upper.limitAtReference(rateMax + wander),
                        upper,
                        lower)
                : null;
    }

    double clampRate(double rate) {
        return Math.max(rateMin, Math.min(rateMax, rate));
    }

    /** Moves a server time at the reference instant into what lines of this rate allow. */
    double clampOffset(double offset, double rate) {
        double least = lower.limitAtReference(rate - wander);
        double greatest = upper.limitAtReference(rate + wander);
        return Math.max(least, Math.min(greatest, offset));
    }
}
