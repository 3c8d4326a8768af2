package dev.tare.clock.profile;

import dev.tare.clock.ClockStatus;
import dev.tare.clock.MeasuredInterval;
import java.util.Locale;
import java.util.Optional;

/**
 * What a finished iteration's timing is worth.
 *
 * @param interval the iteration from its outer ends, on the remote timescale
 * @param timedNs the part of it that decided the score
 * @param rateDoubtPpm how much the bound of a longer iteration may grow with its length; 0 when nothing leans on the local
 *     clock
 */
record IterationVerdict(MeasuredInterval interval, double timedNs, double rateDoubtPpm) {
    /** Bound of the error of the score's time, in percent of the shortest that it can be. */
    double errorPercent() {
        return percentOf(timedNs - interval.boundNs(), (double) interval.boundNs());
    }

    /** The same for a score that was measured with the local clock. */
    double localErrorPercent() {
        double boundNs = Math.max(
                Math.abs((double) interval.localNs() - interval.shortestNs()),
                Math.abs((double) interval.longestNs() - interval.localNs()));
        return percentOf((double) interval.shortestNs(), boundNs);
    }

    private static double percentOf(double shortestNs, double boundNs) {
        return shortestNs > 0 ? 100 * boundNs / shortestNs : Double.POSITIVE_INFINITY;
    }

    /**
     * How long an iteration must be so that its timing error stays below a share of it. A shorter one than this is bound
     * at least as well; a longer one by at most its rate's uncertainty more. Infinite when no length is enough.
     */
    double shortestIterationNs(double sharePercent) {
        double share = sharePercent / 100;
        double shortestNs = interval.boundNs() / share;
        if (shortestNs <= interval.durationNs()) {
            return shortestNs;
        }
        double rateDoubt = rateDoubtPpm / 1e6;
        return share > rateDoubt
                ? (interval.boundNs() - rateDoubt * interval.durationNs()) / (share - rateDoubt)
                : Double.POSITIVE_INFINITY;
    }

    /** Why a score must not come from this iteration, or empty when it may. */
    Optional<String> objection(double maxErrorPercent) {
        if (interval.status() == ClockStatus.DISRUPTED) {
            return Optional.of(
                    "remote clock: expected a steady clock during the iteration, got a step or a change of rate"
                            + " of the local clock or of the server's (direct readings: "
                            + interval.witness().name().toLowerCase(Locale.ROOT)
                            + "); run again, or use mode=direct if the local clock keeps stepping");
        }
        if (!(errorPercent() <= maxErrorPercent)) {
            return Optional.of(String.format(
                    Locale.ROOT,
                    "remote clock: expected an error of at most %s %% of the iteration's time, got a bound of %.3g %%"
                            + " (%.1f us of %.3f ms, status %s, %d requests lost); make iterations at least %.3g ms long,"
                            + " move the server nearer, or raise max-error",
                    plain(maxErrorPercent),
                    errorPercent(),
                    interval.boundNs() / 1e3,
                    timedNs / 1e6,
                    interval.status().name().toLowerCase(Locale.ROOT),
                    interval.requestsLost(),
                    shortestIterationNs(maxErrorPercent) / 1e6));
        }
        return Optional.empty();
    }

    /** A number without digits that say nothing, such as {@code 0.1} and {@code 5}. */
    static String plain(double number) {
        return number == Math.rint(number) ? String.format(Locale.ROOT, "%.0f", number) : Double.toString(number);
    }
}
