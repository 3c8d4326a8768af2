package dev.tare.app;

import dev.tare.app.profile.AppProfiler;
import java.util.Locale;
import java.util.OptionalLong;
import org.openjdk.jmh.results.AggregationPolicy;

/**
 * Whether commits can have been durable. A commit waits for a flush that began after it was written; one flush serves all
 * clients that wait, but each of them once. So that no client can commit more often than the device flushes, and more commits
 * mean that something in between does not keep what it says it kept.
 */
final class FlushCheck {
    /** By how much the device may have been faster since its flushes were timed. */
    private static final double LEEWAY = 2;

    private static final String BELIEVED = "nothing speaks against it";

    private final OptionalLong flushNs;
    private final boolean asked;
    private String verdict;

    /**
     * Before any commit.
     *
     * @param asked whether the server's settings and the benchmark's ask for durable commits
     * @param fileSystem of the server's data; empty where it is elsewhere
     * @param flushNs what a flush took there
     */
    FlushCheck(boolean asked, String fileSystem, OptionalLong flushNs) {
        this.asked = asked;
        this.flushNs = flushNs;
        if (!asked) {
            verdict = "no: fsync or synchronous_commit is off";
        } else if (fileSystem.equals("tmpfs") || fileSystem.equals("ramfs")) {
            verdict = "no: " + fileSystem + " keeps its files in memory";
        } else {
            verdict = flushNs.isPresent() ? BELIEVED : "unknown: the server's disk is not here";
        }
    }

    /** Holds what clients committed in a time against what is possible. */
    void observe(long commits, int clients, long ns) {
        if (asked && flushNs.isPresent() && ns > 0) {
            double perS = commits * 1e9 / ns;
            double possiblePerS = clients * 1e9 / flushNs.getAsLong();
            if (perS > LEEWAY * possiblePerS) {
                System.err.printf(
                        Locale.ROOT,
                        "warning: %.0f commits/s of %d clients, where a flush takes %.0f us and at most %.0f/s could be"
                                + " durable: something in between does not flush%n",
                        perS,
                        clients,
                        flushNs.getAsLong() / 1e3,
                        possiblePerS);
                if (verdict.equals(BELIEVED)) {
                    verdict = "no: more commits than the device flushes";
                }
            }
        }
    }

    /** Records what a flush took, for each iteration alike. */
    void record() {
        flushNs.ifPresent(ns -> AppProfiler.RESULTS.record("flushUs", ns / 1e3, "us", AggregationPolicy.AVG));
    }

    /** Yes would need a plug to be pulled: what speaks against it, in words that are the same in all forks. */
    String verdict() {
        return verdict;
    }
}
