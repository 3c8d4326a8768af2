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
    /** No clock that runs at all is taken to be more than four times slower than another. */
    private static final double SLOWEST = 0.25;

    /** No clock is taken to be more than four times faster than another. */
    private static final double FASTEST = 4;

    /** The envelope of exchanges in the order of {@code sentNs}, or null when no line fits. */
    static @Nullable Envelope of(List<NtpExchange> exchanges, double wander) {
        List<NtpExchange> byArrival = exchanges.stream()
                .sorted(Comparator.comparingLong(NtpExchange::arrivedNs))
                .toList();
        NtpExchange newest = byArrival.get(byArrival.size() - 1);
        long localNs = newest.arrivedNs();
        long serverNs = newest.serverSentNs();
        Hull upper = new Hull(Hull.UPPER_LIMITS, exchanges.size());
        for (NtpExchange e : exchanges) {
            upper.add(e.sentNs() - localNs, e.serverReceivedNs() - serverNs);
        }
        Hull lower = new Hull(Hull.LOWER_LIMITS, exchanges.size());
        for (NtpExchange e : byArrival) {
            lower.add(e.arrivedNs() - localNs, e.serverSentNs() - serverNs);
        }
        return of(localNs, serverNs, wander, upper, lower);
    }

    private static @Nullable Envelope of(long localNs, long serverNs, double wander, Hull upper, Hull lower) {
        double rateMin = SLOWEST;
        double rateMax = FASTEST;
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

    /**
     * The points of one side of the envelope that matter: the convex chain that a straight line can touch.
     *
     * <p>Coordinates are nanoseconds from a reference instant near the newest point, so that doubles hold them to a
     * thousandth of a nanosecond over a window of minutes.
     */
    static final class Hull {
        /** The chain lies below all points: they are limits from above. */
        static final int UPPER_LIMITS = 1;

        /** The chain lies above all points: they are limits from below. */
        static final int LOWER_LIMITS = -1;

        private final int side;
        private final double[] x;
        private final double[] y;
        private int size;

        Hull(int side, int capacity) {
            this.side = side;
            x = new double[capacity];
            y = new double[capacity];
        }

        /** Adds a point; points come in the order of x, and near enough that doubles hold them exactly. */
        void add(long localNs, long serverNs) {
            double pointX = (double) localNs;
            double pointY = (double) serverNs;
            while (size >= 2 && !turns(pointX, pointY)) {
                size--;
            }
            x[size] = pointX;
            y[size] = pointY;
            size++;
        }

        /** Whether the last point stays a corner of the chain when this one follows. */
        private boolean turns(double pointX, double pointY) {
            double cross = (x[size - 1] - x[size - 2]) * (pointY - y[size - 2])
                    - (y[size - 1] - y[size - 2]) * (pointX - x[size - 2]);
            return side * cross > 0;
        }

        int size() {
            return size;
        }

        double x(int index) {
            return x[index];
        }

        double y(int index) {
            return y[index];
        }

        /** The limit at x = 0 that lines of this slope have: the lowest upper one, the highest lower one. */
        double limitAtReference(double slope) {
            double limit = side * Double.POSITIVE_INFINITY;
            for (int i = 0; i < size; i++) {
                double candidate = y[i] - slope * x[i];
                limit = side > 0 ? Math.min(limit, candidate) : Math.max(limit, candidate);
            }
            return limit;
        }
    }
}
