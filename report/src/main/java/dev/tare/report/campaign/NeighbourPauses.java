package dev.tare.report.campaign;

import dev.tare.runs.campaign.Attempt;
import dev.tare.runs.campaign.Participation;
import dev.tare.runs.campaign.TimedIteration;
import java.util.List;

/**
 * How long the neighbours of a host did nothing, between two of their iterations, while its own that count ran: for so much of the
 * time it had the machine to itself, and a sum over hosts is too high by as much.
 *
 * @param pausedNs sum over all counted iterations and all neighbours
 * @param watchedNs time of these iterations, once for each neighbour
 */
record NeighbourPauses(long pausedNs, long watchedNs) {
    /** Of one host in some attempts. */
    static NeighbourPauses of(List<Attempt> attempts, String host) {
        long pausedNs = 0;
        long watchedNs = 0;
        for (Attempt attempt : attempts) {
            for (Participation own : attempt.participations()) {
                if (own.host().equals(host)) {
                    for (Participation other : attempt.participations()) {
                        if (!other.host().equals(host) && !other.iterations().isEmpty()) {
                            for (TimedIteration iteration : own.iterations()) {
                                if (iteration.counted()) {
                                    watchedNs += iteration.end().ns()
                                            - iteration.begin().ns();
                                    pausedNs += paused(other.iterations(), iteration);
                                }
                            }
                        }
                    }
                }
            }
        }
        return new NeighbourPauses(pausedNs, watchedNs);
    }

    private static long paused(List<TimedIteration> others, TimedIteration during) {
        long sumNs = 0;
        for (int i = 1; i < others.size(); i++) {
            long fromNs = Math.max(others.get(i - 1).end().ns(), during.begin().ns());
            long toNs = Math.min(others.get(i).begin().ns(), during.end().ns());
            sumNs += Math.max(0, toNs - fromNs);
        }
        return sumNs;
    }

    /** 0 to 1; NaN of a host without neighbours. */
    double share() {
        return watchedNs == 0 ? Double.NaN : (double) pausedNs / watchedNs;
    }
}
