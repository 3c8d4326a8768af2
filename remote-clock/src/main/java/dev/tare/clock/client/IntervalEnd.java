package dev.tare.clock.client;

import dev.tare.clock.ExchangeCounts;
import dev.tare.clock.OpenInterval;

/** One end of an interval of a disciplined clock, with what the clock knew then and the requests made before it. */
record IntervalEnd(TimedEdge edge, ClockState state, ExchangeCounts before) implements OpenInterval {}
