package dev.tare.clock.estimate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the exchanges of a window and says what they prove about the local clock.
 *
 * <p>Exchanges that cannot all be true mean that a clock stepped or changed its rate by more than the declared wander:
 * a disruption. All but the newest are then dropped. Not thread-safe.
 */
public final class ClockEstimator {
    private static final int AGREEING_BURSTS = 3;
    private static final int MOST_EXCHANGES = 1500;
    private static final double PPM = 1e-6;
    // For what the arithmetic in doubles rounds off.
    private static final long ROUNDING_NS = 1;

    private final double wander;
    private final long windowNs;
    private final List<NtpExchange> kept = new ArrayList<>();
    private @Nullable Estimate estimate;
    private long disruptions;
    private int agreeing;

    /**
     * @param wanderPpm how far the local clock's rate may be from a constant within twice the window, in parts per million
     * @param windowNs age at which exchanges are forgotten
     */
    public ClockEstimator(double wanderPpm, long windowNs) {
        if (!(wanderPpm >= 0 && wanderPpm < 1e5)) {
            throw new IllegalArgumentException(
                    "wander: expected 0 to 100000 parts per million, got " + wanderPpm + "; 1 suits most machines");
        }
        this.wander = wanderPpm * PPM;
        this.windowNs = windowNs;
    }

    /** Takes in exchanges that were made in quick succession; an empty list changes nothing. */
    public void add(List<NtpExchange> burst) {
        if (burst.isEmpty()) {
            return;
        }
        Set<NtpExchange> best = best(burst);
        kept.addAll(best);
        kept.sort(Comparator.comparingLong(NtpExchange::sentNs));
        boolean sameTimescale = !forgetOldTimescales();
        forgetOldExchanges();
        if (sameTimescale && estimate != null && best.containsAll(kept)) {
            beginAnew(estimate);
        }
        Envelope fitting = Envelope.of(kept, wander);
        if (fitting == null) {
            disrupt();
            // Of all that is kept only the newest exchange was surely made after whatever happened. More might fit, but
            // what fits is not yet true: a step looks like a rate until a third exchange tells.
            kept.subList(0, kept.size() - 1).clear();
            fitting = Envelope.of(kept, wander);
        }
        if (fitting == null) {
            // It contradicts itself: its two times are further apart than any clock allows.
            kept.clear();
            return;
        }
        agreeing++;
        estimate = estimate(fitting);
    }

    /** Of a burst only these can matter: the quickest way there, the quickest way back, the quickest round trip. */
    private static Set<NtpExchange> best(List<NtpExchange> burst) {
        Comparator<NtpExchange> wayThere = Comparator.comparingLong(e -> e.serverReceivedNs() - e.sentNs());
        Comparator<NtpExchange> wayBack = Comparator.comparingLong(e -> e.arrivedNs() - e.serverSentNs());
        Set<NtpExchange> best = new LinkedHashSet<>();
        best.add(burst.stream().min(wayThere).orElseThrow());
        best.add(burst.stream().min(wayBack).orElseThrow());
        best.add(burst.stream()
                .min(Comparator.comparingLong(NtpExchange::delayNs))
                .orElseThrow());
        return best;
    }

    /** A server that began a new timescale tells by it that the old one says nothing about the new. */
    private boolean forgetOldTimescales() {
        long newest = kept.get(kept.size() - 1).steadyTimescale();
        boolean begun = kept.removeIf(e -> e.steadyTimescale() != newest);
        if (begun) {
            disrupt();
        }
        return begun;
    }

    /**
     * After a silence that was longer than the window nothing is left that the new exchanges could contradict but what the
     * old ones had proved: a step of the local clock by more than the window looks like such a silence.
     */
    private void beginAnew(Estimate known) {
        NtpExchange newest = kept.get(kept.size() - 1);
        agreeing = 0;
        if (newest.serverReceivedNs() < known.earliestNs(newest.sentNs())
                || newest.serverSentNs() > known.latestNs(newest.arrivedNs())) {
            disrupt();
        }
    }

    private void disrupt() {
        disruptions++;
        agreeing = 0;
    }

    private void forgetOldExchanges() {
        long newestNs = kept.get(kept.size() - 1).arrivedNs();
        kept.removeIf(e -> newestNs - e.arrivedNs() > windowNs);
        if (kept.size() > MOST_EXCHANGES) {
            kept.subList(0, kept.size() - MOST_EXCHANGES).clear();
        }
    }

