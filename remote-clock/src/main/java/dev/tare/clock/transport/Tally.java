package dev.tare.clock.transport;

import dev.tare.clock.ExchangeCounts;
import java.util.concurrent.atomic.LongAdder;

/** Counts what becomes of requests. */
final class Tally {
    private final LongAdder sent = new LongAdder();
    private final LongAdder answered = new LongAdder();
    private final LongAdder lost = new LongAdder();
    private final LongAdder rejected = new LongAdder();
    private final LongAdder kisses = new LongAdder();
    private final LongAdder strays = new LongAdder();

    Outcome count(Outcome outcome) {
        sent.increment();
        if (outcome instanceof Outcome.Answered) {
            answered.increment();
        } else if (outcome instanceof Outcome.Loss) {
            lost.increment();
        } else if (outcome instanceof Outcome.Kiss) {
            kisses.increment();
        } else {
            rejected.increment();
        }
        return outcome;
    }

    void stray() {
        strays.increment();
    }

    ExchangeCounts snapshot() {
        return new ExchangeCounts(sent.sum(), answered.sum(), lost.sum(), rejected.sum(), kisses.sum(), strays.sum());
    }
}
