package dev.tare.clock.profile;

import dev.tare.clock.ClockAddress;
import dev.tare.clock.MeasuredInterval;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * What an audit found of the local clock.
 *
 * @param server the clock that it was compared with, the address that answered
 * @param seconds how long, on the server's timescale
 * @param ratePpm how much faster than the server the local clock ran over the whole time, in parts per million
 * @param rateBoundPpm how far that may be from the truth
 * @param disturbedSeconds seconds in which the local clock stepped or ran at another rate than in most
 * @param largestStepUs the largest departure of a second from most, in microseconds; 0 without any
 * @param smallestVisibleStepUs a step must be larger than this to be seen
 * @param granularityNs smallest difference of two readings
 * @param readNs what a reading costs, in true nanoseconds
 * @param requestsLost requests without a valid answer
 * @param verdict what it all means
 */
public record AuditReport(
        ClockAddress server,
        double seconds,
        double ratePpm,
        double rateBoundPpm,
        int disturbedSeconds,
        double largestStepUs,
        double smallestVisibleStepUs,
        long granularityNs,
        double readNs,
        long requestsLost,
        AuditVerdict verdict) {
    /** A clock within this is as good as an unsynchronized crystal; 0.01 % of a score. */
    private static final double TOLERATED_PPM = 100;

    /** What an audit says of a clock. */
    public enum AuditVerdict {
        /** The rate is right to 0.01 % for certain, and nothing stepped. */
        SOUND,
        /** The rate is wrong by more than 0.01 % for certain. */
        WRONG_RATE,
        /** The clock stepped, or changed its rate. */
        UNSTEADY,
        /** The readings of the server are too coarse to tell; audit for longer, or with a nearer server. */
        UNDECIDED
    }

    static AuditReport of(
            ClockAddress server,
            MeasuredInterval whole,
            List<MeasuredInterval> slices,
            long granularityNs,
            double localReadNs) {
        MeasuredInterval median = slices.stream()
                .sorted(Comparator.comparingDouble(MeasuredInterval::localRatePpm))
                .toList()
                .get(slices.size() / 2);
        int disturbed = 0;
        double largestUs = 0;
        double visibleUs = 0;
        for (MeasuredInterval slice : slices) {
            double departurePpm = Math.abs(slice.localRatePpm() - median.localRatePpm());
            // Either may be off by as much as its bound.
            double visiblePpm = slice.localRateBoundPpm() + median.localRateBoundPpm();
            double usPerPpm = slice.durationNs() / 1e9;
            visibleUs = Math.max(visibleUs, visiblePpm * usPerPpm);
            if (departurePpm > visiblePpm) {
                disturbed++;
                largestUs = Math.max(largestUs, departurePpm * usPerPpm);
            }
        }
        double ratePpm = whole.localRatePpm();
        double departurePpm = Math.abs(ratePpm - median.localRatePpm());
        if (disturbed == 0 && departurePpm > whole.localRateBoundPpm() + median.localRateBoundPpm()) {
            // Between two slices, while the server was being asked.
            disturbed = 1;
            largestUs = departurePpm * whole.durationNs() / 1e9;
        }
        return new AuditReport(
                server,
                whole.durationNs() / 1e9,
                ratePpm,
                whole.localRateBoundPpm(),
                disturbed,
                largestUs,
                visibleUs,
                granularityNs,
                localReadNs / (1 + ratePpm / 1e6),
                whole.requestsLost(),
                verdict(ratePpm, whole.localRateBoundPpm(), disturbed));
    }

    private static AuditVerdict verdict(double ratePpm, double boundPpm, int disturbed) {
        if (disturbed > 0) {
            return AuditVerdict.UNSTEADY;
        }
        if (Math.abs(ratePpm) - boundPpm > TOLERATED_PPM) {
            return AuditVerdict.WRONG_RATE;
        }
        return Math.abs(ratePpm) + boundPpm <= TOLERATED_PPM ? AuditVerdict.SOUND : AuditVerdict.UNDECIDED;
    }

    /** Everything as text for a terminal, a name and a value each. */
    public List<String> lines() {
        return List.of(
                text("audited against       %s for %.0f s, %d requests lost", server, seconds, requestsLost),
                text("rate                  %+.2f ppm, known to %.2f ppm", ratePpm, rateBoundPpm),
                disturbedSeconds == 0
                        ? text("steps                 none above %.0f us", smallestVisibleStepUs)
                        : text(
                                "steps                 in %d of the seconds, the largest %.0f us",
                                disturbedSeconds, largestStepUs),
                text("granularity           %d ns", granularityNs),
                text("cost of a reading     %.1f ns", readNs),
                "verdict               " + verdictText());
    }

    private String verdictText() {
        double percent = (Math.abs(ratePpm) + rateBoundPpm) / 1e4;
        return switch (verdict) {
            case SOUND -> text("sound: times are right to %.2g %%", percent);
            case WRONG_RATE -> text("wrong rate: times are wrong by %.3g %%; measure with the remote clock", percent);
            case UNSTEADY -> "unsteady: the clock stepped or changed its rate; measure with the remote clock";
            case UNDECIDED ->
                text("undecided: times may be wrong by %.2g %%; audit for longer, or with a nearer server", percent);
        };
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
