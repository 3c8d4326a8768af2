package dev.tare.clock.client;

import dev.tare.clock.NanoSource;
import dev.tare.clock.estimate.Exchange;
import dev.tare.clock.estimate.Timeline;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One end of an interval on the local clock, on the timeline, and by direct reading.
 *
 * @param valueNs the timeline at {@code localNs}
 * @param roundTripNs shortest round trip; 0 when no request was answered
 * @param direct null when the server gave no direct reading
 */
record TimedEdge(
        long localNs,
        long valueNs,
        long roundTripNs,
        @Nullable Edge direct) {

    static TimedEdge of(List<Exchange> exchanges, Timeline timeline, NanoSource local) {
        Timeline.Piece piece = timeline.current();
        Edge direct = Edge.narrowest(exchanges);
        long localNs = direct == null ? local.nanoTime() : direct.localNs();
        long roundTripNs =
                exchanges.stream().mapToLong(Exchange::roundTripNs).min().orElse(0);
        return new TimedEdge(localNs, timeline.at(piece, localNs), roundTripNs, direct);
    }

    /** The shorter round trip of two ends; 0 when no request was answered at either. */
    long shorterRoundTripNs(TimedEdge other) {
        return roundTripNs == 0 || other.roundTripNs == 0
                ? Math.max(roundTripNs, other.roundTripNs)
                : Math.min(roundTripNs, other.roundTripNs);
    }
}
