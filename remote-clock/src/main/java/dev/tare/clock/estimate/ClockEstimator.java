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
    // For what the arithmetic in doubles rounds off.
    private static final long ROUNDING_NS = 1;

    private final double wander;
    private final long windowNs;
    private final List<Exchange> kept = new ArrayList<>();
    private @Nullable Estimate estimate;
    private long disruptions;
    private int agreeing;

    /**
     * @param wanderPpm how far the local clock's rate may be from a constant, in parts per million
     * @param windowNs age at which exchanges are forgotten
     */
    public ClockEstimator(double wanderPpm, long windowNs) {
        if (!(wanderPpm >= 0 && wanderPpm < 1e5)) {
            throw new IllegalArgumentException(
                    "wander: expected 0 to 100000 parts per million, got " + wanderPpm + "; 1 suits most machines");
        }
        this.wander = wanderPpm * Rates.PPM;
        this.windowNs = windowNs;
    }

    /** Takes in exchanges that were made in quick succession; an empty list changes nothing. */
    public void add(List<Exchange> burst) {
        if (burst.isEmpty()) {
            return;
        }
        kept.addAll(best(burst));
        kept.sort(Comparator.comparingLong(Exchange::sentNs));
        forgetOldTimescales();
        forgetOldExchanges();
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
    private static Set<Exchange> best(List<Exchange> burst) {
        Comparator<Exchange> wayThere = Comparator.comparingLong(e -> e.serverReceivedNs() - e.sentNs());
        Comparator<Exchange> wayBack = Comparator.comparingLong(e -> e.arrivedNs() - e.serverSentNs());
        Set<Exchange> best = new LinkedHashSet<>();
        best.add(burst.stream().min(wayThere).orElseThrow());
        best.add(burst.stream().min(wayBack).orElseThrow());
        best.add(burst.stream().min(Comparator.comparingLong(Exchange::delayNs)).orElseThrow());
        return best;
    }

    /** A server that began a new timescale tells by it that the old one says nothing about the new. */
    private void forgetOldTimescales() {
        long newest = kept.get(kept.size() - 1).steadyTimescale();
        if (kept.removeIf(e -> e.steadyTimescale() != newest)) {
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
                fitting.rateMax() + wander);
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
     * What the exchanges of the window prove about the duration between two local times.
     *
     * @throws IllegalStateException before the first exchange
     */
    public DurationBound duration(long beginLocalNs, long endLocalNs) {
        Estimate known = estimate;
        if (known == null) {
            throw new IllegalStateException("duration: no exchange has been added");
        }
        long lengthNs = endLocalNs - beginLocalNs;
        DurationBound byRate = new DurationBound(
                (long) Math.floor(lengthNs * known.slowest()) - ROUNDING_NS,
                (long) Math.ceil(lengthNs * known.fastest()) + ROUNDING_NS);
        DurationBound byEnds = new DurationBound(
                earliestNs(known, endLocalNs) - latestNs(known, beginLocalNs) - ROUNDING_NS,
                latestNs(known, endLocalNs) - earliestNs(known, beginLocalNs) + ROUNDING_NS);
        return byRate.intersection(byEnds);
    }

    private long earliestNs(Estimate known, long localNs) {
        long earliest = Long.MIN_VALUE;
        for (Exchange e : kept) {
            long sinceNs = localNs - e.arrivedNs();
            double passedNs = sinceNs * (sinceNs >= 0 ? known.slowest() : known.fastest());
            earliest = Math.max(earliest, e.serverSentNs() + (long) Math.floor(passedNs));
        }
        return earliest;
    }

    private long latestNs(Estimate known, long localNs) {
        long latest = Long.MAX_VALUE;
        for (Exchange e : kept) {
            long sinceNs = localNs - e.sentNs();
            double passedNs = sinceNs * (sinceNs >= 0 ? known.fastest() : known.slowest());
            latest = Math.min(latest, e.serverReceivedNs() + (long) Math.ceil(passedNs));
        }
        return latest;
    }
}
