package dev.tare.clock.client;

import dev.tare.clock.NanoSource;
import dev.tare.clock.estimate.ClockEstimator;
import dev.tare.clock.estimate.Estimate;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The first seconds of a disciplined clock: asks quickly until the local clock's rate is known. */
final class Opening {
    private static final double GOOD_RATE_BOUND_PPM = 200;
    private static final long WORTH_WAITING_FOR_GOOD_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(2);

    private Opening() {}

    /** Throws a ClockUnreachableException when the server brings no time. */
    static Regulator synchronize(Requests requests, NanoSource local, Discipline discipline) {
        ClockEstimator estimator =
                new ClockEstimator(discipline.wanderPpm(), discipline.window().toNanos());
        long beginNs = System.nanoTime();
        Estimate known;
        do {
            estimator.add(requests.burst(discipline.requestsPerPoll()));
            known = estimator.settled() ? estimator.estimate() : null;
        } while (!enough(known, discipline, System.nanoTime() - beginNs)
                && !requests.refused()
                && Pause.unlessOver(beginNs, PATIENCE_NS));
        known = estimator.estimate();
        if (known == null) {
            throw requests.unreachable();
        }
        return new Regulator(estimator, known, local.nanoTime(), discipline);
    }

    private static boolean enough(@Nullable Estimate known, Discipline discipline, long waitedNs) {
        return known != null
                && (known.localRateBoundPpm() <= GOOD_RATE_BOUND_PPM + discipline.wanderPpm()
                        || (waitedNs > WORTH_WAITING_FOR_GOOD_NS && ClockState.rateIsUseful(known)));
    }
}
