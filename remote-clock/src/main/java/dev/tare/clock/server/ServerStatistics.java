package dev.tare.clock.server;

import java.util.Collections;
import java.util.Map;

/**
 * What a server has done since it started.
 *
 * @param requests well-formed requests, answered or not
 * @param answers replies handed to the network
 * @param drops packets and connections that got no answer, by reason; every reason is present
 * @param connections TCP connections that are open now
 * @param connectionsAccepted TCP connections since the start
 */
public record ServerStatistics(
        long requests, long answers, Map<DropReason, Long> drops, int connections, long connectionsAccepted) {
    /** Keeps a view of the drops that nobody can change. */
    public ServerStatistics {
        drops = Collections.unmodifiableMap(drops);
    }

    /** Drops for one reason. */
    public long dropped(DropReason reason) {
        return drops.getOrDefault(reason, 0L);
    }

    /** All drops together. */
    public long dropped() {
        return drops.values().stream().mapToLong(Long::longValue).sum();
    }
}