    private Estimate estimate(Envelope fitting) {
        double middleRate = 0.5 * (fitting.rateMin() + fitting.rateMax());
        LeastSquares line = LeastSquares.fit(kept, fitting.localNs(), fitting.serverNs(), middleRate);
        double rate = fitting.clampRate(line.rate());
        double offset = fitting.clampOffset(line.offset(), rate);
        return new Estimate(
                fitting.localNs(),
                fitting.serverNs() + Math.round(offset),
                fitting.serverNs() + (long) Math.floor(fitting.earliest()) - ROUNDING_NS,
                fitting.serverNs() + (long) Math.ceil(fitting.latest()) + ROUNDING_NS,
                rate,
                fitting.rateMin() - wander,
                fitting.rateMax() + wander,
                wander,
                windowNs);
    }

    /** What is known now, or null before the first exchange. */
    public @Nullable Estimate estimate() {
        return estimate;
    }

    /**
     * Whether enough bursts agree since the last contradiction to trust what they prove. Two always agree on some rate,
     * also if a step happened while the first was under way; a third shows it.
     */
    public boolean settled() {
        return agreeing >= AGREEING_BURSTS;
    }

    /** How often the exchanges contradicted each other so far. */
    public long disruptions() {
        return disruptions;
    }

    /**
     * A local time, and between which times of the server it was, as the exchanges that were known then prove.
     *
     * @param localNs the instant on the local clock
     */
    public record Instant(long localNs, long earliestNs, long latestNs) {}

    /**
     * What the exchanges of the window prove about an instant; those on either side of it count.
     *
     * @param localNs no more than a window before the newest exchange
     * @throws IllegalStateException before the first exchange
     */
    public Instant instant(long localNs) {
        Estimate known = known();
        return new Instant(localNs, earliestNs(known, localNs), latestNs(known, localNs));
    }

    /**
     * What is proved about the time from an instant to a later one.
     *
     * <p>Within the window the rate bounds it, and so do the limits of both ends by the exchanges between them. A longer
     * one is the difference of two instants, each bound by the exchanges around it: that needs no rate over the whole
     * length, which may have drifted further than the wander allows within a window.
     *
     * @param begin as it was known then
     * @throws IllegalStateException before the first exchange
     */
    public DurationBound duration(Instant begin, long endLocalNs) {
        if (remembers(begin.localNs)) {
            return known().between(begin.localNs, endLocalNs)
                    .widened(ROUNDING_NS)
                    .intersection(between(instant(begin.localNs), instant(endLocalNs)));
        }
        return between(begin, instant(endLocalNs));
    }

    /** Whether a local time that is past is within the window of what is known now. */
    public boolean remembers(long localNs) {
        return known().localNs() - localNs <= windowNs;
    }

    private static DurationBound between(Instant begin, Instant end) {
        return new DurationBound(end.earliestNs - begin.latestNs, end.latestNs - begin.earliestNs).widened(ROUNDING_NS);
    }

    private Estimate known() {
        Estimate known = estimate;
        if (known == null) {
            throw new IllegalStateException("clock: expected an exchange with the server, got none so far");
        }
        return known;
    }

    private long earliestNs(Estimate known, long localNs) {
        long earliest = Long.MIN_VALUE;
        for (NtpExchange e : kept) {
            long sinceNs = localNs - e.arrivedNs();
            double passedNs = sinceNs * (sinceNs >= 0 ? known.slowest() : known.fastest());
            earliest = Math.max(earliest, e.serverSentNs() + (long) Math.floor(passedNs));
        }
        return earliest - (long) Math.ceil(known.driftNs(localNs - known.localNs()));
    }

    private long latestNs(Estimate known, long localNs) {
        long latest = Long.MAX_VALUE;
        for (NtpExchange e : kept) {
            long sinceNs = localNs - e.sentNs();
            double passedNs = sinceNs * (sinceNs >= 0 ? known.fastest() : known.slowest());
            latest = Math.min(latest, e.serverReceivedNs() + (long) Math.ceil(passedNs));
        }
        return latest + (long) Math.ceil(known.driftNs(localNs - known.localNs()));
    }
}
